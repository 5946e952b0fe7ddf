import type { FieldDoc } from '../../core/driver.ts'
import { FAMILIES } from '../../core/families/index.ts'
import type { Outcome } from '../../core/reading.ts'
import { ACTIVITY_KEYS } from './activity.ts'
import { ENERGY_KEYS } from './energy.ts'
import { BOILER } from './fields-boiler.ts'
import {
  ALERT,
  CONNECT,
  EXTENSION,
  HEAT_PUMP,
  HEAT_SOURCE,
  MIXER,
  POOL,
  SWITCH,
  VENTILATION,
  WATER,
} from './fields-modules.ts'
import { NATIVE_ONLY } from './fields-native.ts'
import { SOLAR } from './fields-solar.ts'
import { THERMOSTAT } from './fields-thermostat.ts'
import { PARTITION_KEYS } from './partition.ts'
import type { Row } from './row.ts'
import { inTable } from './table.ts'
import { TEXT_KEYS } from './texts.ts'

/** What becomes of the values of each device word. */
const TABLES: Readonly<Record<string, readonly Row[]>> = {
  boiler: BOILER,
  thermostat: THERMOSTAT,
  solar: SOLAR,
  mixer: MIXER,
  heatpump: HEAT_PUMP,
  switch: SWITCH,
  connect: CONNECT,
  alert: ALERT,
  extension: EXTENSION,
  heatsource: HEAT_SOURCE,
  ventilation: VENTILATION,
  water: WATER,
  pool: POOL,
}

export interface Placed {
  readonly row: Row
  /** Of rows with one meaning the lower order wins. */
  readonly order: number
}

const PLACED: Readonly<Record<string, ReadonlyMap<string, Placed>>> = Object.fromEntries(
  Object.entries(TABLES).map(([word, rows]) => [
    word,
    new Map(rows.map((row, order) => [row[0], { row, order }])),
  ]),
)

const NATIVE: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries(NATIVE_ONLY).map(([word, keys]) => [word, new Set(keys.split(' '))]),
)

/** `hc1.seltemp` is `hc.seltemp` in the tables. */
export function tableKey(key: string): string {
  return key.replace(/^(hc|dhw|src|ahs)\d*\./, '$1.')
}

/** The circuit of a key as the gateway prints it; empty for the machine itself. */
export function circuitIn(key: string): string {
  const dot = key.indexOf('.')
  return dot < 0 ? '' : key.slice(0, dot)
}

export function rowOf(word: string, key: string): Placed | undefined {
  return inTable(PLACED, word)?.get(tableKey(key))
}

/** What hearth itself keeps beside a machine's values: rests of totals, and whose energy counts. */
const MADE = /^(?:other|elsewhere)\./

/** What becomes of a machine's value in the vendor-neutral dialect. */
export function outcomeOf(word: string, key: string): Exclude<Outcome, 'rejected'> {
  const known = tableKey(key)
  if (rowOf(word, key) || isSpecial(word, known) || MADE.test(key)) return 'mapped'
  return key.startsWith('device.') || inTable(NATIVE, word)?.has(known) ? 'native_only' : 'unknown'
}

function isSpecial(word: string, key: string): boolean {
  return [ENERGY_KEYS, TEXT_KEYS, ACTIVITY_KEYS, PARTITION_KEYS].some(keys =>
    inTable(keys, word)?.includes(key),
  )
}

/** The native values in the documentation. */
export const FIELDS: readonly FieldDoc[] = Object.entries(TABLES).flatMap(([word, rows]) =>
  rows.map(([key, unit, { family, labels }]) => ({
    key: `${word}/${key}`,
    help: `${FAMILIES[family].help} ${Object.values(labels).join(' ')}`.trim(),
    family,
    ...(unit === '' ? {} : { unit }),
  })),
)
