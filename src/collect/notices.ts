import type { Clock, MonotonicMs } from '../core/clock.ts'
import type { MemberReport, Report } from '../core/driver.ts'
import type { ErrorKind } from '../core/errors.ts'
import type { Log } from '../core/log.ts'

/** Trouble that goes on is repeated in the log this often. */
const REPEAT_MS = 3_600_000
/** Kinds that say "no contact": a new outage is news even if the last one was within the hour. */
const CONTACT_KINDS: readonly ErrorKind[] = ['connect', 'timeout', 'auth', 'http_status', 'rate_limited']
/** Different messages of one kind in an hour: the first is not always the most useful one. */
const MOST_PER_KIND = 3
/** A device that comes and goes is news so often in an hour. */
const MOST_CHANGES = 10

/** More machines than any gateway has. */
const MOST_MEMBERS = 100

interface Line {
  readonly message: string
  readonly at: MonotonicMs
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
  /** What was said of each kind within the hour, and how much was not. */
  const lines = new Map<ErrorKind, readonly Line[]>()
  const unsaid = new Map<ErrorKind, number>()
  let changes: readonly MonotonicMs[] = []
  let isUp: boolean | undefined
  let wasRead = false
  /** The newest trouble since the last complete reading. */
  let reason: { readonly kind: ErrorKind; readonly message: string; readonly isSaid: boolean } | undefined
  /** The device went down and nothing has said why. */
  let owesReason = false

  function say(kind: ErrorKind, message: string): void {
    const before = unsaid.get(kind) ?? 0
    log.warn(message, { kind, ...(before > 0 ? { since_last_line: before } : {}) })
    unsaid.delete(kind)
    const others = (lines.get(kind) ?? []).filter(line => !isAlike(line.message, message))
    lines.set(kind, [...others, { message, at: clock.monotonic() }].slice(-MOST_PER_KIND))
  }

  function isNews(kind: ErrorKind, message: string): boolean {
    const recent = (lines.get(kind) ?? []).filter(({ at }) => clock.monotonic() - at < REPEAT_MS)
    return recent.length < MOST_PER_KIND && !recent.some(line => isAlike(line.message, message))
  }

  /** Whether a change of the state is worth a line: one that changes all the time is not. */
  function isWorthALine(): boolean {
    const now = clock.monotonic()
    changes = changes.filter(at => now - at < REPEAT_MS)
    if (changes.length >= MOST_CHANGES) return false
    changes = [...changes, now]
    return true
  }

  function comeUp(): void {
    if (!isWorthALine()) return
    log.info(wasRead ? 'reads again' : 'first complete reading')
    for (const kind of CONTACT_KINDS) lines.delete(kind)
  }

  function goDown(): void {
    if (reason?.isSaid || !isWorthALine()) return
    if (reason) say(reason.kind, reason.message)
    owesReason = !reason
  }

  return {
    update: update => target().update(update),
    connected: () => target().connected(),
    attempt(isComplete, durationMs) {
      target().attempt(isComplete, durationMs)
      if (isComplete && isUp !== true) comeUp()
      if (!isComplete && isUp === true) goDown()
      isUp = isComplete
      if (!isComplete) return
      wasRead = true
      reason = undefined
      owesReason = false
    },
    trouble(kind, message, times = 1) {
      target().trouble(kind, message, times)
      const isSaid = owesReason || isNews(kind, message)
      owesReason = false
      reason = { kind, message, isSaid }
      if (isSaid) say(kind, message)
      else unsaid.set(kind, (unsaid.get(kind) ?? 0) + times)
    },
  }
}

/** The same but for the values seen. */
function isAlike(first: string, second: string): boolean {
  return first.replace(/\d+/g, '#') === second.replace(/\d+/g, '#')
}
