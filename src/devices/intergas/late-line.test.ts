import { describe, expect, it } from 'vitest'
import { ALIKE, DISTINCT, tryLine } from './late-line.test-helper.ts'
import { lineCases } from './late-line-cases.test-helper.ts'

/** A fine sweep is a command of its own: npm run sweep. */
const COARSE = { stepMs: 640, throws: 40 }

describe.each([
  ['answers known by what they hold', DISTINCT],
  ['answers that all could be any', ALIKE],
] as const)('of a boiler with %s', (_name, states) => {
  it('is told what is true while every answer is in time', async () => {
    for (const interval of ['1s', '5s', '20s']) {
      const { wrong, oldestMs, told, attempts } = await tryLine({
        states,
        lastsMs: 60_000,
        interval,
        delays: () => [0],
      })
      // Answers that all could be any take their time to be told apart.
      expect([wrong, new Set(attempts.slice(1))]).toEqual([[], new Set([true])])
      expect(told).toBeGreaterThan(14)
      expect(oldestMs).toBeLessThan(1_000)
    }
  })

  it.each(lineCases(COARSE))('nothing that never was is told: %s', async (_kind, cases) => {
    for (const { name, delays, ...line } of cases) {
      const { wrong, oldestMs } = await tryLine({ states, ...line, delays: delays() })
      expect([name, wrong]).toEqual([name, []])
      expect(oldestMs, name).toBeLessThan(30_000)
    }
  })
})

describe('of an Xtreme', () => {
  it.each(lineCases({ stepMs: 2_560, throws: 10 }))(
    'nothing that never was is told: %s',
    async (_kind, cases) => {
      for (const { name, delays, ...line } of cases) {
        const { wrong } = await tryLine({ states: DISTINCT, dialect: 'xtreme', ...line, delays: delays() })
        expect([name, wrong]).toEqual([name, []])
      }
    },
  )

  it('is told what is true while every answer is in time', async () => {
    const found = await tryLine({ states: DISTINCT, dialect: 'xtreme', lastsMs: 60_000, delays: () => [0] })
    expect(found.wrong).toEqual([])
    expect(found.told).toBeGreaterThan(20)
  })
})

describe('a boiler of which nothing was heard for some time', () => {
  it.each([5_100, 10_300, 19_200])('is not said to be up: most answers come again after %i ms', async ms => {
    const longest: number[] = []
    for (let seed = 1; seed <= 12; seed++) {
      let count = seed
      const delays = () => {
        count = (count * 75 + 74) % 65_537
        return count % 10 < 7 ? [0, ms] : [0]
      }
      const { unfoundedMs } = await tryLine({ states: DISTINCT, lastsMs: 150_000, seed, delays })
      longest.push(unfoundedMs)
    }
    expect(Math.max(...longest)).toBeLessThan(30_000)
  })
})

describe('a line that is late and then in time again', () => {
  it.each([1_200, 1_800, 2_600, 5_000, 9_000, 30_000])('of %i ms is believed again soon', async ms => {
    const untilMs = 60_000
    const soonMs = untilMs + 2 * ms + 35_000
    const run = (lastsMs: number) =>
      tryLine({
        states: DISTINCT,
        lastsMs,
        delays: ({ atMs }) => [atMs > 15_000 && atMs < untilMs ? ms : 0],
      })
    const { attempts } = await run(soonMs)
    expect(attempts.at(-1)).toBe(true)
    expect(attempts.filter(isComplete => !isComplete).length).toBeGreaterThan(0)
  })
})
