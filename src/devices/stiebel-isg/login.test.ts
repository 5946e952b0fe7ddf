import { describe, expect, it } from 'vitest'
import { type Asked, OWN_LOGIN, type OwnReply, ownPage, startReading } from './own-gateway.test-helper.ts'

const PAGE = ownPage({ STATUS: [['HEIZEN', null]], H: [['VORLAUFTEMP.', '34,6°C']] })

/** A gateway with security on. A session dies after so many pages. */
function guarded({ user = 'me', password = 'hush', pagesPerSession = Number.POSITIVE_INFINITY } = {}) {
  const state = { password, loggedIn: false, pages: 0, logins: 0, refused: 0 }
  const reply = ({ method, body }: Asked): OwnReply => {
    const cookie = { setCookies: ['PHPSESSID=0123456789abcdef0123456789abcdef; path=/'] }
    if (method === 'POST') {
      const form = new URLSearchParams(body)
      state.loggedIn =
        form.get('make') === 'send' && form.get('user') === user && form.get('pass') === state.password
      if (state.loggedIn) state.logins++
      else state.refused++
      state.pages = 0
    } else if (state.loggedIn && ++state.pages > pagesPerSession) state.loggedIn = false
    return { body: Buffer.from(state.loggedIn ? PAGE : OWN_LOGIN), ...cookie }
  }
  return { state, reply }
}
const ME = { user: 'me', password: 'hush' }

describe('a login', () => {
  it('is sent to the first page with the cookie of the form, and the page is read again', async () => {
    const { reply } = guarded()
    const reading = startReading(reply, ME)
    await reading.clock.advance(0)

    expect(reading.asked.slice(0, 4).map(({ method, page, cookie }) => [method, page, cookie])).toEqual([
      ['GET', '1,0', undefined],
      ['POST', '1,0', 'PHPSESSID=0123456789abcdef0123456789abcdef'],
      ['GET', '1,0', 'PHPSESSID=0123456789abcdef0123456789abcdef'],
      ['GET', '1,1', 'PHPSESSID=0123456789abcdef0123456789abcdef'],
    ])
    expect(reading.asked[1]?.body).toBe('make=send&user=me&pass=hush')
    expect(reading.values()).toHaveLength(2)
    await reading.stop()
  })

  it('is not made where no form asks for it', async () => {
    const reading = startReading(() => PAGE, ME)
    await reading.clock.advance(120_000)

    expect(reading.asked.every(({ method }) => method === 'GET')).toBe(true)
    expect(reading.text('/metrics')).toContain('isg_loginduration_count 0\n')
    await reading.stop()
  })

  it('takes odd characters in name and password', async () => {
    const odd = { user: 'hans & söhne+1%', password: 'pä=ß"<>&; €𝒯' }
    const { state, reply } = guarded(odd)
    const reading = startReading(reply, odd)
    await reading.clock.advance(0)

    expect(state).toMatchObject({ logins: 1, refused: 0 })
    expect(reading.asked[1]?.body).toMatch(/^[\x21-\x7e]+$/)
    await reading.stop()
  })

  it('that is lost is made anew on the page that shows it, and no state becomes 0', async () => {
    const { state, reply } = guarded({ pagesPerSession: 3 })
    const reading = startReading(reply, ME)
    await reading.clock.advance(600_000)

    expect(reading.view().health).toMatchObject({ isUp: true, failed: 0, errors: { auth: 0 } })
    expect(reading.values()).toEqual(['isg_flag_heizen 1', 'isg_vorlauftemp{unit="°C"} 34.6'])
    expect(state.refused).toBe(0)
    await reading.stop()
  })

  it('that is lost on every page is made on every page', async () => {
    const { reply } = guarded({ pagesPerSession: 1 })
    const reading = startReading(reply, ME)
    await reading.clock.advance(0)

    expect(reading.view().health.isUp).toBe(true)
    await reading.stop()
  })

  it('that remembers states over it', async () => {
    const { state, reply } = guarded()
    let isOn = true
    const off = ownPage({ STATUS: [], H: [['VORLAUFTEMP.', '34,6°C']] })
    const reading = startReading(asked => {
      const answer = reply(asked)
      return state.loggedIn && !isOn ? off : answer
    }, ME)
    await reading.clock.advance(0)
    state.loggedIn = false
    isOn = false
    await reading.clock.advance(60_000)

    expect(reading.values()).toEqual(['isg_flag_heizen 0', 'isg_vorlauftemp{unit="°C"} 34.6'])
    await reading.stop()
  })
})

describe('a refused login', () => {
  it.each(['1s', '60s'])(
    'is tried again after at most 30 s and seldom, at an interval of %s',
    async interval => {
      const { state, reply } = guarded({ password: 'other' })
      const reading = startReading(reply, { ...ME, interval })
      await reading.clock.advance(300_000)
      const at = reading.asked.filter(({ method }) => method === 'POST').map(each => each.at)

      expect(at.slice(0, 5)).toEqual([0, 10_000, 30_000, 60_000, 90_000])
      expect(state.refused).toBe(12)
      expect(reading.asked).toHaveLength(24)
      await reading.stop()
    },
  )

  it('is said once, without the password, and counted', async () => {
    const { reply } = guarded({ password: 'other' })
    const reading = startReading(reply, { user: 'me', password: 'geheim&1' })
    await reading.clock.advance(200_000)

    expect(reading.lines).toEqual(['gateway: the gateway refused the login. Check user and password'])
    expect(JSON.stringify([reading.lines, reading.view(), reading.text('/metrics')])).not.toMatch(/geheim/)
    expect(reading.view().health.errors.auth).toBeGreaterThan(3)
    expect(reading.text('/metrics')).toMatch(/isg_loginduration_count [1-9]/)
    await reading.stop()
  })

  it('shows nothing and is ready all the same', async () => {
    const { reply } = guarded({ password: 'other' })
    const reading = startReading(reply, ME)
    await reading.clock.advance(1_000)

    expect([reading.values(), reading.text('/status'), reading.text('/ready')]).toEqual([[], '{}', 'ready'])
    await reading.stop()
  })

  it('is over as soon as the password is mended', async () => {
    const { state, reply } = guarded({ password: 'other' })
    const reading = startReading(reply, ME)
    await reading.clock.advance(500_000)
    state.password = 'hush'
    await reading.clock.advance(30_000)

    expect(reading.values()).toHaveLength(2)
    state.loggedIn = false
    state.password = 'other'
    await reading.clock.advance(60_000)
    const before = reading.asked.length
    await reading.clock.advance(10_000)
    expect(reading.asked.length, 'the pauses begin anew').toBe(before + 2)
    await reading.stop()
  })

  it('in the midst of a poll ends it, and what was read stays', async () => {
    const { state, reply } = guarded({ pagesPerSession: 3 })
    const reading = startReading(asked => {
      const answer = reply(asked)
      if (state.pages === 3) state.password = 'other'
      return answer
    }, ME)
    await reading.clock.advance(0)

    expect(reading.values()).toHaveLength(2)
    expect(reading.view().health).toMatchObject({ isUp: false, errors: { auth: 1 } })
    await reading.stop()
  })

  it('without user and password says what is missing', async () => {
    const reading = startReading(() => OWN_LOGIN)
    await reading.clock.advance(0)

    expect(reading.lines).toEqual([
      'gateway: the gateway wants a login. Set user and password, or switch its security off',
    ])
    expect(reading.asked.map(({ method }) => method)).toEqual(['GET'])
    await reading.stop()
  })

  it('is a session that is forgotten at once, too', async () => {
    const reading = startReading(({ method }) => (method === 'POST' ? PAGE : OWN_LOGIN), ME)
    await reading.clock.advance(100_000)

    expect(reading.asked.filter(({ method }) => method === 'POST')).toHaveLength(5)
    expect(reading.lines[0]).toContain('took the login and forgot it at once')
    await reading.stop()
  })
})

describe('a login that comes to nothing', () => {
  it.each([
    [{ status: 500 }, 'http_status', 'the login came to nothing: gateway: page 1,0: answered with HTTP 500'],
    ['<html>', 'framing', 'the login came to nothing: gateway: page 1,0: it is cut: its end is missing'],
    ['hang', 'timeout', 'the login came to nothing: page 1,0: gateway/: no whole answer within 10 s'],
  ] as const)('%j is one login for each poll, and not one for each page', async (answer, kind, words) => {
    const reading = startReading(({ method }) => (method === 'POST' ? answer : OWN_LOGIN), ME)
    await reading.clock.advance(599_000)

    expect(reading.asked.filter(({ method }) => method === 'POST')).toHaveLength(10)
    expect(reading.view().health.errors[kind]).toBe(10)
    expect(reading.lines).toEqual([words])
    await reading.stop()
  })

  it.each([401, 403])('%i is a refusal, and waits as one', async status => {
    const reading = startReading(({ method }) => (method === 'POST' ? { status } : OWN_LOGIN), ME)
    await reading.clock.advance(89_000)

    expect(reading.asked.filter(({ method }) => method === 'POST').map(({ at }) => at)).toEqual([
      0, 10_000, 30_000, 60_000,
    ])
    expect(reading.view().health.errors.auth).toBe(4)
    await reading.stop()
  })

  it('by its answer, but not by what the pages say, is none', async () => {
    const { reply } = guarded()
    const reading = startReading(asked => {
      const answer = reply(asked)
      return asked.method === 'POST' || asked.page === '1,0' ? { status: 500 } : answer
    }, ME)
    await reading.clock.advance(0)
    expect(reading.asked.filter(({ method }) => method === 'POST')).toHaveLength(1)
    expect(reading.values()).toHaveLength(2)
    await reading.stop()
  })
})
