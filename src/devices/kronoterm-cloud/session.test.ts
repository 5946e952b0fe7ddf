import { afterEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../testing/fake-clock.ts'
import { handMadeCloud, json, LOST, NEVER, reply, unreachable } from './cloud.test-helper.ts'
import { type Reader, readCloud } from './reader.test-helper.ts'

const SIX = ['system_review', 'loop_1', 'loop_2', 'tap_water', 'alarms', 'consumption']
const MINUTE = 60_000

let reader: Reader
afterEach(() => reader.stop())

function start(change: (cloud: ReturnType<typeof handMadeCloud>) => void = () => {}, settings = {}) {
  const clock = fakeClock()
  const cloud = handMadeCloud(clock)
  change(cloud)
  reader = readCloud({ clock, cloud, settings: { pages: 'original', ...settings } })
  return { clock, cloud }
}

describe('words of the cloud', () => {
  it('go into the log', async () => {
    const { clock, cloud } = start()
    cloud.fate = page => (page === 'login' ? refusal('wrong%20password') : undefined)
    await clock.advance(1_000)
    expect(reader.troubles.join()).toContain('refused: wrong password. Check')
  })

  const SECRETS = ['me@example.org', 'ME@Example.ORG', 'me%40example.org', 'me&#64;example.org', 'PA SS&WÖRD']
  it.each(SECRETS)('of a refusal do not when they hold %s', async secret => {
    const { clock, cloud } = start()
    for (const reason of [secret, encodeURIComponent(secret), `${'x'.repeat(95)}${secret}`]) {
      cloud.fate = page => (page === 'login' ? refusal(encodeURIComponent(reason)) : undefined)
      await clock.advance(16 * MINUTE)
    }
    expect(reader.troubles.length).toBeGreaterThan(3)
    expect(reader.troubles.join()).not.toMatch(/x{5}|pa ss|me@|me%|me&/i)
  })

  it.each([...SECRETS, 's1', 'PHPSESSID=abc', '<b>'])(
    'of an error do not when they hold %s',
    async secret => {
      const { clock, cloud } = start()
      await clock.advance(1_000)
      cloud.fate = page =>
        page === 'loop_1' ? json({ result: 'error', desc: `No ${secret} here` }) : undefined
      await clock.advance(61_000)
      expect(new Set(reader.troubles)).toEqual(
        new Set(['schema: cloud.test (loop_1): the cloud answers an error: error']),
      )
    },
  )
})

function refusal(reason: string) {
  return reply(200, '', { setCookies: [`AuthReason=${reason}; path=/`] })
}

describe('a session', () => {
  it('that ends is renewed once, and the question repeated', async () => {
    const { clock, cloud } = start()
    await clock.advance(61_000)
    reader.asked()
    cloud.forget()
    await clock.advance(30_000)
    expect(reader.asked()).toEqual(['system_review', 'login', 'menu', ...SIX])
    expect([reader.isUp(), reader.troubles, reader.slot.view().health.reconnects]).toEqual([true, [], 1])
  })

  it.each([
    ['401', reply(401, '')],
    ['403', reply(403, '')],
    ['a redirect to the login', reply(302, '', { headers: { location: '/?login=1' } })],
    ['a redirect to the start', reply(302, '', { headers: { location: 'https://cloud.test/' } })],
  ])('that ends is also known by %s', async (_what, answer) => {
    const { clock, cloud } = start()
    await clock.advance(61_000)
    cloud.fate = (_page, cookie) => (cookie === 'PHPSESSID=s1' ? answer : undefined)
    await clock.advance(30_000)
    expect([reader.isUp(), reader.troubles]).toEqual([true, []])
    expect(cloud.asked.filter(({ page }) => page === 'login')).toHaveLength(2)
  })

  it('that is lost again at once makes no storm', async () => {
    const { clock, cloud } = start()
    await clock.advance(61_000)
    cloud.fate = page => (page === 'login' || page === 'menu' ? undefined : LOST)
    await clock.advance(30 * MINUTE)
    const logins = cloud.asked.filter(({ page }) => page === 'login').map(({ at }) => at)
    expect(logins.length).toBeLessThanOrEqual(33)
    expect(Math.min(...logins.slice(3).map((at, i) => at - (logins[i + 2] ?? 0)))).toBeGreaterThanOrEqual(
      MINUTE,
    )
    // The menu is taken each time: who the heat pump is stays known.
    expect([reader.isUp(), reader.dropIn().slice(1)]).toEqual([false, []])
    cloud.fate = () => undefined
    await clock.advance(70_000)
    expect([reader.isUp(), reader.dropIn().length]).toEqual([true, 26])
  })

  it('that is never taken makes none either', async () => {
    const { clock, cloud } = start(each => {
      each.fate = page => (page === 'login' ? undefined : LOST)
    })
    await clock.advance(10 * MINUTE)
    expect(cloud.asked.filter(({ page }) => page === 'login').length).toBeLessThanOrEqual(12)
    expect(new Set(reader.troubles.map(each => each.split(':')[0]))).toEqual(new Set(['auth']))
  })
})

describe('a login', () => {
  it('that is refused is tried ever more seldom, down to every 15 minutes, and never tells what was sent', async () => {
    const { clock, cloud } = start(each => {
      each.fate = (page, _cookie, body) =>
        page === 'login'
          ? reply(200, '', {
              setCookies: ['PHPSESSID=x', `AuthReason=${body.slice(-20)}`, 'AuthReason=wrong+password'],
            })
          : LOST
    })
    await clock.advance(6 * 60 * MINUTE)
    const logins = cloud.asked.map(({ at }) => at)
    const pauses = logins.slice(1).map((at, i) => (at - (logins[i] ?? 0)) / MINUTE)
    for (const [i, atLeast] of [0.5, 1, 2, 4, 8].entries()) {
      expect(pauses[i]).toBeGreaterThanOrEqual(atLeast)
      expect(pauses[i]).toBeLessThanOrEqual(atLeast * 1.1)
    }
    expect(Math.max(...pauses)).toBeLessThanOrEqual(15)
    expect(Math.min(...pauses.slice(6))).toBeGreaterThan(13)
    expect(new Set(reader.troubles)).toEqual(
      new Set([expect.stringMatching(/^auth: cloud\.test \(login\): refused: wrong password\. Check user/)]),
    )
    cloud.fate = () => undefined
    await clock.advance(16 * MINUTE)
    expect(reader.dropIn()).toHaveLength(26)
  })

  it('does not repeat a reason that holds the password', async () => {
    const { clock } = start(each => {
      each.fate = () => reply(200, '', { setCookies: ['AuthReason=no+pa%20ss%26w%C3%B6rd'] })
    })
    await clock.advance(1_000)
    expect(reader.troubles).toEqual([expect.stringMatching(/^auth: cloud\.test \(login\): refused\. Check/)])
  })

  it.each([
    ['HTML without a session', reply(200, '<html>'), 'schema'],
    ['HTTP 500', reply(500, ''), 'http_status'],
    ['HTTP 429', reply(429, ''), 'rate_limited'],
    ['a redirect without a session', reply(302, '', { headers: { location: '/' } }), 'http_status'],
    ['no connection', unreachable(), 'connect'],
    ['silence', NEVER, 'timeout'],
  ] as const)('that meets %s is tried once a minute', async (_what, fate, kind) => {
    const { clock, cloud } = start(each => {
      each.fate = () => fate
    })
    await clock.advance(20 * MINUTE)
    expect(cloud.asked.length).toBeGreaterThan(14)
    expect(cloud.asked.length).toBeLessThanOrEqual(21)
    expect(new Set(reader.troubles.map(each => each.split(':')[0]))).toEqual(new Set([kind]))
    cloud.fate = () => undefined
    await clock.advance(77_000)
    expect(reader.dropIn()).toHaveLength(26)
  })

  it('may come with a redirect', async () => {
    const { clock } = start(each => {
      const login = each.fate
      each.fate = (page, cookie, body) =>
        page === 'login'
          ? reply(302, '', { setCookies: ['PHPSESSID=r1'] })
          : cookie === 'PHPSESSID=r1'
            ? json(each.plant[page])
            : login(page, cookie, body)
    })
    await clock.advance(1_000)
    expect(reader.isUp()).toBe(true)
  })
})
