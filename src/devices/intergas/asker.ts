import type { Clock, MonotonicMs } from '../../core/clock.ts'
import type { Dialogue } from '../../core/dialogue.ts'
import type { Report } from '../../core/driver.ts'
import { isRestless } from './alignment.ts'
import type { AnswerName, Command, Dialect } from './commands.ts'
import type { Exchange } from './exchange.ts'
import { readingsOf } from './fields.ts'
import { isBlock } from './judge.ts'
import { forgetSlow, type Memory } from './memory.ts'
import { createQuestions } from './questions.ts'
import { shapeOf } from './shapes.ts'
import type { Standing } from './step.ts'
import { outsideWindows } from './windows.ts'

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
  /** Not asked, or its answer not used, because the line could not be proven. */
  | 'unasked'

type Answer = Extract<Exchange, { kind: 'answer' }>

type Heard =
  | { readonly kind: 'silent' }
  | { readonly kind: 'bad' }
  | { readonly kind: 'foreign' }
  | ({ readonly kind: Exclude<Standing, 'foreign'> } & Held)

interface Held {
  readonly answer: Answer
  readonly at: MonotonicMs
  /** What was asked before it. */
  readonly after: AnswerName | undefined
}

const NOT_IN_STEP = { kind: 'unconfirmed', reason: 'the line is not in step', isSuspect: true } as const
const NOT_ALIGNED = {
  kind: 'unconfirmed',
  reason: 'answers begin alike whatever is asked; something on the line keeps bytes back',
  isSuspect: true,
} as const

/** Askings of one command in one go: for an answer that must be confirmed on a line that must be proven, and of these for bad ones. */
const MOST_ASKINGS = 7
const MOST_BAD = 3
/** Of the answers that proved a line to be in step; one before them may have been asked for earlier. */
const MOST_HELD = 2
/** How often another one is asked for that: unlike each time that came to nothing, so that no regular trouble keeps pace. */
const TIMES_TO_COMPARE = [2, 1, 3, 1] as const
/** Other commands asked to see where answers begin. */
const MOST_COMPARISONS = 3
const HELD_FOR_MS = 5_000
const LONGEST_ASK_MS = 8_000
/** Waiting longer for late answers is left to the next poll. */
export const LONGEST_WAIT_MS = 3_500

export interface Asker {
  /** Asks until an answer is believed or there is no hope. */
  ask(command: Command): Promise<Outcome>
  /** Anything came but echoes. */
  hasHeard(): boolean
  hasEcho(): boolean
  /** How long a late answer must be waited for before this can be asked, or anything. */
  waitMs(command?: Command): number
  /** What the believed answers were in. */
  dialect(): Dialect | undefined
}

/** Asks commands one after the other and remembers how the line behaved. */
export function createAsker(use: AskerUse): Asker {
  const { clock, memory, report, place, signal } = use
  const { judge, step, alignment, isKnown } = memory
  let hasHeard = false
  let hasEcho = false
  let believed: Dialect | undefined
  let lastAsked: AnswerName | undefined
  const onAnswer = () => {
    hasHeard = true
  }
  const questions = createQuestions({ ...use, onAnswer })

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

  /** Whether an answer was believed; if not, why. */
  function weigh(command: Command, { answer: { bytes, dialect }, at, after }: Held) {
    const { name, paceMs } = command
    const verdict = judge.hear(name, bytes, at, dialect, {
      after: othersThan(command).length > 0 ? after : undefined,
      isLateLine: step.latenessMs(at) !== undefined,
    })
    if (verdict.kind === 'impossible') step.stumble()
    if (verdict.kind === 'unconfirmed' && verdict.isSuspect) doubt()
    if (verdict.kind !== 'accepted') return verdict
    if (name === 'CRC' && verdict.isOfAnother) forgetSlow(memory)
    believed = dialect
    step.believed()
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

  function doubt(): void {
    step.doubt()
    alignment.doubt()
  }

  /** One asking, entered into the books. */
  async function hear(command: Command): Promise<Heard> {
    const after = lastAsked
    const { came, askedAt, isAsked } = await questions.ask(command, isProof(command))
    if (isAsked) lastAsked = command.name
    const at = clock.monotonic()
    if (signal.aborted) return { kind: 'bad' }
    if (came.kind !== 'bad' && came.hasEcho) sayEcho()
    if (came.kind === 'silent') {
      judge.interrupt(command.name)
      alignment.interrupt()
      isKnown.set(command, isKnown.get(command) ?? false)
      step.unanswered(command.name, askedAt, at)
      return { kind: 'silent' }
    }
    hasHeard = true
    if (came.kind === 'bad') {
      if (came.error === 'checksum') alignment.doubt()
      else alignment.interrupt()
      if (came.isCrowded) step.doubt(true)
      else if (came.isPart) step.unfinished(command.name, askedAt)
      else step.stumble()
      sayBad(came.error, command, came.reason)
      return { kind: 'bad' }
    }
    // A stray byte behind an answer may be its XOR byte by chance.
    const isOtherForm = memory.spoken !== undefined && memory.spoken !== came.dialect
    memory.spoken = came.dialect
    if (isOtherForm) {
      alignment.interrupt()
      step.stumble()
      sayBad('framing', command, 'the one before had another form')
      return { kind: 'bad' }
    }
    memory.silences.delete(command.name)
    isKnown.set(command, true)
    alignment.heard(command.name, came.bytes)
    const alike = judge.likest(came.bytes)
    const standing = step.answered(command.name, alike, askedAt, at)
    // Bytes that begin elsewhere are not like those known, but where all are nearly the same.
    const isLikeBefore = alike === command.name && !isBlock(command.name)
    if (isLikeBefore || shapeOf(command.name, came.dialect).isInPlace?.(came.bytes)) alignment.trust()
    if (standing !== 'foreign') return { kind: standing, answer: came, at, after }
    alignment.interrupt()
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
    if (heard.kind === 'own' && isAligned(proof)) weigh(proof, heard)
    return heard.kind !== 'silent'
  }

  /** An answer that can be held against those before it would show where it begins. */
  function isAligned({ name }: Command): boolean {
    return judge.knows(name) ? alignment.isProven : alignment.isFresh
  }

  /** What can be asked beside this command, the most useful first. */
  function othersThan({ name }: Command): readonly Command[] {
    return use.commands
      .filter(other => other.name !== name && other.paceMs === undefined)
      .filter(other => isKnown.get(other) ?? true)
      .filter(other => other.name === 'S?' || !isRestless(other.name) || !isRestless(name))
      .toReversed()
      .toSorted((a, b) => usefulness(b) - usefulness(a))
  }

  /** A status shows by itself where it begins. */
  function usefulness({ name }: Command): number {
    if (name === 'S?') return 2
    return isRestless(name) ? 0 : 1
  }

  /** Asks another command, twice: what follows its answer can then be held against its own. False when that came to nothing. */
  async function compare(command: Command, turn: number): Promise<boolean> {
    const others = othersThan(command)
    const other = others[turn % Math.max(1, others.length)]
    // Nothing tells, and nothing will.
    if (!other) alignment.trust()
    const times = TIMES_TO_COMPARE[memory.spoilt % TIMES_TO_COMPARE.length] ?? 0
    let whole = 0
    for (let asked = 0; other && asked < times && !isAligned(command); asked++) {
      const { kind } = await hear(other)
      if (signal.aborted || kind === 'silent') return false
      if (kind !== 'bad') whole++
    }
    if (whole < times && !isAligned(command)) memory.spoilt++
    return whole > 1
  }

  /** So that the next answer comes after that of another command. */
  async function hearAnother(command: Command): Promise<void> {
    const [other] = othersThan(command)
    if (!other) return
    const heard = await hear(other)
    if (heard.kind === 'own' && isAligned(other)) weigh(other, heard)
  }

  /** What is not required must not keep the rest from being asked. */
  function isTooLong(command: Command, startedAt: MonotonicMs): boolean {
    const now = clock.monotonic()
    return now - startedAt > LONGEST_ASK_MS || step.waitMs(now, isProof(command)) > LONGEST_WAIT_MS
  }

  async function ask(command: Command): Promise<Outcome> {
    /** Answers from before the line was proven to be in step. */
    let held: Held[] = []
    let comparisons = 0
    let bad = 0
    /** All that agree were asked after this one. */
    let side: AnswerName | undefined
    if (step.hasOpen && !isProof(command) && !(await prove())) return 'unasked'
    const startedAt = clock.monotonic()
    for (let askings = 1; ; askings++) {
      if (!command.isRequired && isTooLong(command, startedAt)) return 'bad'
      // Each time: where three in a row prove the line, only the last two of them are weighed.
      if (side === command.name && lastAsked === side) await hearAnother(command)
      const heard = await hear(command)
      if (heard.kind === 'silent') return 'silent'
      if (signal.aborted || heard.kind === 'foreign') return 'bad'
      if (heard.kind === 'bad') {
        held = []
        if (++bad >= MOST_BAD) return 'bad'
        continue
      }
      held = [...held.filter(({ at }) => heard.at - at < HELD_FOR_MS), heard]
      let reason: ReturnType<typeof weigh> = NOT_IN_STEP
      const wasAligned = isAligned(command)
      if (heard.kind === 'own' && !wasAligned) {
        reason = NOT_ALIGNED
        if (comparisons >= MOST_COMPARISONS) askings = MOST_ASKINGS
        else if (await compare(command, comparisons)) comparisons++
      }
      // What was followed by a status in its place was in its place.
      const isFollowed = lastAsked === 'S?' && alignment.isFresh && !step.isInDoubt
      if (heard.kind === 'own' && (wasAligned || isFollowed)) {
        for (const each of held.splice(0).slice(-MOST_HELD)) reason = weigh(command, each)
        if (!reason) return 'ok'
        side = reason.kind === 'unconfirmed' && reason.isOneSided ? heard.after : undefined
      } else if (heard.kind === 'unproven' && askings === 1 && !isProof(command) && !(await prove()))
        return 'unasked'
      if (reason.kind === 'impossible') {
        sayBad('implausible', command, reason.reason)
        if (++bad >= MOST_BAD) return 'bad'
      }
      if (askings < MOST_ASKINGS) continue
      if (reason.kind === 'unconfirmed') sayBad('implausible', command, reason.reason)
      return reason === NOT_ALIGNED ? 'unasked' : 'bad'
    }
  }

  return {
    ask,
    hasHeard: () => hasHeard,
    hasEcho: () => hasEcho,
    waitMs: command =>
      step.waitMs(clock.monotonic(), command ? isProof(command) : use.commands.some(isProof)),
    dialect: () => believed,
  }
}
