import { afterEach, describe, expect, it } from 'vitest'
import type { HttpSimulation } from '../../../core/simulator.ts'
import { type FakeClock, fakeClock } from '../../../testing/fake-clock.ts'
import { type ServedHttp, serveHttp } from '../../../transport/serve.ts'
import { at, CONSUMPTION_FORM } from './cloud.test-helper.ts'
import { ACCOUNT } from './cloud.ts'
import { kronotermSimulator } from './index.ts'

const NAMES = kronotermSimulator.scenarios.map(({ name }) => name)

interface Run {
  readonly clock: FakeClock
  readonly served: ServedHttp
  readonly simulation: HttpSimulation
}

const running: Run[] = []
afterEach(async () => {
  for (const { served, simulation } of running.splice(0)) {
    simulation.stop()
    await served.close()
  }
})

async function serve(scenario: string): Promise<Run> {
  const clock = fakeClock()
  const simulation = kronotermSimulator.start({ scenario, seed: 1, clock, pace: 1 })
  const served = await serveHttp({ host: '127.0.0.1', port: 0 }, simulation, NAMES, () => clock.now())
  const run = { clock, served, simulation }
  running.push(run)
  return run
}

/** Logs in over the wire and gives the cookie. */
async function login({ served }: Run, password: string = ACCOUNT.password): Promise<string> {
  const response = await fetch(`${served.address}/?login=1`, {
    method: 'POST',
    body: new URLSearchParams({ username: ACCOUNT.user, password }),
    redirect: 'manual',
  })
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

function read({ served }: Run, query: string, cookie: string): Promise<Response> {
  return fetch(`${served.address}/jsoncgi.php?${query}`, { headers: { cookie }, redirect: 'manual' })
}

describe('kronotermSimulator', () => {
  it('lists every scenario once, each with one line of summary', () => {
    expect(new Set(NAMES).size).toBe(NAMES.length)
    for (const { name, summary } of kronotermSimulator.scenarios) {
      expect(name).toMatch(/^[a-z0-9-]+$/)
      expect(summary).toMatch(/^[A-Z0-9][^\n]+\.$/)
    }
  })

  it('answers over a socket: login, page, list', async () => {
    const run = await serve('document')
    const cookie = await login(run)

    const review = await (await read(run, 'TopPage=1&Subpage=2', cookie)).json()
    const list = await fetch(`${run.served.address}/jsoncgi.php?TopPage=4&Subpage=4&Action=4`, {
      method: 'POST',
      headers: { cookie, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `year=2026&d1=325&${CONSUMPTION_FORM}`,
    })

    expect(review).toMatchObject({ CurrentFunctionData: [{ dv_temp: '38.5' }] })
    expect(await list.json()).toHaveProperty('trend_consumption.CompHeating')
  })

  it('has no room for long requests', async () => {
    const run = await serve('document')

    const asked = fetch(`${run.served.address}/?login=1`, { method: 'POST', body: 'x'.repeat(100_000) })

    await expect(asked).rejects.toThrow('fetch failed')
  })

  it('changes while it runs, and sessions go on unless the fault is theirs', async () => {
    const run = await serve('demo')
    const cookie = await login(run)

    run.simulation.change('document')
    expect(await (await read(run, 'Menu=1', cookie)).json()).toMatchObject({ hp_id: 'FFFFFF' })
    run.simulation.change('wrong-password')
    expect(await (await read(run, 'Menu=1', cookie)).json()).toMatchObject({ result: 'action' })
    expect(() => run.simulation.change('nothing')).toThrow('no scenario "nothing"')
  })

  it.each([
    ['maintenance', 200, /under maintenance/],
    ['status-401', 401, /Unauthorized/],
    ['status-403', 403, /Forbidden/],
    ['status-429', 429, /Too Many/],
    ['status-500', 500, /Internal/],
    ['status-503', 503, /Unavailable/],
    ['redirect-away', 302, /Found/],
    ['redirect-to-login', 302, /Found/],
    ['empty', 200, /^$/],
    ['truncated', 200, /^\{"result":"success"[^}]*$/],
    ['array-answers', 200, /^\[\]$/],
    ['arrays-for-objects', 200, /"CircleNames":\{/],
    ['strings-for-numbers', 200, /"user_level":"4"/],
    ['missing-fields', 200, /^\{"result":"success","hp_id":"00A1B2","user_level"/],
    ['no-hp-id', 200, /^\{\}$/],
    ['session-lost-at-once', 200, /"action"/],
    ['session-dies', 200, /"hp_id"/],
    ['noise', 200, /\ufffd/],
    ['huge', 200, /^"x{3145728}"$/],
  ])('answers the menu in %s with %i', async (scenario, status, body) => {
    const run = await serve('demo')
    const cookie = await login(run)
    run.simulation.change(scenario)

    const response = await read(
      run,
      'Menu=1',
      scenario === 'session-lost-at-once' ? await login(run) : cookie,
    )

    expect(response.status).toBe(status)
    expect(await response.text()).toMatch(body)
  })

  it('says how long to wait', async () => {
    const run = await serve('status-429')

    expect((await read(run, 'Menu=1', '')).headers.get('retry-after')).toBe('20')
  })

  it.each([
    ['reset', /fetch failed/],
    ['cut', /terminated/],
  ])('breaks the connection in %s', async (scenario, message) => {
    const run = await serve('demo')
    run.simulation.change(scenario)

    await expect(read(run, 'Menu=1', '').then(response => response.text())).rejects.toThrow(message)
  })

  it('answers after ten seconds when slow, or not any more when it was stopped', async () => {
    const run = await serve('slow')
    let hasAnswer = false
    const asked = read(run, 'Menu=1', '').then(response => {
      hasAnswer = true
      return response.status
    })
    await pendingOf(run.clock)

    await run.clock.advance(9_999)
    expect(hasAnswer).toBe(false)
    await run.clock.advance(1)
    expect(await asked).toBe(200)

    const forgotten = read(run, 'Menu=1', '')
    await pendingOf(run.clock)
    run.simulation.stop()
    expect(run.clock.pending).toBe(0)
    await run.served.close()
    await expect(forgotten).rejects.toThrow('fetch failed')
  })

  it.each(['black-hole', 'stalled'])('never ends an answer in %s', async scenario => {
    const run = await serve(scenario)
    const asked = read(run, 'Menu=1', '').then(response => response.text())

    await expect(Promise.race([asked, soon()])).resolves.toBe('nothing yet')

    await run.served.close()
    await expect(asked).rejects.toThrow()
  })

  it('ends sessions now and then', async () => {
    const run = await serve('session-dies')
    const cookie = await login(run)

    const results: unknown[] = []
    for (let count = 0; count < 41; count++) {
      results.push(at(await (await read(run, 'Menu=1', cookie)).json(), 'result'))
    }

    expect(results).toEqual([...Array(39).fill('success'), 'action', 'action'])
  })
})

function soon(): Promise<string> {
  return new Promise(resolve => setTimeout(resolve, 50, 'nothing yet'))
}

/** Waits until a request has reached the simulation and its answer waits for the clock. */
async function pendingOf(clock: FakeClock): Promise<void> {
  for (let round = 0; round < 500 && clock.pending === 0; round++) {
    await new Promise(resolve => setTimeout(resolve, 2))
  }
  expect(clock.pending).toBe(1)
}
