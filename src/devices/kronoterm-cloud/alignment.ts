import { type Day, daysAfter, daysBetween } from './calendar.ts'
import type { DayLists } from './consumption.ts'
import { PARTS, type PartValues } from './parts.ts'

/** Totals of days by their date, per part. */
export type KnownDays = PartValues<Readonly<Record<Day, number>>>

/** A list may be this many days behind or ahead of the day asked for and is still found: its own length. */
const FURTHEST_DAYS = 31
/** The newest days known still grow or are corrected: they say nothing about which day a list belongs to. */
const UNSETTLED_DAYS = 1
/** Days that must agree before a list is taken for one that is more than a day away. */
const LEAST_SAME = 3

interface Agreement {
  readonly same: number
  readonly different: number
}

/**
 * How many days after the day asked for a list really ends, told by the days that are known: 0 when it agrees with them, or
 * with no other day better; negative when the list has not moved with the date. A day's total is a number with many digits,
 * so that days which agree are the same days.
 * @param newest the last of the known days
 */
export function shiftOf(known: KnownDays, newest: Day, asked: Day, lists: DayLists): number {
  const until = daysAfter(newest, -UNSETTLED_DAYS)
  const asAsked = agreement(known, asked, lists, until)
  const isApart = Math.abs(daysBetween(newest, asked)) > FURTHEST_DAYS
  if (asAsked.different === 0 && (asAsked.same > 0 || !isApart)) return 0
  let best = { shift: 0, ...asAsked }
  for (const shift of candidates(daysBetween(asked, newest))) {
    const { same, different } = agreement(known, daysAfter(asked, shift), lists, until)
    if (same <= different || same <= asAsked.same || (different >= asAsked.different && !isApart)) continue
    if (Math.abs(shift) > 1 && same < LEAST_SAME) continue
    if (best.shift === 0 || same - different > best.same - best.different) best = { shift, same, different }
  }
  return best.shift
}

/** The nearest first: around the day asked for, and around the newest day known, when a clock was wrong by years. */
function candidates(toNewest: number): readonly number[] {
  const near = Array.from({ length: FURTHEST_DAYS }, (_, i) => [-i - 1, i + 1]).flat()
  if (Math.abs(toNewest) <= FURTHEST_DAYS) return near
  return [...near, toNewest, ...near.map(shift => toNewest + shift)]
}

/** Days of a list that ends with `last` which are as they are known, and which are not. Days of nothing are like any other. */
function agreement(known: KnownDays, last: Day, lists: DayLists, until: Day): Agreement {
  let same = 0
  let different = 0
  for (const { key } of PARTS) {
    const list = lists[key] ?? []
    const days = known[key] ?? {}
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
