import type { Clock } from '../../core/clock.ts'
import { PAGES, type PageName } from './pages.ts'

/** Which pages are read: all that tell something, or those of the original relay only. */
export type PageChoice = 'all' | 'original'

/** The pages that the original asks in every interval, in its order. It is also the most that hearth asks. */
export const ORIGINAL_PAGES: readonly PageName[] = [
  'system_review',
  'loop_1',
  'loop_2',
  'tap_water',
  'alarms',
  'consumption',
]

/** Asked in every interval; the place of the sixth is for the pages that take turns. */
const STEADY_PAGES = ORIGINAL_PAGES.filter(page => page !== 'consumption')

const MINUTE = 60_000
/** How often the pages that take turns are wanted. The first of them come first after a start. */
const TURN_PACES: Partial<Record<PageName, number>> = {
  consumption: 5 * MINUTE,
  basic: 30 * MINUTE,
  menu: 10 * MINUTE,
  loop_3: 5 * MINUTE,
  loop_4: 5 * MINUTE,
  reservoir: 5 * MINUTE,
  pool: 5 * MINUTE,
  shortcuts: 5 * MINUTE,
}
const TURN_PAGES = Object.keys(TURN_PACES).filter((page): page is PageName => page in PAGES)
/** The rank of what comes before everything that has a time. */
const FIRST = Number.MIN_SAFE_INTEGER
/** A page that failed is tried again after this long, if the others leave it the place. */
const RETRY_MS = MINUTE

/** What is asked in each interval. */
export interface Turns {
  /** The pages of this interval, at most six. */
  next(): readonly PageName[]
  /** A page was asked. */
  asked(page: PageName, isGood: boolean): void
  /** A page is wanted at the next occasion. */
  want(page: PageName): void
}

/** Pages that are asked in every interval: an attempt is complete when all of them were answered. */
export function steadyPages(choice: PageChoice): readonly PageName[] {
  return choice === 'original' ? ORIGINAL_PAGES : STEADY_PAGES
}

/**
 * The time between two readings of a page that takes turns; undefined for one that is asked in every interval.
 * With long intervals the turns come round more slowly than wanted.
 */
export function paceOf(page: PageName, choice: PageChoice, intervalMs: number): number | undefined {
  if (steadyPages(choice).includes(page)) return undefined
  const wantedMs = TURN_PACES[page]
  return wantedMs === undefined ? undefined : Math.max(wantedMs, TURN_PAGES.length * intervalMs)
}

/** Makes the schedule of one device. */
export function createTurns(choice: PageChoice, intervalMs: number, clock: Clock): Turns {
  const dueAt = new Map<PageName, number>()
  const wanted = new Set<PageName>()
  let last: PageName | undefined

  /** Times of polls wander a little: a page is due when the next interval would be too late. */
  const isDue = (page: PageName) =>
    wanted.has(page) || (dueAt.get(page) ?? Number.NEGATIVE_INFINITY) <= clock.monotonic() + intervalMs / 2

  function turn(): PageName | undefined {
    const due = TURN_PAGES.filter(isDue)
    // The day's energy keeps its pace, but not so that the others never have their turn.
    if (last !== 'consumption' && due.includes('consumption')) return 'consumption'
    const rank = (page: PageName) => (wanted.has(page) ? FIRST : (dueAt.get(page) ?? FIRST))
    return due.toSorted((a, b) => rank(a) - rank(b))[0]
  }

  return {
    next() {
      // Without a menu nobody knows whose values these are: it takes the place of a page that no series comes from.
      if (choice === 'original')
        return ORIGINAL_PAGES.map(page => (page === 'alarms' && wanted.has('menu') ? 'menu' : page))
      last = turn()
      return last === undefined ? STEADY_PAGES : [...STEADY_PAGES, last]
    },
    asked(page, isGood) {
      const paceMs = TURN_PACES[page]
      if (paceMs === undefined) return
      dueAt.set(page, clock.monotonic() + (isGood ? paceMs : RETRY_MS))
      // The original's pages have no turns: there a page stays wanted until it was read.
      if (isGood || choice === 'all') wanted.delete(page)
    },
    want: page => void wanted.add(page),
  }
}
