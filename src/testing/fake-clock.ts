import type { Clock, MonotonicMs, UnixMs } from '../core/clock.ts'

/** A clock that stands still until a test moves it; timers run in the order in which they are due. */
export interface FakeClock extends Clock {
  /** Moves time on, running every timer that comes due, and lets promises settle between them. */
  advance(ms: number): Promise<void>
  /** Sets the wall clock without moving monotonic time, as an administrator or NTP does. */
  setWall(ms: number): void
  /** Timers that wait. */
  readonly pending: number
}

export function fakeClock(startAt = Date.UTC(2026, 10, 21, 10, 0, 0)): FakeClock {
  let monotonic = 0
  let wallOffset = startAt
  let timers: { due: number; order: number; task: () => void }[] = []
  let order = 0

  return {
    now: () => (wallOffset + monotonic) as UnixMs,
    monotonic: () => monotonic as MonotonicMs,
    after(ms, task) {
      const timer = { due: monotonic + Math.max(0, ms), order: order++, task }
      timers.push(timer)
      return () => {
        timers = timers.filter(other => other !== timer)
      }
    },
    async advance(ms) {
      const until = monotonic + ms
      await settle()
      for (;;) {
        const next = timers.filter(t => t.due <= until).sort((a, b) => a.due - b.due || a.order - b.order)[0]
        if (!next) break
        timers = timers.filter(other => other !== next)
        monotonic = next.due
        next.task()
        await settle()
      }
      monotonic = until
    },
    setWall(ms) {
      wallOffset = ms - monotonic
    },
    get pending() {
      return timers.length
    },
  }
}

/** Lets every promise that can settle do so. */
async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await Promise.resolve()
  await new Promise<void>(resolve => setImmediate(resolve))
}
