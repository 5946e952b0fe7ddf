import { FIRMWARE } from './firmware.ts'
import type { House } from './house.ts'
import { fourteenDevices, fullHouse, heatPumpHouse, smallHouse } from './houses.ts'
import type { Scene } from './scene.ts'

const NAMES = ['3.4', '3.5', '3.6', '3.7.0', '3.7', '3.8', '3.8.2', '3.9'] as const
/** A small version of each age, most of all for firmware that describes its entities one by one. */
const SMALL = ['3.4', '3.5', '3.6', '3.7'] as const

export const HOUSE_SCENES: readonly Scene[] = [
  {
    ...house('demo', 'A heating day: firmware 3.8 with values that move.', fullHouse(FIRMWARE['3.8'])),
    isLiving: true,
  },
  house('document', "The values of the original's document.", smallHouse(FIRMWARE['3.8'])),
  ...NAMES.map(name =>
    house(
      `firmware-${name}`,
      `Firmware ${FIRMWARE[name].version}, all at a standstill.`,
      fullHouse(FIRMWARE[name]),
    ),
  ),
  ...SMALL.map(name =>
    house(
      `small-${name}`,
      `Firmware ${FIRMWARE[name].version} with few entities.`,
      smallHouse(FIRMWARE[name]),
    ),
  ),
  house('heat-pump', 'A heat pump with its module and an EasyControl.', heatPumpHouse(FIRMWARE['3.8'])),
  house('heat-pump-3.7', 'The same with firmware 3.7.', heatPumpHouse(FIRMWARE['3.7'])),
  house('fourteen-devices', 'One device of each word that the API knows.', fourteenDevices(FIRMWARE['3.8'])),
  house('fourteen-devices-3.7', 'The same with firmware 3.7.', fourteenDevices(FIRMWARE['3.7'])),
]

function house(name: string, summary: string, shown: House): Scene & { readonly kind: 'house' } {
  return { kind: 'house', name, summary, house: shown }
}
