import type { Firmware } from './firmware.ts'
import { GAS_BOILER, SMALL_BOILER } from './gas-boiler.ts'
import { HEAT_PUMP, HEAT_PUMP_MODULE } from './heat-pump.ts'
import { type BusDevice, type House, QUIET_SYSTEM } from './house.ts'
import { mixer, OTHERS, SOLAR, water } from './modules.ts'
import { NO_OWN, SOME_OWN } from './own-entities.ts'
import { FACTORY } from './settings.ts'
import { EASY_CONTROL, RC200, RC310, SMALL_THERMOSTAT } from './thermostats.ts'

const BOILER: BusDevice = {
  type: 'boiler',
  name: 'GB*72, Trendline, Cerapur, Greenstar Si',
  id: '0x08',
  product: 123,
  brand: '',
  version: '01.00',
  entities: GAS_BOILER,
}
const THERMOSTAT: BusDevice = {
  type: 'thermostat',
  name: 'RC310, Moduline 1010H',
  id: '0x10',
  product: 158,
  brand: 'Buderus',
  version: '18.04',
  entities: RC310,
}
const SECOND_THERMOSTAT: BusDevice = {
  type: 'thermostat',
  name: 'RC200, CW100, CR120, CR50',
  id: '0x19',
  product: 157,
  brand: 'Buderus',
  version: '12.07',
  entities: RC200,
}
const CONTROLLER: BusDevice = {
  type: 'controller',
  name: 'BC25',
  id: '0x09',
  product: 125,
  brand: '',
  version: '03.05',
  entities: [],
  isListedOnly: true,
}

/** A module on the bus without a brand of its own. */
function module(
  type: string,
  name: string,
  id: string,
  product: number,
  entities: BusDevice['entities'],
): BusDevice {
  return { type, name, id, product, brand: '', version: '24.08', entities }
}

const MODULES = [
  module('mixer', 'MM100', '0x20', 160, mixer('hc1', 398)),
  module('mixer', 'MM100', '0x21', 160, mixer('hc2', 305)),
  module('solar', 'SM100, MS100', '0x30', 163, SOLAR),
  module('water', 'MM100', '0x28', 160, water('dhw', 512)),
  module('water', 'MM100', '0x29', 160, water('dhw2', 476)),
]
const ALL_DEVICES = [BOILER, THERMOSTAT, CONTROLLER, SECOND_THERMOSTAT, ...MODULES]

/** A gas boiler, two thermostats, mixers, solar, two fresh-water modules, sensors, schedules and custom entities. */
export function fullHouse(firmware: Firmware): House {
  return { firmware, settings: FACTORY, devices: ALL_DEVICES, own: SOME_OWN, system: QUIET_SYSTEM }
}

/** What the document shows: circulation off, on, bus connected; few entities, for firmware asked one by one. */
export function smallHouse(firmware: Firmware): House {
  return {
    ...fullHouse(firmware),
    devices: [
      { ...BOILER, entities: SMALL_BOILER },
      { ...THERMOSTAT, entities: SMALL_THERMOSTAT },
    ],
    own: NO_OWN,
  }
}

/** A heat pump with its module, and a room controller that knows hundredths. */
export function heatPumpHouse(firmware: Firmware): House {
  const pump = module(
    'boiler',
    'Enviline, Compress 6000AW, Hybrid 3000-7000iAW, SupraEco',
    '0x08',
    172,
    HEAT_PUMP,
  )
  const control = module('thermostat', 'Easycontrol, CT200', '0x18', 203, EASY_CONTROL)
  const hpModule = module('heatpump', 'HP Module', '0x53', 252, HEAT_PUMP_MODULE)
  return {
    ...fullHouse(firmware),
    devices: [{ ...pump, brand: 'Bosch' }, control, hpModule],
    own: NO_OWN,
    system: { ...QUIET_SYSTEM, network: 'Ethernet', busProtocol: 'HT3' },
  }
}

/** One device of each of the fourteen words that the API knows. */
export function fourteenDevices(firmware: Firmware): House {
  const others = Object.entries(OTHERS).map(([type, entities], index) =>
    module(type, `Module ${index + 1}`, `0x${(0x40 + index).toString(16)}`, 200 + index, entities),
  )
  const singles = [MODULES[0], MODULES[2], MODULES[3]].filter(device => device !== undefined)
  const pump = module('heatpump', 'HP Module', '0x53', 252, HEAT_PUMP_MODULE)
  return { ...fullHouse(firmware), devices: [BOILER, THERMOSTAT, pump, ...singles, ...others] }
}
