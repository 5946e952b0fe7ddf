import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseText } from '../../src/testing/exposition-parser.ts'
import { cleanUp } from '../support/clean-up.ts'
import { type Cloud, isLogin, startCloud } from '../support/cloud.ts'
import { pageOf, samplesOf } from '../support/drop-in-page.ts'
import { type Serving, startRun } from '../support/hearth.ts'
import { until } from '../support/until.ts'

const INTERVAL_MS = 10_000
const STALE_AFTER_MS = 12_000
/** Two polls begin within it, and what was read before is stale at its end. */
const BAD_FOR_MS = 23_000
/** A login that was refused is tried again after half a minute and its jitter. */
const BACK_WITHIN_MS = 45_000
const SCRAPE_EVERY_MS = 500
/** A poll of the original: six requests. */
const MOST_REQUESTS = 6

/** Pages by series of the drop-in that come from them and have the pace of the polls. */
const GROUPS = {
  review:
    /name="(room|outlet|outside|sanitary_water)_temperature"|name="current_temp"|_pressure_bar |="system"/,
  loop_1: /heating_loop="loop_1"(,name="(calc_)?target_temp")?\}/,
  loop_2: /heating_loop="loop_2"(,name="(calc_)?target_temp")?\}/,
  tap_water: /heating_loop="loop_5"/,
} as const
type Group = keyof typeof GROUPS
const ALL: readonly Group[] = ['review', 'loop_1', 'loop_2', 'tap_water']

interface BadInput {
  /** A scenario of the simulator; `unplugged`: nobody listens at the address. */
  readonly fault: string
  /** Groups of which something is shown at the end. */
  readonly stay: readonly Group[]
  /** What the log says. */
  readonly says?: RegExp
  /** Kinds of trouble that are counted; no others are. */
  readonly counted: readonly string[]
  /** Logins while it lasts. */
  readonly mostLogins: number
  /** The cloud is like that when hearth starts: a login is what fails. */
  readonly isFromStart?: boolean
  /** Lines that must not be there at the end. */
  readonly gone?: readonly RegExp[]
  /** Lines that must be there at the end. */
  readonly there?: readonly RegExp[]
}

/** Everything is bad, and the session is not to blame. */
const total = (fault: string, counted: readonly string[], says: RegExp): BadInput => ({
  fault,
  stay: [],
  counted,
  says,
  mostLogins: 1,
})
/** A login that fails, from the start. */
const closed = (fault: string, counted: readonly string[], says: RegExp): BadInput => ({
  ...total(fault, counted, says),
  isFromStart: true,
})
/** The session is lost. It is younger than a minute: the next login has to wait. */
const lost = (fault: string): BadInput => ({
  ...total(fault, ['auth'], /session was lost/),
  mostLogins: 0,
})
/** Something to get along with. */
const fine = (fault: string, more: Partial<BadInput> = {}): BadInput => ({
  fault,
  stay: ALL,
  counted: [],
  mostLogins: 0,
  ...more,
})

const BAD_INPUTS: readonly BadInput[] = [
  fine('demo'),
  closed('wrong-password', ['auth'], /\(login\): refused: Account locked\. Check user and password/),
  closed('no-cookie', ['schema'], /\(login\): no session came with the answer/),
  closed('login-500', ['http_status'], /\(login\): the cloud answers HTTP 500/),
  closed('session-lost-at-once', ['auth'], /\(login\): the new session is not taken/),
  fine('deleted-reason', { isFromStart: true, mostLogins: 1 }),
  lost('status-401'),
  lost('status-403'),
  lost('redirect-to-login'),
  total('maintenance', ['parse'], /web page/),
  total('status-429', ['rate_limited'], /429/),
  total('status-500', ['http_status'], /500/),
  total('status-503', ['http_status'], /503/),
  total('redirect-away', ['http_status'], /redirect/i),
  total('empty', ['parse'], /empty/),
  total('truncated', ['parse'], /JSON/),
  total('cut', ['framing'], /./),
  total('stalled', ['timeout'], /within 10 s/),
  total('slow', ['timeout'], /within 10 s/),
  total('black-hole', ['timeout'], /within 10 s/),
  total('reset', ['connect'], /./),
  total('unplugged', ['connect'], /refused the connection/),
  total('noise', ['parse'], /JSON/),
  total('huge', ['framing'], /longer than/),
  // A list that came as an object with numbers for keys can still be read: PHP writes lists with gaps so.
  fine('arrays-for-objects', {
    stay: ['review'],
    counted: ['schema'],
    says: /cannot be read: /,
    gone: [/name="(room|outside|sanitary_water)_temperature"/],
    there: [/name="outlet_temperature"/, /^heat_pump_pressure_bar \d/],
  }),
  total('array-answers', ['schema'], /no object/),
  fine('strings-for-numbers'),
  fine('numbers-for-strings'),
  fine('missing-fields', {
    counted: ['schema'],
    gone: [/name="(outlet|sanitary_water)_temperature"/, /calc_target_temp/, /working_(status|function)/],
    there: [/name="outside_temperature"/, /name="current_temp"/, /operating_mode/],
  }),
  fine('unknown-enums', {
    there: [/^heat_pump_function\{function="working_function",heating_loop="system"\} 42\.0$/, /\} 17\.0$/],
  }),
  fine('odd-numbers', {
    counted: ['parse', 'schema'],
    gone: [/name="(outlet|room|sanitary_water)_temperature"/, /target_temp"/, /working_(mode|function)/],
    there: [
      /^heat_pump_temperature_c\{heating_loop="system",name="outside_temperature"\} 9\.5$/,
      /^heat_pump_function\{function="working_status",heating_loop="loop_1"\} 1\.0$/,
    ],
  }),
  fine('no-hp-id'),
  fine('no-consumption', { counted: ['schema'] }),
  fine('bad-review', { stay: ['loop_1', 'loop_2', 'tap_water'], counted: ['http_status'], says: /500/ }),
  fine('bad-loop-2', { stay: ['review', 'loop_1', 'tap_water'], counted: ['http_status'], says: /500/ }),
  fine('bad-alarms', { counted: ['http_status'], says: /500/ }),
]

const nameOf = (index: number) => `pump-${index}`

let run: Serving
let log = ''
const clouds: Cloud[] = []
const pages: string[] = []
const logins: number[] = []
const counts: ReadonlyMap<string, number>[] = []
const scrapes: number[] = []
let beganAt = 0

const page = (index: number) => pageOf(run, `/devices/${nameOf(index)}/metrics`)
const groupOn = (text: string, group: Group) => samplesOf(text).filter(line => GROUPS[group].test(line))

function countsOf(text: string, index: number): ReadonlyMap<string, number> {
  const line = new RegExp(
    `^hearth_device_errors_total\\{device="${nameOf(index)}",kind="(\\w+)"\\} (\\d+)$`,
    'gm',
  )
  return new Map([...text.matchAll(line)].map(([, kind = '', value]) => [kind, Number(value)]))
}

async function allAreUp(timeoutMs: number, wanted = BAD_INPUTS): Promise<void> {
  let down: string[] = []
  await until(
    'every pump is read',
    async () => {
      const text = await pageOf(run)
      down = BAD_INPUTS.flatMap(({ fault }, index) =>
        wanted.some(each => each.fault === fault) &&
        !text.includes(`hearth_device_up{device="${nameOf(index)}"} 1\n`)
          ? [fault]
          : [],
      )
      return down.length === 0 ? true : undefined
    },
    timeoutMs,
  ).catch(error => {
    throw new Error(`${error.message}; down: ${down.join(', ')}`)
  })
}

beforeAll(async () => {
  const devices: Record<string, unknown> = {}
  for (const [index, { fault, isFromStart }] of BAD_INPUTS.entries()) {
    const cloud = await startCloud(isFromStart ? fault : 'demo', index + 1)
    clouds.push(cloud)
    devices[nameOf(index)] = {
      type: 'kronoterm-cloud',
      user: 'demo@example.org',
      password: 'demo',
      base_url: cloud.url,
      timezone: 'Europe/Ljubljana',
      interval: `${INTERVAL_MS / 1000}s`,
      stale_after: `${STALE_AFTER_MS / 1000}s`,
    }
  }
  run = await startRun(devices)
  await allAreUp(
    20_000,
    BAD_INPUTS.filter(({ isFromStart }) => !isFromStart),
  )
  const before = await pageOf(run)
  beganAt = Date.now()
  for (const [index, { fault, isFromStart }] of BAD_INPUTS.entries()) {
    if (fault === 'unplugged') await clouds[index]?.unplug()
    else if (!isFromStart) clouds[index]?.change(fault)
  }

  const end = performance.now() + BAD_FOR_MS
  for (let round = 0; performance.now() < end; round++) {
    const next = sleep(SCRAPE_EVERY_MS)
    for (const index of BAD_INPUTS.keys()) {
      // Each in turn, and the two that never answer every time.
      const isSlow = /^(slow|black-hole)$/.test(BAD_INPUTS[index]?.fault ?? '')
      if (!isSlow && (index + round) % 5 !== 0) continue
      const startedAt = performance.now()
      parseText(await page(index))
      scrapes.push(performance.now() - startedAt)
    }
    await next
  }
  const after = await pageOf(run)
  for (const index of BAD_INPUTS.keys()) {
    pages.push(await page(index))
    const since = BAD_INPUTS[index]?.isFromStart ? 0 : beganAt
    logins.push(clouds[index]?.asked.filter(each => each.at >= since && isLogin(each)).length ?? 0)
    const earlier = BAD_INPUTS[index]?.isFromStart ? new Map<string, number>() : countsOf(before, index)
    counts.push(
      new Map([...countsOf(after, index)].map(([kind, count]) => [kind, count - (earlier.get(kind) ?? 0)])),
    )
  }
  log = run.program.stderr()
})
afterAll(cleanUp)

describe.each(BAD_INPUTS.map((input, index) => ({ ...input, index })))('$fault', input => {
  const { index, stay, counted, says, mostLogins, gone = [], there = [] } = input

  it(`shows at the end: ${stay.join(', ') || 'nothing of the pump'}`, () => {
    const text = pages[index] ?? ''
    expect(ALL.filter(group => groupOn(text, group).length > 0)).toEqual(stay)
    const lines = samplesOf(text).filter(line => line.startsWith('heat_pump_'))
    for (const each of gone) expect(lines.filter(line => each.test(line))).toEqual([])
    for (const each of there)
      expect(
        lines.some(line => each.test(line)),
        String(each),
      ).toBe(true)
  })

  it(`is counted: ${counted.join(', ') || 'not'}`, () => {
    const kinds = [...(counts[index] ?? [])].filter(([, count]) => count > 0).map(([kind]) => kind)
    expect(kinds.filter(kind => !counted.includes(kind))).toEqual([])
    if (counted.length > 0 && stay.length < ALL.length) expect(kinds).not.toEqual([])
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
    expect(lines.length, lines.join('\n')).toBeLessThan(12)
  })

  it(`takes at most ${mostLogins} logins, and never changes a setting`, () => {
    expect(logins[index]).toBeLessThanOrEqual(mostLogins)
    expect(clouds[index]?.asked.filter(({ url }) => url.includes('Action=1'))).toEqual([])
  })
})

describe('all of them at once', () => {
  it('are answered without waiting for any', () => {
    expect(scrapes.length).toBeGreaterThan(200)
    expect(Math.max(...scrapes)).toBeLessThan(900)
  })

  it('are read again once their clouds are well, without a restart', async () => {
    for (const [index, { fault }] of BAD_INPUTS.entries()) {
      if (fault === 'unplugged') await clouds[index]?.plugIn()
      clouds[index]?.change('demo')
    }
    await allAreUp(BACK_WITHIN_MS)
    for (const [index, { fault }] of BAD_INPUTS.entries()) {
      const text = await page(index)
      expect(
        ALL.filter(group => groupOn(text, group).length > 0),
        fault,
      ).toEqual(ALL)
    }
  })

  it('are asked no more often than the original asked', () => {
    const healthy = clouds[0]?.asked ?? []
    const [first] = healthy
    const polls = Math.ceil(((healthy.at(-1)?.at ?? 0) - (first?.at ?? 0)) / INTERVAL_MS) + 1
    const questions = healthy.filter(each => !isLogin(each)).length
    expect(polls).toBeGreaterThan(3)
    // The menu comes with the login.
    expect(questions).toBeLessThanOrEqual(polls * MOST_REQUESTS + 1)
    expect(healthy.filter(isLogin)).toHaveLength(1)
  })

  it('end in order', async () => {
    expect(await run.program.stop()).toBe(0)
  })
})
