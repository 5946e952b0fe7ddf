import type { House } from './house.ts'
import { digits, type Json, type JsonObject, object } from './json.ts'
import { oldDevice, oldSections } from './system-before-38.ts'
import {
  type Section,
  type SystemDevice,
  type SystemValue,
  systemDevices,
  systemSections,
} from './system-document.ts'

/** The answer to `/api/system` of this firmware. */
export function systemDocument(house: House): JsonObject {
  const sections = oldSections(systemSections(house), house.firmware)
  const { age } = house.firmware
  const devices = systemDevices(house).map(row => deviceRow(row))
  const isOldAge = age === '3.4' || age === '3.5' || age === '3.6'
  return object([
    ...sections.map(([name, values]) => [name, sectionObject(values)] as const),
    isOldAge ? ['Devices', devices.map(oldDevice)] : ['devices', devices],
  ])
}

/** `/api/system/<section>`: every value as a text. */
export function sectionAsTexts(values: Section[1]): JsonObject {
  return object(values.map(([key, value]) => [key, textOf(value)] as const))
}

/** `/api/system/<section>/<key>` and the rows of `/api/system/entities`. */
export function systemEntity(section: string, key: string, value: SystemValue): JsonObject {
  return object([
    ['name', key],
    ['circuit', section],
    ['readable', true],
    ['writeable', false],
    ['visible', true],
    ['value', jsonOf(value)],
    ['type', typeof value === 'object' ? 'number' : typeof value],
  ])
}

export function textOf(value: SystemValue): string {
  return typeof value === 'object' ? String(value.float) : String(value)
}

function sectionObject(values: Section[1]): JsonObject {
  return object(values.map(([key, value]) => [key, jsonOf(value)] as const))
}

function jsonOf(value: SystemValue): Json {
  return typeof value === 'object' ? digits(String(value.float)) : value
}

function deviceRow({ type, name, entities, bus }: SystemDevice): JsonObject {
  return object([
    ['type', type],
    ['name', name],
    ...(bus === undefined
      ? []
      : ([
          ['deviceID', bus.id],
          ['productID', bus.product],
          ['brand', bus.brand],
          ['version', bus.version],
        ] as const)),
    ['entities', entities],
    ...(bus === undefined ? [] : ([['handlersReceived', '0x18 0x19 0x34']] as const)),
  ])
}
