/*
 * Answers in two pieces with a pause that is too long for one answer. The end of one and the beginning of another make
 * 32 bytes too, whichever comes first.
 */
import { describe, expect, it } from 'vitest'
import { type BoilerLine, DISTINCT, tryLine } from './late-line.test-helper.ts'

const FIRST_BYTES = [1, 4, 7, 10, 12, 15, 18, 20, 23, 26, 28, 31]
const SETTLED_MS = 16_000
const MINUTE_MS = 60_000

const broken =
  (first: number, fromMs = 0): BoilerLine =>
  (bytes, atMs) =>
    atMs < fromMs ? [bytes] : [bytes.subarray(0, first), bytes.subarray(first)]

const trial = { states: DISTINCT, delays: () => [0] }

describe.each(['plain', 'xtreme'] as const)('of a boiler that speaks %s', dialect => {
  it.each([550, 700, 800, 900, 1_000, 1_300, 2_000, 3_200, 7_000])(
    'nothing that never was is told: pauses of %i ms',
    async pauseMs => {
      for (const first of FIRST_BYTES) {
        for (const fromMs of [0, SETTLED_MS]) {
          const line = broken(first, fromMs)
          const { wrong } = await tryLine({
            ...trial,
            dialect,
            lastsMs: MINUTE_MS,
            line,
            pauseMs,
            seed: first,
          })
          expect([first, fromMs, wrong]).toEqual([first, fromMs, []])
        }
      }
    },
  )
})

it('pieces 300 ms apart are one answer', async () => {
  const { wrong, attempts } = await tryLine({
    ...trial,
    lastsMs: MINUTE_MS,
    line: broken(16),
    pauseMs: 300,
  })
  expect([wrong, new Set(attempts)]).toEqual([[], new Set([true])])
})

it('a line that makes pauses is believed again soon after the last one', async () => {
  const line: BoilerLine = (bytes, atMs) => (atMs < SETTLED_MS ? broken(10)(bytes, atMs) : [bytes])
  const { attempts } = await tryLine({ ...trial, lastsMs: SETTLED_MS + 20_000, line, pauseMs: 900 })
  expect([attempts.at(0), attempts.at(-1)]).toEqual([false, true])
})
