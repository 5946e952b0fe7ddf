import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Clock } from '../core/clock.ts'

/** Node's pool for small buffers has 64 KiB; a page of 10 that is kept for hours would keep the rest as well. */
const BUFFER_POOL_BYTES = 8 * 1024

/** V8 takes notes of a function, which it needs to optimise it, after so many calls in place of eight. */
const CALLS_BEFORE_NOTES = 50

/** Lets V8 take fewer notes from now on, and Node small pools. */
export function preferSmallHeap(): void {
  setFlagsFromString(`--invocation-count-for-feedback-allocation=${CALLS_BEFORE_NOTES}`)
  Buffer.poolSize = BUFFER_POOL_BYTES
}

/** With functions that do not run just now, whatever V8 thinks of their age. */
const FORGETTING = ['stress-flush-code', 'flush-baseline-code'] as const

/**
 * Collects what the start left behind, with the code of functions that do not run just now: those that run again are
 * compiled again.
 */
export function forgetStart(): void {
  for (const flag of FORGETTING) setFlagsFromString(`--${flag}`)
  collect()
  for (const flag of FORGETTING) setFlagsFromString(`--no-${flag}`)
}

/** Takes a few tens of milliseconds for the heap of a house. */
function collect(): void {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  // Any other flavour keeps the emptied pages.
  if (typeof gc === 'function') gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}

const LOOK_EVERY_MS = 60_000
/** So much more than after the last time is worth collecting. */
const WORTH_BYTES = 1e6
/** What is larger belongs to a house so large that V8 itself collects often enough, and takes longer. */
const LARGEST_HEAP_BYTES = 32e6

export interface TidyUse {
  readonly clock: Clock
  heapBytes(): number
  collect?(): void
}

/**
 * Collects what has become useless every minute, where it is worth it: left to itself V8 lets it grow for hours by two
 * megabytes a minute, because a service that idles fills its heap so slowly. The function returned ends that.
 */
export function keepTidy({ clock, heapBytes, collect: tidy = collect }: TidyUse): () => void {
  let tidyBytes = heapBytes()
  let cancel = clock.after(LOOK_EVERY_MS, look)

  function look(): void {
    const bytes = heapBytes()
    tidyBytes = Math.min(tidyBytes, bytes)
    if (bytes - tidyBytes >= WORTH_BYTES && bytes <= LARGEST_HEAP_BYTES) {
      tidy()
      tidyBytes = heapBytes()
    }
    cancel = clock.after(LOOK_EVERY_MS, look)
  }

  return () => cancel()
}
