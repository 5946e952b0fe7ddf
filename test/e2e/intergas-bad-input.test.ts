import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Disturbance } from '../../src/devices/intergas/simulator/index.ts'
import { type Boiler, startBoiler } from '../support/boiler.ts'
import { cleanUp } from '../support/clean-up.ts'
import { pageOf, samplesOf, textOf } from '../support/drop-in-page.ts'
import { type Serving, startRun } from '../support/hearth.ts'
import { until } from '../support/until.ts'

/** Shorter than by default, so that what goes is gone while the test looks. */
const STALE_AFTER_MS = 10_000
const BAD_FOR_MS = 24_000
/** Two polls that go wrong in every question, one after the other, and a pause. */
const BACK_WITHIN_MS = 30_000
const SCRAPE_EVERY_MS = 250

/** Answers by the series of the drop-in that come from them. */
const GROUPS = {
  'S?': /^intergas_(temperature|water_pressure|display|fan|flag|ionization)/,
  S2: /^intergas_(pump_pwm|tapflow)/,
  CRC: /^intergas_(interrupt_time|load)/,
  HN: /^intergas_(hours|stats|gasmeter|watermeter)/,
  'V?': /^intergas_parameter/,
} as const
type Group = keyof typeof GROUPS
const ALL: readonly Group[] = ['S?', 'S2', 'CRC', 'HN', 'V?']
const REQUIRED = ALL.slice(0, 4)

interface BadInput {
  readonly name: string
  readonly disturbances: readonly Disturbance[]
  /** Groups that are still shown at the end. */
  readonly stay: readonly Group[]
  /** What `intergas_up` is at the end; absent: it comes and goes. */
  readonly up?: '0.0' | '1.0'
  /** Kinds of errors that are counted; no others are. */
  readonly counted: readonly string[]
  /** A line of the log, without the place before and the device behind. */
  readonly says?: RegExp
}

const without = (...gone: readonly Group[]) => ALL.filter(group => !gone.includes(group))

const silentOn = (group: Group): BadInput => ({
  name: `no answer to ${group}`,
  disturbances: [{ kind: 'silent', only: [group] }],
  stay: without(group),
  up: REQUIRED.includes(group) ? '0.0' : '1.0',
  counted: ['timeout'],
  says: new RegExp(`no answer to ${group.replace('?', '\\?')} within 1 s`),
})

const BAD_INPUTS: readonly BadInput[] = [
  { name: 'nothing wrong', disturbances: [], stay: ALL, up: '1.0', counted: [] },
  {
    name: 'no answers',
    disturbances: [{ kind: 'silent' }],
    stay: [],
    up: '0.0',
    counted: ['timeout'],
    // Which of the two depends on whether it falls silent between two polls or within one.
    says: /no answer (from the boiler \(asked in plain form\)\. Check the cable|to \S+ within 1 s)/,
  },
  ...ALL.map(silentOn),
  {
    name: 'half of every third answer',
    disturbances: [{ kind: 'half', every: 3 }],
    stay: ALL,
    up: '1.0',
    counted: ['framing'],
    says: /answer to \S+ dropped: \d+ bytes in place of 32/,
  },
  {
    name: 'half of every answer',
    disturbances: [{ kind: 'half' }],
    stay: [],
    up: '0.0',
    counted: ['framing'],
    says: /answer to \S+ dropped: \d+ bytes in place of 32/,
  },
  {
    name: 'half of every answer to HN',
    disturbances: [{ kind: 'half', only: ['HN'] }],
    stay: without('HN'),
    up: '0.0',
    counted: ['framing'],
    says: /answer to HN dropped: \d+ bytes in place of 32/,
  },
  {
    name: 'garbage for every third answer',
    disturbances: [{ kind: 'garbage', every: 3 }],
    stay: ALL,
    up: '1.0',
    counted: ['framing', 'implausible'],
    says: /answer to \S+ dropped: /,
  },
  {
    name: '32 random bytes for every answer',
    disturbances: [{ kind: 'noise' }],
    stay: [],
    up: '0.0',
    counted: ['implausible'],
    says: /answer to \S+ dropped: /,
  },
  {
    name: '32 random bytes for every fourth answer',
    disturbances: [{ kind: 'noise', every: 4 }],
    stay: ALL,
    up: '1.0',
    counted: ['implausible'],
  },
  {
    name: 'two wrong bits in every fourth answer',
    disturbances: [{ kind: 'flip', bits: 2, every: 4 }],
    stay: ALL,
    up: '1.0',
    counted: ['implausible'],
  },
  {
    name: 'answers in pieces 300 ms apart',
    disturbances: [{ kind: 'pieces', bytes: 16, pauseMs: 300 }],
    stay: ALL,
    up: '1.0',
    counted: [],
  },
  {
    name: 'every seventh answer late',
    disturbances: [{ kind: 'late', delayMs: 1200, every: 7 }],
    stay: ALL,
    counted: ['timeout', 'framing', 'implausible'],
  },
  {
    name: 'every answer behind the next question',
    disturbances: [{ kind: 'late-by-one', delayMs: 40 }],
    stay: ALL,
    counted: ['timeout', 'framing', 'implausible'],
  },
  {
    name: 'a stray byte before every third answer',
    disturbances: [{ kind: 'stray', where: 'before', every: 3 }],
    stay: ALL,
    up: '1.0',
    counted: ['framing'],
    says: /answer to \S+ dropped: 33 bytes in place of 32/,
  },
  {
    name: 'a stray byte behind every third answer',
    disturbances: [{ kind: 'stray', where: 'after', every: 3 }],
    stay: ALL,
    up: '1.0',
    counted: ['framing'],
    says: /answer to \S+ dropped: 33 bytes in place of 32/,
  },
  {
    name: 'a stray byte before every answer',
    disturbances: [{ kind: 'stray', where: 'before' }],
    stay: [],
    up: '0.0',
    counted: ['framing'],
    says: /answer to \S+ dropped: 33 bytes in place of 32/,
  },
  {
    name: 'a permanent echo',
    disturbances: [{ kind: 'echo' }],
    stay: ALL,
    up: '1.0',
    counted: ['framing'],
    says: /the line gives back what is sent; the echo is dropped\. Check the wiring/,
  },
  {
    name: 'an echo and nothing else',
    disturbances: [{ kind: 'echo' }, { kind: 'silent' }],
    stay: [],
    up: '0.0',
    counted: ['framing', 'timeout'],
    says: /the line gives back what is sent; the echo is dropped\. Check the wiring/,
  },
  {
    name: 'the cable pulled in every twelfth answer',
    disturbances: [{ kind: 'hang-up', every: 12 }],
    stay: ALL,
    counted: ['connect'],
    says: /the line is lost/,
  },
]

/** What was seen of one boiler while its line was bad. */
interface Seen {
  readonly falseLines: Set<string>
  /** Groups of which a part was shown. */
  readonly partial: Set<string>
  page: string
}

const nameOf = (index: number) => `boiler-${index}`
const groupOn = (page: string, group: Group) => samplesOf(page).filter(line => GROUPS[group].test(line))

let run: Serving
let calm = ''
let log = ''
const boilers: Boiler[] = []
const seen: Seen[] = []
const counts: ReadonlyMap<string, number>[] = []
const slowScrapes: number[] = []

const page = (index: number) => pageOf(run, `/devices/${nameOf(index)}/metrics`)

function countsOf(text: string, index: number): ReadonlyMap<string, number> {
  const line = new RegExp(
    `^hearth_device_errors_total\\{device="${nameOf(index)}",kind="(\\w+)"\\} (\\d+)$`,
    'gm',
  )
  return new Map([...text.matchAll(line)].map(([, kind = '', value]) => [kind, Number(value)]))
}

async function allAreUp(timeoutMs?: number): Promise<void> {
  await until(
    'every boiler is read whole',
    async () => {
      const text = await pageOf(run)
      const up = text.match(/^hearth_device_up\{.*\} 1$/gm) ?? []
      return up.length === BAD_INPUTS.length ? true : undefined
    },
    timeoutMs,
  )
}

function look(index: number, text: string): void {
  const found = seen[index]
  if (!found) return
  const real = new Set(samplesOf(calm))
  found.page = text
  for (const line of samplesOf(text)) {
    if (/^intergas_/.test(line) && !/^intergas_(up|updated) /.test(line) && !real.has(line))
      found.falseLines.add(line)
  }
  for (const group of ALL) {
    const size = groupOn(text, group).length
    if (size > 0 && size < groupOn(calm, group).length) found.partial.add(group)
  }
}

beforeAll(async () => {
  const devices: Record<string, unknown> = {}
  for (const index of BAD_INPUTS.keys()) {
    const boiler = await startBoiler('document', { seed: index + 1 })
    boilers.push(boiler)
    seen.push({ falseLines: new Set(), partial: new Set(), page: '' })
    devices[nameOf(index)] = {
      type: 'intergas',
      port: boiler.place,
      interval: '1s',
      stale_after: `${STALE_AFTER_MS / 1000}s`,
    }
  }
  run = await startRun(devices)
  await allAreUp()
  calm = await page(0)
  const before = await pageOf(run)
  for (const [index, { disturbances }] of BAD_INPUTS.entries()) {
    for (const disturbance of disturbances) boilers[index]?.disturb(disturbance)
  }

  const end = performance.now() + BAD_FOR_MS
  while (performance.now() < end) {
    const next = sleep(SCRAPE_EVERY_MS)
    for (const index of BAD_INPUTS.keys()) {
      const startedAt = performance.now()
      look(index, await page(index))
      slowScrapes.push(performance.now() - startedAt)
    }
    await next
  }
  const after = await pageOf(run)
  for (const index of BAD_INPUTS.keys()) {
    const earlier = countsOf(before, index)
    counts.push(
      new Map([...countsOf(after, index)].map(([kind, count]) => [kind, count - (earlier.get(kind) ?? 0)])),
    )
  }
  log = run.program.stderr()
})
afterAll(cleanUp)

const CASES = BAD_INPUTS.map((input, index) => ({ ...input, index }))

describe.each(CASES)('$name', ({ index, stay, up, counted, says }) => {
  it(`shows at the end: ${stay.join(', ') || 'nothing'}`, () => {
    const shown = ALL.filter(group => groupOn(seen[index]?.page ?? '', group).length > 0)
    expect(shown).toEqual(stay)
    if (up !== undefined) expect(textOf(seen[index]?.page ?? '', 'intergas_up')).toBe(up)
  })

  it('never showed a value that was not, nor a part of an answer', () => {
    expect([...(seen[index]?.falseLines ?? [])]).toEqual([])
    expect([...(seen[index]?.partial ?? [])]).toEqual([])
  })

  it(`is counted: ${counted.join(', ') || 'not'}`, () => {
    const kinds = [...(counts[index] ?? [])].filter(([, count]) => count > 0).map(([kind]) => kind)
    expect(kinds.filter(kind => !counted.includes(kind))).toEqual([])
    if (counted.length > 0) expect(kinds).not.toEqual([])
  })

  it('is said in the log, and not for every answer', () => {
    const lines = log
      .split('\n')
      .filter(line => line.includes(`device=${nameOf(index)} `) && line.includes(' warn '))
    if (says)
      expect(
        lines.some(line => says.test(line)),
        lines.join('\n'),
      ).toBe(true)
    expect(lines.length).toBeLessThan(12)
  })

  it('never made hearth write to the boiler', () => {
    expect(boilers[index]?.writes).toEqual([])
  })
})

describe('all of them at once', () => {
  it('are answered without waiting for any', () => {
    expect(slowScrapes.length).toBeGreaterThan(1_000)
    expect(Math.max(...slowScrapes)).toBeLessThan(900)
    const middle = [...slowScrapes].sort((a, b) => a - b)[slowScrapes.length >> 1] ?? Number.POSITIVE_INFINITY
    expect(middle).toBeLessThan(100)
  })

  it('are read whole again once their lines are good', async () => {
    for (const boiler of boilers) boiler.calm()
    await allAreUp(BACK_WITHIN_MS)
    for (const index of BAD_INPUTS.keys()) {
      const still = (text: string) => samplesOf(text).filter(line => /^intergas_(?!updated)/.test(line))
      expect(still(await page(index))).toEqual(still(calm))
    }
    expect(await run.program.stop()).toBe(0)
  })
})
