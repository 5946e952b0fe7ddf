import { HearthError } from '../../core/errors.ts'

/** One poll's answers and failures: when a gateway is left alone until the next. */
export interface Round {
  /** Questions that were answered. */
  readonly answers: number
  /** The newest failure. */
  readonly problem: HearthError | undefined
  /** The last question was met with silence. */
  readonly isSilent: boolean
  /** No more is asked in this poll. */
  readonly isOver: boolean
  /**
   * Runs one question. What it throws goes to `say`; the failure that ends the poll does not, because it is the poll's.
   * Undefined after a failure.
   */
  ask<T>(question: () => Promise<T>, say: (error: HearthError) => void): Promise<T | undefined>
}

/** Failures in a row that end a poll: of a gateway that has said nothing yet, and of one that has. */
const MOST_SILENCES = 2
const MOST_FAILURES = 4

export function createRound(signal: AbortSignal): Round {
  let inRow = 0
  let answers = 0
  let problem: HearthError | undefined
  let isOver = false
  return {
    get answers() {
      return answers
    },
    get problem() {
      return problem
    },
    get isSilent() {
      return inRow > 0
    },
    get isOver() {
      return isOver
    },
    async ask(question, say) {
      try {
        const answer = await question()
        inRow = 0
        answers++
        return answer
      } catch (error) {
        if (signal.aborted) return undefined
        if (!(error instanceof HearthError)) throw error
        problem = error
        const isContact = error.kind === 'connect' || error.kind === 'timeout'
        inRow = isContact ? inRow + 1 : 0
        isOver = error.kind === 'auth' || inRow >= (answers > 0 ? MOST_FAILURES : MOST_SILENCES)
        if (!isOver) say(error)
        return undefined
      }
    },
  }
}
