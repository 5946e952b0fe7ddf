/*
 * A bridge that lets bytes out in blocks, or keeps the last ones back until more come, delivers 32 bytes in time for each
 * question: the end of the answer before and the beginning of the new one. Asked again, it says the same again. What gives
 * it away is that such bytes begin like what was asked before them, whatever was asked.
 */
import type { AnswerName } from './commands.ts'
import { sharedBytes } from './shapes.ts'

/** Whether answers begin where they should. */
export interface Alignment {
  readonly isProven: boolean
  /** Proven, and nothing but whole answers since. */
  readonly isFresh: boolean
  /** An answer of the right length came in time. */
  heard(name: AnswerName, bytes: Uint8Array): void
  /** It is proven otherwise, or cannot be. */
  trust(): void
  /** Something else than a whole answer in time: the next one follows nothing. */
  interrupt(): void
  /** Answers begin elsewhere, as it seems. What was heard before still tells: with bytes kept back it would differ. */
  doubt(): void
}

interface Follower {
  /** The answer before it. */
  readonly after: Uint8Array
  readonly name: AnswerName
  readonly firstByte: number | undefined
}

const ANSWER_BYTES = 32
/** The ends of these answers move while their beginnings stand still. */
const RESTLESS: ReadonlySet<AnswerName> = new Set(['S?', 'HN', 'D2'])

/** Whether what follows the answer to this command tells where answers begin. */
export function isRestless(name: AnswerName): boolean {
  return RESTLESS.has(name)
}

/** Two different commands after the same answer: where the end of that one is kept back, both begin with the same byte. */
export function createAlignment(): Alignment {
  let isProven = false
  let isFresh = false
  let before: { readonly name: AnswerName; readonly bytes: Uint8Array } | undefined
  const followers = new Map<AnswerName, Follower>()

  function trust(): void {
    isProven = true
    isFresh = true
  }

  return {
    get isProven() {
      return isProven
    },
    get isFresh() {
      return isFresh
    },
    heard(name, bytes) {
      if (before && !isRestless(before.name)) {
        const other = followers.get(before.name)
        const isAfterTheSame = other && sharedBytes(other.after, before.bytes) === ANSWER_BYTES
        if (isAfterTheSame && other.name !== name && other.firstByte !== bytes[0]) trust()
        followers.set(before.name, { after: before.bytes, name, firstByte: bytes[0] })
      }
      before = { name, bytes }
    },
    trust,
    interrupt() {
      isFresh = false
      before = undefined
    },
    doubt() {
      isProven = false
      isFresh = false
      before = undefined
    },
  }
}
