import type { UnixMs } from '../../core/clock.ts'

/** A date of the meter: `SAAMMJJhhmmss` in legal French time, S the season. */
export interface Horodate {
  readonly at: UnixMs
  /** The meter's clock ran down and was not set again: small-case season letter. */
  readonly isClockDegraded: boolean
  /** ISO 8601 with the offset that the season letter says. */
  readonly iso: string
}

const HOUR_MS = 3_600_000
const SHAPE = /^([EHeh ])(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/

/**
 * Reads a date of the meter; undefined when it is none (wrong shape, month 13, 30 February).
 * The letter gives the offset, not the time zone database: in the hour that comes twice in October only the letter knows.
 * Where the letter is blank (mobile peaks) the rule of the European summer time decides.
 */
export function parseHorodate(text: string): Horodate | undefined {
  const match = SHAPE.exec(text)
  if (!match) return undefined
  const [, season = ' ', year, month, day, hour, minute, second] = match
  const local = Date.UTC(
    2000 + Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  )
  const normal = new Date(local).toISOString().slice(2, 19).replace(/[-T:]/g, '')
  if (normal !== text.slice(1)) return undefined
  const letter = season.toUpperCase()
  const isSummer = letter === 'E' || (letter === ' ' && isSummerTime(local - HOUR_MS))
  const offsetHours = isSummer ? 2 : 1
  return {
    at: (local - offsetHours * HOUR_MS) as UnixMs,
    isClockDegraded: season === 'e' || season === 'h',
    iso: `${new Date(local).toISOString().slice(0, 19)}+0${offsetHours}:00`,
  }
}

/** Summer time in France: from the last Sunday of March to the last Sunday of October, 01:00 UTC. */
function isSummerTime(utcMs: number): boolean {
  const year = new Date(utcMs).getUTCFullYear()
  return utcMs >= lastSunday(year, 2) && utcMs < lastSunday(year, 9)
}

function lastSunday(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0))
  return Date.UTC(year, month, lastDay.getUTCDate() - lastDay.getUTCDay(), 1)
}
