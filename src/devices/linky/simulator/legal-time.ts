const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A moment as the meter's clock shows it: French legal time. */
export interface LegalTime {
  readonly year: number
  readonly month: number
  readonly dayOfMonth: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly minuteOfDay: number
  /** Days since 1970-01-01 by the calendar on the wall. */
  readonly dayNumber: number
  readonly isSummer: boolean
}

const parisHour = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  hour: '2-digit',
  hourCycle: 'h23',
})

// The offset changes on a full hour UTC only, and moments asked for follow one another closely: one entry is enough.
let knownHour = Number.NaN
let knownOffsetMs = 0

/** French legal time of a moment. */
export function legalTime(atMs: number): LegalTime {
  const offsetMs = offsetAt(atMs)
  const wall = new Date(atMs + offsetMs)
  const hour = wall.getUTCHours()
  const minute = wall.getUTCMinutes()
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    dayOfMonth: wall.getUTCDate(),
    hour,
    minute,
    second: wall.getUTCSeconds(),
    minuteOfDay: hour * 60 + minute,
    dayNumber: Math.floor((atMs + offsetMs) / DAY_MS),
    isSummer: offsetMs === 2 * HOUR_MS,
  }
}

/** `SAAMMJJhhmmss`, the season as the good clock tells it. */
export function horodate(atMs: number): string {
  const time = legalTime(atMs)
  const { year, month, dayOfMonth, hour, minute, second } = time
  const fields = [year % 100, month, dayOfMonth, hour, minute, second]
  return (time.isSummer ? 'E' : 'H') + fields.map(twoDigits).join('')
}

/** A horodate without season, as the mobile peaks have it, from a day and a minute of that day. */
export function horodateOfDay(dayNumber: number, minuteOfDay: number): string {
  const wall = new Date(dayNumber * DAY_MS + minuteOfDay * 60_000)
  return ` ${wall.toISOString().slice(2, 19).replaceAll(/[-T:]/g, '')}`
}

/** Two digits of a whole number below 100. */
export function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

function offsetAt(atMs: number): number {
  const hour = Math.floor(atMs / HOUR_MS)
  if (hour === knownHour) return knownOffsetMs
  const shown = Number(parisHour.format(atMs))
  knownOffsetMs = ((shown - (hour % 24) + 24) % 24) * HOUR_MS
  knownHour = hour
  return knownOffsetMs
}
