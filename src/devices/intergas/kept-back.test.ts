/*
 * Bridges that let bytes out in blocks, or hold the end of an answer until more comes: 32 bytes arrive in time for each
 * question, the same each time, and none of them stands where it should.
 */
import { describe, expect, it } from 'vitest'
import { type BoilerLine, DISTINCT, tryLine } from './late-line.test-helper.ts'

const EVERY = Array.from({ length: 31 }, (_, i) => i + 1)
const MINUTE_MS = 60_000
const POLLS_A_MINUTE = 12
const SETTLED_MS = 16_000

/** Blocks of so many bytes, with strange ones in front. */
function blocks(size: number, strange: number, fromMs = 0): BoilerLine {
  let waiting: Uint8Array | undefined
  return (bytes, atMs) => {
    if (atMs < fromMs) return [bytes]
    waiting = Buffer.concat([waiting ?? Buffer.alloc(strange, 0x5a), bytes])
    const out: Uint8Array[] = []
    for (; waiting.length >= size; waiting = waiting.subarray(size)) out.push(waiting.subarray(0, size))
    return [Buffer.concat(out)]
  }
}

/** The last bytes of every so-many-th answer come with the next. */
function heldEnds(held: number, every: number, fromMs = 0): BoilerLine {
  let rest: Uint8Array = new Uint8Array()
  let count = 0
  return (bytes, atMs) => {
    const all = Buffer.concat([rest, bytes])
    const kept = atMs >= fromMs && count++ % every === 0 ? held : 0
    rest = all.subarray(all.length - kept)
    return [all.subarray(0, all.length - kept)]
  }
}

const LINES: readonly (readonly [name: string, line: (bytes: number) => BoilerLine])[] = [
  ['blocks of an answer from the start', bytes => blocks(32, bytes)],
  ['blocks of an answer from some time on', bytes => blocks(32, bytes, SETTLED_MS)],
  ['blocks of 16', bytes => blocks(16, bytes % 16)],
  ['ends held back', bytes => heldEnds(bytes, 1)],
  ['ends held back from some time on', bytes => heldEnds(bytes, 1, SETTLED_MS)],
  ['every third end held back', bytes => heldEnds(bytes, 3)],
]

describe.each(['plain', 'xtreme'] as const)('of a boiler that speaks %s', dialect => {
  it.each(LINES)('nothing that never was is told: %s', async (_name, line) => {
    for (const bytes of EVERY) {
      const trial = { states: DISTINCT, dialect, lastsMs: MINUTE_MS, interval: '5s', seed: bytes }
      const { wrong } = await tryLine({ ...trial, delays: () => [0], line: line(bytes) })
      expect([bytes, wrong]).toEqual([bytes, []])
    }
  })

  it('a line on which nothing can be proven is not asked without end', async () => {
    const trial = { states: DISTINCT, dialect, lastsMs: 10 * MINUTE_MS, delays: () => [0] }
    const { asked } = await tryLine({ ...trial, line: blocks(32, 5) })
    expect(asked / (10 * POLLS_A_MINUTE)).toBeLessThan(21)
  })

  it('all is told again when nothing is kept back any more', async () => {
    const kept = blocks(32, 5)
    const line: BoilerLine = (bytes, atMs) => (atMs < SETTLED_MS ? kept(bytes, atMs) : [bytes])
    const trial = { states: DISTINCT, dialect, lastsMs: MINUTE_MS, delays: () => [0], line }
    const { wrong, attempts } = await tryLine(trial)
    expect([wrong, attempts.at(0), attempts.at(-1)]).toEqual([[], false, true])
  })
})
