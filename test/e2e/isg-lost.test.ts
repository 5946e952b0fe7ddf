import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { EXPECTED_GERMAN } from '../../src/devices/stiebel-isg/simulator/expected-german.test-data.ts'
import { EXPECTED_FRENCH } from '../../src/devices/stiebel-isg/simulator/expected-others.test-data.ts'
import { expectedPage } from '../../src/devices/stiebel-isg/simulator/expected-page.test-data.ts'
import { cleanUp } from '../support/clean-up.ts'
import { pageOf, samplesOf, textOf } from '../support/drop-in-page.ts'
import { gatewayPart, startGateway, startIsgExporter } from '../support/gateway.ts'
import { get, type Serving, startRun } from '../support/hearth.ts'
import { until } from '../support/until.ts'

const WRONG = 'not-the-secret-7'

afterEach(cleanUp)
afterAll(cleanUp)

const shows = (serving: Serving, expected: typeof EXPECTED_GERMAN, timeoutMs?: number) =>
  until(
    'the page of the gateway',
    async () => (gatewayPart(await pageOf(serving)) === expectedPage(expected) ? true : undefined),
    timeoutMs,
  )

describe('a gateway that refuses the login', () => {
  it('is asked seldom, is said in the log without the password, and is read once it takes it', async () => {
    const gateway = await startGateway('wrong-password')
    const serving = await startIsgExporter(gateway.place, { ISG_PASSWORD: 'demo' })
    await serving.program.waitFor(/login/i)
    await sleep(12_000)

    const { logins, refusedLogins, mostAtOnce } = gateway.seen()
    expect(refusedLogins).toBe(logins)
    expect(logins).toBeGreaterThanOrEqual(1)
    expect(logins).toBeLessThanOrEqual(3)
    expect(mostAtOnce).toBe(1)
    const page = await pageOf(serving)
    expect(gatewayPart(page)).toBe('')
    expect(Number(textOf(page, 'isg_loginduration_count'))).toBe(logins)
    expect((await get(`${serving.url}/ready`)).text).toBe('ready')
    expect(JSON.parse((await get(`${serving.url}/status`)).text)).toEqual({})

    gateway.change('german-login')
    await shows(serving, EXPECTED_GERMAN, 35_000)
    const said = serving.program.stdout() + serving.program.stderr()
    expect(said.split('\n').filter(line => /refused|login/i.test(line)).length).toBeLessThan(6)
    expect(await serving.program.stop()).toBe(0)
  })

  it('is an error of the kind auth, and the password is nowhere', async () => {
    const gateway = await startGateway('german-login')
    const run = await startRun({
      pump: { type: 'stiebel-isg', url: gateway.place, user: 'demo', password: WRONG, interval: '1s' },
    })
    const page = await until('the refusal is counted', async () => {
      const text = await pageOf(run)
      return /hearth_device_errors_total\{device="pump",kind="auth"\} [1-9]/.test(text) ? text : undefined
    })
    expect(page).toContain('hearth_device_up{device="pump"} 0')
    const pages = await Promise.all(
      ['/', '/devices/pump/metrics', '/devices/pump/status', '/devices/pump/unified'].map(path =>
        pageOf(run, path),
      ),
    )
    await sleep(3000)
    for (const text of [page, ...pages, run.program.stdout(), run.program.stderr()])
      expect(text).not.toContain(WRONG)
    expect(gateway.seen().logins).toBeLessThanOrEqual(2)
  })
})

describe('a gateway that is not there', () => {
  it('at the start is waited for', async () => {
    const gateway = await startGateway('german', { isPluggedIn: false })
    const serving = await startIsgExporter(gateway.place)
    await serving.program.waitFor(/refused|connect/i)
    const { status, text } = await get(`${serving.url}/metrics`)
    expect([status, gatewayPart(text)]).toEqual([200, ''])
    await gateway.plugIn()
    await shows(serving, EXPECTED_GERMAN)
    expect(textOf(await pageOf(serving), 'isg_loginduration_count')).toBe('0')
  })

  it('for a while is read again, and its sessions with a new login', async () => {
    const gateway = await startGateway('german-login')
    const serving = await startIsgExporter(gateway.place)
    await shows(serving, EXPECTED_GERMAN)
    await gateway.unplug()
    gateway.restart()
    await serving.program.waitFor(/refused|connect/i)
    // Younger than the limit: still the last values, and no state turned to 0.
    expect(gatewayPart(await pageOf(serving))).toBe(expectedPage(EXPECTED_GERMAN))
    await gateway.plugIn()
    await until('the second login', () => (gateway.seen().logins === 2 ? true : undefined))
    await sleep(1500)
    expect(gatewayPart(await pageOf(serving))).toBe(expectedPage(EXPECTED_GERMAN))
    expect(gateway.seen()).toMatchObject({ logins: 2, refusedLogins: 0, mostAtOnce: 1 })
  })

  it('whose page hangs keeps nobody waiting', async () => {
    const gateway = await startGateway('german')
    const serving = await startIsgExporter(gateway.place)
    await shows(serving, EXPECTED_GERMAN)
    gateway.change('hanging')
    const before = gateway.seen().pages.length
    await until('a page hangs', () => (gateway.seen().pages.length > before ? true : undefined))
    for (const path of ['/metrics', '/status', '/ready']) {
      const startedAt = performance.now()
      expect((await get(`${serving.url}${path}`)).status).toBe(200)
      expect(performance.now() - startedAt).toBeLessThan(500)
    }
    const stoppedAt = performance.now()
    expect(await serving.program.stop()).toBe(0)
    expect(performance.now() - stoppedAt).toBeLessThan(2000)
  })
})

describe('a gateway whose language is changed', () => {
  it('is shown in the new one, and nothing of the old one is left', async () => {
    const gateway = await startGateway('german')
    const serving = await startIsgExporter(gateway.place)
    await shows(serving, EXPECTED_GERMAN)
    gateway.change('french')
    await shows(serving, EXPECTED_FRENCH, 20_000)
    expect(samplesOf(await pageOf(serving)).filter(line => line.startsWith('isg_flag_'))).toHaveLength(2)
  })
})
