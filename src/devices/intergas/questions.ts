import type { Clock, MonotonicMs } from '../../core/clock.ts'
import type { Dialogue } from '../../core/dialogue.ts'
import type { Report } from '../../core/driver.ts'
import { ANSWER_BYTES, type Command, type Dialect } from './commands.ts'
import { type Exchange, exchange, hush, settle } from './exchange.ts'
import type { Memory } from './memory.ts'

/** Who never lets the line fall silent is interrupted after this. */
const TURN_LIMIT_MS = 4_000

export interface QuestionsUse {
  readonly dialogue: Dialogue
  readonly clock: Clock
  readonly memory: Pick<Memory, 'judge' | 'step' | 'alignment'>
  readonly report: Report
  readonly place: string
  /** What answers may be. */
  readonly accepts: readonly Dialect[]
  readonly signal: AbortSignal
  /** At least one answer came that nobody had asked for. */
  onAnswer(): void
}

export interface Question {
  readonly came: Exchange
  readonly askedAt: MonotonicMs
  /** False where the line did not fall silent. */
  readonly isAsked: boolean
}

export interface Questions {
  /**
   * Asks once, when nothing else is due on the line.
   * @param isProof the answer will be known by what it holds
   */
  ask(command: Command, isProof: boolean): Promise<Question>
}

/** The questions of one poll: each waits for late answers, for its turn and for silence, and drops what comes meanwhile. */
export function createQuestions(use: QuestionsUse): Questions {
  const { dialogue, clock, memory, report, place, accepts, signal } = use
  const { judge, step, alignment } = memory
  step.beginRow(clock.monotonic())

  function drop(bytes: Uint8Array, at = clock.monotonic()): void {
    const { length } = bytes
    if (length === 0) return
    if (length >= ANSWER_BYTES) use.onAnswer()
    const isOne = length === ANSWER_BYTES || length === ANSWER_BYTES + 1
    const alike = isOne ? judge.likest(bytes.subarray(0, ANSWER_BYTES)) : undefined
    step.unasked(length, alike, at)
    alignment.interrupt()
    const was =
      length === 1 ? '1 byte that nobody had asked for was' : `${length} bytes that nobody had asked for were`
    report.trouble(
      'framing',
      `${place}: ${was} dropped: a late answer, noise, or a second program on this port`,
    )
  }

  /** Listens as long as an answer that is still open may come. */
  async function waitForLate(isProof: boolean): Promise<void> {
    for (;;) {
      const restMs = step.waitMs(clock.monotonic(), isProof)
      if (restMs <= 0 || signal.aborted) return
      if (!(await dialogue.untilHeard(restMs, signal))) continue
      const at = clock.monotonic()
      drop(await settle(dialogue, signal), at)
    }
  }

  /** Lets somebody else finish. */
  async function waitForTurn(): Promise<void> {
    const turnMs = step.turnMs()
    if (turnMs === 0) return
    drop((await dialogue.untilQuiet(turnMs, TURN_LIMIT_MS, signal, 'last byte')).dropped)
    // What was heard meanwhile has been waited for.
    step.turnMs()
  }

  return {
    async ask(command, isProof) {
      await waitForLate(isProof)
      await waitForTurn()
      const { isQuiet, dropped } = await hush(dialogue, step.quietMs(), signal)
      drop(dropped)
      const askedAt = clock.monotonic()
      if (!isQuiet) {
        const reason = 'the line does not fall silent'
        const came: Exchange = { kind: 'bad', error: 'framing', reason, isCrowded: true, isPart: false }
        return { came, askedAt, isAsked: false }
      }
      const asking = { dialects: accepts, isWatched: step.isInDoubt }
      return { came: await exchange(dialogue, command, asking, signal), askedAt, isAsked: true }
    },
  }
}
