import { HearthError } from '../../../core/errors.ts'
import { createRandom } from '../../../simulation/random.ts'
import { FAULT_SCENES } from './fault-scenes.ts'
import { HISTORIQUE_SCENES } from './historique-scenes.ts'
import { LINE_SCENES } from './line-scenes.ts'
import { OVERRUN_SCENES } from './overrun-scenes.ts'
import type { Piece, Scene } from './scene.ts'
import { STANDARD_SCENES } from './standard-scenes.ts'

/** Start bit, seven data bits, parity, stop bit. */
const BITS_PER_CHARACTER = 10

/** All scenarios, the undisturbed ones first. */
export const SCENES: readonly Scene[] = [
  ...HISTORIQUE_SCENES,
  ...OVERRUN_SCENES,
  ...STANDARD_SCENES,
  ...LINE_SCENES,
  ...FAULT_SCENES,
]

export interface WireOptions {
  readonly scenario: string
  readonly seed: number
  /** Meter time at the first character. */
  readonly startAt: number
}

/**
 * What a meter puts on its line. Meter time follows the line: it is `startAt` plus the time of all characters and
 * pauses so far, at whatever pace they are delivered, so that a capture read in a second is as true as one read live.
 */
export interface Wire {
  readonly characterMs: number
  /** The next piece; undefined when the line falls silent for good. */
  next(): Piece | undefined
  /** Lets time pass of which nobody heard anything. */
  skip(ms: number): void
}

/** The scene of this name. */
export function sceneOf(name: string): Scene {
  const scene = SCENES.find(each => each.name === name)
  if (scene) return scene
  throw new HearthError('HEARTH_SCENARIO_UNKNOWN', `The simulated meter has no scenario "${name}"`, {
    hint: `There are: ${SCENES.map(each => each.name).join(', ')}`,
  })
}

/** A meter's line at the very first character. */
export function createWire({ scenario, seed, startAt }: WireOptions): Wire {
  const scene = sceneOf(scenario)
  const characterMs = (BITS_PER_CHARACTER * 1000) / scene.baudRate
  let elapsedMs = 0
  const pieces = scene.play({
    seed,
    startAt,
    random: createRandom(seed),
    characterMs,
    elapsedMs: () => elapsedMs,
    now: () => Math.floor(startAt + elapsedMs),
  })
  return {
    characterMs,
    next() {
      const { done, value } = pieces.next()
      if (done) return undefined
      if (value.kind === 'pause') elapsedMs += value.ms
      if (value.kind === 'bytes') elapsedMs += value.bytes.length * characterMs
      return value
    },
    skip(ms) {
      elapsedMs += ms
    },
  }
}

/** The bytes of a number of frames, without their pauses: what a capture file holds. */
export function simulatedBytes(options: WireOptions & { readonly frames: number }): Uint8Array {
  const wire = createWire(options)
  const parts: Uint8Array[] = []
  for (let frames = 0; frames < options.frames; ) {
    const piece = wire.next()
    if (!piece) break
    if (piece.kind !== 'bytes') continue
    parts.push(piece.bytes)
    if (piece.endsFrame) frames += 1
  }
  return new Uint8Array(Buffer.concat(parts))
}
