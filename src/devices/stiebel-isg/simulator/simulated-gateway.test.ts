import { Agent, request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../../testing/fake-clock.ts'
import { DEMO_CREDENTIALS, ODD_CREDENTIALS } from './index.ts'
import { cookieOf, rowsOf, type Served, serveGateway, visit } from './visit.test-helper.ts'

const PAGES = ['1,0', '1,1', '2,0', '2,1', '2,3', '2,4', '4,7']
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
const textOf = (html: string, key: string) => rowsOf(html).find(([, each]) => each === key)?.[2]

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
    for (const page of PAGES) counts[page] = rowsOf((await pageOf(gateway, page)).text).length
    expect(counts).toEqual({ '1,0': 22, '1,1': 24, '2,0': 8, '2,1': 8, '2,3': 15, '2,4': 3, '4,7': 5 })
    expect(gateway.seen()).toMatchObject({
      pages: PAGES,
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
    expect((await visit(`${gateway.address}/favicon.ico`)).status).toBe(404)
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
    for (const page of ['0', ...PAGES]) {
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
    for (const page of PAGES.slice(0, 5))
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

describe('faults', () => {
  it.each(['hanging', 'gone'])('%s gives no answer', async scenario => {
    await expect(pageOf(await serve(scenario), '1,0', { timeoutMs: 300 })).rejects.toThrow()
  })

  it('broken-off begins a page that never ends', async () => {
    const { isWhole, text } = await pageOf(await serve('broken-off'), '1,0')
    expect(isWhole).toBe(false)
    expect(text).toContain('<table class="info"')
    expect(text).not.toContain('</html>')
  })

  it('reset gives what of the page was read before, or nothing', async () => {
    const answer = await pageOf(await serve('reset'), '1,0').catch((error: unknown) => error)
    if (answer instanceof Error) expect(answer).toMatchObject({ code: 'ECONNRESET' })
    else expect(answer).toMatchObject({ isWhole: false })
  })

  it('cut ends a page within a text of a row, each time another one, and the answer is whole', async () => {
    const gateway = await serve('cut')
    const ends = new Set<string>()
    for (let time = 0; time < 5; time++) {
      const { isWhole, text } = await pageOf(gateway, '1,0')
      expect(isWhole).toBe(true)
      expect(text).toMatch(/<td class="(key|value)[^"]*">[^<]+$/)
      ends.add(text.slice(-40))
    }
    expect(ends.size).toBe(5)
  })

  it.each([
    ['empty', { status: 200, length: 0 }],
    ['garbage', { status: 200, length: 3000 }],
    ['error-503', { status: 503, length: 56 }],
  ])('%s', async (scenario, { status, length }) => {
    const answer = await pageOf(await serve(scenario), '1,0')
    expect({ status: answer.status, length: answer.bytes.length }).toEqual({ status, length })
  })

  it.each([
    ['hanging-page', '2,0'],
    ['reset-page', '2,0'],
    ['cut-system', '1,0'],
    ['cut-status', '2,0'],
    ['garbage-page', '1,1'],
    ['empty-status', '2,0'],
    ['error-500', '1,1'],
    ['error-500-status', '2,0'],
  ])('%s spares all pages but %s', async (scenario, bad) => {
    const gateway = await serve(scenario)
    const good: string[] = []
    for (const page of PAGES) {
      const answer = await pageOf(gateway, page, { timeoutMs: 200 }).catch(() => undefined)
      if (answer?.isWhole && answer.status === 200 && answer.text.includes('</html>')) good.push(page)
    }
    expect(good).toEqual(PAGES.filter(page => page !== bad))
  })

  it.each([
    ['latin-1', 'text/html; charset=utf-8', 'charset=utf-8"'],
    ['latin-1-header', 'text/html; charset=ISO-8859-1', 'charset=utf-8"'],
    ['latin-1-meta', 'text/html', 'charset=iso-8859-1"'],
  ])('%s is in Latin-1, its header says %s', async (scenario, type, meta) => {
    const { headers, bytes } = await pageOf(await serve(scenario), '1,0')
    expect(headers['content-type']).toBe(type)
    const text = bytes.toString('latin1')
    expect(text).toContain(meta)
    expect(textOf(text, 'RÜCKLAUFTEMP.')).toBe('30,1°C')
  })

  it('entities has no sign beyond ASCII', async () => {
    const { bytes } = await pageOf(await serve('entities'), '1,0')
    expect(bytes.every(byte => byte < 128)).toBe(true)
    expect(bytes.toString()).toContain('R&#220;CKLAUFTEMP.')
  })

  it('idle-dropped ends a connection at its second request', async () => {
    const gateway = await serve('idle-dropped')
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = () =>
      new Promise<string>(resolve => {
        const asked = request(`${gateway.address}/?s=1,0`, { agent }, answer =>
          answer.resume().on('end', () => resolve('answered')),
        )
        asked.on('error', () => resolve('dropped')).end()
      })
    expect([await ask(), await ask(), await ask()]).toEqual(['answered', 'dropped', 'answered'])
    agent.destroy()
  })

  it('kind-changes is a word and a temperature in turn', async () => {
    const gateway = await serve('kind-changes')
    const values: (string | undefined)[] = []
    for (let time = 0; time < 3; time++)
      values.push(textOf((await pageOf(gateway, '1,0')).text, 'FESTWERTBETRIEB'))
    expect(values).toEqual(['Aus', '12,3°C', 'Aus'])
  })

  it('rows, states and pages go and come back', async () => {
    const gateway = await serve('rows-gone')
    expect(textOf((await pageOf(gateway, '1,0')).text, 'VOLUMENSTROM')).toBeUndefined()
    gateway.change('pump-off')
    expect(textOf((await pageOf(gateway, '1,0')).text, 'VOLUMENSTROM')).toBe('14,3l/min')
    expect(textOf((await pageOf(gateway, '2,0')).text, 'HEIZKREISPUMPE')).toBeUndefined()
    gateway.change('page-gone')
    expect(textOf((await pageOf(gateway, '2,0')).text, 'HEIZKREISPUMPE')).toBe('')
    expect(rowsOf((await pageOf(gateway, '2,3')).text)).toEqual([])
  })

  it('an unknown scenario is refused with those there are', async () => {
    const gateway = await serve('german')
    expect(() => gateway.change('nothing')).toThrow(/no scenario "nothing"/)
    const answer = await fetch(`${gateway.address}/-/scenario`, { method: 'POST', body: 'french' })
    expect(answer.status).toBe(204)
    expect((await pageOf(gateway, '1,0')).text).toContain('FRANÇAIS')
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
