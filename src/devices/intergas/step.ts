/*
 * Answers carry no name, so an answer belongs to a question only because it comes right after it. That holds while every
 * question has had its answer. One without leaves a doubt: its answer may be lost, or still on its way, and would then come
 * in the place of the next one, and so on for ever. This keeps the books.
 *
 *   in step      no question is open, nothing came unasked: an answer is its question's
 *   in doubt     after a question without answer, bytes that nobody asked for, a damaged answer, a new connection
 *
 * Open questions are kept far apart and the questions that prove the line close together. Late answers arrive as far apart
 * as they were asked for, so two that come close together are answers to the questions just asked.
 */
import type { MonotonicMs } from '../../core/clock.ts'
import type { AnswerName } from './commands.ts'

/** What an answer of the right length is to the question before it. */
export type Standing =
  /** The answer to this question. */
  | 'own'
  /** It may be; the next may prove it. */
  | 'unproven'
  /** The late answer to another one. */
  | 'foreign'

export interface Step {
  /** How long to listen before the next question; 0: ask. What comes meanwhile goes to `unasked`. */
  waitMs(now: MonotonicMs): number
  readonly isInDoubt: boolean
  /** Silence that the next question wants. */
  quietMs(): number
  /** The newest lateness seen, while it is fresh enough to count. */
  latenessMs(now: MonotonicMs): number | undefined
  /** Bytes came while no answer was due. */
  unasked(bytes: number, now: MonotonicMs): void
  /** A question got no answer in its time. */
  unanswered(name: AnswerName, askedAt: MonotonicMs, now: MonotonicMs): void
  /**
   * The line or its answers cannot be trusted to be in step until proven.
   * @param isCrowded more came than was asked for
   */
  doubt(isCrowded?: boolean): void
  /** @param alike the command whose answers look like this one and unlike all others, as far as they are known */
  answered(name: AnswerName, alike: AnswerName | undefined, askedAt: MonotonicMs, now: MonotonicMs): Standing
}

interface Question {
  readonly name: AnswerName
  readonly at: MonotonicMs
}

const ANSWER_BYTES = 32
/** From an open question to the next one, at least: more than the questions of a proof are apart. */
const OPEN_APART_MS = 2_500
/** Up to so much is added, a different part each time, so that no constant delay keeps pace with the questions. */
const IRREGULAR_MS = 500
/** Silence before a question on a line that behaves; in doubt: longer than a whole answer takes. */
const QUIET_MS = 32
const DOUBTFUL_QUIET_MS = 200
/** Up to so much is added when somebody else may be asking too: two programs that wait alike would collide for ever. */
const CROWDED_QUIET_MS = 600
/** An answer later than this is no answer any more. */
const LONGEST_LATENESS_MS = 35_000
/** A line that delivered late may do so again for so long. */
const LATE_FOR_MS = 120_000
/** Answers in a row, each alone in its time: after a mere doubt, with questions open, and on a line that delivered late. */
const PROOFS_AFTER_DOUBT = 2
const PROOFS_WITH_OPEN = 3
const PROOFS_WHEN_LATE = 5
const MOST_OPEN = 64

/**
 * The books of one line; they live as long as the device, over lost connections.
 * @param seed makes the pauses of two programs on one line differ
 */
export function createStep(seed = 0): Step {
  let open: Question[] = []
  let isInDoubt = true
  let proofs = 0
  let chance = seed >>> 0
  let irregularMs = 0
  let crowdedMs = 0
  let late: { readonly ms: number; readonly seenAt: MonotonicMs } | undefined
  /** When each command last had an open question that the line was proven without: that answer may still come. */
  const settledAt = new Map<AnswerName, MonotonicMs>()
  /** When an answer came that no open question accounts for: then counting them off proves nothing. */
  let surplusAt: MonotonicMs | undefined

  /** The next number from 0 to 1 of a row that only has to be irregular. */
  function another(): number {
    chance = (Math.imul(chance, 1_664_525) + 1_013_904_223) >>> 0
    return chance / 0x1_0000_0000
  }

  function doubt(isCrowded = false): void {
    isInDoubt = true
    proofs = 0
    crowdedMs = isCrowded ? CROWDED_QUIET_MS * another() : 0
  }

  function prove(name: AnswerName, now: MonotonicMs): 'own' {
    if (latenessMs(now) === undefined) settledAt.delete(name)
    for (const question of open) settledAt.set(question.name, question.at)
    open = []
    isInDoubt = false
    proofs = 0
    return 'own'
  }

  function latenessMs(now: MonotonicMs): number | undefined {
    if (late && now - late.seenAt > LATE_FOR_MS) late = undefined
    return late?.ms
  }

  function mayComeLate(name: AnswerName, now: MonotonicMs): boolean {
    const at = settledAt.get(name)
    return at !== undefined && now - at < LONGEST_LATENESS_MS
  }

  function oldestSettledAt(now: MonotonicMs): MonotonicMs | undefined {
    return [...settledAt.values()].filter(at => now - at < LONGEST_LATENESS_MS).toSorted((a, b) => a - b)[0]
  }

  function hasSurplus(now: MonotonicMs): boolean {
    return surplusAt !== undefined && now - surplusAt < LATE_FOR_MS
  }

  function sayLate(ms: number, now: MonotonicMs): void {
    late = { ms: Math.max(ms, latenessMs(now) ?? 0), seenAt: now }
  }

  function leaveOpen(name: AnswerName, at: MonotonicMs): void {
    open = [...open, { name, at }].slice(-MOST_OPEN)
    irregularMs = IRREGULAR_MS * another()
    doubt()
  }

  function proofsWanted(now: MonotonicMs): number {
    if (latenessMs(now) !== undefined) return PROOFS_WHEN_LATE
    return open.length > 0 || hasSurplus(now) ? PROOFS_WITH_OPEN : PROOFS_AFTER_DOUBT
  }

  return {
    latenessMs,
    doubt,
    get isInDoubt() {
      return isInDoubt
    },
    quietMs: () => (isInDoubt ? DOUBTFUL_QUIET_MS + crowdedMs : QUIET_MS),
    waitMs(now) {
      open = open.filter(({ at }) => now - at < LONGEST_LATENESS_MS)
      const last = open.at(-1)
      if (!last) return 0
      const lateMs = latenessMs(now)
      const apartMs = OPEN_APART_MS + irregularMs
      const gracedMs = lateMs === undefined ? 0 : Math.min(LONGEST_LATENESS_MS, 2 * lateMs + 1_000)
      const from = hasSurplus(now) ? Math.max(last.at, surplusAt ?? 0) : last.at
      const restMs = from + Math.max(apartMs, gracedMs) - now
      // Waited out: what is not here by now will not come.
      if (restMs <= 0 && lateMs !== undefined) open = []
      return Math.max(0, restMs)
    },
    unasked(bytes, now) {
      doubt(true)
      const answers = Math.floor(bytes / ANSWER_BYTES)
      if (answers === 0) return
      // With no question open it is nobody's: another program's, or said twice.
      const oldestAt = open[0]?.at ?? oldestSettledAt(now)
      if (oldestAt !== undefined) sayLate(now - oldestAt, now)
      if (open.length < answers || hasSurplus(now)) surplusAt = now
      else open = open.slice(answers)
    },
    unanswered(name, askedAt, now) {
      // The answers before this one were those to older questions.
      const oldest = open[0]
      if (proofs > 0 && oldest) sayLate(now - oldest.at, now)
      leaveOpen(name, askedAt)
    },
    answered(name, alike, askedAt, now) {
      const isDoubtful = isInDoubt || mayComeLate(name, now) || (hasSurplus(now) && alike !== name)
      if (!isDoubtful && open.length === 0) return 'own'
      const owner = alike === name ? undefined : open.find(question => question.name === alike)
      if (owner) {
        sayLate(now - owner.at, now)
        open = open.filter(question => question !== owner)
        leaveOpen(name, askedAt)
        return 'foreign'
      }
      const isOpen = mayComeLate(name, now) || open.some(question => question.name === name)
      if (alike === name && !isOpen) return prove(name, now)
      proofs++
      return proofs < proofsWanted(now) ? 'unproven' : prove(name, now)
    },
  }
}
