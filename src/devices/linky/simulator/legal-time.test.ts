import { describe, expect, it } from 'vitest'
import { horodate, horodateOfDay, legalTime } from './legal-time.ts'

describe('horodate', () => {
  it.each([
    [1_792_889_999_000, 'E261025025959'],
    [1_792_890_000_000, 'H261025020000'],
    [Date.UTC(2027, 2, 28, 0, 59, 59), 'H270328015959'],
    [Date.UTC(2027, 2, 28, 1, 0, 0), 'E270328030000'],
    [Date.UTC(2008, 11, 25, 21, 35, 18), 'H081225223518'],
    [Date.UTC(2026, 11, 31, 23, 0, 0), 'H270101000000'],
  ])('shows %d as %s', (atMs, shown) => {
    expect(horodate(atMs)).toBe(shown)
  })

  it('has no season where the season does not apply', () => {
    const { dayNumber } = legalTime(Date.UTC(2026, 10, 21, 10))

    expect(horodateOfDay(dayNumber, 6 * 60)).toBe(' 261121060000')
  })
})

describe('legalTime', () => {
  it('has 25 hours on the day on which summer ends', () => {
    const day = legalTime(Date.UTC(2026, 9, 25, 10)).dayNumber
    const quarters = Array.from({ length: 4 * 48 }, (_, index) => Date.UTC(2026, 9, 24, 12) + index * 900_000)

    expect(quarters.filter(atMs => legalTime(atMs).dayNumber === day)).toHaveLength(100)
  })
})
