import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../testing/fake-clock.ts'
import { startReader } from './boiler.test-helper.ts'
import { intergasSimulator } from './simulator/index.ts'

const STEP_MS = 250
const LASTS_MS = 120_000
const VALUES = 2

/** How several programs get on that ask one boiler over one bridge, each of which hears the answers to all. */
async function share(intervals: readonly string[], seed: number) {
  const clock = fakeClock(Date.UTC(2026, 10, 21) + seed * 7919)
  const boiler = intergasSimulator.start({ scenario: 'state-a', seed, clock, pace: 1 })
  const readers: ReturnType<typeof startReader>[] = []
  for (const interval of intervals) {
    readers.push(startReader(line => boiler.attach(line), { clock, settings: { interval } }))
    await clock.advance(((seed * 83) % 5_000) + 7)
  }
  const firstMs = readers.map(() => Number.POSITIVE_INFINITY)
  for (let ms = 0; ms < LASTS_MS; ms += STEP_MS) {
    await clock.advance(STEP_MS)
    for (const [i, reader] of readers.entries()) {
      if (reader.dropIn().length >= VALUES) firstMs[i] = Math.min(firstMs[i] ?? 0, ms)
    }
  }
  const settled = readers.map(({ attempts }) => attempts.slice(Math.floor(attempts.length / 2)))
  for (const reader of readers) await reader.stop()
  boiler.stop()
  return {
    firstMs: Math.max(...firstMs),
    /** The part of the polls in the second half that read all. */
    wholePart: Math.min(...settled.map(each => each.filter(isWhole => isWhole).length / each.length)),
  }
}

describe('programs that share a line', () => {
  it.each([
    [['5s', '5s'], 40_000],
    [['5s', '3s'], 40_000],
    [['1s', '1s'], 60_000],
  ] as const)(
    'asking every %s: each of them soon has values, and most polls read all',
    async (intervals, soonMs) => {
      const runs = []
      for (let seed = 0; seed < 30; seed++) runs.push(await share(intervals, seed))
      expect(Math.max(...runs.map(({ firstMs }) => firstMs))).toBeLessThan(soonMs)
      const parts = runs.map(({ wholePart }) => wholePart).toSorted((a, b) => a - b)
      expect(parts[0]).toBeGreaterThan(0.3)
      expect(parts[parts.length >> 1]).toBeGreaterThan(0.8)
    },
  )
})
