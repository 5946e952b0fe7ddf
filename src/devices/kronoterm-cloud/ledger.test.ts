import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Keep, memoryKeep } from '../../core/keep.ts'
import { daysAfter, daysBetween } from './calendar.ts'
import { type Ledger, openLedger } from './ledger.ts'

const HOUR = 3_600_000
const DAY_0 = '2026-11-21'

/** A cloud that knows what each day has taken; asked for a day it lists the thirty that end with it. */
function books(start: Readonly<Record<string, number>> = {}) {
  const days = new Map(Object.entries(start))
  for (let i = 1; i < 60; i++) days.set(daysAfter(DAY_0, -i), days.get(daysAfter(DAY_0, -i)) ?? i / 8)
  return {
    set: (day: string, value: number) => void days.set(day, value),
    list: (day: string) => Array.from({ length: 30 }, (_, i) => days.get(daysAfter(day, i - 29)) ?? 0),
    sum: (from: string, to: string) =>
      Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => days.get(daysAfter(from, i)) ?? 0).reduce(
        (a, b) => a + b,
        0,
      ),
  }
}

function heating(ledger: Ledger): number | undefined {
  return ledger.counted().CompHeating
}

describe('the ledger', () => {
  it('begins with today, whatever the list says of the days before', () => {
    const ledger = openLedger(memoryKeep(), 'me')
    expect(ledger.counted()).toEqual({})
    expect(ledger.book(DAY_0, { CompHeating: [7, 8, 1.5] }, 0)).toEqual({ kind: 'booked', lostDays: 0 })
    expect(ledger.counted()).toEqual({ CompHeating: 1.5 })
  })

  it('goes on over midnight, takes late corrections and a day that begins at nothing', () => {
    const ledger = openLedger(memoryKeep(), 'me')
    const cloud = books()
    cloud.set(DAY_0, 14)
    ledger.book(DAY_0, { CompHeating: cloud.list(DAY_0) }, 0)
    const next = daysAfter(DAY_0, 1)
    ledger.book(next, { CompHeating: cloud.list(next) }, 0)
    expect(heating(ledger)).toBe(14)
    cloud.set(DAY_0, 22)
    cloud.set(next, 0.5)
    ledger.book(next, { CompHeating: cloud.list(next) }, 0)
    expect(heating(ledger)).toBe(22.5)
  })

  it('stands while a correction downwards is made up for', () => {
    const ledger = openLedger(memoryKeep(), 'me')
    const counts = [3, 5, 4, 4.5, 6].map(value => {
      ledger.book(DAY_0, { CompHeating: [1, value] }, 0)
      return heating(ledger)
    })
    expect(counts).toEqual([3, 5, 5, 5, 6])
  })

  it('says how many days lie further back than the list, and counts what is in it', () => {
    const keep = memoryKeep()
    const cloud = books({ [DAY_0]: 10 })
    openLedger(keep, 'me').book(DAY_0, { CompHeating: cloud.list(DAY_0) }, 0)
    const within = daysAfter(DAY_0, 29)
    expect(openLedger(keep, 'me').book(within, { CompHeating: cloud.list(within) }, 0)).toEqual({
      kind: 'booked',
      lostDays: 0,
    })
    const beyond = daysAfter(within, 33)
    cloud.set(daysAfter(beyond, -3), 5)
    const ledger = openLedger(keep, 'me')
    expect(ledger.book(beyond, { CompHeating: cloud.list(beyond) }, 0)).toEqual({
      kind: 'booked',
      lostDays: 4,
    })
    expect(heating(ledger)).toBe(15)
  })

  it('keeps accounts apart', () => {
    const keep = memoryKeep()
    openLedger(keep, 'me').book(DAY_0, { CompHeating: [9] }, 0)
    const other = openLedger(keep, 'another')
    expect(other.counted()).toEqual({})
    expect(openLedger(keep, 'me').counted()).toEqual({ CompHeating: 9 })
  })

  it.each([
    undefined,
    null,
    7,
    [],
    {},
    { version: 2 },
    { version: 1, owner: 'me', since: 'x', newest: DAY_0, parts: {} },
    {
      version: 1,
      owner: 'me',
      since: DAY_0,
      newest: DAY_0,
      parts: { CompHeating: { days: { __proto__: 1 } } },
    },
    {
      version: 1,
      owner: 'me',
      since: DAY_0,
      newest: DAY_0,
      parts: { Other: { days: {}, settled: 0, counted: 1 } },
    },
    {
      version: 1,
      owner: 'me',
      since: DAY_0,
      newest: DAY_0,
      parts: { CompHeating: { days: {}, settled: 0, counted: -1 } },
    },
  ])('begins anew where what was kept is not its own (%#)', kept => {
    const keep: Keep = { load: () => kept, save() {} }
    const ledger = openLedger(keep, 'me')
    expect(ledger.counted()).toEqual({})
    ledger.book(DAY_0, { CompHeating: [2] }, 0)
    expect(heating(ledger)).toBe(2)
  })

  it('refuses a list that still ends with the day before, and takes it when it persists', () => {
    const keep = memoryKeep()
    const cloud = books({ [DAY_0]: 20 })
    const ledger = openLedger(keep, 'me')
    ledger.book(DAY_0, { CompHeating: cloud.list(DAY_0) }, 0)
    const next = daysAfter(DAY_0, 1)
    const late = { CompHeating: cloud.list(DAY_0) }
    expect(ledger.book(next, late, 0)).toEqual({ kind: 'wrong-day' })
    expect(ledger.book(next, late, HOUR - 1)).toEqual({ kind: 'wrong-day' })
    expect(heating(ledger)).toBe(20)
    expect(ledger.book(next, { CompHeating: cloud.list(next) }, HOUR)).toEqual({
      kind: 'booked',
      lostDays: 0,
    })
    expect(heating(ledger)).toBe(20)
    const after = daysAfter(next, 1)
    const wrong = { CompHeating: cloud.list(next) }
    ledger.book(after, wrong, 2 * HOUR)
    expect(ledger.book(after, wrong, 3 * HOUR)).toEqual({ kind: 'booked', lostDays: 0 })
    expect(heating(ledger)).toBe(20)
  })

  it('takes a list whose days are all alike, and one of nothing', () => {
    const ledger = openLedger(memoryKeep(), 'me')
    const alike = { CompHeating: Array(30).fill(6), CPLoops: Array(30).fill(0) }
    for (let i = 0; i < 5; i++)
      expect(ledger.book(daysAfter(DAY_0, i), alike, 0)).toEqual({ kind: 'booked', lostDays: 0 })
    expect(ledger.counted()).toEqual({ CompHeating: 30, CPLoops: 0 })
  })

  it.each([-2, -400, 367, 5_000])('counts on from where it stands when the date jumps by %i days', by => {
    const ledger = openLedger(memoryKeep(), 'me')
    ledger.book(DAY_0, { CompHeating: [1, 2, 3] }, 0)
    const then = daysAfter(DAY_0, by)
    ledger.book(then, { CompHeating: [4, 5, 6] }, 0)
    expect(heating(ledger)).toBe(3)
    ledger.book(then, { CompHeating: [4, 5, 7] }, 0)
    expect(heating(ledger)).toBe(4)
  })

  it('keeps no more days than it needs', () => {
    const keep = memoryKeep()
    const cloud = books()
    const ledger = openLedger(keep, 'me')
    for (let i = 0; i < 400; i++) {
      const day = daysAfter(DAY_0, i)
      cloud.set(day, 1)
      ledger.book(day, { CompHeating: cloud.list(day) }, 0)
    }
    expect(heating(ledger)).toBe(400)
    expect(JSON.stringify(keep.load()).length).toBeLessThan(2_000)
  })

  it('neither loses nor repeats anything, whenever it is asked and however often it is restarted', () => {
    const step = fc.record({
      days: fc.integer({ min: 0, max: 20 }),
      grows: fc.double({ min: 0, max: 10, noNaN: true }),
      corrects: fc.double({ min: 0, max: 8, noNaN: true }),
      isRestarted: fc.boolean(),
      isMissing: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        const keep = memoryKeep()
        const cloud = books({ [DAY_0]: 0 })
        let ledger = openLedger(keep, 'me')
        let today = DAY_0
        let before = 0
        ledger.book(today, { CompHeating: cloud.list(today) }, 0)
        for (const { days, grows, corrects, isRestarted, isMissing } of steps) {
          const yesterday = today
          for (let i = 1; i <= days; i++) cloud.set(daysAfter(today, i), grows / (i + 1))
          today = daysAfter(today, days)
          cloud.set(yesterday, (cloud.list(yesterday).at(-1) ?? 0) + corrects)
          if (isRestarted) ledger = openLedger(keep, 'me')
          if (isMissing) ledger.book(today, {}, 0)
          expect(ledger.book(today, { CompHeating: cloud.list(today) }, 0).kind).toBe('booked')
          const count = heating(ledger) ?? 0
          expect(count).toBeGreaterThanOrEqual(before)
          expect(count).toBeCloseTo(cloud.sum(DAY_0, today), 6)
          before = count
        }
      }),
      { numRuns: 200 },
    )
  })
})
