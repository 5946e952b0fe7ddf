import { describe, expect, it } from 'vitest'
import { parseOpenMetrics, parseText } from '../../testing/exposition-parser.ts'
import { isLogin, type PlantReader, readPlant } from './plant-reader.test-helper.ts'
import { kronotermSimulator } from './simulator/index.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const INTERVAL_MS = 30 * SECOND
const WELL_FOR_MS = 5 * MINUTE
const BAD_FOR_MS = 20 * MINUTE
/** Two tries of a cloud are at most two intervals or half a minute apart; ten seconds for each answer that is waited for. */
const BACK_WITHIN_MS = 2 * INTERVAL_MS + 60 * SECOND
/** After a refused account: a quarter of an hour, and an interval until it is noticed. */
const BACK_AFTER_REFUSAL_MS = 15 * MINUTE + 2 * INTERVAL_MS
/** 30 s, doubling, up to a quarter of an hour: within twenty minutes. */
const MOST_REFUSED_LOGINS = 7
const MOST_LOGINS_A_MINUTE = 1

interface Fault {
  readonly fault: string
  readonly kind: string
  readonly kindOfLogin?: string
  readonly mostLogins?: number
  readonly backWithinMs?: number
}

const FAULTS: readonly Fault[] = [
  {
    fault: 'wrong-password',
    kind: 'auth',
    mostLogins: MOST_REFUSED_LOGINS,
    backWithinMs: BACK_AFTER_REFUSAL_MS,
  },
  { fault: 'no-cookie', kind: 'schema' },
  { fault: 'login-500', kind: 'http_status' },
  { fault: 'session-lost-at-once', kind: 'auth' },
  { fault: 'status-401', kind: 'auth' },
  { fault: 'status-403', kind: 'auth' },
  { fault: 'redirect-to-login', kind: 'auth' },
  // After a while a new login is tried, which gives no session.
  { fault: 'maintenance', kind: 'parse', kindOfLogin: 'schema' },
  { fault: 'status-429', kind: 'rate_limited' },
  { fault: 'status-500', kind: 'http_status' },
  { fault: 'status-503', kind: 'http_status' },
  { fault: 'redirect-away', kind: 'http_status' },
  { fault: 'empty', kind: 'parse' },
  { fault: 'truncated', kind: 'parse' },
  { fault: 'cut', kind: 'framing' },
  { fault: 'stalled', kind: 'timeout' },
  { fault: 'slow', kind: 'timeout' },
  { fault: 'black-hole', kind: 'timeout' },
  { fault: 'reset', kind: 'connect' },
  { fault: 'noise', kind: 'parse' },
  { fault: 'huge', kind: 'framing' },
  { fault: 'array-answers', kind: 'schema' },
]

const isUp = (reader: PlantReader) => reader.slot.view().health.isUp
const logins = (reader: PlantReader, since: number) =>
  reader.asked.filter(each => each.at > since && isLogin(each)).length
const values = (reader: PlantReader) =>
  reader.dropIn().filter(line => /^heat_pump_(temperature|function|pressure)/.test(line))

/** Advances until the claim holds; the time it took. */
async function untilIt(reader: PlantReader, holds: () => boolean, mostMs: number): Promise<number> {
  const began = reader.clock.now()
  while (!holds() && reader.clock.now() - began < mostMs) await reader.clock.advance(SECOND)
  return reader.clock.now() - began
}

describe.each(FAULTS)('$fault', ({ fault, kind, ...bounds }) => {
  it('takes the values away when they are stale, is counted, and passes without a restart', async () => {
    const reader = readPlant({ scenario: 'demo' })
    await reader.clock.advance(WELL_FOR_MS)
    expect(isUp(reader)).toBe(true)
    expect(values(reader).length).toBeGreaterThan(15)

    const began = reader.clock.now()
    reader.cloud.change(fault)
    await reader.clock.advance(BAD_FOR_MS)
    expect(isUp(reader)).toBe(false)
    expect(reader.dropIn()).toEqual([])
    expect(new Set(reader.troubles.map(each => each.split(':')[0]))).toEqual(
      new Set([kind, bounds.kindOfLogin ?? kind]),
    )
    const mostLogins = bounds.mostLogins ?? (BAD_FOR_MS / MINUTE) * MOST_LOGINS_A_MINUTE + 1
    expect(logins(reader, began)).toBeLessThanOrEqual(mostLogins)

    reader.cloud.change('demo')
    const mostMs = bounds.backWithinMs ?? BACK_WITHIN_MS
    const tookMs = await untilIt(reader, () => isUp(reader), mostMs)
    expect(tookMs).toBeLessThan(mostMs)
    expect(values(reader).length).toBeGreaterThan(15)
    expect(reader.cloud.writes).toEqual([])
    await reader.stop()
    expect(reader.clock.pending).toBe(0)
  })

  it('at the start is waited out', async () => {
    const reader = readPlant({ scenario: fault })
    await reader.clock.advance(2 * MINUTE)
    expect(isUp(reader)).toBe(false)
    expect(reader.dropIn()).toEqual([])
    const since = reader.clock.now() - 2 * MINUTE
    expect(logins(reader, since - 1)).toBeLessThanOrEqual(4)

    reader.cloud.change('demo')
    const tookMs = await untilIt(reader, () => isUp(reader), 5 * MINUTE)
    expect(tookMs).toBeLessThan(bounds.backWithinMs ?? BACK_WITHIN_MS)
    await reader.stop()
  })
})

describe('a session that dies now and then', () => {
  it('is renewed at once, and nobody sees it', async () => {
    const reader = readPlant({ scenario: 'demo' })
    await reader.clock.advance(WELL_FOR_MS)
    reader.cloud.change('session-dies')
    const began = reader.clock.now()
    let fewest = Number.POSITIVE_INFINITY
    while (reader.clock.now() - began < BAD_FOR_MS) {
      await reader.clock.advance(INTERVAL_MS)
      fewest = Math.min(fewest, values(reader).length)
    }
    const questions = reader.asked.filter(each => each.at > began && !isLogin(each)).length
    expect(fewest).toBeGreaterThan(15)
    expect(logins(reader, began)).toBeGreaterThan(3)
    expect(logins(reader, began)).toBeLessThanOrEqual(Math.ceil(questions / 40) + 1)
    await reader.stop()
  })
})

describe('too many requests', () => {
  it('are followed by as long a pause as the cloud asks for', async () => {
    const reader = readPlant({ scenario: 'demo', settings: { interval: '10s' } })
    await reader.clock.advance(WELL_FOR_MS)
    reader.cloud.change('status-429')
    const began = reader.clock.now()
    await reader.clock.advance(5 * MINUTE)
    const asked = reader.asked.filter(each => each.at > began)
    expect(asked.length).toBeGreaterThan(5)
    for (const [index, { at }] of asked.entries()) {
      const before = asked[index - 1]?.at ?? Number.NEGATIVE_INFINITY
      expect(at - before).toBeGreaterThanOrEqual(20 * SECOND)
    }
    await reader.stop()
  })
})

describe('requests', () => {
  it.each(['10s', '30s', '60s'])(
    'are no more than six in an interval of %s, one login and two menus beside',
    async interval => {
      const intervalMs = Number.parseInt(interval, 10) * SECOND
      const reader = readPlant({ scenario: 'four-loops', settings: { interval } })
      const began = reader.clock.now()
      await reader.clock.advance(30 * intervalMs - 1)
      const perInterval = Array.from({ length: 30 }, (_, index) =>
        reader.asked.filter(({ at }) => Math.floor((at - began) / intervalMs) === index),
      )
      expect(logins(reader, began - 1)).toBe(1)
      for (const [index, asked] of perInterval.entries()) {
        expect(asked.length, `interval ${index}`).toBeLessThanOrEqual(index === 0 ? 8 : 6)
        expect(asked.length).toBeGreaterThan(3)
      }
      await reader.stop()
    },
  )

  it('are those of the original where nothing else is wanted: its six, in its order', async () => {
    const reader = readPlant({ scenario: 'four-loops', settings: { pages: 'original' } })
    await reader.clock.advance(INTERVAL_MS)
    const before = reader.asked.length
    await reader.clock.advance(10 * INTERVAL_MS)
    const six = [2, 5, 6, 9, 11].map(each => `GET /jsoncgi.php?TopPage=1&Subpage=${each}`)
    const round = [...six, 'POST /jsoncgi.php?TopPage=4&Subpage=4&Action=4']
    const asked = reader.asked.slice(before).map(({ method, url }) => `${method} ${url}`)
    expect(asked).toEqual(Array.from({ length: 10 }, () => round).flat())
    await reader.stop()
  })

  it('reach every page in turn', async () => {
    const reader = readPlant({ scenario: 'four-loops' })
    await reader.clock.advance(15 * MINUTE)
    const subpages = [2, 4, 5, 6, 7, 8, 9, 10, 11].map(each => `/jsoncgi.php?TopPage=1&Subpage=${each}`)
    for (const url of [...subpages, '/jsoncgi.php?TopPage=4&Subpage=4&Action=4']) {
      expect(
        reader.asked.some(each => each.url === url),
        url,
      ).toBe(true)
    }
    await reader.stop()
  })
})

/** What no house has: it must not be in the unified dialect, whatever a cloud says. */
const TEMPERATURES = { least: -50, most: 120 }

describe('the pages in any scenario', () => {
  it.each(kronotermSimulator.scenarios.map(({ name }) => name))(
    '%s: can be read, and hold no sentinel and no wonder',
    async scenario => {
      const reader = readPlant({ scenario })
      for (let round = 0; round < 6; round++) {
        await reader.clock.advance(2 * MINUTE)
        const { dropIn, text, openMetrics } = reader.pages()
        expect(() => parseText(dropIn)).not.toThrow()
        expect(() => parseOpenMetrics(openMetrics)).not.toThrow()
        for (const { name, samples } of parseText(text)) {
          for (const { value } of samples) {
            expect(Number.isFinite(value), name).toBe(true)
            if (!/^hearth_temperature.*_celsius$/.test(name)) continue
            expect(value, name).toBeGreaterThanOrEqual(TEMPERATURES.least)
            expect(value, name).toBeLessThanOrEqual(TEMPERATURES.most)
          }
        }
      }
      await reader.stop()
    },
  )
})
