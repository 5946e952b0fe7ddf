import type { MonotonicMs } from '../../core/clock.ts'
import type { AnswerName, Dialect } from './commands.ts'
import { isBorneOut, type Shape, shapeOf, sharedBytes } from './shapes.ts'

/** What becomes of an answer of the right length. */
export type Verdict =
  | { readonly kind: 'accepted'; readonly bytes: Uint8Array }
  /** Might be true: the command is asked again, and answers that agree confirm each other. */
  | {
      readonly kind: 'unconfirmed'
      readonly reason: string
      /** It looks like the answer to another command, or of another boiler: the line may be out of step. */
      readonly isSuspect: boolean
    }
  | { readonly kind: 'impossible'; readonly reason: string }

/**
 * Decides which answers to believe; it lives as long as the device, over lost connections.
 *
 * What says the same as before is believed at once. What is new is asked for again: two answers that are the same, or
 * three that tell one story of a boiler in motion, are believed; against what is known, one more is wanted.
 */
export interface Judge {
  hear(name: AnswerName, bytes: Uint8Array, at: MonotonicMs, dialect: Dialect): Verdict
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
/** A boiler in motion changes up to half of an answer; two answers of one boiler have less in common than that. */
const LIKE_BYTES = 16
const LIKE_LEAD = 8
/** Blocks of parameters and faults may be blank and nearly alike, as drives at rest. */
const BLOCKS: ReadonlySet<AnswerName> = new Set(['EN', 'D2', 'V0', 'V1', 'V2', 'V3'])
const ANSWER_BYTES = 32

interface Said {
  readonly bytes: Uint8Array
  readonly at: MonotonicMs
}

export function createJudge(): Judge {
  const accepted = new Map<AnswerName, Said>()
  const votes = new Map<AnswerName, Said[]>()

  function accept(name: AnswerName, bytes: Uint8Array, at: MonotonicMs): Verdict {
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

  /** The command whose answer these bytes are, and no other's. */
  function ownerOf(name: AnswerName, bytes: Uint8Array): AnswerName | undefined {
    const isBlank = bytes.every(byte => byte === bytes[0])
    for (const [other, answer] of accepted) {
      const stolen = BLOCKS.has(other) ? ANSWER_BYTES : STOLEN_BYTES
      if (other === name || (isBlank && BLOCKS.has(other))) continue
      if (sharedBytes(answer.bytes, bytes) >= stolen) return other
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
    hear(name, bytes, at, dialect) {
      const shape = shapeOf(name, dialect)
      const impossible = shape.impossible(bytes)
      if (impossible !== undefined) return { kind: 'impossible', reason: impossible }
      const known = accepted.get(name)
      if (known && sharedBytes(known.bytes, bytes) === ANSWER_BYTES) return accept(name, bytes, at)
      const owner = ownerOf(name, bytes)
      if (owner) return { kind: 'unconfirmed', reason: `it is the answer to ${owner}`, isSuspect: true }
      const foreign = foreignTo(name, bytes)
      const against =
        foreign === undefined
          ? known &&
            (shape.breaks(known.bytes, bytes, at - known.at) ?? strangeness(name, known.bytes, bytes))
          : `it is like an answer to ${foreign}`
      const unusual = known ? undefined : shape.unusual?.(bytes)
      const fresh = (votes.get(name) ?? []).filter(vote => at - vote.at <= VOTE_LASTS_MS)
      const cast = [...fresh, { bytes, at }].slice(-MOST_VOTES)
      votes.set(name, cast)
      const elected = elect(
        cast.map(vote => vote.bytes),
        shape,
        // Of a block any bytes are possible, so nothing but repetition speaks for the first.
        (against !== undefined || (BLOCKS.has(name) && !known) ? 1 : 0) + (unusual === undefined ? 0 : 2),
      )
      if (elected) return accept(name, elected, at)
      return {
        kind: 'unconfirmed',
        reason: against ?? unusual ?? 'answers in a row do not agree',
        isSuspect: against !== undefined,
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

/** But for the status, more than half of an answer never changes at once. */
function strangeness(name: AnswerName, known: Uint8Array, bytes: Uint8Array): string | undefined {
  if (name === 'S?' || sharedBytes(known, bytes) >= LIKE_BYTES) return undefined
  return 'it is unlike all before it'
}

/** The answer that the newest one confirms, with the others' help. */
function elect(cast: readonly Uint8Array[], shape: Shape, more: number): Uint8Array | undefined {
  const newest = cast.at(-1)
  if (!newest) return undefined
  const same = cast.filter(vote => sharedBytes(vote, newest) === ANSWER_BYTES)
  if (same.length >= SAME + more) return newest
  const alike = cast.filter(vote => vote === newest || shape.agrees(vote, newest))
  if (alike.length < ALIKE + more) return undefined
  const isOneStory = alike.every((vote, i) => alike.slice(i + 1).every(later => shape.agrees(vote, later)))
  return isOneStory ? middle(alike, shape) : undefined
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
