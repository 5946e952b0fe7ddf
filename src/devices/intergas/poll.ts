import type { Clock, MonotonicMs } from '../../core/clock.ts'
import type { Dialogue } from '../../core/dialogue.ts'
import type { Report } from '../../core/driver.ts'
import { type AnswerName, COMMANDS, type Command, type Dialect } from './commands.ts'
import { ANSWER_LIMIT_MS, type Exchange, exchange } from './exchange.ts'
import { readingsOf } from './fields.ts'
import type { Judge } from './judge.ts'
import { outsideWindows } from './windows.ts'

/** What is kept from poll to poll, over lost connections. */
export interface Memory {
  readonly judge: Judge
  /** Polls in a row in which a command was met with silence. */
  readonly silences: Map<AnswerName, number>
  /** When a command of slow pace is due. */
  readonly dueAt: Map<AnswerName, MonotonicMs | number>
  readonly hasSaidEcho: { value: boolean }
}

export interface PollUse {
  readonly dialogue: Dialogue
  readonly clock: Clock
  readonly memory: Memory
  readonly report: Report
  readonly place: string
  /** How the boiler is asked. */
  readonly dialect: Dialect
  /** What its answers may be. */
  readonly accepts: readonly Dialect[]
  readonly staleAfterMs: number
  readonly signal: AbortSignal
}

export interface PollResult {
  /** Anything came but echoes. */
  readonly hasHeard: boolean
  readonly hasEcho: boolean
  readonly isComplete: boolean
  /** What the believed answers were in. */
  readonly dialect: Dialect | undefined
}

type Outcome = 'ok' | 'silent' | 'bad'

/** Askings of one command in one poll: for an answer that must be confirmed, and of these for bad ones. */
const MOST_ASKINGS = 5
const MOST_BAD = 3
/** A command that stays silent may not exist on this board: no second try then. */
const SILENCES_TO_GIVE_UP = 3
/**
 * Silence before the next question after one that was not answered: a late answer ends in it. Longer while the boiler is
 * not known, because then nothing tells one answer from another.
 */
const AFTER_SILENCE_MS = 500
const AFTER_SILENCE_UNKNOWN_MS = 1_000
/** The same after a bad answer: longer than a whole answer takes. */
const AFTER_BAD_MS = 200
/** Commands of slow pace that stay silent are asked ever more seldom, down to this. */
const SLOWEST_PACE_MS = 3_600_000
/** A bad line must not make one poll last for minutes. */
const POLL_LIMIT_MS = 12_000

/** Asks everything once. Readings go out answer by answer; what fails costs only its own group. */
export async function poll(use: PollUse): Promise<PollResult> {
  const { clock, memory, report, signal } = use
  const startedAt = clock.monotonic()
  const commands = COMMANDS[use.dialect]
  const asker = createAsker(use)
  const outcomes = new Map<AnswerName, Outcome>()

  for (const command of commands.filter(({ paceMs }) => paceMs === undefined)) {
    if (signal.aborted) break
    if (!command.isRequired && !asker.hasHeard()) break
    if (clock.monotonic() - startedAt >= POLL_LIMIT_MS) outcomes.set(command.name, 'bad')
    else outcomes.set(command.name, await asker.ask(command))
  }
  if (asker.hasHeard()) {
    // Silent before anything was heard, and then something was: they get their second try now.
    for (const command of commands) {
      if (signal.aborted) break
      if (!asker.isOwedTry(command) || outcomes.get(command.name) !== 'silent') continue
      outcomes.set(command.name, await asker.ask(command))
    }
    for (const [name, outcome] of outcomes) if (outcome === 'silent') sayNoAnswer(name, use)
  }
  const isComplete = commands
    .filter(({ isRequired }) => isRequired)
    .every(({ name }) => outcomes.get(name) === 'ok')
  if (isComplete) await askSlow()
  if (!signal.aborted && asker.hasHeard()) report.attempt(isComplete, clock.monotonic() - startedAt)
  return { hasHeard: asker.hasHeard(), hasEcho: asker.hasEcho(), isComplete, dialect: asker.dialect() }

  async function askSlow(): Promise<void> {
    for (const command of commands) {
      const { name, paceMs } = command
      if (paceMs === undefined || signal.aborted) continue
      if (clock.monotonic() < (memory.dueAt.get(name) ?? Number.NEGATIVE_INFINITY)) continue
      const outcome = await asker.ask(command)
      const silences = memory.silences.get(name) ?? 0
      const pauseMs = outcome === 'ok' ? paceMs : Math.min(SLOWEST_PACE_MS, 60_000 * 2 ** silences)
      memory.dueAt.set(name, clock.monotonic() + pauseMs)
    }
  }
}

function sayNoAnswer(name: AnswerName, { report, place }: PollUse): void {
  report.trouble('timeout', `${place}: no answer to ${name} within ${ANSWER_LIMIT_MS / 1000} s`)
}

/** Asks commands one after the other and remembers how the line behaved. */
function createAsker(use: PollUse) {
  const { dialogue, clock, memory, report, place, signal } = use
  const { judge, silences, hasSaidEcho } = memory
  const tries = new Map<AnswerName, number>()
  let hasHeard = false
  let hasEcho = false
  let before: Outcome = 'ok'
  let believed: Dialect | undefined

  function sayEcho(): void {
    hasEcho = true
    if (hasSaidEcho.value) return
    hasSaidEcho.value = true
    report.trouble(
      'framing',
      `${place}: the line gives back what is sent; the echo is dropped. Check the wiring`,
    )
  }

  function askOnce(command: Command): Promise<Exchange> {
    return exchange(dialogue, command, { dialects: use.accepts, extraQuietMs: quietAfter(command) }, signal)
  }

  function quietAfter({ name }: Command): number {
    if (before !== 'silent') return before === 'bad' ? AFTER_BAD_MS : 0
    if (!judge.knows(name)) return AFTER_SILENCE_UNKNOWN_MS
    // A known boiler that says nothing at all is soon told from one that is late.
    return hasHeard ? AFTER_SILENCE_MS : 0
  }

  function mayTryAgain({ name, paceMs }: Command): boolean {
    if (!hasHeard || paceMs !== undefined) return false
    return (tries.get(name) ?? 0) < 2 && (silences.get(name) ?? 0) < SILENCES_TO_GIVE_UP
  }

  /** Whether an answer was believed; if not, why. */
  function weigh({ name, paceMs }: Command, { bytes, dialect }: Extract<Exchange, { kind: 'answer' }>) {
    const verdict = judge.hear(name, bytes, clock.monotonic(), dialect)
    const isSound = verdict.kind === 'accepted' || (verdict.kind === 'unconfirmed' && !verdict.isSuspect)
    before = isSound ? 'ok' : 'bad'
    if (verdict.kind !== 'accepted') return verdict
    believed = dialect
    const readings = readingsOf(name, verdict.bytes, dialect)
    const outside = outsideWindows(readings)
    if (outside.length > 0) {
      const values = outside.map(({ key, value }) => `${key} ${value}`).join(', ')
      report.trouble('implausible', `${place}: no house has ${values}; left out of the unified dialect`)
    }
    report.update({
      group: name,
      readings,
      isWhole: true,
      rejected: outside.length,
      ...(paceMs === undefined ? {} : { staleAfterMs: Math.max(use.staleAfterMs, 3 * paceMs) }),
    })
    return undefined
  }

  function sayBad(kind: 'framing' | 'checksum' | 'implausible', { name }: Command, reason: string): void {
    report.trouble(kind, `${place}: answer to ${name} dropped: ${reason}`)
  }

  async function ask(command: Command): Promise<Outcome> {
    let bad = 0
    for (let askings = 1; ; askings++) {
      const came = await askOnce(command)
      if (signal.aborted) return 'bad'
      if (came.kind !== 'bad' && came.hasEcho) sayEcho()
      if (came.kind === 'silent') {
        judge.interrupt(command.name)
        before = 'silent'
        tries.set(command.name, (tries.get(command.name) ?? 0) + 1)
        if (mayTryAgain(command)) continue
        silences.set(command.name, (silences.get(command.name) ?? 0) + 1)
        return 'silent'
      }
      hasHeard = true
      if (came.kind === 'bad') {
        before = 'bad'
        sayBad(came.error, command, came.reason)
        if (++bad >= MOST_BAD) return 'bad'
        continue
      }
      silences.delete(command.name)
      const doubt = weigh(command, came)
      if (!doubt) return 'ok'
      if (doubt.kind === 'impossible') {
        sayBad('implausible', command, doubt.reason)
        if (++bad >= MOST_BAD) return 'bad'
      }
      if (askings < MOST_ASKINGS) continue
      if (doubt.kind === 'unconfirmed') sayBad('implausible', command, doubt.reason)
      return 'bad'
    }
  }

  return {
    ask,
    hasHeard: () => hasHeard,
    hasEcho: () => hasEcho,
    isOwedTry: ({ name }: Command) =>
      tries.get(name) === 1 && (silences.get(name) ?? 0) <= SILENCES_TO_GIVE_UP,
    dialect: () => believed,
  }
}
