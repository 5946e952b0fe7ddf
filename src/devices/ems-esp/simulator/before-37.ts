import type { Entity } from './entity.ts'
import { isOld } from './firmware.ts'
import type { BusDevice, House } from './house.ts'

/**
 * The house as firmware up to 3.6 names it: hot water stands on the top level with `ww` before its names, and
 * fresh-water modules are mixers with circuits `wwc1`, `wwc2`.
 */
export function asItsFirmwareNamesIt(house: House): House {
  return isOld(house.firmware) ? { ...house, devices: house.devices.map(oldDevice) } : house
}

/** Circuits that are nested in JSON and written before a name. */
export function isNested(circuit: string | undefined, house: House): circuit is string {
  if (circuit === undefined) return false
  return !isOld(house.firmware) || /^(hc|wwc|hs)\d/.test(circuit)
}

function oldDevice(device: BusDevice): BusDevice {
  if (device.type === 'water') {
    return { ...device, type: 'mixer', entities: device.entities.map(entity => oldWater(entity)) }
  }
  return { ...device, entities: device.entities.map(oldEntity) }
}

function oldEntity(entity: Entity): Entity {
  if (entity.circuit !== 'dhw') return entity
  return { ...entity, name: `ww${entity.name}`, circuit: 'ww' }
}

function oldWater(entity: Entity): Entity {
  const number = entity.circuit?.replace(/^dhw/, '') ?? ''
  return { ...entity, name: `ww${entity.name}`, circuit: `wwc${number === '' ? '1' : number}` }
}
