import { describe, expect, it } from 'vitest'
import { baseCalendar, COLOUR, mobilePeakCalendar, offPeakCalendar, tempoCalendar } from './calendar.ts'

const DAY_MS = 86_400_000
/** Paris is an hour ahead of UTC in winter. */
const winter = (day: number, hour: number, minute = 0) => Date.UTC(2026, 10, day, hour - 1, minute)

describe('offPeakCalendar', () => {
  it.each([
    [winter(21, 6, 29), 'HC..', 1],
    [winter(21, 6, 30), 'HP..', 2],
    [winter(21, 22, 29), 'HP..', 2],
    [winter(21, 22, 30), 'HC..', 1],
    [winter(21, 24, 0), 'HC..', 1],
  ])('charges by the hour on the wall', (atMs, ptec, index) => {
    expect(offPeakCalendar().periodAt(atMs)).toMatchObject({ ptec, index })
  })
})

describe('mobilePeakCalendar', () => {
  it('announces a peak for half an hour before it begins', () => {
    const startAt = winter(21, 10)
    const calendar = mobilePeakCalendar(startAt)
    const seen = [0, 6, 6 + 1799, 6 + 1800, 6 + 1800 + 18 * 3600].map(seconds => [
      calendar.isPeakNoticeAt(startAt + seconds * 1000),
      calendar.periodAt(startAt + seconds * 1000).ptec,
    ])

    expect(seen).toEqual([
      [false, 'HN..'],
      [true, 'HN..'],
      [true, 'HN..'],
      [false, 'PM..'],
      [false, 'HN..'],
    ])
  })
})

describe('tempoCalendar', () => {
  const calendar = tempoCalendar(1)

  it('tells tomorrow from 20:00 to 6:00 and then makes it today', () => {
    for (let day = 1; day < 60; day++) {
      const announced = calendar.coloursAt(winter(day, 20)).tomorrow

      expect(announced).not.toBe(COLOUR.none)
      expect(calendar.coloursAt(winter(day, 19, 59)).tomorrow).toBe(COLOUR.none)
      expect(calendar.coloursAt(winter(day + 1, 5, 59)).tomorrow).toBe(announced)
      expect(calendar.coloursAt(winter(day + 1, 6)).today).toBe(announced)
      expect(calendar.coloursAt(winter(day + 2, 5, 59)).today).toBe(announced)
    }
  })

  it('has every colour in a year, blue by far the most and red the least', () => {
    const counts = [0, 0, 0, 0]
    for (let day = 0; day < 365; day++) {
      const { today } = calendar.coloursAt(winter(1, 12) + day * DAY_MS)
      counts[today] = (counts[today] ?? 0) + 1
    }

    expect(counts[COLOUR.none]).toBe(0)
    expect(counts[COLOUR.blue]).toBeGreaterThan(200)
    expect(counts[COLOUR.red]).toBeGreaterThan(9)
    expect(counts[COLOUR.white]).toBeGreaterThan(counts[COLOUR.red] ?? 0)
  })

  it('counts on the index of colour and hours', () => {
    const names = new Map([1, 2, 3, 4, 5, 6].map(index => [calendar.indexLabels[index - 1], index]))
    for (let hour = 0; hour < 24 * 200; hour++) {
      const { ptec, index } = calendar.periodAt(winter(1, hour))
      expect(names.get(`BBR${ptec}`)).toBe(index)
    }
  })
})

describe('baseCalendar', () => {
  it('has one price, no colours and no notice', () => {
    expect(baseCalendar().periodAt(0)).toMatchObject({ ptec: 'TH..', index: 1 })
    expect(baseCalendar().coloursAt(0)).toEqual({ today: COLOUR.none, tomorrow: COLOUR.none })
    expect(baseCalendar().isPeakNoticeAt(0)).toBe(false)
  })
})
