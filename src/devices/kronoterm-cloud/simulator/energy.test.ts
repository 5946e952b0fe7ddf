import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../testing/fake-clock.ts'
import { calendarOf, DAY_MS, dayOfYear } from './calendar.ts'
import { consumptionOf, loginTo } from './cloud.test-helper.ts'
import { startCloud } from './cloud.ts'
import { CORRECTED_AFTER_MS } from './living-plant.ts'

/** Midnight of the plant that begins 21 November 2026, day 325. */
const MIDNIGHT = Date.UTC(2026, 10, 20, 23)

/** Heating of 20 and 21 November as the cloud tells it at a moment. */
function heatingAt(at: number, scenario = 'demo', zone?: string): readonly [number, number] {
  const cloud = startCloud({
    scenario,
    seed: 3,
    clock: fakeClock(at),
    ...(zone === undefined ? {} : { zone }),
  })
  const { CompHeating = [] } = consumptionOf(cloud, loginTo(cloud).cookie, 2026, 325)
  return [Number(CompHeating.at(-2)), Number(CompHeating.at(-1))]
}

describe('the energy of a day', () => {
  it('begins with nothing at midnight of the plant, and only grows', () => {
    const day = Array.from({ length: 24 * 4 }, (_, quarter) => heatingAt(MIDNIGHT + quarter * 900_000)[1])

    expect(day[0]).toBe(0)
    for (let quarter = 1; quarter < day.length; quarter++) {
      expect(day[quarter]).toBeGreaterThan(day[quarter - 1] ?? Number.POSITIVE_INFINITY)
    }
  })

  it('is corrected upwards some time after it has ended', () => {
    const lastMinute = heatingAt(MIDNIGHT + DAY_MS - 60_000)[1]
    const told = (ms: number) => {
      const cloud = startCloud({ scenario: 'demo', seed: 3, clock: fakeClock(MIDNIGHT + DAY_MS + ms) })
      return Number(consumptionOf(cloud, loginTo(cloud).cookie, 2026, 326).CompHeating?.at(-2))
    }

    expect(told(0) / lastMinute).toBeCloseTo(1, 2)
    expect(told(CORRECTED_AFTER_MS - 1)).toBe(told(0))
    expect(told(CORRECTED_AFTER_MS) / told(0)).toBeGreaterThan(1.03)
    expect(told(CORRECTED_AFTER_MS + 7_200_000)).toBe(told(CORRECTED_AFTER_MS))
  })

  it('is the same in a list that ends later', () => {
    const cloud = startCloud({ scenario: 'demo', seed: 3, clock: fakeClock(MIDNIGHT) })
    const { cookie } = loginTo(cloud)

    const early = consumptionOf(cloud, cookie, 2026, 300).CPAddSource
    const late = consumptionOf(cloud, cookie, 2026, 310).CPAddSource

    expect(late?.slice(0, 20)).toEqual(early?.slice(10))
  })

  it('goes back over New Year', () => {
    const cloud = startCloud({ scenario: 'demo', seed: 3, clock: fakeClock(Date.UTC(2027, 0, 1, 12)) })
    const { cookie } = loginTo(cloud)

    const january = consumptionOf(cloud, cookie, 2027, 1).CompHeating
    const december = consumptionOf(cloud, cookie, 2026, 365).CompHeating

    expect(january?.slice(0, 29)).toEqual(december?.slice(1))
  })

  it('is nothing on a day to come', () => {
    const cloud = startCloud({ scenario: 'demo', seed: 3, clock: fakeClock(MIDNIGHT - 1) })

    expect(consumptionOf(cloud, loginTo(cloud).cookie, 2026, 325).CompHeating?.at(-1)).toBe(0)
  })

  it('begins late where the cloud does', () => {
    const [dayBefore] = heatingAt(MIDNIGHT + 600_000)

    expect(heatingAt(MIDNIGHT + 600_000, 'late-midnight')[1]).toBe(dayBefore)
    expect(heatingAt(MIDNIGHT + 1_260_000, 'late-midnight')[1]).toBeLessThan(dayBefore / 10)
  })
})

describe('calendarOf', () => {
  const ljubljana = calendarOf('Europe/Ljubljana')

  it.each([
    ['in winter', Date.UTC(2026, 10, 20, 23), 23],
    ['in summer', Date.UTC(2026, 6, 20, 22), 22],
    ['on the short day', Date.UTC(2026, 2, 28, 23), 23],
    ['on the long day', Date.UTC(2026, 9, 24, 22), 22],
  ])('has midnight %s', (_when, at) => {
    const day = ljubljana.dayOf(at)

    expect(ljubljana.beginOf(day)).toBe(at)
    expect(ljubljana.dayOf(at - 1)).toBe(day - 1)
    expect(ljubljana.shareOf(at)).toBe(0)
    expect(ljubljana.hourOf(at)).toBe(0)
  })

  it('runs evenly through the night in which clocks go back', () => {
    const begin = ljubljana.beginOf(ljubljana.dayOf(Date.UTC(2026, 9, 25, 12)))
    const shares = Array.from({ length: 25 }, (_, hour) => ljubljana.shareOf(begin + hour * 3_600_000))

    expect(shares).toEqual(Array.from({ length: 25 }, (_, hour) => hour / 25))
  })

  it('knows the places of a year', () => {
    expect(dayOfYear(2026, 1)).toBe(Date.UTC(2026, 0, 1) / DAY_MS)
    expect(dayOfYear(2026, 366)).toBeUndefined()
    expect(dayOfYear(2028, 366)).toBe(Date.UTC(2028, 11, 31) / DAY_MS)
    expect(dayOfYear(2026, 0)).toBeUndefined()
    expect(dayOfYear(Number.NaN, 1)).toBeUndefined()
  })
})
