/** Milliseconds of a day without a change of the clocks. */
export const DAY_MS = 86_400_000
/** Where the simulated plant stands; its day begins at midnight there. */
export const PLANT_ZONE = 'Europe/Ljubljana'

/** Days since 1970-01-01, as a calendar on the wall counts them. */
export type DayNumber = number

/** The calendar and clock of one time zone. */
export interface Calendar {
  /** The day that a moment belongs to. */
  dayOf(at: number): DayNumber
  /** Moment at which a day begins. */
  beginOf(day: DayNumber): number
  /** How much of the day has gone by, 0 to 1; days of 23 and 25 hours run evenly too. */
  shareOf(at: number): number
  /** Hour of the day with its fraction, 0 to 24. */
  hourOf(at: number): number
}

/** The calendar of an IANA zone. */
export function calendarOf(zone: string): Calendar {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })

  /** What the wall says, as if it were UTC. */
  function wallOf(at: number): number {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const get = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
    return Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'))
  }

  function beginOf(day: DayNumber): number {
    const wanted = day * DAY_MS
    const near = wanted - (wallOf(wanted) - wanted)
    // Once more with the offset of that moment: clocks may change in between.
    return wanted - (wallOf(near) - near)
  }

  const dayOf = (at: number) => Math.floor(wallOf(at) / DAY_MS)
  return {
    dayOf,
    beginOf,
    shareOf(at) {
      const day = dayOf(at)
      return Math.min(1, Math.max(0, (at - beginOf(day)) / (beginOf(day + 1) - beginOf(day))))
    },
    hourOf: at => ((wallOf(at) % DAY_MS) / DAY_MS) * 24,
  }
}

/** Day of a year and its place in it, 1 to 366; undefined where the year has no such day. */
export function dayOfYear(year: number, place: number): DayNumber | undefined {
  if (!(year >= 2000 && year <= 2100 && place >= 1)) return undefined
  const day = Date.UTC(year, 0, 1) / DAY_MS + place - 1
  return new Date(day * DAY_MS).getUTCFullYear() === year ? day : undefined
}
