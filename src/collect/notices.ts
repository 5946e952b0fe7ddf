import type { Clock, MonotonicMs } from '../core/clock.ts'
import type { MemberReport, Report } from '../core/driver.ts'
import type { ErrorKind } from '../core/errors.ts'
import type { Log } from '../core/log.ts'

/** Trouble that goes on is repeated in the log this often. */
const REPEAT_MS = 3_600_000
/** Kinds that say "no contact": a new outage is news even if the last one was within the hour. */
const CONTACT_KINDS: readonly ErrorKind[] = ['connect', 'timeout', 'auth', 'http_status', 'rate_limited']

/** More machines than any gateway has. */
const MOST_MEMBERS = 100

interface Said {
  readonly at: MonotonicMs
  unsaid: number
}

/**
 * Puts a log before a report: changes are said at once, trouble that goes on once an hour with its count.
 * A person finds the reason in the log; a line for every damaged frame would bury it.
 */
export function withNotices(report: Report, log: Log, clock: Clock): Report {
  const members = new Map<string, MemberReport>()
  return {
    ...noticing(() => report, log, clock),
    member(word) {
      const known = members.get(word)
      if (known) return known
      // Asked for each time: a machine may be shown now, and its name given to another device later.
      const made = noticing(() => report.member(word), log.with({ member: word }), clock)
      if (members.size < MOST_MEMBERS) members.set(word, made)
      return made
    },
  }
}

function noticing(target: () => MemberReport, log: Log, clock: Clock): MemberReport {
  const said = new Map<ErrorKind, Said>()
  let isUp: boolean | undefined

  return {
    update: update => target().update(update),
    connected: () => target().connected(),
    attempt(isComplete, durationMs) {
      target().attempt(isComplete, durationMs)
      if (isComplete === isUp) return
      if (isComplete) {
        log.info(isUp === undefined ? 'first complete reading' : 'reads again')
        for (const kind of CONTACT_KINDS) said.delete(kind)
      }
      isUp = isComplete
    },
    trouble(kind, message, times = 1) {
      target().trouble(kind, message, times)
      const now = clock.monotonic()
      const before = said.get(kind)
      if (before && now - before.at < REPEAT_MS) {
        before.unsaid += times
        return
      }
      const more = before && before.unsaid > 0 ? { since_last_line: before.unsaid } : {}
      said.set(kind, { at: now, unsaid: 0 })
      log.warn(message, { kind, ...more })
    },
  }
}
