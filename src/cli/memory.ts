import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Node's pool for small buffers has 64 KiB; a page of 10 that is kept for hours would keep the rest as well. */
const BUFFER_POOL_BYTES = 8 * 1024

/**
 * A service runs most of its code a few times a minute: it may run four times as often as V8 would have it before it is
 * optimised, and six times before V8 takes notes of it. Under load that is a second.
 */
const PATIENCE = [
  '--invocation-count-for-feedback-allocation=50',
  '--invocation-count-for-maglev=1600',
  '--invocation-count-for-turbofan=12000',
] as const

/**
 * Lets V8 compile less from now on, and Node take small pools. Not among the flags of bin/hearth: with these there,
 * Node would not take its own modules from the code cache in its binary, which is 40 ms of the start and half a megabyte.
 * `--optimize-for-size` would save 3 MB more, and each scrape under load would cost a third more CPU time.
 */
export function preferSmallHeap(): void {
  for (const flag of PATIENCE) setFlagsFromString(flag)
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
