import { z } from 'zod'
import type { Keep } from '../../core/keep.ts'
import { type Day, daysAfter, daysBetween } from './calendar.ts'
import type { DayLists } from './consumption.ts'
import { PARTS, type PartKey, type PartValues } from './parts.ts'

/** What became of an answer. */
export type Booked =
  /** Of `lostDays` the totals are not known, or not to their end: the list does not reach back to them. */
  | { readonly kind: 'booked'; readonly lostDays: number }
  /** The list belongs to another day than the one asked for. */
  | { readonly kind: 'wrong-day' }

/**
 * Counters made of daily totals. The cloud's list covers 30 days, so that late corrections and days during which hearth did
 * not run come in by themselves; every day is kept by its date and replaced, never added twice.
 */
export interface Ledger {
  /** Takes the list that ends with `day`, the day asked for. */
  book(day: Day, lists: DayLists, nowMs: number): Booked
  /** kWh counted since the first day; a counter: it never falls. */
  counted(): PartValues<number>
}

/** Longer than the cloud's list, so that two lists in a row always share days. */
const DAYS_KEPT = 45
/** The clock of this machine was wrong: nothing of the days between is known. */
const LONGEST_GAP_DAYS = 366
/** The newest days are still corrected: they say nothing about which day a list belongs to. */
const UNSETTLED_DAYS = 2
/** Lists that contradict the days kept for this long are right, and the days kept are wrong. */
const REFUSE_FOR_MS = 3_600_000

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const kilowattHours = z.number().min(0).max(1e9)
const account = z.object({
  days: z.record(day, kilowattHours),
  /** kWh of days that are not kept any more. */
  settled: z.number().min(-1e9).max(1e9),
  counted: kilowattHours,
})
const PartKeys = z.enum(PARTS.map(({ key }) => key))
const kept = z.object({
  version: z.literal(1),
  owner: z.string(),
  since: day,
  newest: day,
  parts: z.partialRecord(PartKeys, account),
})

type Kept = z.output<typeof kept>
type Account = z.output<typeof account>

/**
 * Opens the ledger of one account.
 * @param owner tells accounts apart: days of another heat pump are not counted on
 */
export function openLedger(keep: Keep, owner: string): Ledger {
  const loaded = kept.safeParse(keep.load())
  let state: Kept | undefined = loaded.success && loaded.data.owner === owner ? loaded.data : undefined
  let refusedSince: number | undefined

  function book(asked: Day, lists: DayLists, nowMs: number): Booked {
    const gap = state ? daysBetween(state.newest, asked) : 0
    let lostDays = 0
    if (!state) state = { version: 1, owner, since: asked, newest: asked, parts: {} }
    else if (gap < -1 || gap > LONGEST_GAP_DAYS) state = restarted(state, asked, lists)
    else if (isOfAnotherDay(state, asked, lists)) {
      refusedSince ??= nowMs
      if (nowMs - refusedSince < REFUSE_FOR_MS) return { kind: 'wrong-day' }
      state = restarted(state, asked, lists)
    } else lostDays = Math.max(0, gap - longestOf(lists) + 1)
    refusedSince = undefined
    for (const { key } of PARTS) {
      const list = lists[key]
      if (list?.some(value => value !== undefined))
        state.parts[key] = booked(state.parts[key], asked, list, state.since)
    }
    if (asked > state.newest) state.newest = asked
    keep.save(state)
    return { kind: 'booked', lostDays }
  }

  return {
    book,
    counted: () =>
      Object.fromEntries(Object.entries(state?.parts ?? {}).map(([key, { counted }]) => [key, counted])),
  }
}

/** The account after a list: days replaced, old ones settled, the count raised to the sum where that is more. */
function booked(
  before: Account | undefined,
  asked: Day,
  list: readonly (number | undefined)[],
  since: Day,
): Account {
  const days: Record<Day, number> = { ...before?.days }
  for (const [index, value] of list.entries()) {
    const date = daysAfter(asked, index - list.length + 1)
    if (value !== undefined && index >= list.length - DAYS_KEPT) days[date] = value
  }
  let settled = before?.settled ?? 0
  const dates = Object.keys(days).sort()
  for (const date of dates.slice(0, Math.max(0, dates.length - DAYS_KEPT))) {
    if (date >= since) settled += days[date] ?? 0
    delete days[date]
  }
  return { days, settled, counted: Math.max(before?.counted ?? 0, settled + sumSince(days, since)) }
}

function sumSince(days: Readonly<Record<Day, number>>, since: Day): number {
  return Object.entries(days)
    .filter(([date]) => date >= since)
    .reduce((sum, [, value]) => sum + value, 0)
}

/** Counts on from where it stands, with this list as the first: what lies between is not known. */
function restarted(state: Kept, asked: Day, lists: DayLists): Kept {
  const parts: Partial<Record<PartKey, Account>> = {}
  for (const { key } of PARTS) {
    const counted = state.parts[key]?.counted ?? 0
    parts[key] = { days: {}, settled: counted - (lists[key]?.at(-1) ?? 0), counted }
  }
  return { ...state, since: asked, newest: asked, parts }
}

/**
 * After midnight the cloud may still end its list with the day before. Such a list does not agree with the days kept, and
 * agrees with them better when it is moved by a day.
 */
function isOfAnotherDay(state: Kept, asked: Day, lists: DayLists): boolean {
  const settledUntil = daysAfter(state.newest, -UNSETTLED_DAYS)
  const asAsked = compare(state, asked, lists, settledUntil)
  if (asAsked.different === 0) return false
  return [-1, 1].some(shift => {
    const moved = compare(state, daysAfter(asked, shift), lists, settledUntil)
    return moved.different < asAsked.different && moved.same > asAsked.same
  })
}

/** Days of a list that ends with `last` which are as they were kept, and which are not. Days of nothing are like any other. */
function compare(state: Kept, last: Day, lists: DayLists, until: Day): { same: number; different: number } {
  let same = 0
  let different = 0
  for (const { key } of PARTS) {
    const list = lists[key] ?? []
    const days = state.parts[key]?.days ?? {}
    for (const [index, value] of list.entries()) {
      const date = daysAfter(last, index - list.length + 1)
      const before = date <= until && Object.hasOwn(days, date) ? days[date] : undefined
      if (before === undefined || value === undefined || (before === 0 && value === 0)) continue
      if (before === value) same++
      else different++
    }
  }
  return { same, different }
}

function longestOf(lists: DayLists): number {
  return Math.max(0, ...Object.values(lists).map(list => list.length))
}
