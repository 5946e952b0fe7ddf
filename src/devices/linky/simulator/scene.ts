import { type Random, wholeBetween } from '../../../simulation/random.ts'
import { bytesOf, type Frame, frameText } from './frame.ts'

/** What goes over the line next. */
export type Piece =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly endsFrame: boolean }
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'hang-up' }

/** What a scene plays on. */
export interface Stage {
  readonly seed: number
  readonly startAt: number
  readonly random: Random
  /** Time of one character on the line. */
  readonly characterMs: number
  /** Line time since the start: the sum of all that was sent and of all pauses. */
  elapsedMs(): number
  /** The same as a moment, whole milliseconds. */
  now(): number
}

/** A scenario and how to play it. */
export interface Scene {
  readonly name: string
  readonly summary: string
  readonly baudRate: 1200 | 9600
  /** What a good decoder says of a capture: nothing to complain about, or damage found. */
  readonly verdict: 'good' | 'bad'
  /** Goes on for ever, but where the line falls silent for good. */
  play(stage: Stage): Generator<Piece, void, undefined>
}

/** Turns the number-th frame into what goes out instead of it. */
export type Distortion = (frame: Frame, number: number) => string

const SHORTEST_GAP_MS = 16.7
const LONGEST_GAP_MS = 33.4

/** Sends frames one after the other with the gaps of a meter. */
export function* transmit(
  frames: Iterable<Frame>,
  { random }: Stage,
  distort: Distortion = frameText,
): Generator<Piece, void, undefined> {
  let number = 0
  for (const frame of frames) {
    yield { kind: 'bytes', bytes: bytesOf(distort(frame, number)), endsFrame: true }
    yield gap(random)
    number += 1
  }
}

/** The silence between two frames. */
export function gap(random: Random): Piece {
  return { kind: 'pause', ms: SHORTEST_GAP_MS + random() * (LONGEST_GAP_MS - SHORTEST_GAP_MS) }
}

/** A place in a list of this length. */
export function anyOf(random: Random, length: number): number {
  return wholeBetween(random, 0, length - 1)
}
