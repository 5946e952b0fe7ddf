import type { Clock, MonotonicMs } from '../../core/clock.ts'
import type { Dialogue } from '../../core/dialogue.ts'
import type { Report } from '../../core/driver.ts'
import { ANSWER_BYTES, type AnswerName, type Command, type Dialect } from './commands.ts'
import { type Exchange, exchange, hush, listen } from './exchange.ts'
import { readingsOf } from './fields.ts'
import type { Judge } from './judge.ts'
import type { Step } from './step.ts'
import { outsideWindows } from './windows.ts'

/** What is kept from poll to poll, over lost connections. */
export interface Memory {
  readonly judge: Judge
  readonly step: Step
  /** Polls in a row in which others were answered and this command was not. */
  readonly silences: Map<AnswerName, number>
  /** When a command of slow pace is due. */
  readonly dueAt: Map<AnswerName, MonotonicMs | number>
  /** Polls in a row in which nothing was heard. */
  silentPolls: number
  hasSaidEcho: boolean
}

export interface AskerUse {
  readonly dialogue: Dialogue
  readonly clock: Clock
  readonly memory: Memory
  readonly report: Report
  readonly place: string
  /** What answers may be. */
  readonly accepts: readonly Dialect[]
  readonly staleAfterMs: number
  readonly signal: AbortSignal
}

export type Outcome = 'ok' | 'silent' | 'bad'

type Answer = Extract<Exchange, { kind: 'answer' }>

/** Askings of one command in one go: for an answer that must be confirmed on a line that must be proven, and of these for bad ones. */
const MOST_ASKINGS = 7
const MOST_BAD = 3
/** Of the answers that proved a line to be in step; one before them may have been asked for earlier. */
const MOST_HELD = 2

export interface Asker {
  /** Asks until an answer is believed or there is no hope. */
  ask(command: Command): Promise<Outcome>
  /** Anything came but echoes. */
  hasHeard(): boolean
  hasEcho(): boolean
  /** Commands in a row that were met with silence. */
  silentRun(): number
  /** What the believed answers were in. */
  dialect(): Dialect | undefined
}

/** Asks commands one after the other and remembers how the line behaved. */
export function createAsker(use: AskerUse): Asker {
  const { dialogue, clock, memory, report, place, accepts, signal } = use
  const { judge, step } = memory
  let hasHeard = false
  let hasEcho = false
  let silentRun = 0
  let believed: Dialect | undefined

  function sayEcho(): void {
    hasEcho = true
    if (memory.hasSaidEcho) return
    memory.hasSaidEcho = true
    report.trouble(
      'framing',
      `${place}: the line gives back what is sent; the echo is dropped. Check the wiring`,
    )
  }

  function sayBad(kind: 'framing' | 'checksum' | 'implausible', { name }: Command, reason: string): void {
    report.trouble(kind, `${place}: answer to ${name} dropped: ${reason}`)
  }

  function onUnasked(bytes: number): void {
    if (bytes >= ANSWER_BYTES) hasHeard = true
    step.unasked(bytes, clock.monotonic())
    const was =
      bytes === 1 ? '1 byte that nobody had asked for was' : `${bytes} bytes that nobody had asked for were`
    report.trouble(
      'framing',
      `${place}: ${was} dropped: a late answer, noise, or a second program on this port`,
    )
  }

  /** Listens as long as an answer that is still open may come. */
  async function waitForLate(): Promise<void> {
    for (;;) {
      const waitMs = step.waitMs(clock.monotonic())
      if (waitMs <= 0 || signal.aborted) return
      const bytes = await listen(dialogue, waitMs, signal)
      if (bytes > 0) onUnasked(bytes)
    }
  }

  async function askOnce(command: Command): Promise<{ came: Exchange; askedAt: MonotonicMs }> {
    await waitForLate()
    const { isQuiet, dropped } = await hush(dialogue, step.quietMs(), signal)
    if (dropped > 0) onUnasked(dropped)
    const askedAt = clock.monotonic()
    if (!isQuiet) {
      const reason = 'the line does not fall silent'
      const came: Exchange = { kind: 'bad', error: 'framing', reason, isCrowded: true }
      return { came, askedAt }
    }
    const asking = { dialects: accepts, isWatched: step.isInDoubt }
    return { came: await exchange(dialogue, command, asking, signal), askedAt }
  }

  /** Whether an answer was believed; if not, why. */
  function weigh({ name, paceMs }: Command, { bytes, dialect }: Answer, at: MonotonicMs) {
    const verdict = judge.hear(name, bytes, at, dialect)
    const isSound = verdict.kind === 'accepted' || (verdict.kind === 'unconfirmed' && !verdict.isSuspect)
    if (!isSound) step.doubt()
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

  async function ask(command: Command): Promise<Outcome> {
    const { name } = command
    /** Answers from before the line was proven to be in step. */
    let held: { readonly answer: Answer; readonly at: MonotonicMs }[] = []
    let bad = 0
    for (let askings = 1; ; askings++) {
      const { came, askedAt } = await askOnce(command)
      if (signal.aborted) return 'bad'
      if (came.kind !== 'bad' && came.hasEcho) sayEcho()
      if (came.kind === 'silent') {
        judge.interrupt(name)
        step.unanswered(name, askedAt, clock.monotonic())
        silentRun++
        return 'silent'
      }
      hasHeard = true
      silentRun = 0
      if (came.kind === 'bad') {
        step.doubt(came.isCrowded)
        held = []
        sayBad(came.error, command, came.reason)
        if (++bad >= MOST_BAD) return 'bad'
        continue
      }
      memory.silences.delete(name)
      const alike = judge.likest(came.bytes)
      const standing = step.answered(name, alike, askedAt, clock.monotonic())
      if (standing === 'foreign') {
        held = []
        sayBad('implausible', command, `it is the late answer to ${alike}`)
        return 'bad'
      }
      held.push({ answer: came, at: clock.monotonic() })
      let doubt: ReturnType<typeof weigh> = {
        kind: 'unconfirmed',
        reason: 'the line is not in step',
        isSuspect: true,
      }
      if (standing === 'own') {
        for (const { answer, at } of held.splice(0).slice(-MOST_HELD)) doubt = weigh(command, answer, at)
        if (!doubt) return 'ok'
      }
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
    silentRun: () => silentRun,
    dialect: () => believed,
  }
}
