import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Node's pool for small buffers has 64 KiB; a page of 10 that is kept for hours would keep the rest as well. */
const BUFFER_POOL_BYTES = 8 * 1024

/** V8 takes notes of a function, which it needs to optimise it, after so many calls in place of eight. */
const CALLS_BEFORE_NOTES = 50

/** Lets V8 take fewer notes from now on, and Node small pools. */
export function preferSmallHeap(): void {
  setFlagsFromString(`--invocation-count-for-feedback-allocation=${CALLS_BEFORE_NOTES}`)
  Buffer.poolSize = BUFFER_POOL_BYTES
}

const FLAGS = ['expose-gc', 'stress-flush-code', 'flush-baseline-code'] as const

/**
 * Collects what the start left behind, with the code of functions that do not run just now: those that run again are
 * compiled again. Left to itself V8 keeps all of it for hours, because a service that idles collects so seldom.
 */
export function forgetStart(): void {
  for (const flag of FLAGS) setFlagsFromString(`--${flag}`)
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  for (const flag of FLAGS) setFlagsFromString(`--no-${flag}`)
}
