import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Served, serve } from './gateway.test-helper.ts'
import { DEMO_TOKEN } from './index.ts'

interface Got {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
  readonly isWhole: boolean
}

let served: Served
beforeEach(async () => {
  served = await serve('firmware-3.8')
})
afterEach(() => served.close())

/** Asks once; rejects when the connection ends before a head, or nothing comes within the patience. */
function ask(path: string, headers: Readonly<Record<string, string>> = {}, patienceMs = 2000): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${served.address}${path}`,
      { agent: false, headers: { ...headers }, signal: AbortSignal.timeout(patienceMs) },
      answer => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        const done = () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString(),
            isWhole: answer.complete,
          })
        answer.on('end', done)
        answer.on('error', done)
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}

async function control(path: string, body?: string): Promise<string> {
  const response = await fetch(`${served.address}${path}`, body === undefined ? {} : { method: 'POST', body })
  return response.text()
}

describe('a simulated gateway on a socket', () => {
  it('answers with length, type and the end of the connection', async () => {
    const text = await ask('/api/boiler/metrics')
    expect(text).toMatchObject({ status: 200, isWhole: true })
    expect(text.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      connection: 'close',
      'content-length': String(Buffer.byteLength(text.body)),
    })
    expect((await ask('/api/boiler')).headers['content-type']).toBe('application/json; charset=utf-8')
    expect((await ask('/api/boiler/x')).status).toBe(404)
  })

  it.each(['wrong-length', 'truncated'])('promises more than it sends with %s', async scenario => {
    await control('/-/scenario', scenario)
    expect((await ask('/api/boiler/metrics')).isWhole).toBe(false)
    await control('/-/scenario', 'firmware-3.8')
    expect((await ask('/api/boiler/metrics')).isWhole).toBe(true)
  })

  it('sends half an answer as a whole one with cut', async () => {
    served.gateway.change('cut')
    const { body, isWhole } = await ask('/api/boiler')
    expect(isWhole).toBe(true)
    expect(() => JSON.parse(body)).toThrow(SyntaxError)
  })

  it('sends more than it promised with short-length', async () => {
    served.gateway.change('short-length')
    await expect(ask('/api/boiler/metrics')).rejects.toThrow(/Data after/)
  })

  it('closes or hangs, and answers again afterwards', async () => {
    served.gateway.change('reset')
    await expect(ask('/api/boiler')).rejects.toThrow(/socket hang up|ECONNRESET/)
    served.gateway.change('hang')
    await expect(ask('/api/boiler', {}, 150)).rejects.toThrow(/abort/)
    served.gateway.change('firmware-3.8')
    expect((await ask('/api/boiler')).status).toBe(200)
  })

  it('takes its time with slow, at the pace that was asked for', async () => {
    served.gateway.change('slow')
    const start = performance.now()
    expect((await ask('/api/boiler')).status).toBe(200)
    expect(performance.now() - start).toBeGreaterThan(290)
  })

  it('sends whole answers in pieces with drip', async () => {
    served.gateway.change('drip')
    const { body, isWhole } = await ask('/api/boiler/entities')
    expect(isWhole).toBe(true)
    expect(body).toBe(served.gateway.answer('/api/boiler/entities').body)
  })

  it('never stops with endless', async () => {
    served.gateway.change('endless')
    const response = await fetch(`${served.address}/api/boiler`)
    let size = 0
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > 3_000_000) break
    }
    expect(size).toBeGreaterThan(3_000_000)
  })

  it('fails for one device alone', async () => {
    served.gateway.change('thermostat-failing')
    expect((await ask('/api/thermostat/metrics')).status).toBe(500)
    expect((await ask('/api/boiler/metrics')).status).toBe(200)
  })

  it('wants the token it was given', async () => {
    served.gateway.change('token-required')
    expect(await ask('/api/boiler')).toMatchObject({
      status: 401,
      body: '{"message":"authentication failed"}',
    })
    expect((await ask('/api/boiler', { Authorization: `Bearer ${DEMO_TOKEN}` })).status).toBe(200)
  })

  it('answers with JSON of another shape each time', async () => {
    served.gateway.change('wrong-shape')
    const bodies = await Promise.all([1, 2, 3].map(async () => (await ask('/api/system')).body))
    expect(new Set(bodies).size).toBe(3)
  })

  it('goes down and comes back one device after the other', async () => {
    served.gateway.change('reboot')
    await expect(ask('/api/system')).rejects.toThrow(/socket hang up|ECONNRESET/)
    await sleep(450)
    expect((await ask('/api/system')).body).toContain('"devices":[{"type":"temperaturesensor"')
    expect((await ask('/api/boiler/metrics')).status).toBe(404)
    await sleep(400)
    expect((await ask('/api/system')).body).toContain('"type":"boiler"')
    await sleep(1000)
    expect((await ask('/api/boiler/metrics')).status).toBe(200)
    expect((await ask('/api/solar/metrics')).status).toBe(200)
  })

  it('refuses to be written to, and remembers that it was', async () => {
    const response = await fetch(`${served.address}/api/boiler/seltemp`, { method: 'POST', body: '50' })
    expect(response.status).toBe(401)
    expect(served.gateway.manners().writes).toBe(1)
  })
})

describe('the manners of who asks', () => {
  it('are good when requests follow each other with a pause', async () => {
    await ask('/api/boiler')
    await sleep(300)
    await ask('/api/boiler')
    const manners = served.gateway.manners()
    expect(manners).toMatchObject({ requests: 2, overlaps: 0, hurried: 0, writes: 0 })
    expect(manners.closestMs).toBeGreaterThanOrEqual(250)
    expect(manners.shortestPauseMs).toBeGreaterThan(200)
    expect(JSON.parse(await control('/-/manners'))).toEqual(manners)
  })

  it('are bad when requests overlap or follow too soon', async () => {
    served.gateway.change('slow')
    await Promise.all([ask('/api/boiler'), ask('/api/solar')])
    expect(served.gateway.manners()).toMatchObject({ requests: 2, overlaps: 1, hurried: 1 })
    served.gateway.forgetManners()
    expect(served.gateway.manners()).toEqual({ requests: 0, overlaps: 0, hurried: 0, writes: 0 })
  })
})
