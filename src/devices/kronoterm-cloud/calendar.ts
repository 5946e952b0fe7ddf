/** A calendar day, `2026-11-21`. Days compare as texts. */
export type Day = string

const DAY_MS = 86_400_000

/** Tells the day of a moment in one time zone. */
export type DayOf = (ms: number) => Day

/**
 * Makes the calendar of a time zone.
 * @param timeZone IANA name; undefined is the zone of the process
 */
export function calendarOf(timeZone: string | undefined): DayOf {
  // The formats of the runtime take some 2 MB of memory, and 6 MB of its own file: only for a zone of another place.
  if (timeZone === undefined) return localDay
  // The Swedish way of writing a date is the one that ISO 8601 knows.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return ms => format.format(ms)
}

function localDay(ms: number): Day {
  const at = new Date(ms)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** Whether this runtime knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** The day `days` later (earlier when negative). */
export function daysAfter(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Whole days from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}

/** The year, and the day in it from 1 to 366. */
export function dayInYear(day: Day): { readonly year: number; readonly dayOfYear: number } {
  const year = Number(day.slice(0, 4))
  return { year, dayOfYear: daysBetween(`${day.slice(0, 4)}-01-01`, day) + 1 }
}
