import type { Reading } from '../../core/reading.ts'
import { type Entity, keyOf } from './entity.ts'
import { celsius } from './fahrenheit.ts'
import { rowOf } from './fields.ts'
import type { OwnValue } from './own-text.ts'
import { factAt, type ListedDevice, type SystemDocument } from './system-document.ts'
import type { BareValue } from './values.ts'

/** A machine's readings under the gateway's own keys (`curflowtemp`, `hc1.seltemp`); enumerations in the gateway's words. */
export function readingsOf(entities: readonly Entity[]): readonly Reading[] {
  return entities.map(entity => ({
    key: keyOf(entity),
    value: plainValue(entity),
    ...(entity.unit === undefined ? {} : { unit: entity.unit }),
  }))
}

function plainValue({ value }: Entity): Reading['value'] {
  switch (value.kind) {
    case 'number':
      return value.number
    case 'boolean':
      return value.index === 1
    case 'enum':
      return value.words[value.index] ?? ''
    case 'string':
      return value.text
  }
}

/**
 * What `/values` has beyond the entities that are known: texts, and values that nothing describes.
 * A number is in Fahrenheit where the gateway is and the tables know it for a temperature.
 */
export function bareReadings(
  values: readonly BareValue[],
  known: ReadonlySet<string>,
  { word, isFahrenheit }: { readonly word: string; readonly isFahrenheit: boolean },
): readonly Reading[] {
  return values.flatMap(({ name, circuit, value }) => {
    const key = keyOf({ name, circuit })
    if (known.has(key)) return []
    const unit = rowOf(word, key)?.row[1]
    if (typeof value !== 'number' || unit === undefined || unit === '') return [{ key, value }]
    return [{ key, value: isFahrenheit && unit === '°C' ? celsius(word, name, value) : value, unit }]
  })
}

/** What the list of devices says of a machine. */
export function deviceReadings({ facts }: ListedDevice): readonly Reading[] {
  return [...facts].flatMap(([key, value]) => (value === '' ? [] : [{ key: `device.${key}`, value }]))
}

const UNITS: Readonly<Record<string, string>> = {
  'system.uptimeSec': 's',
  'system.freeMem': 'kB',
  'system.maxAlloc': 'kB',
  'system.freeCaps': 'kB',
  'system.usedApp': 'kB',
  'system.freeApp': 'kB',
  'system.temperature': '°C',
  'network.RSSI': 'dBm',
  'bus.busRxLineQuality': '%',
  'bus.busTxLineQuality': '%',
}

/** The gateway's readings: `section.key`, and `devices.N.key` for each entry of its list. */
export function systemReadings(document: SystemDocument): readonly Reading[] {
  const ofSections = document.sections.flatMap(([section, values]) =>
    [...values].flatMap(([name, value]) => {
      const key = `${section}.${name}`
      const unit = UNITS[key]
      return value === '' ? [] : [{ key, value, ...(unit === undefined ? {} : { unit }) }]
    }),
  )
  const ofDevices = document.devices.flatMap(({ facts }, i) =>
    [...facts].flatMap(([name, value]) => (value === '' ? [] : [{ key: `devices.${i}.${name}`, value }])),
  )
  return [...ofSections, ...ofDevices]
}

/** The readings of one of the gateway's own devices: `temperaturesensor.NAME`. */
export function ownReadings(word: string, values: readonly OwnValue[]): readonly Reading[] {
  return values.map(({ key, value, unit }) => ({
    key: `${word}.${key}`,
    value,
    ...(unit === undefined ? {} : { unit }),
  }))
}

/** Whether the gateway's JSON is in Fahrenheit. */
export function isInFahrenheit(document: SystemDocument): boolean {
  return factAt(document, 'settings', 'fahrenheit') === true
}
