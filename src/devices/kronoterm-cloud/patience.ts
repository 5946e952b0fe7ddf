import type { Clock, MonotonicMs } from '../../core/clock.ts'

/** When the cloud may be asked, and when it may be logged in to. */
export interface Patience {
  /** Time until a request is allowed; 0 for now. */
  waitMs(): number
  /** Time until a login is allowed, which is never earlier than a request. */
  loginWaitMs(): number
  /** The cloud asked to be left alone for this long, or has said that it is asked too much. */
  leaveAlone(ms: number | undefined): void
  /** A login begins. */
  loggingIn(): void
  /** It failed; `isRefused` when the cloud said that user or password is wrong. */
  loginFailed(isRefused: boolean): void
  /** The session of the last login is not valid any more. */
  sessionLost(): void
}

const SECOND = 1000
const FIRST_PAUSE_MS = 30 * SECOND
/** The longest pause after trouble of the cloud, and the shortest from the second login in trouble on. */
const TROUBLE_PAUSE_MS = 60 * SECOND
const REFUSED_PAUSE_MS = 15 * 60 * SECOND
/** A session that lasted this long was a good one: its loss is no trouble. */
const GOOD_SESSION_MS = 60 * SECOND
/** Pauses are longer by chance up to this share, so that many clients do not return in step. */
const JITTER = 0.1
/** After "too many requests" without a time. */
const RATE_PAUSE_MS = 30 * SECOND
/** A time that a damaged or hostile answer names must not end the reading for ever. */
const LONGEST_LEAVE_MS = 3_600 * SECOND

/**
 * Bounds logins: one at once for a lost session that was good, then 30 s and doubling, to a minute for trouble of the cloud
 * and to 15 minutes for a refused account. From the second one on, logins in trouble are at least a minute apart.
 */
export function createPatience(clock: Clock, random: () => number): Patience {
  let mayAskAt = clock.monotonic() as number
  let mayLogInAt = mayAskAt
  let loggedInAt: MonotonicMs | undefined
  let failures = 0

  const untilMs = (at: number) => Math.max(0, at - clock.monotonic())

  function postpone(isRefused: boolean): void {
    const doubled = FIRST_PAUSE_MS * 2 ** failures
    const pauseMs = Math.min(doubled, isRefused ? REFUSED_PAUSE_MS / (1 + JITTER) : TROUBLE_PAUSE_MS)
    failures = Math.min(failures + 1, 10)
    mayLogInAt = clock.monotonic() + Math.floor(pauseMs * (1 + JITTER * random()))
  }

  return {
    waitMs: () => untilMs(mayAskAt),
    loginWaitMs: () => untilMs(Math.max(mayAskAt, mayLogInAt)),
    leaveAlone(ms = RATE_PAUSE_MS) {
      mayAskAt = Math.max(mayAskAt, clock.monotonic() + Math.min(ms, LONGEST_LEAVE_MS))
    },
    loggingIn() {
      loggedInAt = clock.monotonic()
    },
    loginFailed: postpone,
    sessionLost() {
      const livedMs = loggedInAt === undefined ? Number.POSITIVE_INFINITY : clock.monotonic() - loggedInAt
      if (livedMs >= GOOD_SESSION_MS) failures = 0
      else postpone(false)
    },
  }
}
