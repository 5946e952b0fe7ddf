import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Keep, memoryKeep } from '../../core/keep.ts'
import { daysAfter, daysBetween } from './calendar.ts'
import { type Ledger, openLedger } from './ledger.ts'

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
    expect(ledger.book(DAY_0, { CompHeating: [7, 8, 1.5] })).toEqual({ isOfDay: true, lostDays: 0 })
    expect(ledger.counted()).toEqual({ CompHeating: 1.5 })
  })

  it('goes on over midnight, takes late corrections and a day that begins at nothing', () => {
    const ledger = openLedger(memoryKeep(), 'me')
    const cloud = books()
    cloud.set(DAY_0, 14)
    ledger.book(DAY_0, { CompHeating: cloud.list(DAY_0) })
    const next = daysAfter(DAY_0, 1)
    ledger.book(next, { CompHeating: cloud.list(next) })
    expect(heating(ledger)).toBe(14)
    cloud.set(DAY_0, 22)
    cloud.set(next, 0.5)
    ledger.book(next, { CompHeating: cloud.list(next) })
    expect(heating(ledger)).toBe(22.5)
  })

  it('stands while a correction downwards is made up for', () => {
    const ledger = openLedger(memoryKeep(), 'me')
    const counts = [3, 5, 4, 4.5, 6].map(value => {
      ledger.book(DAY_0, { CompHeating: [1, value] })
      return heating(ledger)
    })
    expect(counts).toEqual([3, 5, 5, 5, 6])
  })

  it('says how many days lie further back than the list, and counts what is in it', () => {
    const keep = memoryKeep()
    const cloud = books({ [DAY_0]: 10 })
    openLedger(keep, 'me').book(DAY_0, { CompHeating: cloud.list(DAY_0) })
    const within = daysAfter(DAY_0, 29)
    expect(openLedger(keep, 'me').book(within, { CompHeating: cloud.list(within) })).toEqual({
      isOfDay: true,
      lostDays: 0,
    })
    const beyond = daysAfter(within, 33)
    cloud.set(daysAfter(beyond, -3), 5)
    const ledger = openLedger(keep, 'me')
    expect(ledger.book(beyond, { CompHeating: cloud.list(beyond) })).toEqual({
      isOfDay: true,
      lostDays: 4,
    })
    expect(heating(ledger)).toBe(15)
  })

  it('keeps accounts apart', () => {
    const keep = memoryKeep()
    openLedger(keep, 'me').book(DAY_0, { CompHeating: [9] })
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
    ledger.book(DAY_0, { CompHeating: [2] })
    expect(heating(ledger)).toBe(2)
  })

  it.each([20, 180, 1_430])('finds the day of a list that moves %i minutes after midnight', minutes => {
    const keep = memoryKeep()
    const cloud = books({ [DAY_0]: 20 })
    const next = daysAfter(DAY_0, 1)
    let ledger = openLedger(keep, 'me')
    ledger.book(DAY_0, { CompHeating: cloud.list(DAY_0) })
    cloud.set(DAY_0, 22)
    for (let minute = 0; minute < 1_440; minute += 10) {
      if (minute === 600) ledger = openLedger(keep, 'me')
      cloud.set(next, minute / 100)
      const isLate = minute < minutes
      const { isOfDay } = ledger.book(next, { CompHeating: cloud.list(isLate ? DAY_0 : next) })
      expect(isOfDay).toBe(!isLate)
      expect(heating(ledger)).toBeCloseTo(isLate ? 22 : 22 + minute / 100, 9)
    }
  })

  it('does not take a list that stands still for that of another day, however long it stands', () => {
    const cloud = books({ [DAY_0]: 20 })
    const ledger = openLedger(memoryKeep(), 'me')
    ledger.book(DAY_0, { CompHeating: cloud.list(DAY_0) })
    const still = { CompHeating: cloud.list(DAY_0) }
    for (let i = 1; i < 25; i++) expect(ledger.book(daysAfter(DAY_0, i), still).isOfDay).toBe(false)
    expect(heating(ledger)).toBe(20)
    for (let i = 1; i <= 25; i++) cloud.set(daysAfter(DAY_0, i), 1)
    const then = daysAfter(DAY_0, 25)
    expect(ledger.book(then, { CompHeating: cloud.list(then) })).toEqual({ isOfDay: true, lostDays: 0 })
    expect(heating(ledger)).toBe(45)
  })

  it('mends the dates of a first list that was late', () => {
    const cloud = books({ [DAY_0]: 20 })
    const ledger = openLedger(memoryKeep(), 'me')
    const next = daysAfter(DAY_0, 1)
    ledger.book(next, { CompHeating: cloud.list(DAY_0) })
    cloud.set(next, 1)
    expect(ledger.book(next, { CompHeating: cloud.list(next) }).isOfDay).toBe(true)
    const after = daysAfter(next, 1)
    expect(ledger.book(after, { CompHeating: cloud.list(next) }).isOfDay).toBe(false)
    cloud.set(after, 2)
    expect(ledger.book(after, { CompHeating: cloud.list(after) }).isOfDay).toBe(true)
    expect(heating(ledger)).toBe(23)
  })

  it.each([-1, 1])('goes with a list that is always %i days beside the date, after a day', by => {
    const cloud = books({ [DAY_0]: 20 })
    const ledger = openLedger(memoryKeep(), 'me')
    for (let i = -5; i < 10; i++) cloud.set(daysAfter(DAY_0, i), 3 + i / 7)
    ledger.book(DAY_0, { CompHeating: cloud.list(DAY_0) })
    const at = (i: number) => ({ CompHeating: cloud.list(daysAfter(DAY_0, i + by)) })
    ledger.book(daysAfter(DAY_0, 2), at(2))
    ledger.book(daysAfter(DAY_0, 3), at(3))
    expect(ledger.book(daysAfter(DAY_0, 4), at(4)).isOfDay).toBe(true)
    expect(heating(ledger)).toBeCloseTo(cloud.sum(DAY_0, daysAfter(DAY_0, 4 + by)), 9)
  })

  it('takes a list whose days are all alike, and one of nothing', () => {
    const ledger = openLedger(memoryKeep(), 'me')
    const alike = { CompHeating: Array(30).fill(6), CPLoops: Array(30).fill(0) }
    for (let i = 0; i < 5; i++)
      expect(ledger.book(daysAfter(DAY_0, i), alike)).toEqual({ isOfDay: true, lostDays: 0 })
    expect(ledger.counted()).toEqual({ CompHeating: 30, CPLoops: 0 })
  })

  it.each([-1, -3, -40, -400, -20_000, 1, 40, 367, 5_000])(
    'loses and repeats nothing when the clock is wrong by %i days for a while',
    by => {
      for (const isList of ['asked', 'today']) {
        const cloud = books()
        const ledger = openLedger(memoryKeep(), 'me')
        for (let i = 0; i < 90; i++) {
          cloud.set(daysAfter(DAY_0, i), 3 + i / 7)
          const day = daysAfter(DAY_0, i)
          ledger.book(day, { CompHeating: cloud.list(day) })
        }
        const today = daysAfter(DAY_0, 89)
        const wrong = daysAfter(today, by)
        for (let i = 0; i < 3; i++)
          ledger.book(wrong, { CompHeating: cloud.list(isList === 'asked' ? wrong : today) })
        expect(heating(ledger)).toBeCloseTo(cloud.sum(DAY_0, today), 9)
        for (let i = 89; i < 95; i++) {
          const day = daysAfter(DAY_0, i)
          cloud.set(day, 3 + i / 7)
          const { isOfDay } = ledger.book(day, { CompHeating: cloud.list(day) })
          expect(isOfDay).toBe(true)
        }
        expect(heating(ledger)).toBeCloseTo(cloud.sum(DAY_0, daysAfter(DAY_0, 94)), 9)
      }
    },
  )

  it('begins right after a first start with a clock that was years behind', () => {
    const cloud = books({ [DAY_0]: 20 })
    const ledger = openLedger(memoryKeep(), 'me')
    ledger.book('1970-01-01', { CompHeating: cloud.list(DAY_0) })
    cloud.set(DAY_0, 21)
    expect(ledger.book(DAY_0, { CompHeating: cloud.list(DAY_0) }).isOfDay).toBe(true)
    expect(heating(ledger)).toBe(21)
  })

  it('keeps no more days than it needs', () => {
    const keep = memoryKeep()
    const cloud = books()
    const ledger = openLedger(keep, 'me')
    for (let i = 0; i < 400; i++) {
      const day = daysAfter(DAY_0, i)
      cloud.set(day, 1)
      ledger.book(day, { CompHeating: cloud.list(day) })
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
        ledger.book(today, { CompHeating: cloud.list(today) })
        for (const { days, grows, corrects, isRestarted, isMissing } of steps) {
          const yesterday = today
          for (let i = 1; i <= days; i++) cloud.set(daysAfter(today, i), grows / (i + 1))
          today = daysAfter(today, days)
          cloud.set(yesterday, (cloud.list(yesterday).at(-1) ?? 0) + corrects)
          if (isRestarted) ledger = openLedger(keep, 'me')
          if (isMissing) ledger.book(today, {})
          expect(ledger.book(today, { CompHeating: cloud.list(today) }).isOfDay).toBe(true)
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
