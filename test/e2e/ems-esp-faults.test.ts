import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanUp } from '../support/clean-up.ts'
import { type Gateway, startGateway } from '../support/ems-esp-gateway.ts'
import { get, type Serving, startRun } from '../support/hearth.ts'
import { until } from '../support/until.ts'

/** Shorter than by default, so that what goes is gone while the test looks; a poll of the small house takes 1.5 s. */
const STALE_AFTER_MS = 5_000
/** The house with two devices of a type takes 5 s. */
const FULL_STALE_AFTER_MS = 15_000
/** Longer than the longest time in which an answer is waited for, and as long again as values live. */
const BAD_FOR_MS = 18_000
/** Two questions that are still waited for, and the pause after a failure. */
const BACK_WITHIN_MS = 30_000
const QUICK_MS = 500
const WORDS = ['boiler', 'thermostat', 'system'] as const
type Word = (typeof WORDS)[number]

/** What a page does while the gateway is bad. */
type Fate =
  /** 200, with what the gateway's own text says now. */
  | 'stays'
  /** 503: nothing is fresh. */
  | 'gone'
  /** 404 with a message, as the gateway says it. */
  | 'not-there'

interface Bad {
  readonly scenario: string
  /** The small one where it is not given. */
  readonly house?: string
  /** Of boiler, thermostat and system. */
  readonly fates: readonly [Fate, Fate, Fate]
  /** Kinds that are counted of the gateway or its machines; no others are. `a|b`: one of them, or both. */
  readonly counted: readonly string[]
  /** A line of the log. */
  readonly says?: RegExp
  /** `hearth_device_up` of gateway, boiler and thermostat; all 1 where it is not given. */
  readonly up?: readonly [number, number, number]
}

const STAY = ['stays', 'stays', 'stays'] as const
const GONE = ['gone', 'gone', 'gone'] as const
const DOWN = [0, 0, 0] as const

const BAD: readonly Bad[] = [
  { scenario: 'no-endpoint', fates: STAY, counted: [] },
  { scenario: 'renamed', fates: STAY, counted: [] },
  { scenario: 'masked', fates: STAY, counted: [] },
  { scenario: 'unknown-words', house: 'firmware-3.8', fates: STAY, counted: [] },
  { scenario: 'drip', fates: STAY, counted: [] },
  { scenario: 'bus-tx-issues', fates: STAY, counted: [] },
  { scenario: 'sensor-unplugged', house: 'firmware-3.8', fates: STAY, counted: [] },
  { scenario: 'second-gone', house: 'firmware-3.8', fates: STAY, counted: [] },
  {
    scenario: 'low-memory',
    fates: STAY,
    counted: ['other'],
    says: /free memory of the gateway has fallen to 61 kB/,
  },
  {
    scenario: 'thermostat-failing',
    fates: ['stays', 'gone', 'stays'],
    counted: ['http_status'],
    says: /thermostat.*answered 500/,
    up: [1, 1, 0],
  },
  {
    scenario: 'thermostat-truncated',
    fates: ['stays', 'gone', 'stays'],
    counted: ['framing'],
    says: /thermostat.*ended early/,
    up: [1, 1, 0],
  },
  { scenario: 'reset', fates: GONE, counted: ['connect'], up: DOWN },
  { scenario: 'hang', fates: GONE, counted: ['timeout'], up: DOWN },
  { scenario: 'wrong-length', fates: GONE, counted: ['framing'], up: DOWN },
  { scenario: 'short-length', house: 'firmware-3.8', fates: GONE, counted: ['framing|parse'], up: DOWN },
  { scenario: 'truncated', fates: GONE, counted: ['framing'], up: DOWN },
  { scenario: 'cut', fates: GONE, counted: ['parse'], up: DOWN },
  { scenario: 'server-error', fates: GONE, counted: ['http_status'], up: DOWN },
  { scenario: 'bad-gateway', fates: GONE, counted: ['http_status'], says: /answered 502/, up: DOWN },
  { scenario: 'html', fates: GONE, counted: ['schema'], says: /the answer is a web page/, up: DOWN },
  { scenario: 'empty', fates: GONE, counted: ['parse'], up: DOWN },
  { scenario: 'endless', fates: GONE, counted: ['framing'], up: DOWN },
  {
    scenario: 'token-required',
    fates: GONE,
    counted: ['auth'],
    says: /answered 401\. Something before the gateway wants a token/,
    up: DOWN,
  },
  { scenario: 'wrong-shape', fates: GONE, counted: ['parse|schema'], up: DOWN },
  {
    scenario: 'just-booted',
    fates: ['not-there', 'not-there', 'stays'],
    counted: [],
    says: /the gateway has restarted/,
    up: [1, 0, 0],
  },
  {
    scenario: 'no-devices',
    fates: ['not-there', 'not-there', 'stays'],
    counted: [],
    says: /the gateway has restarted/,
    up: [1, 0, 0],
  },
  {
    scenario: 'bus-disconnected',
    fates: ['gone', 'gone', 'stays'],
    counted: [],
    says: /the bus is disconnected; the values of all machines are withdrawn/,
    up: [1, 0, 0],
  },
]

const gateways = new Map<string, Gateway>()
let run: Serving

const pathOf = (scenario: string, word: Word) => `/devices/${scenario}/api/${word}/metrics`

async function pageOf(
  scenario: string,
  word: Word,
): Promise<{ status: number; text: string; tookMs: number }> {
  const startedAt = performance.now()
  const { status, text } = await get(run.url + pathOf(scenario, word))
  return { status, text, tookMs: performance.now() - startedAt }
}

/** Errors counted of a gateway and its machines, by kind. */
function countedIn(page: string, scenario: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [, device = '', kind = '', value] of page.matchAll(
    /^hearth_device_errors_total\{device="([^"]+)",kind="(\w+)"\} (\d+)$/gm,
  )) {
    if (
      device === scenario ||
      ['boiler', 'thermostat', 'mixer', 'solar', 'water'].some(word => device === `${scenario}-${word}`)
    )
      counts.set(kind, (counts.get(kind) ?? 0) + Number(value))
  }
  return counts
}

function upIn(page: string, device: string): number {
  return Number(new RegExp(`^hearth_device_up\\{device="${device}"\\} (\\d)$`, 'm').exec(page)?.[1])
}

/** Waits until every gateway's pages are what the gateway itself says now. */
async function allRead(withinMs: number): Promise<void> {
  const missing = new Set(BAD.map(({ scenario }) => scenario))
  await until(
    'all gateways are read',
    async () => {
      for (const scenario of missing) {
        const pages = await Promise.all(WORDS.map(word => pageOf(scenario, word)))
        const { text: page } = await get(`${run.url}/devices/${scenario}/unified`)
        if (pages.every(({ status }) => status === 200) && upIn(page, scenario) === 1)
          missing.delete(scenario)
      }
      return missing.size === 0 || undefined
    },
    withinMs,
  ).catch(() => undefined)
  expect([...missing]).toEqual([])
}

let worstMs = 0
let badPage = ''
const badPages = new Map<string, { status: number; text: string }>()
const countsBefore = new Map<string, Map<string, number>>()

beforeAll(async () => {
  const devices: Record<string, unknown> = {}
  for (const { scenario, house = 'document' } of BAD) {
    const gateway = await startGateway(house)
    gateways.set(scenario, gateway)
    devices[scenario] = {
      type: 'ems-esp',
      url: gateway.url,
      interval: '1s',
      system_interval: '1s',
      stale_after: `${house === 'document' ? STALE_AFTER_MS : FULL_STALE_AFTER_MS}ms`,
    }
  }
  run = await startRun(devices)
  await allRead(15_000)

  const before = (await get(`${run.url}/metrics`)).text
  for (const { scenario } of BAD) countsBefore.set(scenario, countedIn(before, scenario))
  for (const { scenario } of BAD) gateways.get(scenario)?.change(scenario)
  const end = performance.now() + BAD_FOR_MS
  while (performance.now() < end) {
    const startedAt = performance.now()
    await get(`${run.url}/metrics`)
    worstMs = Math.max(worstMs, performance.now() - startedAt)
    await sleep(250)
  }
  badPage = (await get(`${run.url}/metrics`)).text
  for (const { scenario } of BAD) {
    for (const word of WORDS) {
      const page = await pageOf(scenario, word)
      worstMs = Math.max(worstMs, page.tookMs)
      badPages.set(`${scenario} ${word}`, page)
    }
  }
})
afterAll(cleanUp)

describe.each(BAD)('a gateway with $scenario', ({ scenario, fates, counted, says, up = [1, 1, 1] }) => {
  it.each(WORDS.map((word, index) => ({ word, fate: fates[index] ?? 'gone' })))(
    '$word $fate',
    ({ word, fate }) => {
      const { status = 0, text = '' } = badPages.get(`${scenario} ${word}`) ?? {}
      if (fate === 'gone') {
        expect({ status, text }).toMatchObject({
          status: 503,
          text: expect.stringMatching(/^hearth has no fresh values/),
        })
        return
      }
      if (fate === 'not-there') {
        expect({ status, text }).toMatchObject({ status: 404, text: expect.stringMatching(/^\{"message":/) })
        return
      }
      expect(status).toBe(200)
      if (scenario === 'no-endpoint') {
        // Made of the description: what the endpoint said before.
        const expected = gateways.get('drip')?.textAt(`/api/${word}/metrics`)
        if (word !== 'system') expect(text).toBe(expected)
      } else expect(text).toBe(gateways.get(scenario)?.textAt(`/api/${word}/metrics`))
    },
  )

  it('is counted by kind, and nothing else is', () => {
    const before = countsBefore.get(scenario)
    const risen = [...countedIn(badPage, scenario)].flatMap(([kind, count]) =>
      count > (before?.get(kind) ?? 0) ? [kind] : [],
    )
    expect(risen.filter(kind => !counted.some(one => one.split('|').includes(kind)))).toEqual([])
    expect(counted.filter(one => !one.split('|').some(kind => risen.includes(kind)))).toEqual([])
  })

  it('is up or down as its last attempt was', () => {
    const names = [scenario, `${scenario}-boiler`, `${scenario}-thermostat`]
    expect(names.map(name => upIn(badPage, name))).toEqual(up)
  })

  it('is said in the log a few times and not at every poll', () => {
    const lines = run.program
      .stderr()
      .split('\n')
      .filter(line => new RegExp(`device=${scenario}(\\s|$)`).test(line) && !/ info /.test(line))
    if (says === undefined && counted.length === 0) expect(lines).toEqual([])
    const all = run.program
      .stderr()
      .split('\n')
      .filter(line => new RegExp(`device=${scenario}(\\s|$)`).test(line))
    if (says !== undefined)
      expect(
        all.some(line => says.test(line)),
        all.join('\n'),
      ).toBe(true)
    // Three messages of a kind in an hour, for the gateway and each of its machines.
    expect(lines.length, lines.join('\n')).toBeLessThanOrEqual(3 * 7)
  })
})

describe('hearth, while all of that goes on', () => {
  it('never lets a scrape wait for a gateway', () => {
    expect(worstMs).toBeLessThan(QUICK_MS)
  })

  it('shows no value of a gateway that says nothing', () => {
    for (const { scenario, fates } of BAD) {
      if (fates[0] !== 'gone') continue
      expect(badPage).not.toMatch(
        new RegExp(`^hearth_temperature_celsius\\{device="${scenario}-boiler"`, 'm'),
      )
    }
    expect(badPage).toMatch(/^hearth_temperature_celsius\{device="drip-boiler"/m)
  })

  it('asks in good manners all the time', () => {
    for (const [name, gateway] of gateways) {
      const { overlaps, writes, closestMs = 0 } = gateway.manners()
      expect({ name, overlaps, writes }).toEqual({ name, overlaps: 0, writes: 0 })
      // 250 ms where they are sent; a busy machine sees them a little later, one more than the other.
      expect(closestMs, name).toBeGreaterThan(150)
    }
  })

  it('reads every gateway again when it is well, without a restart', async () => {
    for (const { scenario, house = 'document' } of BAD) gateways.get(scenario)?.change(house)
    await allRead(BACK_WITHIN_MS)
    for (const { scenario } of BAD) {
      const { text } = await pageOf(scenario, 'boiler')
      expect(text, scenario).toBe(gateways.get(scenario)?.textAt('/api/boiler/metrics'))
    }
    expect(run.program.stderr()).not.toMatch(/ {4}at /)
  })
})
