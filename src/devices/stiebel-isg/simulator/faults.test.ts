import { Agent, request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { rowsOf, SEVEN_PAGES, type Served, serveGateway, textOf, visit } from './visit.test-helper.ts'

let served: Served | undefined
afterEach(async () => {
  await served?.close()
  served = undefined
})

async function serve(scenario: string): Promise<Served> {
  served = await serveGateway(scenario)
  return served
}

const pageOf = ({ address }: Served, page: string, more = {}) => visit(`${address}/?s=${page}`, more)

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

  it('flood-page and drip-page never end', async () => {
    const gateway = await serve('drip-page')
    await expect(pageOf(gateway, '2,3', { timeoutMs: 400 })).resolves.toMatchObject({ isWhole: false })
    gateway.change('flood-page')
    const { isWhole, bytes } = await pageOf(gateway, '2,3', { timeoutMs: 10_000 })
    expect(isWhole).toBe(false)
    expect(bytes.length).toBeGreaterThan(8 * 1024 * 1024)
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
    for (const page of SEVEN_PAGES) {
      const answer = await pageOf(gateway, page, { timeoutMs: 200 }).catch(() => undefined)
      if (answer?.isWhole && answer.status === 200 && answer.text.includes('</html>')) good.push(page)
    }
    expect(good).toEqual(SEVEN_PAGES.filter(page => page !== bad))
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
