import type { UnixMs } from '../src/core/clock.ts'
import { simulatedBytes } from '../src/devices/linky/simulator/index.ts'

const START = Date.UTC(2026, 10, 21, 17, 0, 0) as UnixMs
const SEED = 11

/** A recording of a simulated meter to decode again and again. */
export interface Stream {
  readonly name: string
  readonly bytes: Uint8Array
  readonly frames: number
}

/** For both modes: one frame over and over, and a meter in a living house. About a megabyte each. */
export function recordStreams(): readonly Stream[] {
  return [
    repeated('standard', 'standard', 1_000),
    living('standard', 'standard', 1_000),
    repeated('historique', 'base', 6_000),
    living('historique', 'base', 6_000),
  ]
}

function living(mode: string, scenario: string, frames: number): Stream {
  const bytes = simulatedBytes({ scenario, seed: SEED, startAt: START, frames })
  return { name: `${mode}, a living house`, bytes, frames }
}

function repeated(mode: string, scenario: string, frames: number): Stream {
  const frame = simulatedBytes({ scenario, seed: SEED, startAt: START, frames: 1 })
  return {
    name: `${mode}, one frame over and over`,
    bytes: Buffer.concat(Array.from({ length: frames }, () => frame)),
    frames,
  }
}

/** The stream as a reader hands it over: chunks of this many bytes. */
export function chunksOf({ bytes }: Stream, size: number): readonly Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let from = 0; from < bytes.length; from += size) chunks.push(bytes.subarray(from, from + size))
  return chunks
}
