import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXPECTED_GERMAN } from '../../src/devices/stiebel-isg/simulator/expected-german.test-data.ts'
import { expectedPage } from '../../src/devices/stiebel-isg/simulator/expected-page.test-data.ts'
import { cleanUp } from '../support/clean-up.ts'
import { pageOf, samplesOf } from '../support/drop-in-page.ts'
import { gatewayPart, type IsgGateway, startGateway } from '../support/gateway.ts'
import { type Serving, startRun } from '../support/hearth.ts'
import { until } from '../support/until.ts'

/** Longer than a poll in which one page never comes takes, so that the others stay. */
const STALE_AFTER_MS = 18_000
const BAD_FOR_MS = 22_000
/** The page that never comes is waited for to its end; then come two polls. */
const BACK_WITHIN_MS = 30_000
const SCRAPE_EVERY_MS = 500

const PAGES = ['1,0', '1,1', '2,0', '2,1', '2,3', '2,4', '4,7'] as const
type Page = (typeof PAGES)[number]
const ALL: readonly Page[] = PAGES
const without = (...gone: readonly Page[]) => ALL.filter(page => !gone.includes(page))

/** How many of the expected values come from each page; the status page has the states. */
const VALUES: Readonly<Record<Page, number>> = {
  '1,0': 22,
  '1,1': 24,
  '2,0': 0,
  '2,1': 6,
  '2,3': 15,
  '2,4': 2,
  '4,7': 5,
}

const linesOf = (expected: typeof EXPECTED_GERMAN) => samplesOf(expectedPage(expected))
/** The lines of each page. */
const LINES = new Map<Page, readonly string[]>()
let taken = 0
for (const page of PAGES) {
  const values = EXPECTED_GERMAN.values.slice(taken, taken + VALUES[page])
  taken += VALUES[page]
  LINES.set(page, linesOf({ values, flags: page === '2,0' ? EXPECTED_GERMAN.flags : [] }))
}
const REAL: ReadonlySet<string> = new Set(linesOf(EXPECTED_GERMAN))

interface BadInput {
  readonly scenario: string
  /** Pages whose values are shown at the end. */
  readonly stay: readonly Page[]
  /** Kinds of errors that are counted; no others are. */
  readonly counted: readonly string[]
  /** A line of the log. */
  readonly says?: RegExp
  /** Lines that this scenario makes true, beside those of the German gateway. */
  readonly more?: readonly string[]
  /** Lines that it makes untrue. */
  readonly less?: readonly string[]
  readonly hasLogin?: boolean
  /** It was so before hearth met it: a gateway does not change its charset while it runs. */
  readonly isSoFromTheStart?: boolean
}

const PUMP_OFF = 'isg_flag_heizkreispumpe 0'
const BAD_INPUTS: readonly BadInput[] = [
  { scenario: 'german', stay: ALL, counted: [] },
  { scenario: 'german-login', hasLogin: true, stay: ALL, counted: [] },
  { scenario: 'hanging', stay: [], counted: ['timeout'], says: /no whole answer within 10 s/ },
  {
    scenario: 'hanging-page',
    stay: without('2,0'),
    counted: ['timeout'],
    says: /page 2,0: .*no whole answer within 10 s/,
  },
  { scenario: 'reset', stay: [], counted: ['connect', 'framing'] },
  { scenario: 'reset-page', stay: without('2,0'), counted: ['connect', 'framing'] },
  { scenario: 'gone', stay: [], counted: ['connect'] },
  { scenario: 'unplugged', stay: [], counted: ['connect'] },
  { scenario: 'broken-off', stay: [], counted: ['framing', 'connect'] },
  { scenario: 'cut', stay: [], counted: ['framing'], says: /page \d,\d: it is cut/ },
  { scenario: 'cut-system', stay: without('1,0'), counted: ['framing'], says: /page 1,0/ },
  { scenario: 'cut-status', stay: without('2,0'), counted: ['framing'], says: /page 2,0/ },
  { scenario: 'garbage', stay: [], counted: ['framing', 'parse', 'schema'] },
  {
    scenario: 'garbage-page',
    stay: without('1,1'),
    counted: ['framing', 'parse', 'schema'],
    says: /page 1,1/,
  },
  { scenario: 'empty', stay: [], counted: ['framing'], says: /page \d,\d: it is empty/ },
  { scenario: 'empty-status', stay: without('2,0'), counted: ['framing'], says: /page 2,0: .*empty/ },
  { scenario: 'flood-page', stay: without('2,3'), counted: ['framing'] },
  { scenario: 'drip-page', stay: without('2,3'), counted: ['timeout'] },
  { scenario: 'error-500', stay: without('1,1'), counted: ['http_status'], says: /page 1,1: .*500/ },
  { scenario: 'error-500-status', stay: without('2,0'), counted: ['http_status'], says: /page 2,0: .*500/ },
  { scenario: 'error-503', stay: [], counted: ['http_status'], says: /503/ },
  { scenario: 'slow', stay: ALL, counted: [] },
  { scenario: 'short-sessions', hasLogin: true, stay: ALL, counted: [] },
  {
    scenario: 'storm',
    hasLogin: true,
    stay: ALL,
    counted: ['framing', 'connect', 'http_status', 'parse', 'schema'],
  },
  { scenario: 'latin-1', isSoFromTheStart: true, stay: ALL, counted: [] },
  { scenario: 'latin-1-header', isSoFromTheStart: true, stay: ALL, counted: [] },
  { scenario: 'latin-1-meta', isSoFromTheStart: true, stay: ALL, counted: [] },
  { scenario: 'entities', stay: ALL, counted: [] },
  { scenario: 'idle-dropped', stay: ALL, counted: [] },
  { scenario: 'tecalor', stay: ALL, counted: [] },
  { scenario: 'empty-keys', stay: ALL, counted: [] },
  {
    scenario: 'odd-signs',
    stay: ALL,
    counted: [],
    more: [
      'isg_mathematisches_minus{unit="°C"} -5',
      'isg_halbgeviertstrich{unit="°C"} -6',
      'isg_pluszeichen{unit="K"} 6.3',
      'isg_umbruchfrei 7.5',
      'isg_zwei_leerzeichen 8.5',
      'isg_rand{unit="bar"} 1.5',
      'isg_stich_wort 3',
    ],
  },
  { scenario: 'thousands', stay: ALL, counted: ['parse'] },
  {
    scenario: 'kind-changes',
    stay: ALL,
    counted: [],
    more: ['isg_festwertbetrieb 0', 'isg_festwertbetrieb{unit="°C"} 12.3'],
  },
  {
    scenario: 'pump-off',
    stay: ALL,
    counted: [],
    more: [PUMP_OFF],
    less: ['isg_flag_heizkreispumpe 1'],
  },
  { scenario: 'pump-blinks', stay: ALL, counted: [], more: [PUMP_OFF], less: ['isg_flag_heizkreispumpe 1'] },
  {
    scenario: 'rows-gone',
    stay: ALL,
    counted: [],
    less: [
      'isg_volumenstrom{unit="l/min"} 14.3',
      'isg_druck_heizkreis{unit="bar"} 1.62',
      'isg_abluftfeuchte{unit="%"} 38',
    ],
  },
  { scenario: 'page-gone', stay: without('2,3'), counted: [] },
]

/** What was seen of one gateway while it was bad. */
interface Seen {
  readonly falseLines: Set<string>
  page: string
}

let run: Serving
let log = ''
const gateways: IsgGateway[] = []
const seen: Seen[] = []
const counts: ReadonlyMap<string, number>[] = []
const scrapes: number[] = []

const nameOf = (index: number) => `isg-${index}`
const dropInOf = (index: number) => pageOf(run, `/devices/${nameOf(index)}/metrics`)
const shown = (text: string) => samplesOf(gatewayPart(text))

function countsOf(text: string, index: number): ReadonlyMap<string, number> {
  const line = new RegExp(
    `^hearth_device_errors_total\\{device="${nameOf(index)}",kind="(\\w+)"\\} (\\d+)$`,
    'gm',
  )
  return new Map([...text.matchAll(line)].map(([, kind = '', value]) => [kind, Number(value)]))
}

async function allAreWhole(timeoutMs?: number): Promise<void> {
  const whole = expectedPage(EXPECTED_GERMAN)
  for (const index of BAD_INPUTS.keys()) {
    await until(
      `${BAD_INPUTS[index]?.scenario} is read whole`,
      async () => (gatewayPart(await dropInOf(index)) === whole ? true : undefined),
      timeoutMs,
    )
  }
}

beforeAll(async () => {
  const devices: Record<string, unknown> = {}
  for (const [index, { scenario, hasLogin = false, isSoFromTheStart = false }] of BAD_INPUTS.entries()) {
    const gateway = await startGateway(isSoFromTheStart ? scenario : hasLogin ? 'german-login' : 'german')
    gateways.push(gateway)
    seen.push({ falseLines: new Set(), page: '' })
    devices[nameOf(index)] = {
      type: 'stiebel-isg',
      url: gateway.place,
      ...(hasLogin ? { user: 'demo', password: 'demo' } : {}),
      interval: '2s',
      stale_after: `${STALE_AFTER_MS / 1000}s`,
    }
  }
  run = await startRun(devices)
  await allAreWhole(30_000)
  const before = await pageOf(run)
  for (const [index, { scenario }] of BAD_INPUTS.entries()) {
    if (scenario === 'unplugged') await gateways[index]?.unplug()
    else gateways[index]?.change(scenario)
  }

  const end = performance.now() + BAD_FOR_MS
  while (performance.now() < end) {
    const next = sleep(SCRAPE_EVERY_MS)
    for (const [index, { more = [] }] of BAD_INPUTS.entries()) {
      const startedAt = performance.now()
      const text = await dropInOf(index)
      scrapes.push(performance.now() - startedAt)
      const found = seen[index]
      if (found === undefined) continue
      found.page = text
      for (const line of shown(text)) if (!REAL.has(line) && !more.includes(line)) found.falseLines.add(line)
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

describe.each(CASES)('$scenario', ({ index, stay, counted, says, less = [] }) => {
  it(`shows at the end: ${stay.join(' ') || 'nothing'}`, () => {
    const lines = new Set(shown(seen[index]?.page ?? ''))
    for (const [page, expected] of LINES) {
      const missing = expected.filter(line => !lines.has(line) && !less.includes(line))
      if (stay.includes(page)) expect(missing, page).toEqual([])
      else
        expect(
          expected.filter(line => lines.has(line)),
          page,
        ).toEqual([])
    }
  })

  it('never showed a value that was not', () => {
    expect([...(seen[index]?.falseLines ?? [])]).toEqual([])
  })

  it(`is counted: ${counted.join(', ') || 'not'}`, () => {
    const kinds = [...(counts[index] ?? [])].filter(([, count]) => count > 0).map(([kind]) => kind)
    expect(kinds.filter(kind => !counted.includes(kind))).toEqual([])
    if (counted.length > 0) expect(kinds).not.toEqual([])
  })

  it('is said in the log, and not for every page', () => {
    const lines = log
      .split('\n')
      .filter(line => line.includes(`device=${nameOf(index)} `) && line.includes(' warn '))
    if (says)
      expect(
        lines.some(line => says.test(line)),
        lines.join('\n'),
      ).toBe(true)
    expect(lines.length, lines.join('\n')).toBeLessThan(12)
  })

  it('was asked one request at a time, and for nothing but pages', () => {
    const witness = gateways[index]?.seen()
    expect(witness).toMatchObject({ mostAtOnce: 1, keptAlive: 0, strange: [], refusedLogins: 0 })
    expect(witness?.pages.filter(page => !ALL.some(each => each === page))).toEqual([])
  })
})

describe('all of them at once', () => {
  it('are answered without waiting for any', () => {
    expect(scrapes.length).toBeGreaterThan(500)
    expect(Math.max(...scrapes)).toBeLessThan(900)
    const middle = [...scrapes].sort((a, b) => a - b)[scrapes.length >> 1] ?? Number.POSITIVE_INFINITY
    expect(middle).toBeLessThan(100)
  })

  it('are read whole again once they are good', async () => {
    for (const [index, { hasLogin }] of BAD_INPUTS.entries()) {
      gateways[index]?.change(hasLogin ? 'german-login' : 'german')
      await gateways[index]?.plugIn()
    }
    await allAreWhole(BACK_WITHIN_MS)
    expect(await run.program.stop()).toBe(0)
    expect(run.program.stderr()).not.toContain('    at ')
  })
})
