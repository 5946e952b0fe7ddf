import { z } from 'zod'
import type { Keep } from '../../core/keep.ts'
import { shiftOf } from './alignment.ts'
import { type Day, daysAfter, daysBetween } from './calendar.ts'
import type { DayLists } from './consumption.ts'
import { PARTS, type PartValues } from './parts.ts'

/** What became of an answer. */
export interface Booked {
  /** False when the list ends before the day asked for: what it tells last is not that day's. */
  readonly isOfDay: boolean
  /** Days whose totals are not known, or not to their end: the list does not reach back to them. */
  readonly lostDays: number
}

/**
 * Counters made of daily totals. The cloud's list covers 30 days, so that late corrections and days during which hearth did
 * not run come in by themselves; every day is kept by its date and replaced, never added twice. Which day a list ends with
 * is not believed but compared: a list that does not move at midnight, or a clock that is wrong, costs no energy.
 */
export interface Ledger {
  /** Takes the list that was asked for with `day` as its last. */
  book(day: Day, lists: DayLists): Booked
  /** kWh counted since the first day; a counter: it never falls. */
  counted(): PartValues<number>
}

/** Days of a list that are looked at, from its end. */
const DAYS_READ = 45
/** More than are read of a list, so that a clock that goes back a little finds no day that is settled. */
const DAYS_KEPT = 60

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const kilowattHours = z.number().min(0).max(1e9)
const account = z.object({
  days: z.record(day, kilowattHours),
  /** kWh of days that are not kept any more, up to and with `until`. */
  settled: kilowattHours,
  until: day.optional(),
  counted: kilowattHours,
})
const PartKeys = z.enum(PARTS.map(({ key }) => key))
const kept = z.object({
  version: z.literal(1),
  owner: z.string(),
  since: day,
  newest: day,
  parts: z.partialRecord(PartKeys, account),
  /** The list ended `by` days beside the day asked for, first when `on` was asked. */
  beside: z.object({ by: z.number().int(), on: day }).optional(),
})

type Kept = z.output<typeof kept>
type Account = z.output<typeof account>

/** Further beside is no list that is late: the dates of the kept days are wrong. */
const LATEST_DAYS = 31

/**
 * Opens the ledger of one account.
 * @param owner tells accounts apart: days of another heat pump are not counted on
 */
export function openLedger(keep: Keep, owner: string): Ledger {
  const loaded = kept.safeParse(keep.load())
  let state: Kept | undefined = loaded.success && loaded.data.owner === owner ? loaded.data : undefined

  function book(asked: Day, lists: DayLists): Booked {
    state ??= { version: 1, owner, since: asked, newest: asked, parts: {} }
    let by = shiftOf(daysOf(state), state.newest, asked, lists)
    if (areDatesWrong(state, asked, by)) {
      state = redated(state, -by)
      by = 0
    }
    const last = daysAfter(asked, by)
    const lostDays = Math.max(0, daysBetween(state.newest, last) - longestOf(lists) + 1)
    for (const { key } of PARTS) {
      const list = lists[key]
      if (list?.some(value => value !== undefined))
        state.parts[key] = booked(state.parts[key], last, list, state.since)
    }
    const { beside, ...rest } = state
    const isStill = beside?.by === by
    state = {
      ...rest,
      newest: last > state.newest ? last : state.newest,
      ...(by === 0 ? {} : { beside: isStill && beside ? beside : { by, on: asked } }),
    }
    keep.save(state)
    return { isOfDay: by >= 0, lostDays }
  }

  return {
    book,
    counted: () =>
      Object.fromEntries(Object.entries(state?.parts ?? {}).map(([key, { counted }]) => [key, counted])),
  }
}

/**
 * Whether the kept days carry wrong dates, and not the list: when it goes on to be beside by the same number of days as the
 * date moves, when it is far away, or when all that is kept is from the day of a first list that was late.
 */
function areDatesWrong({ beside, since, newest }: Kept, asked: Day, by: number): boolean {
  if (by === 0) return false
  if (Math.abs(by) > LATEST_DAYS) return true
  if (by > 0 && since === asked && newest === asked) return true
  return beside?.by === by && beside.on < asked
}

/** The same days under dates that lie `by` days later. */
function redated(state: Kept, by: number): Kept {
  const { beside: _over, ...rest } = state
  const parts: PartValues<Account> = {}
  for (const { key } of PARTS) {
    const before = state.parts[key]
    if (!before) continue
    const days = Object.fromEntries(
      Object.entries(before.days).map(([date, value]) => [daysAfter(date, by), value]),
    )
    parts[key] = { ...before, days, ...(before.until ? { until: daysAfter(before.until, by) } : {}) }
  }
  return { ...rest, parts, since: daysAfter(state.since, by), newest: daysAfter(state.newest, by) }
}

/** The account after a list: days replaced, old ones settled, the count raised to the sum where that is more. */
function booked(
  before: Account | undefined,
  last: Day,
  list: readonly (number | undefined)[],
  since: Day,
): Account {
  const days: Record<Day, number> = { ...before?.days }
  let { settled = 0, until } = before ?? {}
  for (const [index, value] of list.entries()) {
    const date = daysAfter(last, index - list.length + 1)
    const isSettled = until !== undefined && date <= until
    if (value !== undefined && index >= list.length - DAYS_READ && !isSettled) days[date] = value
  }
  const dates = Object.keys(days).sort()
  for (const date of dates.slice(0, Math.max(0, dates.length - DAYS_KEPT))) {
    if (date >= since) settled += days[date] ?? 0
    delete days[date]
    until = date
  }
  const counted = Math.max(before?.counted ?? 0, settled + sumSince(days, since))
  return { days, settled, counted, ...(until === undefined ? {} : { until }) }
}

function sumSince(days: Readonly<Record<Day, number>>, since: Day): number {
  return Object.entries(days)
    .filter(([date]) => date >= since)
    .reduce((sum, [, value]) => sum + value, 0)
}

function daysOf({ parts }: Kept): PartValues<Account['days']> {
  const known: PartValues<Account['days']> = {}
  for (const { key } of PARTS) {
    const days = parts[key]?.days
    if (days) known[key] = days
  }
  return known
}

function longestOf(lists: DayLists): number {
  return Math.max(0, ...Object.values(lists).map(list => list.length))
}
