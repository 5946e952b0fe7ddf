import type { Reading } from '../../core/reading.ts'
import { fieldOf } from './fields.ts'
import { PAGES, type PageName, type Section } from './pages.ts'
import { flagIn, isNothing, isObject, type JsonObject, memberOf, numberIn, textIn } from './value.ts'

/** What a page gave. */
export interface PageReadings {
  readonly readings: readonly Reading[]
  /** Paths of parts and fields that are there and cannot be read. */
  readonly unreadable: readonly string[]
  /** Parts that every such page has and this one has not. */
  readonly missing: readonly string[]
}

/** More than any page has: an answer that invents fields without end must not fill the memory. */
const MOST_ROWS = 20
const MOST_FIELDS = 200
const LONGEST_TEXT = 300
const FIELD_NAME = /^[\w-]{1,60}$/
const MENU_NAMES = ['hp_id', 'Location', 'user_level', 'ActiveErrorsCnt', 'CircleNames']

interface Leaf {
  readonly path: string
  readonly value: unknown
}

/** The readings of one page, under `PAGE.PATH`. Each field stands for itself: what cannot be read costs only its own. */
export function readingsOf(name: PageName, page: JsonObject): PageReadings {
  const unreadable: string[] = []
  const missing: string[] = []
  const leaves: Leaf[] = name === 'menu' ? menuLeaves(page) : []
  for (const section of PAGES[name].sections) {
    const part = memberOf(page, section.name)
    if (isAbsent(part, section)) {
      if (!section.isOptional || !isRecognised(name, page)) missing.push(section.name)
      continue
    }
    const found = leavesOf(section, part)
    if (found) leaves.push(...found)
    else unreadable.push(section.name)
  }
  const readings: Reading[] = []
  for (const { path, value } of leaves.slice(0, MOST_FIELDS)) {
    const reading = readingOf(`${name}.${path}`, value)
    if (reading) readings.push(reading)
    else if (!isNothing(value)) unreadable.push(path)
  }
  return { readings, unreadable, missing }
}

/** PHP writes an empty object as an empty list; an empty list of alarms is one. */
function isAbsent(part: unknown, { shape }: Section): boolean {
  return (
    part === undefined || part === null || (shape === 'object' && Array.isArray(part) && part.length === 0)
  )
}

/** Every page of a loop repeats this part, also that of a loop which the plant has not. */
function isRecognised(name: PageName, page: JsonObject): boolean {
  return name === 'alarms' || isObject(memberOf(page, 'TemperaturesAndConfig'))
}

function leavesOf({ name, shape }: Section, part: unknown): Leaf[] | undefined {
  if (shape === 'object') return isObject(part) ? leavesOfObject(name, part) : undefined
  const rows = rowsOf(part)
  if (!rows) return undefined
  if (name === 'AlarmsData') return alarmLeaves(rows)
  if (name === 'SystemData') return loopRows(rows).flatMap(([n, row]) => leavesOfObject(`${name}[${n}]`, row))
  return rows.flatMap(([n, row]) => (isObject(row) ? leavesOfObject(`${name}[${n}]`, row) : []))
}

type Row = readonly [index: number, value: unknown]

/** PHP writes a list with gaps as an object whose keys are the indices. */
function rowsOf(part: unknown): Row[] | undefined {
  if (Array.isArray(part)) return part.slice(0, MOST_ROWS).map((row: unknown, i) => [i, row])
  if (!isObject(part)) return undefined
  const keys = Object.keys(part)
  if (!keys.every(key => /^\d{1,3}$/.test(key))) return undefined
  return keys.slice(0, MOST_ROWS).map(key => [Number(key), memberOf(part, key)])
}

/**
 * Rows of loops by the loop's number: its `circle_id` where the row has one, else its place in the list. Numbers that two
 * rows share tell nothing: then the places count.
 */
function loopRows(rows: readonly Row[]): readonly (readonly [number, JsonObject])[] {
  const places = rows.flatMap(([index, row]): readonly (readonly [number, JsonObject])[] =>
    isObject(row) ? [[index, row]] : [],
  )
  const named = places.map(([index, row]): readonly [number, JsonObject] => {
    const id = numberIn(memberOf(row, 'circle_id'))
    return [id !== undefined && Number.isInteger(id) && id >= 0 && id < MOST_ROWS ? id : index, row]
  })
  return new Set(named.map(([loop]) => loop)).size === named.length ? named : places
}

function leavesOfObject(prefix: string, object: JsonObject): Leaf[] {
  return Object.keys(object)
    .filter(key => FIELD_NAME.test(key))
    .slice(0, MOST_FIELDS)
    .map(key => ({ path: `${prefix}.${key}`, value: memberOf(object, key) }))
}

/** Nobody published an entry: a text, or an object whose fields are kept as they are, nested ones as JSON. */
function alarmLeaves(rows: readonly Row[]): Leaf[] {
  const leaves: Leaf[] = [{ path: 'AlarmsData.length', value: rows.length }]
  for (const [i, row] of rows) {
    if (!isObject(row)) leaves.push({ path: `AlarmsData[${i}]`, value: textOf(row) })
    else
      for (const { path, value } of leavesOfObject(`AlarmsData[${i}]`, row))
        leaves.push({ path, value: textOf(value) })
  }
  return leaves
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Of the menu only what is known: it may hold anything of the account. */
function menuLeaves(menu: JsonObject): Leaf[] {
  return MENU_NAMES.flatMap(path => {
    const value = memberOf(menu, path)
    if (path !== 'CircleNames') return [{ path, value }]
    return (rowsOf(value) ?? []).map(([i, row]) => ({ path: `${path}[${i}]`, value: row }))
  })
}

/** The reading of a field; undefined when it has no value or none that can be read. */
function readingOf(key: string, value: unknown): Reading | undefined {
  const field = fieldOf(key)
  if (!field) return unknownReading(key, value)
  const personal = field.isPersonal ? { isPersonal: true } : {}
  if (field.kind === 'text') {
    const words = textIn(value)
    return words === undefined ? undefined : { key, value: words.slice(0, LONGEST_TEXT), ...personal }
  }
  const decoded = field.kind === 'flag' ? flagIn(value) : numberIn(value, field.unit)
  if (decoded === undefined) return undefined
  const raw = typeof value === 'string' ? { raw: value.slice(0, LONGEST_TEXT) } : {}
  return { key, value: decoded, ...(field.unit ? { unit: field.unit } : {}), ...raw }
}

/** A field that the table does not know is passed on; a text may say who the owner is. */
function unknownReading(key: string, value: unknown): Reading | undefined {
  if (typeof value === 'boolean') return { key, value }
  if (typeof value === 'number') return Number.isFinite(value) ? { key, value } : undefined
  if (typeof value !== 'string') return undefined
  return { key, value: value.slice(0, LONGEST_TEXT), isPersonal: true }
}
