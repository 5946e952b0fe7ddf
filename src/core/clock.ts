/** Milliseconds since 1970-01-01 UTC, as the wall clock says. */
export type UnixMs = number & { readonly __unit: 'unix-ms' }

/** Milliseconds of an arbitrary origin that never go backwards: for ages, deadlines and pauses. */
export type MonotonicMs = number & { readonly __unit: 'monotonic-ms' }

/** Cancels a timer; calling it twice, or after the timer has run, does nothing. */
export type Cancel = () => void

/** All the time hearth knows of. Only composition roots use the real one; tests drive a fake. */
export interface Clock {
  now(): UnixMs
  monotonic(): MonotonicMs
  /** Runs `task` once after `ms` milliseconds unless cancelled. */
  after(ms: number, task: () => void): Cancel
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now() as UnixMs,
  monotonic: () => performance.now() as MonotonicMs,
  after(ms, task) {
    // Whole milliseconds: Node cuts off the rest, and a task that ran too early would have to wait again.
    const timer = setTimeout(task, Math.ceil(ms))
    return () => clearTimeout(timer)
  },
}

/** Resolves after `ms`, or at once when `signal` is aborted: the caller looks at the signal to tell which. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    const done = () => {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(ms, done)
    signal.addEventListener('abort', done)
  })
}

/** A signal that aborts when `parent` does or when `ms` have passed; `release` frees the timer and the listener. */
export function deadline(
  clock: Clock,
  ms: number,
  parent: AbortSignal,
): { readonly signal: AbortSignal; readonly expired: () => boolean; release(): void } {
  const controller = new AbortController()
  let hasExpired = false
  const onParent = () => controller.abort(parent.reason)
  const cancel = clock.after(ms, () => {
    hasExpired = true
    controller.abort()
  })
  if (parent.aborted) onParent()
  parent.addEventListener('abort', onParent)
  return {
    signal: controller.signal,
    expired: () => hasExpired,
    release() {
      cancel()
      parent.removeEventListener('abort', onParent)
    },
  }
}
