import { type Clock, deadline } from '../core/clock.ts'
import { HearthError } from '../core/errors.ts'

/** How long an opening may take and what it is called in messages. */
export interface Opening {
  readonly place: string
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly limitMs: number
  /** What to do when the time is over. */
  readonly hint: string
}

/**
 * Gives what `open` opens, or throws once the time is over or the signal aborts.
 * What is opened too late goes to `discard`: the system cannot be told to stop opening.
 */
export async function openWithin<T>(
  { place, clock, signal, limitMs, hint }: Opening,
  open: (signal: AbortSignal) => Promise<T>,
  discard: (late: T) => void,
): Promise<T> {
  const limit = deadline(clock, limitMs, signal)
  let isOver = false
  const over = new Promise<never>((_, reject) => {
    const onAbort = () => {
      isOver = true
      reject(limit.expired() ? tooSlow(place, limitMs, hint) : abandoned(place))
    }
    if (limit.signal.aborted) return onAbort()
    limit.signal.addEventListener('abort', onAbort, { once: true })
  })
  // Only the race below cares.
  over.catch(() => {})
  if (isOver) {
    limit.release()
    return over
  }
  const opening = open(limit.signal).then(opened => {
    if (isOver) discard(opened)
    return opened
  })
  try {
    return await Promise.race([over, opening])
  } finally {
    limit.release()
  }
}

function tooSlow(place: string, limitMs: number, hint: string): HearthError {
  return new HearthError('HEARTH_CONNECT_TIMEOUT', `${place} did not open within ${limitMs / 1000} s`, {
    kind: 'connect',
    hint,
  })
}

function abandoned(place: string): HearthError {
  return new HearthError('HEARTH_OPEN_ABANDONED', `${place}: opening was given up`, { kind: 'connect' })
}
