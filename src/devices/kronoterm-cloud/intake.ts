import type { Clock } from '../../core/clock.ts'
import type { Report } from '../../core/driver.ts'
import type { HearthError } from '../../core/errors.ts'
import { messageOf } from '../../core/errors.ts'
import type { Keep } from '../../core/keep.ts'
import type { Log } from '../../core/log.ts'
import type { Reading } from '../../core/reading.ts'
import { accountKey } from './account-key.ts'
import { type Day, type DayOf, dayInYear } from './calendar.ts'
import {
  countedReadings,
  type Histogram,
  histogramForm,
  readHistogram,
  todayReadings,
} from './consumption.ts'
import { openLedger } from './ledger.ts'
import type { PageName } from './pages.ts'
import { readingsOf } from './readings.ts'
import { isImplausible, type Row } from './rows.ts'
import { type PageChoice, paceOf, type Turns } from './turns.ts'
import type { JsonObject } from './value.ts'

export interface IntakeOptions {
  readonly baseUrl: string
  readonly user: string
  readonly pages: PageChoice
  readonly rows: readonly Row[]
  readonly intervalMs: number
  readonly staleAfterMs: number
  readonly dayOf: DayOf
  readonly clock: Clock
  readonly log: Log
  readonly keep: Keep
  readonly turns: Turns
}

/** Paces of pages are counted in readings that may be missed before the values are too old. */
const PACES_TO_STALE = 3
/** Values that belong to the account rather than to a moment: good as long as the session's other pages are read. */
const IDENTITY_KEYS = ['menu.hp_id', 'menu.Location', 'menu.user_level']
const IDENTITY_GROUP = 'identity'
const COUNTED_GROUP = 'counted'
const CONSUMPTION_GROUP = 'consumption'
/** Paths named in one message. */
const MOST_NAMED = 5

/** Takes answers in: turns them into readings, and says what was wrong with them. */
export function createIntake(options: IntakeOptions) {
  const { baseUrl, user, pages, rows, intervalMs, staleAfterMs, dayOf, clock, log, keep, turns } = options
  const place = new URL(baseUrl).host
  const ledger = openLedger(keep, accountKey(baseUrl, user))
  const slowGroups = new Set<string>()
  /** Parts that the plant does not have, as its flags say. */
  const away = new Set<PageName>()
  let report: Report | undefined
  let identity: readonly Reading[] = []
  let alarmsBefore: string | undefined
  let loggedDay: Day | undefined
  /** The day whose running totals are shown. */
  let shownDay: Day | undefined

  function update(page: PageName, group: string, readings: readonly Reading[], rejected: number): void {
    const paceMs = paceOf(page, pages, intervalMs)
    if (paceMs !== undefined) slowGroups.add(group)
    report?.update({
      group,
      readings,
      isWhole: true,
      rejected,
      ...(paceMs === undefined ? {} : { staleAfterMs: Math.max(staleAfterMs, PACES_TO_STALE * paceMs) }),
    })
  }

  function sayImplausible(page: PageName, readings: readonly Reading[]): number {
    const outside = readings.filter(
      ({ key, value }) =>
        typeof value === 'number' && rows.some(row => row.key === key && isImplausible(row, value)),
    )
    if (outside.length === 0) return 0
    const values = listed(outside.map(({ key, value }) => `${key} ${value}`))
    report?.trouble(
      'implausible',
      `${place} (${page}): no house has ${values}; left out of the unified dialect`,
    )
    return outside.length
  }

  function sayUnreadable(page: PageName, what: string, paths: readonly string[]): void {
    if (paths.length > 0) report?.trouble('schema', `${place} (${page}): ${what} ${listed(paths)}`)
  }

  function takeMenu(readings: readonly Reading[]): readonly Reading[] {
    const fresh = readings.filter(({ key }) => IDENTITY_KEYS.includes(key))
    const idOf = (of: readonly Reading[]) => of.find(({ key }) => key === IDENTITY_KEYS[0])?.value
    // The menu is incomplete at times: what it leaves out stays, unless it is another heat pump's.
    const isSame = idOf(fresh) === undefined || idOf(fresh) === idOf(identity)
    const before = isSame ? identity.filter(({ key }) => !fresh.some(reading => reading.key === key)) : []
    if (fresh.length > 0) identity = [...before, ...fresh]
    identityAgain()
    return readings.filter(({ key }) => !IDENTITY_KEYS.includes(key))
  }

  function identityAgain(): void {
    if (identity.length > 0) report?.update({ group: IDENTITY_GROUP, readings: identity, isWhole: true })
  }

  /** The count of active errors stands in the menu: a list that changed is a reason to look there. */
  function watchAlarms(readings: readonly Reading[]): void {
    const now = JSON.stringify(readings)
    if (alarmsBefore !== undefined && alarmsBefore !== now && pages === 'all') turns.want('menu')
    alarmsBefore = now
  }

  function watchParts(readings: readonly Reading[]): void {
    const flagOf = (name: string) =>
      readings.find(({ key }) => key === `system_review.TemperaturesAndConfig.${name}`)?.value
    const parts: readonly (readonly [PageName, string])[] = [
      ['loop_1', 'circle_1_installed'],
      ['loop_2', 'circle_2_installed'],
      ['tap_water', 'tap_water_installed'],
    ]
    for (const [page, flag] of parts)
      if (flagOf(flag) === false) away.add(page)
      else away.delete(page)
  }

  /** Takes a page's answer in. False when something that belongs there was missing. */
  function page(name: PageName, answer: JsonObject): boolean {
    const { readings, unreadable, missing } = readingsOf(name, answer)
    const isRequired = !away.has(name)
    if (isRequired) sayUnreadable(name, 'the answer has no', missing)
    sayUnreadable(name, 'cannot be read:', unreadable)
    // Nothing of the page came: perhaps it is another one's, and the values before it are as good as they were.
    if (readings.length === 0 && (missing.length > 0 || unreadable.length > 0)) return false
    const rejected = sayImplausible(name, readings)
    if (name === 'system_review') watchParts(readings)
    if (name === 'alarms') watchAlarms(readings)
    update(name, name, name === 'menu' ? takeMenu(readings) : readings, rejected + unreadable.length)
    return missing.length === 0
  }

  function histogram(asked: Day, answer: JsonObject): boolean {
    const today = dayOf(clock.now())
    if (today !== asked) {
      report?.trouble('other', `${place} (consumption): the day changed while ${asked} was asked; dropped`)
      turns.want('consumption')
      return false
    }
    const found = readHistogram(answer)
    if (!found) {
      report?.trouble('schema', `${place} (consumption): the answer for ${asked} has no lists`)
      return false
    }
    sayUnreadable('consumption', 'cannot be read:', found.unreadable)
    return book(asked, found)
  }

  function book(asked: Day, { lists, unreadable }: Histogram): boolean {
    const { isOfDay, lostDays } = ledger.book(asked, lists)
    update('consumption', COUNTED_GROUP, countedReadings(ledger.counted()), 0)
    if (lostDays > 0)
      report?.trouble(
        'other',
        `${place} (consumption): ${lostDays} days lie further back than the cloud's list; their energy is lost`,
      )
    // What it tells last would be a day that is over.
    const today = isOfDay ? todayReadings(lists) : []
    update('consumption', CONSUMPTION_GROUP, today, unreadable.length)
    shownDay = isOfDay ? asked : undefined
    if (!isOfDay)
      report?.trouble(
        'implausible',
        `${place} (consumption): asked for ${asked}, the list still ends with a day before it; today's values wait`,
      )
    return isOfDay
  }

  /** The values of a day that is over are not today's, however young they are. */
  function endOfPoll(): void {
    if (shownDay === undefined || shownDay === dayOf(clock.now())) return
    report?.update({ group: CONSUMPTION_GROUP, readings: [], isWhole: true })
    shownDay = undefined
  }

  return {
    listen(to: Report): void {
      report = to
      if (loggedDay !== undefined && loggedDay !== dayOf(clock.now())) turns.want('consumption')
    },
    connected: () => report?.connected(),
    trouble: (error: HearthError) => report?.trouble(error.kind, messageOf(error)),
    /** A page of a part that the plant has not may fail: nobody misses it. */
    failedPage(name: PageName, error: HearthError): void {
      const isExcused = away.has(name) && (error.kind === 'schema' || error.kind === 'parse')
      if (isExcused) return
      // All pages have one path: what failed on the way does not say by itself which it was.
      const words = messageOf(error)
      const isNamed = words.includes(`(${name})`) || words.includes('(login)')
      report?.trouble(error.kind, isNamed ? words : `${name}: ${words}`)
    },
    isRequired: (name: PageName) => !away.has(name),
    /** The form of a page that is asked with one, and the day it asks for: told once, used for question and answer. */
    questionOf(name: PageName): { readonly day: Day; readonly form: string } | undefined {
      if (name !== 'consumption') return undefined
      const day = dayOf(clock.now())
      if (day !== loggedDay)
        log.info(`consumption is asked for ${day}, day ${dayInYear(day).dayOfYear} of the year`)
      loggedDay = day
      return { day, form: histogramForm(day) }
    },
    page,
    histogram,
    identityAgain,
    endOfPoll,
    /** Nothing was read for a while: what is asked more seldom is withdrawn with the rest. */
    withdrawSlow(): void {
      for (const group of slowGroups) report?.update({ group, readings: [], isWhole: true })
    },
  }
}

function listed(words: readonly string[]): string {
  const more = words.length - MOST_NAMED
  return `${words.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
