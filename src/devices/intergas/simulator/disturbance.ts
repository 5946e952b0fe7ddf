import { type Random, wholeBetween } from '../../../simulation/random.ts'
import type { CommandName } from './commands.ts'

/** What goes over the line for one command: bytes at the speed of the line, pauses of real time. */
export type Step =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'hang-up' }

/** How one command is answered. */
export interface Reply {
  /** Real time beyond what the boiler needs. */
  readonly lateMs: number
  /** Held back until the next command has come; then `lateMs` counts from there. */
  readonly waitsForNext: boolean
  readonly steps: readonly Step[]
}

type Damage =
  /** No answer. */
  | { readonly kind: 'silent' }
  /** The first bytes alone; any number from 1 when not said. */
  | { readonly kind: 'half'; readonly bytes?: number }
  /** Any number of random bytes from 1 to 64. */
  | { readonly kind: 'garbage' }
  /** As many random bytes as the answer has. */
  | { readonly kind: 'noise' }
  /** Pieces of so many bytes with so long a pause after each. */
  | { readonly kind: 'pieces'; readonly bytes: number; readonly pauseMs: number }
  /** The answer comes so much later. */
  | { readonly kind: 'late'; readonly delayMs: number }
  /** The answer comes so long after the next command. */
  | { readonly kind: 'late-by-one'; readonly delayMs: number }
  /** Bytes that belong to nothing; one random byte when not said. */
  | { readonly kind: 'stray'; readonly where: 'before' | 'after'; readonly bytes?: Uint8Array }
  /** The cable is pulled after so many bytes; half of them when not said. */
  | { readonly kind: 'hang-up'; readonly bytes?: number }
  /** So many random bits turned over, or this one. */
  | { readonly kind: 'flip'; readonly bits: number }
  | { readonly kind: 'flip'; readonly offset: number; readonly mask: number }

/** Something wrong with the line. Its times are real ones, whatever the pace: they are measured against a reader's patience. */
export type Disturbance =
  /** The wiring hands every byte that is sent back to the sender. */
  | { readonly kind: 'echo' }
  | (Damage & {
      /** The commands whose answers suffer; all when not said. */
      readonly only?: readonly CommandName[]
      /** Of those, every so-many-th; each when not said. */
      readonly every?: number
      /** It is over after so many. */
      readonly times?: number
    })

/** What a disturbance makes of a sound reply. */
export function disturbed(
  reply: Reply,
  damage: Exclude<Disturbance, { kind: 'echo' }>,
  random: Random,
): Reply {
  const whole = bytesOf(reply.steps)
  switch (damage.kind) {
    case 'silent':
      return { ...reply, steps: [] }
    case 'half':
      return {
        ...reply,
        steps: [sent(whole.subarray(0, damage.bytes ?? wholeBetween(random, 1, whole.length - 1)))],
      }
    case 'garbage':
      return { ...reply, steps: [sent(randomBytes(random, wholeBetween(random, 1, 64)))] }
    case 'noise':
      return { ...reply, steps: [sent(randomBytes(random, whole.length))] }
    case 'pieces':
      return { ...reply, steps: inPieces(whole, damage.bytes, damage.pauseMs) }
    case 'late':
      return { ...reply, lateMs: reply.lateMs + damage.delayMs }
    case 'late-by-one':
      return { ...reply, lateMs: reply.lateMs + damage.delayMs, waitsForNext: true }
    case 'stray': {
      const stray = sent(damage.bytes ?? randomBytes(random, 1))
      return {
        ...reply,
        steps: damage.where === 'before' ? [stray, ...reply.steps] : [...reply.steps, stray],
      }
    }
    case 'hang-up': {
      const kept = damage.bytes ?? Math.floor(whole.length / 2)
      return { ...reply, steps: [sent(whole.subarray(0, kept)), { kind: 'hang-up' }] }
    }
    case 'flip':
      return {
        ...reply,
        steps: [sent('mask' in damage ? masked(whole, damage) : flipped(whole, damage.bits, random))],
      }
  }
}

function sent(bytes: Uint8Array): Step {
  return { kind: 'bytes', bytes }
}

function bytesOf(steps: readonly Step[]): Uint8Array {
  return new Uint8Array(Buffer.concat(steps.flatMap(step => (step.kind === 'bytes' ? [step.bytes] : []))))
}

function randomBytes(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => wholeBetween(random, 0, 255))
}

function inPieces(whole: Uint8Array, size: number, ms: number): Step[] {
  const steps: Step[] = []
  for (let at = 0; at < whole.length; at += size) {
    if (at > 0) steps.push({ kind: 'pause', ms })
    steps.push(sent(whole.subarray(at, at + size)))
  }
  return steps
}

function flipped(whole: Uint8Array, bits: number, random: Random): Uint8Array {
  const bytes = Uint8Array.from(whole)
  for (let count = 0; count < bits; count++) {
    const offset = wholeBetween(random, 0, bytes.length - 1)
    bytes[offset] = (bytes[offset] ?? 0) ^ (1 << wholeBetween(random, 0, 7))
  }
  return bytes
}

function masked(whole: Uint8Array, { offset, mask }: { offset: number; mask: number }): Uint8Array {
  return whole.map((byte, at) => (at === offset ? byte ^ mask : byte))
}
