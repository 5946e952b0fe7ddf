import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarOf, dayInYear, daysAfter, daysBetween, isTimeZone } from './calendar.ts'

describe('the day', () => {
  it.each([
    ['Europe/Ljubljana', '2026-11-21T22:59:59Z', '2026-11-21'],
    ['Europe/Ljubljana', '2026-11-21T23:00:00Z', '2026-11-22'],
    ['Europe/Ljubljana', '2026-07-01T22:00:00Z', '2026-07-02'],
    ['UTC', '2026-11-21T23:30:00Z', '2026-11-21'],
    ['America/New_York', '2026-01-01T04:59:59Z', '2025-12-31'],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01'],
  ])('in %s at %s is %s', (zone, at, expected) => {
    expect(calendarOf(zone)(Date.parse(at))).toBe(expected)
  })

  it.each([
    ['2026-01-01', 2026, 1],
    ['2026-12-31', 2026, 365],
    ['2028-12-31', 2028, 366],
    ['2026-11-21', 2026, 325],
    ['2028-03-01', 2028, 61],
  ])('%s is of %i the number %i', (day, year, dayOfYear) => {
    expect(dayInYear(day)).toEqual({ year, dayOfYear })
  })

  it('is counted on and back over months, years and summer time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: -800, max: 800 }), (start, by) => {
        const day = daysAfter('1990-01-01', start)
        expect(daysBetween(day, daysAfter(day, by))).toBe(by)
        expect(daysAfter(daysAfter(day, by), -by)).toBe(day)
      }),
    )
  })
})

it('knows the names of zones', () => {
  expect(['Europe/Ljubljana', 'UTC', 'Ljubljana', '', 'CET-1CEST'].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

it('takes the zone of the process where none is named', () => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const at = Date.UTC(2026, 10, 21, 23, 30)
  expect(calendarOf(undefined)(at)).toBe(calendarOf(zone)(at))
})
