import { legalTime } from './legal-time.ts'

/** A highest power and when it was reached. */
export interface Peak {
  readonly va: number
  readonly atMs: number
}

/** A mean over a period that has ended. */
export interface Mean {
  readonly value: number
  /** End of the period. */
  readonly atMs: number
}

/** The share of the square that the meter's filter takes over in a second. */
const FILTER_PER_SECOND = 0.008

/** The day's highest power behind the slow filter of the breaker, and that of the day before. */
export function createPeakTracker(startAt: number) {
  let square = 0
  let day = legalTime(startAt).dayNumber
  let today: Peak = { va: 0, atMs: startAt }
  let yesterday = today
  return {
    observe(va: number, spanMs: number, endMs: number): void {
      const kept = (1 - FILTER_PER_SECOND) ** (spanMs / 1000)
      square = square * kept + va ** 2 * (1 - kept)
      const filtered = Math.floor(Math.sqrt(square))
      const { dayNumber } = legalTime(endMs)
      if (dayNumber !== day) {
        yesterday = today
        today = { va: filtered, atMs: endMs }
        day = dayNumber
      }
      if (filtered > today.va) today = { va: filtered, atMs: endMs }
    },
    peaks: () => ({ today, yesterday }),
  }
}

/** Means over periods of fixed length, aligned to the clock: load curves and mean voltages. */
export function createMeanTracker(periodMs: number, startAt: number) {
  let sum = 0
  let spanMs = 0
  let last: Mean = { value: 0, atMs: Math.floor(startAt / periodMs) * periodMs }
  let lastButOne = last
  return {
    /** The value stood from `endMs - ms` to `endMs`, which lie in one period. */
    observe(value: number, ms: number, endMs: number): void {
      sum += value * ms
      spanMs += ms
      if (endMs % periodMs !== 0) return
      lastButOne = last
      last = { value: Math.round(sum / spanMs), atMs: endMs }
      sum = 0
      spanMs = 0
    },
    means: () => ({ last, lastButOne }),
  }
}
