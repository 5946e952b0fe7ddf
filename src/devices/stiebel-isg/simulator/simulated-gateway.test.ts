import { Agent, request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../../testing/fake-clock.ts'
import { DEMO_CREDENTIALS, ODD_CREDENTIALS } from './index.ts'
import {
  cookieOf,
  rowsOf,
  SEVEN_PAGES,
  type Served,
  serveGateway,
  textOf,
  visit,
} from './visit.test-helper.ts'

const RIGHT = 'make=send&user=demo&pass=demo'

let served: Served | undefined
afterEach(async () => {
  await served?.close()
  served = undefined
})

async function serve(...args: Parameters<typeof serveGateway>): Promise<Served> {
  served = await serveGateway(...args)
  return served
}

const pageOf = ({ address }: Served, page: string, more = {}) => visit(`${address}/?s=${page}`, more)

describe('a gateway without security', () => {
  it('answers as lighttpd and PHP do', async () => {
    const { status, headers, text, isWhole } = await pageOf(await serve('german'), '1,0')
    expect({ status, isWhole }).toEqual({ status: 200, isWhole: true })
    expect(headers).toMatchObject({
      server: 'lighttpd/1.4.19',
      'x-powered-by': 'PHP/5.3.0',
      'content-type': 'text/html; charset=utf-8',
      'transfer-encoding': 'chunked',
    })
    expect(String(headers['set-cookie'])).toMatch(/^PHPSESSID=[0-9a-f]{32}; path=\/$/)
    expect(text).toMatch(/^<\?xml /)
    expect(text.trimEnd().endsWith('</html>')).toBe(true)
    expect(text).toContain('<html xmlns="http://www.w3.org/1999/xhtml" lang="de">')
    expect(text).toContain('<p id="versionsNummer">v12.2.3</p>')
    expect(text).not.toContain('name="pass"')
  })

  it.each([
    ['german', 'DEUTSCH'],
    ['english', 'ENGLISH'],
    ['french', 'FRANÇAIS'],
    ['hungarian', 'MAGYAR'],
  ])('%s names its language %s while the page says de', async (scenario, language) => {
    const { text } = await pageOf(await serve(scenario), '1,0')
    expect(text).toContain(`<div class="eingestelle_sprache"><a href="?s=5,3">${language}</a></div>`)
    expect(text).toContain('lang="de"')
  })

  it('serves the seven pages of a ventilation unit', async () => {
    const gateway = await serve('german')
    const counts: Record<string, number> = {}
    for (const page of SEVEN_PAGES) counts[page] = rowsOf((await pageOf(gateway, page)).text).length
    expect(counts).toEqual({ '1,0': 22, '1,1': 24, '2,0': 8, '2,1': 8, '2,3': 15, '2,4': 3, '4,7': 5 })
    expect(gateway.seen()).toMatchObject({
      pages: SEVEN_PAGES,
      logins: 0,
      mostAtOnce: 1,
      keptAlive: 0,
      strange: [],
    })
  })

  it('shows values as text and states as pictures', async () => {
    const gateway = await serve('german')
    expect(rowsOf((await pageOf(gateway, '1,0')).text)).toContainEqual([
      'HEIZEN',
      'AUSSENTEMPERATUR',
      '-3,4°C',
    ])
    const { text } = await pageOf(gateway, '2,0')
    expect(rowsOf(text)).toContainEqual(['BETRIEBSSTATUS', 'HEIZKREISPUMPE', ''])
    expect(text).toContain('<td class="value"><img src="./pics/ste-symbol_an-97b765.png"></td>')
  })

  it('has a page without tables for what it does not know', async () => {
    const gateway = await serve('german')
    const { status, text } = await pageOf(gateway, '9,9')
    expect(status).toBe(200)
    expect(text).toContain('<form id="werte"')
    expect(rowsOf(text)).toEqual([])
    for (const path of ['/favicon.ico', '//', '/%']) {
      expect((await visit(`${gateway.address}${path}`)).status, path).toBe(404)
    }
  })

  it('has keys that stand in two tables', async () => {
    const { text } = await pageOf(await serve('english'), '1,1')
    const both = rowsOf(text).filter(([, key]) => key === 'COMPRESSOR HEATING DAY')
    expect(both).toEqual([
      ['AMOUNT OF HEAT', 'COMPRESSOR HEATING DAY', '21,530KWh'],
      ['POWER CONSUMPTION', 'COMPRESSOR HEATING DAY', '5,981KWh'],
    ])
  })
})

describe('a gateway with security', () => {
  it('answers every page with the login form and HTTP 200', async () => {
    const gateway = await serve('german-login')
    for (const page of ['0', ...SEVEN_PAGES]) {
      const { status, text } = await pageOf(gateway, page)
      expect(status).toBe(200)
      expect(text).toContain('<form id="werte" method="POST">')
      expect(text).toContain('name="pass"')
      expect(text).toContain('<p id="versionsNummer"></p>')
      expect(rowsOf(text)).toEqual([])
    }
  })

  it('greets who logs in, and knows the session again', async () => {
    const gateway = await serve('german-login')
    const cookie = cookieOf(await pageOf(gateway, '1,0'))
    const answer = await pageOf(gateway, '1,0', { form: RIGHT, cookie })
    expect(answer.text).toContain('<strong>demo</strong>')
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(rowsOf((await pageOf(gateway, '2,0', { cookie })).text)).toHaveLength(8)
    expect(rowsOf((await pageOf(gateway, '2,0')).text)).toHaveLength(0)
    gateway.restart()
    expect(rowsOf((await pageOf(gateway, '2,0', { cookie })).text)).toHaveLength(0)
    expect(gateway.seen()).toMatchObject({ logins: 1, refusedLogins: 0, strange: [] })
  })

  it('shows the form again after a wrong password', async () => {
    const gateway = await serve('german-login')
    const cookie = cookieOf(await pageOf(gateway, '1,0'))
    const answer = await pageOf(gateway, '1,0', { form: 'make=send&user=demo&pass=wrong', cookie })
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('name="pass"')
    expect(gateway.seen()).toMatchObject({ logins: 1, refusedLogins: 1 })
  })

  it('takes a name and a password of odd signs as UTF-8 in a form', async () => {
    const gateway = await serve('odd-login')
    const { user, password } = ODD_CREDENTIALS
    const form = new URLSearchParams({ make: 'send', user, pass: password }).toString()
    const cookie = cookieOf(await pageOf(gateway, '1,0'))
    expect((await pageOf(gateway, '1,0', { form, cookie })).text).toContain(
      '<strong>Jürg &amp; Söhne</strong>',
    )
    expect((await pageOf(gateway, '1,0', { form: RIGHT, cookie })).text).toContain('name="pass"')
  })

  it('forgets a session after 24 minutes without a page', async () => {
    const clock = fakeClock()
    const gateway = await serve('german-login', { clock })
    const cookie = cookieOf(await pageOf(gateway, '1,0'))
    await pageOf(gateway, '1,0', { form: RIGHT, cookie })
    await clock.advance(23 * 60_000)
    expect(rowsOf((await pageOf(gateway, '2,0', { cookie })).text)).toHaveLength(8)
    await clock.advance(25 * 60_000)
    expect(rowsOf((await pageOf(gateway, '2,0', { cookie })).text)).toHaveLength(0)
  })

  it('refuses everybody in the scenario wrong-password', async () => {
    const gateway = await serve('wrong-password')
    const { user, password } = DEMO_CREDENTIALS
    const form = `make=send&user=${user}&pass=${password}`
    expect((await pageOf(gateway, '1,0', { form })).text).toContain('name="pass"')
  })

  it('loses every session after three pages in the scenario short-sessions', async () => {
    const gateway = await serve('short-sessions')
    const cookie = cookieOf(await pageOf(gateway, '1,0'))
    await pageOf(gateway, '1,0', { form: RIGHT, cookie })
    const rows: number[] = []
    for (const page of SEVEN_PAGES.slice(0, 5))
      rows.push(rowsOf((await pageOf(gateway, page, { cookie })).text).length)
    expect(rows).toEqual([22, 24, 8, 0, 0])
  })

  it('keeps sessions when the scenario changes', async () => {
    const gateway = await serve('german-login')
    const cookie = cookieOf(await pageOf(gateway, '1,0'))
    await pageOf(gateway, '1,0', { form: RIGHT, cookie })
    gateway.change('english-login')
    expect(rowsOf((await pageOf(gateway, '2,0', { cookie })).text)).toHaveLength(3)
  })
})

describe('who asks otherwise than a browser does', () => {
  it('is seen: at once, kept alive, other forms and queries', async () => {
    const gateway = await serve('slow')
    const agent = new Agent({ keepAlive: true })
    const kept = new Promise<void>((resolve, reject) => {
      request(`${gateway.address}/?s=1,0`, { agent }, answer => answer.resume().on('end', resolve))
        .on('error', reject)
        .end()
    })
    await Promise.all([kept, pageOf(gateway, '2,0')])
    agent.destroy()
    await visit(`${gateway.address}/save.php`, { form: 'data=1' })
    await visit(`${gateway.address}/?s=5,3&dspBtnSprache=ENGLISH`)
    const { mostAtOnce, keptAlive, strange } = gateway.seen()
    expect({ mostAtOnce, keptAlive }).toEqual({ mostAtOnce: 2, keptAlive: 1 })
    expect(strange).toEqual(['POST /save.php data=1', 'GET /?s=5,3&dspBtnSprache=ENGLISH '])
  })
})

describe('the house behind it', () => {
  const START = Date.UTC(2026, 0, 15, 23, 0)
  const numberOf = (html: string, key: string) =>
    Number(/^[\d,-]+/.exec(textOf(html, key) ?? '')?.[0].replace(',', '.'))

  it('lives: energy grows, and at midnight whole kWh go from the day to the total', async () => {
    const clock = fakeClock(START)
    const gateway = await serve('demo', { clock })
    const read = async () => {
      const { text } = await pageOf(gateway, '1,1')
      const day = numberOf(text, 'WM HEIZEN TAG')
      const total = Math.round(numberOf(text, 'WM HEIZEN SUMME') * 1000)
      return { day, total, all: day + total }
    }
    const evening = await read()
    expect(evening).toMatchObject({ day: 18.321, total: 52_907 })
    await clock.advance(50 * 60_000)
    const late = await read()
    expect(late.total).toBe(evening.total)
    expect(late.day).toBeGreaterThan(evening.day)
    await clock.advance(20 * 60_000)
    const night = await read()
    expect(night.day).toBeLessThan(2)
    expect(night.total).toBeGreaterThan(late.total)
    expect(night.all).toBeGreaterThan(late.all)
    expect(night.all - late.all).toBeLessThan(3)
  })

  it('goes through heating, a defrost, hot water and a rest in an hour', async () => {
    const clock = fakeClock(START)
    const gateway = await serve('demo', { clock })
    const seen: string[] = []
    for (let minute = 0; minute < 60; minute++) {
      const keys = rowsOf((await pageOf(gateway, '2,0')).text).map(([, key]) => key)
      const task =
        ['HEIZEN', 'ABTAUEN VERDAMPFER', 'WARMWASSERBEREITUNG'].find(key => keys.includes(key)) ?? 'REST'
      if (seen.at(-1) !== task) seen.push(task)
      await clock.advance(60_000)
    }
    expect(seen).toEqual(['HEIZEN', 'ABTAUEN VERDAMPFER', 'HEIZEN', 'WARMWASSERBEREITUNG', 'REST'])
  })

  it('gives a minute to each poll where it has no pace', async () => {
    const gateway = await serve('demo', { pace: Number.POSITIVE_INFINITY })
    const read = async () => numberOf((await pageOf(gateway, '1,1')).text, 'WM WRG TAG')
    const before = await read()
    for (let poll = 0; poll < 6; poll++) await pageOf(gateway, '1,0')
    expect(await read()).toBeCloseTo(before + 0.06, 3)
  })
})
