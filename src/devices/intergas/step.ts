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
  /**
   * How long to listen before the next question; 0: ask. What comes meanwhile goes to `unasked`.
   * @param isKnown the answer will be known by what it holds, so that a late one cannot pass for it
   */
  waitMs(now: MonotonicMs, isKnown?: boolean): number
  readonly isInDoubt: boolean
  /** Whether questions are open whose answers may come in the place of others. */
  readonly hasOpen: boolean
  /** Whether no earlier question of this command may still be answered. */
  isClear(name: AnswerName, now: MonotonicMs): boolean
  /** Silence that the next question wants. */
  quietMs(): number
  /** A row of questions begins, and somebody else may be in the middle of another one. */
  beginRow(now: MonotonicMs): void
  /** Silence by which somebody else who asks on this line has finished; 0 where nobody else does, or it was waited for. */
  turnMs(): number
  /** The newest lateness seen, while it is fresh enough to count. */
  latenessMs(now: MonotonicMs): number | undefined
  /**
   * Bytes came while no answer was due.
   * @param alike the command whose answer they look like, as for `answered`
   */
  unasked(bytes: number, alike: AnswerName | undefined, now: MonotonicMs): void
  /** An answer was damaged: it was one all the same, but something may follow it. */
  stumble(): void
  /** Less than an answer came in its time; the rest may follow at any time, like a late answer. */
  unfinished(name: AnswerName, askedAt: MonotonicMs): void
  /** An answer was believed. */
  believed(): void
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
/** The same where the next answer is known by what it holds. */
const OPEN_APART_KNOWN_MS = 1_500
/** Up to so much is added, a different part each time, so that no constant delay keeps pace with the questions. */
const IRREGULAR_MS = 500
/** Silence before a question on a line that behaves, and in doubt; no longer, or a second program would never find it. */
const QUIET_MS = 32
const DOUBTFUL_QUIET_MS = 100
/** The same after a damaged answer: longer than a whole answer takes. */
const STUMBLED_QUIET_MS = 200
/** Longer than a program is silent between two questions of a row, even one in doubt like this. */
const TURN_MS = 700
/** Up to so much is added, each time another part: two programs that wait alike would collide for ever. */
const IRREGULAR_TURN_MS = 1_400
/** Who has asked on this line may ask again for so long. */
const CROWDED_FOR_MS = 60_000
/** An answer later than this is no answer any more. */
const LONGEST_LATENESS_MS = 35_000
/** A line that delivered late may do so again for so long. */
const LATE_FOR_MS = 120_000
/** Answers in a row, each alone in its time: after a mere doubt, with questions open, and on a line that delivered late. */
const PROOFS_AFTER_DOUBT = 2
const PROOFS_WITH_OPEN = 3
const PROOFS_WHEN_LATE = 5
/** What is no later than this comes while nothing else is asked. */
const HARMLESS_LATENESS_MS = 2_400
/** Times from question to answer on a line that delivered late may differ by so much; a boiler's own differ by 60 ms. */
const STEADY_MS = 200
const MOST_OPEN = 64
/** So many rests of answers never came: the line loses them and does not hold them up. */
const ENOUGH_LOST_RESTS = 3

/**
 * The books of one line; they live as long as the device, over lost connections.
 * @param seed makes the pauses of two programs on one line differ
 */
export function createStep(seed = 0): Step {
  let open: Question[] = []
  let isInDoubt = true
  /** Questions answered in a row that may yet turn out to have had the answers of others. */
  let unproven: readonly Question[] = []
  let lastTookMs: number | undefined
  let chance = seed >>> 0
  let hasStumbled = false
  let irregularMs = 0
  let turnMs = 0
  let late: { readonly ms: number; readonly seenAt: MonotonicMs } | undefined
  /** When each command last had an open question that the line was proven without: that answer may still come. */
  const settledAt = new Map<AnswerName, MonotonicMs>()
  /** When an answer came that no open question accounts for: then counting them off proves nothing. */
  let surplusAt: MonotonicMs | undefined
  /** When the oldest answer was asked for that has begun, while no whole one came since. */
  let begunAt: MonotonicMs | undefined
  /** When the newest such answer was asked for. */
  let partAt: MonotonicMs | undefined
  /** Nothing was believed since. */
  let isRestDue = false
  /** Such answers of which no rest came before the next was believed. */
  let lostRests = 0
  /** When the rest of one came, after all. */
  let restAt: MonotonicMs | undefined

  /** The next number from 0 to 1 of a row that only has to be irregular, and unlike that of a seed close by. */
  function another(): number {
    chance = (chance + 0x6d2b_79f5) >>> 0
    let mixed = Math.imul(chance ^ (chance >>> 15), chance | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }

  function doubt(isCrowded = false): void {
    isInDoubt = true
    // While older answers are due, those in between may have been these.
    if (open.length > 0) open = [...open, ...unproven]
    unproven = []
    lastTookMs = undefined
    if (isCrowded) yieldTurn()
  }

  function yieldTurn(): void {
    turnMs = TURN_MS + IRREGULAR_TURN_MS * another()
  }

  function prove(name: AnswerName, now: MonotonicMs): 'own' {
    if (latenessMs(now) === undefined) settledAt.delete(name)
    for (const question of open) settledAt.set(question.name, question.at)
    open = []
    isInDoubt = false
    unproven = []
    lastTookMs = undefined
    return 'own'
  }

  function latenessMs(now: MonotonicMs): number | undefined {
    if (late && now - late.seenAt > LATE_FOR_MS) late = undefined
    return late?.ms
  }

  /** How long an answer that is due may take, as far as this line has shown. */
  function graceMs(now: MonotonicMs): number {
    const lateMs = latenessMs(now)
    return lateMs === undefined ? LONGEST_LATENESS_MS : Math.min(LONGEST_LATENESS_MS, 2 * lateMs + 1_000)
  }

  function mayComeLate(name: AnswerName, now: MonotonicMs): boolean {
    const at = settledAt.get(name)
    return at !== undefined && now - at < graceMs(now)
  }

  /** How long the rest of an answer is still waited for. */
  function pieceMs(now: MonotonicMs): number {
    if (begunAt === undefined || lostRests >= ENOUGH_LOST_RESTS) return 0
    return Math.max(0, begunAt + OPEN_APART_KNOWN_MS - now)
  }

  function isClear(name: AnswerName, now: MonotonicMs): boolean {
    return !mayComeLate(name, now) && !open.some(question => question.name === name)
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

  function stumble(): void {
    hasStumbled = true
    unproven = []
  }

  /** The answers that came meanwhile were to the oldest of all questions that had none; the newer ones are open. */
  function leaveOpen(name: AnswerName, at: MonotonicMs): void {
    open = [...open, ...unproven, { name, at }].slice(unproven.length).slice(-MOST_OPEN)
    unproven = []
    irregularMs = IRREGULAR_MS * another()
    doubt()
  }

  function proofsWanted(now: MonotonicMs): number {
    if ((latenessMs(now) ?? 0) > HARMLESS_LATENESS_MS) return PROOFS_WHEN_LATE
    return open.length > 0 || hasSurplus(now) ? PROOFS_WITH_OPEN : PROOFS_AFTER_DOUBT
  }

  return {
    latenessMs,
    isClear,
    doubt,
    get isInDoubt() {
      return isInDoubt
    },
    quietMs() {
      const quietMs = hasStumbled ? STUMBLED_QUIET_MS : isInDoubt ? DOUBTFUL_QUIET_MS : QUIET_MS
      hasStumbled = false
      return quietMs
    },
    beginRow(now) {
      if (surplusAt !== undefined && now - surplusAt < CROWDED_FOR_MS) yieldTurn()
    },
    turnMs() {
      const thisTurnMs = turnMs
      turnMs = 0
      return thisTurnMs
    },
    get hasOpen() {
      return open.length > 0
    },
    stumble,
    waitMs(now, isKnown = false) {
      open = open.filter(({ at }) => now - at < LONGEST_LATENESS_MS)
      const last = open.at(-1)
      if (!last) return pieceMs(now)
      if (isKnown) return Math.max(0, last.at + OPEN_APART_KNOWN_MS - now)
      const lateMs = latenessMs(now)
      const apartMs = OPEN_APART_MS + irregularMs
      const gracedMs = lateMs === undefined ? 0 : graceMs(now)
      const from = hasSurplus(now) ? Math.max(last.at, surplusAt ?? 0) : last.at
      const restMs = from + Math.max(apartMs, gracedMs) - now
      // Waited out: what is not here by now will not come.
      if (restMs <= 0 && lateMs !== undefined) open = []
      return Math.max(0, restMs)
    },
    unasked(bytes, alike, now) {
      const answers = Math.floor(bytes / ANSWER_BYTES)
      doubt()
      if (answers === 0) {
        if (begunAt !== undefined) {
          restAt = now
          lostRests = 0
          isRestDue = false
          sayLate(now - begunAt, now)
          open = open.slice(1)
          begunAt = undefined
        }
        return
      }
      // With no question open it is nobody's: another program's, or said twice.
      const owner = open.find(({ name }) => name === alike) ?? open[0]
      const dueAt = owner?.at ?? oldestSettledAt(now)
      if (dueAt !== undefined) sayLate(now - dueAt, now)
      if (open.length < answers || hasSurplus(now)) {
        surplusAt = now
        yieldTurn()
      } else if (answers > 1) open = open.slice(answers)
      else open = open.filter(question => question !== owner)
    },
    unfinished(name, askedAt) {
      const wasPaused = restAt !== undefined && askedAt - restAt < LATE_FOR_MS
      if (partAt !== undefined && askedAt - partAt > LATE_FOR_MS) lostRests = 0
      const isUsual = wasPaused || (lostRests < ENOUGH_LOST_RESTS && (isInDoubt || begunAt !== undefined))
      if (isUsual) leaveOpen(name, askedAt)
      else stumble()
      if (begunAt === undefined || askedAt - begunAt > LONGEST_LATENESS_MS) begunAt = askedAt
      partAt = askedAt
      isRestDue = true
    },
    believed() {
      if (!isRestDue) return
      isRestDue = false
      lostRests++
    },
    unanswered(name, askedAt, now) {
      // The answers before this one were those to older questions.
      const oldest = open[0]
      if (unproven.length > 0 && oldest) sayLate(now - oldest.at, now)
      leaveOpen(name, askedAt)
    },
    answered(name, alike, askedAt, now) {
      begunAt = undefined
      const isDoubtful = isInDoubt || mayComeLate(name, now) || (hasSurplus(now) && alike !== name)
      if (!isDoubtful && open.length === 0) return 'own'
      const owner = alike === name ? undefined : open.find(question => question.name === alike)
      if (owner) {
        sayLate(now - owner.at, now)
        open = open.filter(question => question !== owner)
        leaveOpen(name, askedAt)
        return 'foreign'
      }
      if (alike === name && isClear(name, now)) return prove(name, now)
      // Late answers fall anywhere into the time of a question, true ones always take about as long.
      const tookMs = now - askedAt
      const isSteady = lastTookMs === undefined || Math.abs(tookMs - lastTookMs) <= STEADY_MS
      if (!isSteady && latenessMs(now) !== undefined) doubt()
      lastTookMs = tookMs
      unproven = [...unproven, { name, at: askedAt }]
      return unproven.length < proofsWanted(now) ? 'unproven' : prove(name, now)
    },
  }
}
