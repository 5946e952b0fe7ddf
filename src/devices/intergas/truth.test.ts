import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../testing/fake-clock.ts'
import { readBoiler, startReader } from './boiler.test-helper.ts'
import { type Disturbance, intergasSimulator } from './simulator/index.ts'

const STATES = ['state-a', 'state-b', 'state-c']
const SCRAPE_MS = 100
const STATE_MS = 12_000

/** Samples of both dialects, but for what changes with time and with the course of reading. */
function samplesOf(reader: { dropIn(): string[]; unified(): string[] }): string[] {
  const isOfReading = (line: string) => !/^intergas_(updated|up) /.test(line)
  return [...reader.dropIn().filter(isOfReading), ...reader.unified()]
}

/** What each state looks like on a line with nothing wrong. */
async function realSamples(): Promise<ReadonlySet<string>> {
  const real = new Set<string>()
  for (const state of STATES) {
    const reader = readBoiler(state)
    await reader.clock.advance(9_000)
    expect(reader.attempts).toEqual([true, true])
    for (const line of samplesOf(reader)) real.add(line)
    await reader.stop()
    reader.boiler.stop()
  }
  return real
}

const real = await realSamples()

/** Scrapes ten times a second while the boiler goes through its states on a bad line; gives what was never true. */
async function falseSamples(disturbances: readonly Disturbance[], seed = 1) {
  const clock = fakeClock()
  const boiler = intergasSimulator.start({ scenario: 'state-a', seed, clock, pace: 1 })
  const reader = startReader(line => boiler.attach(line), { clock })
  const wrong = new Set<string>()
  let shown = 0
  for (const disturbance of disturbances) boiler.disturb(disturbance)
  for (const state of [...STATES, ...STATES.toReversed()]) {
    boiler.show(state)
    for (let ms = 0; ms < STATE_MS; ms += SCRAPE_MS) {
      await clock.advance(SCRAPE_MS)
      const samples = samplesOf(reader)
      shown += samples.length
      for (const line of samples) if (!real.has(line)) wrong.add(line)
    }
  }
  const { attempts } = reader
  await reader.stop()
  boiler.stop()
  expect(boiler.writes).toEqual([])
  return { wrong: [...wrong], shown, attempts }
}

const FAULTS: readonly (readonly [name: string, disturbances: readonly Disturbance[]])[] = [
  ['nothing wrong', []],
  ['half answers', [{ kind: 'half', every: 3 }]],
  ['silence now and then', [{ kind: 'silent', every: 4 }]],
  ['garbage', [{ kind: 'garbage', every: 3 }]],
  ['32 random bytes', [{ kind: 'noise', every: 3 }]],
  ['a wrong bit in every third answer', [{ kind: 'flip', bits: 1, every: 3 }]],
  ['three wrong bits in every third answer', [{ kind: 'flip', bits: 3, every: 3 }]],
  ['a stray byte before', [{ kind: 'stray', where: 'before', every: 3 }]],
  ['a stray byte behind', [{ kind: 'stray', where: 'after', every: 3 }]],
  ['a permanent echo', [{ kind: 'echo' }]],
  ['an echo and half answers', [{ kind: 'echo' }, { kind: 'half', every: 4 }]],
  ['pieces', [{ kind: 'pieces', bytes: 16, pauseMs: 300 }]],
  ['the cable pulled in an answer', [{ kind: 'hang-up', every: 9 }]],
]

describe('every value shown belongs to a real state', () => {
  it('knows the states apart', () => {
    expect(real.size).toBeGreaterThan(150)
  })

  it.each(FAULTS)('with %s', async (_name, disturbances) => {
    const { wrong, shown } = await falseSamples(disturbances)
    expect(wrong).toEqual([])
    expect(shown).toBeGreaterThan(10_000)
  })

  it.each(Array.from({ length: 17 }, (_, i) => 200 + i * 200))(
    'with answers now and then %i ms late',
    async delayMs => {
      const { wrong, shown } = await falseSamples([{ kind: 'late', delayMs, every: 4 }])
      expect(wrong).toEqual([])
      expect(shown).toBeGreaterThan(5_000)
    },
  )

  it('with every answer behind the next question: nothing', async () => {
    const { wrong, attempts } = await falseSamples([{ kind: 'late-by-one', delayMs: 40 }])
    expect([wrong, attempts.includes(true)]).toEqual([[], false])
  })

  it.each([900, 1000, 1100, 1500, 2300])('with every answer %i ms late from the start', async delayMs => {
    expect((await falseSamples([{ kind: 'late', delayMs }])).wrong).toEqual([])
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('with everything wrong now and then (seed %i)', async seed => {
    const { wrong } = await falseSamples(
      [
        { kind: 'silent', every: 11 },
        { kind: 'half', every: 13 },
        { kind: 'garbage', every: 17 },
        { kind: 'noise', every: 19 },
        { kind: 'flip', bits: 1, every: 9 },
        { kind: 'stray', where: 'before', every: 14 },
        { kind: 'stray', where: 'after', every: 16 },
        { kind: 'late', delayMs: 1100, every: 21 },
        { kind: 'hang-up', every: 47 },
      ],
      seed,
    )
    expect(wrong).toEqual([])
  })
})
