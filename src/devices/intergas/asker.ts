import type { Clock, MonotonicMs } from '../../core/clock.ts'
import type { Dialogue } from '../../core/dialogue.ts'
import type { Report } from '../../core/driver.ts'
import { ANSWER_BYTES, type AnswerName, type Command, type Dialect } from './commands.ts'
import { type Exchange, exchange, hush, settle } from './exchange.ts'
import { readingsOf } from './fields.ts'
import type { Judge } from './judge.ts'
import type { Standing, Step } from './step.ts'
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
  readonly commands: readonly Command[]
  readonly staleAfterMs: number
  readonly signal: AbortSignal
}

export type Outcome =
  | 'ok'
  | 'silent'
  | 'bad'
  /** Not asked, or its answer not used, because another command was silent that should have proven the line. */
  | 'unasked'

type Answer = Extract<Exchange, { kind: 'answer' }>

type Heard =
  | { readonly kind: 'silent' }
  | { readonly kind: 'bad' }
  | { readonly kind: 'foreign' }
  | { readonly kind: Exclude<Standing, 'foreign'>; readonly answer: Answer; readonly at: MonotonicMs }

const NOT_IN_STEP = { kind: 'unconfirmed', reason: 'the line is not in step', isSuspect: true } as const

/** Askings of one command in one go: for an answer that must be confirmed on a line that must be proven, and of these for bad ones. */
const MOST_ASKINGS = 7
const MOST_BAD = 3
/** Of the answers that proved a line to be in step; one before them may have been asked for earlier. */
const MOST_HELD = 2
const HELD_FOR_MS = 5_000

export interface Asker {
  /** Asks until an answer is believed or there is no hope. */
  ask(command: Command): Promise<Outcome>
  /** Anything came but echoes. */
  hasHeard(): boolean
  hasEcho(): boolean
  /** How long a late answer must be waited for before anything can be asked. */
  waitMs(): number
  /** What the believed answers were in. */
  dialect(): Dialect | undefined
}

/** Asks commands one after the other and remembers how the line behaved. */
export function createAsker(use: AskerUse): Asker {
  const { dialogue, clock, memory, report, place, accepts, signal } = use
  const { judge, step } = memory
  let hasHeard = false
  let hasEcho = false
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

  function onUnasked(bytes: Uint8Array, at = clock.monotonic()): void {
    const { length } = bytes
    if (length === 0) return
    if (length >= ANSWER_BYTES) hasHeard = true
    const isOne = length === ANSWER_BYTES || length === ANSWER_BYTES + 1
    const alike = isOne ? judge.likest(bytes.subarray(0, ANSWER_BYTES)) : undefined
    step.unasked(length, alike, at)
    const was =
      length === 1 ? '1 byte that nobody had asked for was' : `${length} bytes that nobody had asked for were`
    report.trouble(
      'framing',
      `${place}: ${was} dropped: a late answer, noise, or a second program on this port`,
    )
  }

  /** Listens as long as an answer that is still open may come. */
  async function waitForLate(isKnown: boolean): Promise<void> {
    for (;;) {
      const waitMs = step.waitMs(clock.monotonic(), isKnown)
      if (waitMs <= 0 || signal.aborted) return
      if (!(await dialogue.untilHeard(waitMs, signal))) continue
      const at = clock.monotonic()
      onUnasked(await settle(dialogue, signal), at)
    }
  }

  async function askOnce(command: Command): Promise<{ came: Exchange; askedAt: MonotonicMs }> {
    await waitForLate(isProof(command))
    const { isQuiet, dropped } = await hush(dialogue, step.quietMs(), signal)
    onUnasked(dropped)
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
    if (verdict.kind === 'impossible') step.stumble()
    if (verdict.kind === 'unconfirmed' && verdict.isSuspect) step.doubt()
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

  /** One asking, entered into the books. */
  async function hear(command: Command): Promise<Heard> {
    const { came, askedAt } = await askOnce(command)
    const at = clock.monotonic()
    if (signal.aborted) return { kind: 'bad' }
    if (came.kind !== 'bad' && came.hasEcho) sayEcho()
    if (came.kind === 'silent') {
      judge.interrupt(command.name)
      step.unanswered(command.name, askedAt, at)
      return { kind: 'silent' }
    }
    hasHeard = true
    if (came.kind === 'bad') {
      if (came.isCrowded) step.doubt(true)
      else step.stumble()
      sayBad(came.error, command, came.reason)
      return { kind: 'bad' }
    }
    memory.silences.delete(command.name)
    const alike = judge.likest(came.bytes)
    const standing = step.answered(command.name, alike, askedAt, at)
    if (standing !== 'foreign') return { kind: standing, answer: came, at }
    sayBad('implausible', command, `it is the late answer to ${alike}`)
    return { kind: 'foreign' }
  }

  /**
   * Whether an answer to this command proves the line: it is known, and unlike all others. The status moves too much, and one that was
   * not answered a moment ago may be answered now.
   */
  function isProof({ name, paceMs }: Command): boolean {
    return name !== 'S?' && paceMs === undefined && judge.knows(name) && step.isClear(name, clock.monotonic())
  }

  /** Asks for a proof, where there is a command that gives one; false when that was met with silence. */
  async function prove(): Promise<boolean> {
    const proof = use.commands.find(isProof)
    if (!proof) return true
    const heard = await hear(proof)
    if (heard.kind === 'own') weigh(proof, heard.answer, heard.at)
    return heard.kind !== 'silent'
  }

  async function ask(command: Command): Promise<Outcome> {
    /** Answers from before the line was proven to be in step. */
    let held: { readonly answer: Answer; readonly at: MonotonicMs }[] = []
    let bad = 0
    if (step.hasOpen && !isProof(command) && !(await prove())) return 'unasked'
    for (let askings = 1; ; askings++) {
      const heard = await hear(command)
      if (heard.kind === 'silent') return 'silent'
      if (signal.aborted || heard.kind === 'foreign') return 'bad'
      if (heard.kind === 'bad') {
        held = []
        if (++bad >= MOST_BAD) return 'bad'
        continue
      }
      held = [...held.filter(({ at }) => heard.at - at < HELD_FOR_MS), heard]
      let doubt: ReturnType<typeof weigh> = NOT_IN_STEP
      if (heard.kind === 'own') {
        for (const { answer, at } of held.splice(0).slice(-MOST_HELD)) doubt = weigh(command, answer, at)
        if (!doubt) return 'ok'
      } else if (askings === 1 && !isProof(command) && !(await prove())) return 'unasked'
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
    waitMs: () => step.waitMs(clock.monotonic(), use.commands.some(isProof)),
    dialect: () => believed,
  }
}
