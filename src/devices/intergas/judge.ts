import type { MonotonicMs } from '../../core/clock.ts'
import type { AnswerName, Dialect } from './commands.ts'
import { isBorneOut, type Shape, shapeOf, sharedBytes } from './shapes.ts'

interface Accepted {
  readonly kind: 'accepted'
  readonly bytes: Uint8Array
  /** No answer that the boiler of before can have given: it must be another one. */
  readonly isOfAnother?: boolean
}

/** What becomes of an answer of the right length. */
export type Verdict =
  | Accepted
  /** Might be true: the command is asked again, and answers that agree confirm each other. */
  | {
      readonly kind: 'unconfirmed'
      readonly reason: string
      /** It looks like the answer to another command, or of another boiler: the line may be out of step. */
      readonly isSuspect: boolean
      /** Enough were heard that agree, but all after the same command: it wants to be asked after another one. */
      readonly isOneSided?: boolean
    }
  | { readonly kind: 'impossible'; readonly reason: string }

/** What is known of an answer beside its bytes. */
export interface Circumstances {
  /** What was asked before it; undefined where nothing else can be. */
  readonly after?: AnswerName | undefined
  /** Late answers were seen, so that one to another command may come twice by now. */
  readonly isLateLine?: boolean
}

/**
 * Decides which answers to believe; it lives as long as the device, over lost connections.
 *
 * What says the same as before is believed at once. What is new is asked for again: two answers that are the same, or
 * three that tell one story of a boiler in motion, are believed; against what is known, one more is wanted.
 */
export interface Judge {
  hear(
    name: AnswerName,
    bytes: Uint8Array,
    at: MonotonicMs,
    dialect: Dialect,
    circumstances?: Circumstances,
  ): Verdict
  /** The boiler was silent: answers from before and after may belong to different questions. */
  interrupt(name: AnswerName): void
  /** Whether the last believed answer to this command is unlike those to all others, so that the next will be known by it. */
  knows(name: AnswerName): boolean
  /** The command whose last believed answer these bytes resemble, far more than that of any other. */
  likest(bytes: Uint8Array): AnswerName | undefined
}

const SAME = 2
const ALIKE = 3
/** More votes than these are never needed. */
const MOST_VOTES = 5
/** What was said longer ago says nothing about now. */
const VOTE_LASTS_MS = 8_000
/** An answer to another command repeats that one's bytes, apart from what has moved meanwhile. */
const FOREIGN_BYTES = 24
/** So many of another answer's bytes are that answer: no number of repetitions makes it this command's. */
const STOLEN_BYTES = 31
/** For so long an answer may still come once more, late. */
const MAY_COME_AGAIN_MS = 35_000
/** Of one command; one in motion is asked less often. */
const MOST_TO_COME_AGAIN = 64
/** A boiler that gave nothing but odd numbers for so long is begun with anew. */
const REMEMBERED_FOR_MS = 600_000
/** A boiler in motion changes up to half of an answer; two answers of one boiler have less in common than that. */
const LIKE_BYTES = 16
const LIKE_LEAD = 8
/** Blocks of parameters and faults may be blank and nearly alike, as drives at rest. */
const BLOCKS: ReadonlySet<AnswerName> = new Set(['EN', 'D2', 'V0', 'V1', 'V2', 'V3'])
const ANSWER_BYTES = 32

/** Whether answers to this command may look alike however they are cut. */
export function isBlock(name: AnswerName): boolean {
  return BLOCKS.has(name)
}

interface Said {
  readonly bytes: Uint8Array
  readonly at: MonotonicMs
  readonly after?: AnswerName | undefined
}

export function createJudge(): Judge {
  const accepted = new Map<AnswerName, Said>()
  const votes = new Map<AnswerName, Said[]>()
  /** What was heard and might be true, believed or not. */
  const heard = new Map<AnswerName, readonly Said[]>()

  function accept(name: AnswerName, bytes: Uint8Array, at: MonotonicMs): Accepted {
    accepted.set(name, { bytes, at })
    votes.delete(name)
    return { kind: 'accepted', bytes }
  }

  /** The command whose last answer these bytes repeat better than that of their own. */
  function foreignTo(name: AnswerName, bytes: Uint8Array): AnswerName | undefined {
    const own = accepted.get(name)
    const ownShare = own ? sharedBytes(own.bytes, bytes) : 0
    for (const [other, answer] of accepted) {
      const share = sharedBytes(answer.bytes, bytes)
      if (other !== name && share >= FOREIGN_BYTES && share > ownShare) return other
    }
    return undefined
  }

  /** Somebody else may ask the other command again and again: no number of repetitions makes its answers this command's. */
  function isStranger(own: Uint8Array | undefined, bytes: Uint8Array, foreign: AnswerName): boolean {
    if (own) return sharedBytes(own, bytes) < LIKE_BYTES
    // Of a single one known, nothing tells what sets it apart.
    return accepted.size > 1 && likest(bytes) === foreign && !BLOCKS.has(foreign)
  }

  function wasOrdinary(name: AnswerName, shape: Shape): boolean {
    const known = accepted.get(name)
    return known !== undefined && shape.odd?.(known.bytes) === undefined
  }

  function remember(name: AnswerName, bytes: Uint8Array, at: MonotonicMs): void {
    const others = (heard.get(name) ?? []).filter(said => !areEqual(said.bytes, bytes))
    heard.set(name, [...others, { bytes, at }].slice(-MOST_TO_COME_AGAIN))
  }

  /** The command whose answer these bytes are, and no other's. */
  function ownerOf(name: AnswerName, bytes: Uint8Array): AnswerName | undefined {
    for (const [other, answer] of accepted) if (isAnswerTo(other, answer.bytes, name, bytes)) return other
    return undefined
  }

  /** The command to which these bytes were heard before, and may come once more. */
  function earlierOwnerOf(name: AnswerName, bytes: Uint8Array, now: MonotonicMs): AnswerName | undefined {
    for (const [other, answers] of heard) {
      const recent = answers.filter(({ at }) => now - at < MAY_COME_AGAIN_MS)
      if (recent.some(said => isAnswerTo(other, said.bytes, name, bytes))) return other
    }
    return undefined
  }

  function likest(bytes: Uint8Array): AnswerName | undefined {
    const [first, second] = [...accepted]
      .map(([name, answer]) => ({ name, share: sharedBytes(answer.bytes, bytes) }))
      .toSorted((a, b) => b.share - a.share)
    if (!first || first.share < LIKE_BYTES) return undefined
    return first.share - (second?.share ?? 0) >= LIKE_LEAD ? first.name : undefined
  }

  return {
    hear(name, bytes, at, dialect, { after, isLateLine = false } = {}) {
      const shape = shapeOf(name, dialect)
      const impossible = shape.impossible(bytes)
      if (impossible !== undefined) return { kind: 'impossible', reason: impossible }
      const odd = shape.odd?.(bytes)
      if (odd !== undefined && wasOrdinary(name, shape)) {
        if (at - (accepted.get(name)?.at ?? 0) < REMEMBERED_FOR_MS) return { kind: 'impossible', reason: odd }
        // A sensor may have failed since.
        accepted.delete(name)
      }
      const known = accepted.get(name)
      remember(name, bytes, at)
      if (known && areEqual(known.bytes, bytes)) return accept(name, bytes, at)
      // What is known is told apart by what it was before.
      const owner = ownerOf(name, bytes) ?? (known ? undefined : earlierOwnerOf(name, bytes, at))
      if (owner) return { kind: 'unconfirmed', reason: `it is the answer to ${owner}`, isSuspect: true }
      const foreign = foreignTo(name, bytes)
      if (foreign && isStranger(known?.bytes, bytes, foreign)) {
        return { kind: 'unconfirmed', reason: `it is like an answer to ${foreign}`, isSuspect: true }
      }
      const against =
        foreign === undefined
          ? known &&
            (shape.breaks(known.bytes, bytes, at - known.at) ?? strangeness(name, known.bytes, bytes))
          : `it is like an answer to ${foreign}`
      const unusual = known ? undefined : (shape.unusual?.(bytes) ?? odd)
      const fresh = (votes.get(name) ?? []).filter(vote => at - vote.at <= VOTE_LASTS_MS)
      const cast = [...fresh, { bytes, at, after }].slice(-MOST_VOTES)
      votes.set(name, cast)
      const elected = elect(
        cast,
        shape,
        // Of a block any bytes are possible, so nothing but repetition speaks for the first.
        unusual === undefined
          ? against !== undefined || (!known && (isLateLine || BLOCKS.has(name)))
            ? 1
            : 0
          : 2,
      )
      if (elected && !isOneSided(elected.by)) {
        const isOfAnother = known && shape.breaks(known.bytes, bytes, at - known.at) !== undefined
        return { ...accept(name, elected.bytes, at), ...(isOfAnother ? { isOfAnother } : {}) }
      }
      return {
        kind: 'unconfirmed',
        reason: against ?? unusual ?? 'answers in a row do not agree',
        isSuspect: against !== undefined,
        isOneSided: elected !== undefined,
      }
    },
    interrupt: name => void votes.delete(name),
    knows(name) {
      const known = accepted.get(name)
      return known !== undefined && likest(known.bytes) === name
    },
    likest,
  }
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return sharedBytes(a, b) === ANSWER_BYTES
}

/** Whether bytes that came for one command are the answer to another one. */
function isAnswerTo(other: AnswerName, answer: Uint8Array, name: AnswerName, bytes: Uint8Array): boolean {
  const isBlank = bytes.every(byte => byte === bytes[0])
  if (other === name || (isBlank && BLOCKS.has(other))) return false
  return sharedBytes(answer, bytes) >= (BLOCKS.has(other) ? ANSWER_BYTES : STOLEN_BYTES)
}

/** But for the status, more than half of an answer never changes at once. */
function strangeness(name: AnswerName, known: Uint8Array, bytes: Uint8Array): string | undefined {
  if (name === 'S?' || sharedBytes(known, bytes) >= LIKE_BYTES) return undefined
  return 'it is unlike all before it'
}

interface Elected {
  readonly bytes: Uint8Array
  readonly by: readonly Said[]
}

/** The answer that the newest one confirms, with the others' help. */
function elect(cast: readonly Said[], shape: Shape, more: number): Elected | undefined {
  const newest = cast.at(-1)
  if (!newest) return undefined
  const same = cast.filter(vote => sharedBytes(vote.bytes, newest.bytes) === ANSWER_BYTES)
  const repeated = same.length >= SAME + more ? { bytes: newest.bytes, by: same } : undefined
  if (repeated && !isOneSided(same)) return repeated
  const alike = cast.filter(vote => vote === newest || shape.agrees(vote.bytes, newest.bytes))
  if (alike.length < ALIKE + more) return repeated
  const votes = alike.map(vote => vote.bytes)
  const isOneStory = votes.every((vote, i) => votes.slice(i + 1).every(later => shape.agrees(vote, later)))
  const bytes = isOneStory ? middle(votes, shape) : undefined
  return bytes ? { bytes, by: alike } : repeated
}

/** Where the line keeps the end of each answer back, all answers after the same command begin alike, and falsely. */
function isOneSided(votes: readonly Said[]): boolean {
  const [first] = votes
  return first?.after !== undefined && votes.every(({ after }) => after === first.after)
}

/**
 * The answer that the others bear out and that has most in common with them: of one with a wrong bit and two that have moved on,
 * one of the two. Of equals the middle one in time: a counter between its neighbours is never ahead of the truth, so it cannot
 * fall later.
 */
function middle(alike: readonly Uint8Array[], shape: Shape): Uint8Array | undefined {
  const share = (vote: Uint8Array) => alike.reduce((sum, other) => sum + sharedBytes(vote, other), 0)
  const center = (alike.length - 1) / 2
  return alike
    .map((vote, i) => ({ vote, shared: share(vote), fromCenter: Math.abs(i - center) }))
    .filter(({ vote }) =>
      isBorneOut(
        vote,
        alike.filter(other => other !== vote),
        shape,
      ),
    )
    .toSorted((a, b) => b.shared - a.shared || a.fromCenter - b.fromCenter)[0]?.vote
}
