import type { Clock } from '../core/clock.ts'

/**
 * Lets the first of many equal events through and then one per pause, so that no client can fill the log.
 * `say` gets the number of events since it was last called, this one included.
 */
export function seldom(clock: Clock, pauseMs: number): (say: (times: number) => void) => void {
  let times = 0
  let quietUntil = Number.NEGATIVE_INFINITY
  return say => {
    times++
    if (clock.monotonic() < quietUntil) return
    quietUntil = clock.monotonic() + pauseMs
    say(times)
    times = 0
  }
}
