import { hashUnit } from '../../../../simulation/random.ts'
import { energyRegisters, type Registers, secondsOf, taskAt } from './day.ts'

/** What a ventilation unit with a heat pump measures and counts: °C, %, bar, l/min, Hz, kWh, h. */
export interface House {
  readonly outdoor: number
  readonly room: number
  readonly humidity: number
  readonly circuit: number
  readonly flow: number
  readonly return: number
  readonly pressure: number
  readonly flowRate: number
  readonly hotWater: number
  readonly hotGas: number
  readonly highPressure: number
  readonly lowPressure: number
  readonly evaporator: number
  readonly condenser: number
  readonly valve: number
  readonly compressorStarts: number
  readonly heat: Registers
  readonly hotWaterHeat: Registers
  readonly recovered: Registers
  readonly power: Registers
  readonly hotWaterPower: Registers
  /** Of the electric heater, which has no register of the day. */
  readonly boosterHeat: number
  readonly boosterHotWater: number
  readonly heatingHours: number
  readonly hotWaterHours: number
  /** States that are on, as the status page names them. */
  readonly states: readonly string[]
}

const ALWAYS_ON = ['SCHALTPROGRAMM AKTIV', 'LÜFTUNG', 'LÜFTER', 'STATUS OK', 'WINTER']

/** A winter's day that stands still. */
export const STILL_HOUSE: House = {
  outdoor: -3.4,
  room: 21.3,
  humidity: 43.6,
  circuit: 33.2,
  flow: 34.6,
  return: 30.1,
  pressure: 1.62,
  flowRate: 14.3,
  hotWater: 47.9,
  hotGas: 61.7,
  highPressure: 21.84,
  lowPressure: 6.37,
  evaporator: -8.9,
  condenser: 36.2,
  valve: 31.5,
  compressorStarts: 12_345,
  heat: { day: 18.321, total: 52_907 },
  hotWaterHeat: { day: 4.086, total: 11_238 },
  recovered: { day: 7.512, total: 23_614 },
  power: { day: 5.104, total: 15_481 },
  hotWaterPower: { day: 1.377, total: 4_019 },
  boosterHeat: 412,
  boosterHotWater: 97,
  heatingHours: 16_543,
  hotWaterHours: 2_987,
  states: [...ALWAYS_ON, 'VERDICHTER', 'HEIZEN', 'HEIZKREISPUMPE'],
}

/** Every state that such a unit has. */
export const EVERY_STATE = [
  ...STILL_HOUSE.states,
  'WARMWASSERBEREITUNG',
  'KÜHLEN',
  'EVU-SPERRE',
  'ELEKTRISCHE NACHERWÄRMUNG',
  'ABTAUEN VERDAMPFER',
  'ABTAUEN LL-WT',
  'HD-WÄCHTER',
  'FILTERWECHSEL BEIDE',
]

const HEAT_KW = 6.2
const HOT_WATER_KW = 5.4
const RECOVERED_KW = 0.6
const POWER_KW = 1.7
const HOT_WATER_POWER_KW = 1.9
const BOOSTER_KW = 0.05

/** The same house, alive: heating, hot water, a defrost and a rest in every hour. */
export function livingHouse(startAt: number, seed: number): (elapsedMs: number) => House {
  const grown = (elapsedMs: number, base: Registers, kW: number, task?: 'heating' | 'dhw') =>
    energyRegisters({ startAt, at: startAt + elapsedMs, base, kW, ...(task ? { task } : {}) })
  return elapsedMs => {
    const at = startAt + elapsedMs
    const task = taskAt(at)
    const wave = (minutes: number, height: number, channel: number) =>
      height * Math.sin((at / 60_000 / minutes) * 2 * Math.PI) +
      0.1 * (hashUnit(seed, Math.floor(at / 20_000), channel) - 0.5)
    const isRunning = task === 'heating' || task === 'dhw'
    const lift = task === 'dhw' ? 18 : 0
    const hours = (kind: 'heating' | 'dhw') => secondsOf(kind, startAt, at) / 3600
    return {
      ...STILL_HOUSE,
      outdoor: -1 + wave(1440, 3.5, 1),
      room: 21.1 + wave(240, 0.4, 2),
      humidity: 43 + wave(300, 3, 3),
      circuit: 32.5 + wave(60, 1.2, 4),
      flow: (isRunning ? 34.5 : 31) + lift + wave(60, 0.6, 5),
      return: (isRunning ? 30 : 30.6) + lift * 0.9 + wave(60, 0.5, 6),
      pressure: 1.6 + wave(60, 0.02, 7),
      flowRate: task === 'rest' ? 0 : 14 + wave(30, 0.4, 8),
      hotWater: 47 + wave(60, 2, 9),
      hotGas: (isRunning ? 61 : 38) + lift + wave(20, 1, 10),
      highPressure: (isRunning ? 21.5 : 13.2) + lift / 4 + wave(20, 0.3, 11),
      lowPressure: (isRunning ? 6.3 : 12.8) + wave(20, 0.1, 12),
      evaporator: (isRunning ? -8.8 : task === 'defrost' ? 4.1 : -2) + wave(20, 0.4, 13),
      condenser: (isRunning ? 36 : 29.5) + lift + wave(20, 0.5, 14),
      valve: isRunning ? 31 + wave(10, 4, 15) : 100,
      compressorStarts: STILL_HOUSE.compressorStarts + Math.floor(elapsedMs / 1_800_000),
      heat: grown(elapsedMs, STILL_HOUSE.heat, HEAT_KW, 'heating'),
      hotWaterHeat: grown(elapsedMs, STILL_HOUSE.hotWaterHeat, HOT_WATER_KW, 'dhw'),
      recovered: grown(elapsedMs, STILL_HOUSE.recovered, RECOVERED_KW),
      power: grown(elapsedMs, STILL_HOUSE.power, POWER_KW, 'heating'),
      hotWaterPower: grown(elapsedMs, STILL_HOUSE.hotWaterPower, HOT_WATER_POWER_KW, 'dhw'),
      boosterHeat: STILL_HOUSE.boosterHeat + Math.floor((BOOSTER_KW * elapsedMs) / 3_600_000),
      heatingHours: STILL_HOUSE.heatingHours + Math.floor(hours('heating')),
      hotWaterHours: STILL_HOUSE.hotWaterHours + Math.floor(hours('dhw')),
      states: [...ALWAYS_ON, ...STATES_OF[task]],
    }
  }
}

const STATES_OF = {
  heating: ['VERDICHTER', 'HEIZEN', 'HEIZKREISPUMPE'],
  dhw: ['VERDICHTER', 'WARMWASSERBEREITUNG'],
  defrost: ['VERDICHTER', 'HEIZKREISPUMPE', 'ABTAUEN VERDAMPFER'],
  rest: [],
} as const
