import type { Reading } from '../../core/reading.ts'
import { type Day, dayInYear } from './calendar.ts'
import { COUNTED_KEYS, PARTS, type PartKey, type PartValues, TOTAL_KEY } from './parts.ts'
import { isNothing, isObject, type JsonObject, memberOf, numberIn } from './value.ts'

/**
 * What a histogram says of the days up to the one asked for: one number of kWh per day, oldest first. A list that cannot be
 * used is empty.
 */
export type DayLists = PartValues<readonly (number | undefined)[]>

export interface Histogram {
  readonly lists: DayLists
  /** Parts whose list cannot be used, with the reason. */
  readonly unreadable: readonly string[]
}

/** Months of history are asked for at most; a longer list is not of this page. */
const MOST_DAYS = 400

/** No heat pump of a house takes more in a day for one purpose, in kWh. */
const MOST_KWH = 500

/** The bars that the web page of the cloud asks for, in its order; without them there is no list in the answer. */
const BARS = ['90', '0', '91', '92', '1', '2', '24', '71']

/** The form that asks for the histogram of the days up to one day. It reads: nothing on the heat pump changes. */
export function histogramForm(day: Day): string {
  const { year, dayOfYear } = dayInYear(day)
  const form = new URLSearchParams([
    ['year', String(year)],
    ['d1', String(dayOfYear)],
    ['d2', '0'],
    ['type', 'day'],
    ['aValues[]', '17'],
    ...BARS.map((bar): [string, string] => ['dValues[]', bar]),
  ])
  return form.toString()
}

/** The lists of an answer; undefined when there is no number in any, as when the cloud refuses a day or a selection. */
export function readHistogram(page: JsonObject): Histogram | undefined {
  const trend = memberOf(page, 'trend_consumption')
  if (!isObject(trend)) return undefined
  const found = PARTS.flatMap(({ key }) => {
    const list = memberOf(trend, key)
    return list === undefined || list === null ? [] : [{ key, list }]
  })
  const length = Math.max(0, ...found.map(({ list }) => (Array.isArray(list) ? list.length : 0)))
  const lists: Partial<Record<PartKey, readonly (number | undefined)[]>> = {}
  const unreadable: string[] = []
  for (const { key, list } of found) {
    // Which day a number belongs to is counted from the end: a list of another length has lost some.
    if (!Array.isArray(list) || list.length !== length || length === 0 || length > MOST_DAYS) {
      unreadable.push(`trend_consumption.${key}`)
      lists[key] = []
      continue
    }
    lists[key] = list.map(kilowattHours)
    if (list.some(value => kilowattHours(value) === undefined && !isNothing(value)))
      unreadable.push(`trend_consumption.${key}[]`)
  }
  const isUsable = Object.values(lists).some(list => list.some(value => value !== undefined))
  return isUsable ? { lists, unreadable } : undefined
}

/** The readings of the day asked for. */
export function todayReadings(lists: DayLists): readonly Reading[] {
  const today = PARTS.flatMap(({ key }) => {
    const value = lists[key]?.at(-1)
    return value === undefined ? [] : [reading(key, value)]
  })
  const total = totalOf(lists)
  return total === undefined ? today : [...today, reading(TOTAL_KEY, total)]
}

/** The readings of the counters. */
export function countedReadings(counted: PartValues<number>): readonly Reading[] {
  return PARTS.flatMap(({ key }) => {
    const value = counted[key]
    return value === undefined ? [] : [reading(COUNTED_KEYS[key], value)]
  })
}

/**
 * The original's sum, in its order of addition. A pump that does not cool has no list for it; every other part must be
 * there, or the sum would be too low.
 */
function totalOf(lists: DayLists): number | undefined {
  let total = 0
  for (const { key, dropIn } of PARTS) {
    if (dropIn === undefined || (key === 'CompActiveCooling' && !lists[key])) continue
    const value = lists[key]?.at(-1)
    if (value === undefined) return undefined
    total += value
  }
  return total
}

function reading(path: string, value: number): Reading {
  return { key: `consumption.${path}`, value, unit: 'kWh' }
}

function kilowattHours(value: unknown): number | undefined {
  const number = numberIn(value, 'kWh')
  return number !== undefined && number >= 0 && number <= MOST_KWH ? number : undefined
}
