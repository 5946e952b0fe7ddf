/** Pauses between tries that grow while tries fail. */
export interface Backoff {
  /** The next pause in milliseconds; each is twice the one before, up to the longest, and shortened by chance. */
  next(): number
  /** Something came through: start again from the shortest. */
  reset(): void
}

export interface BackoffOptions {
  readonly shortestMs: number
  readonly longestMs: number
  /** A number from 0 to 1. */
  random(): number
}

/** Share of a pause that chance may take away, so that many devices lost together do not return in step. */
const JITTER = 0.3

export function createBackoff({ shortestMs, longestMs, random }: BackoffOptions): Backoff {
  let pauseMs = shortestMs
  return {
    next() {
      const thisPauseMs = jittered(pauseMs, random)
      pauseMs = Math.min(longestMs, pauseMs * 2)
      return thisPauseMs
    },
    reset() {
      pauseMs = shortestMs
    },
  }
}

/** A pause shortened by chance. */
export function jittered(pauseMs: number, random: () => number): number {
  return pauseMs * (1 - JITTER * random())
}
