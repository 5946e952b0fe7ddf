import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { DEMO_TOKEN } from '../../src/devices/ems-esp/simulator/index.ts'
import { parseText } from '../../src/testing/exposition-parser.ts'
import { cleanUp } from '../support/clean-up.ts'
import { startGateway } from '../support/ems-esp-gateway.ts'
import { get, HEARTH, type Serving, simulate, startDropIn, startHearth, startRun } from '../support/hearth.ts'
import { runOnce } from '../support/run-once.ts'
import { until } from '../support/until.ts'

afterAll(cleanUp)

const BOILER = '/api/boiler/metrics'
/** Lines of the example of the original's document, whose text is that of a house with circulation on. */
const EXAMPLE = [
  'emsesp_circmode{circuit="dhw"} 1',
  'emsesp_bus_info{busstatus="connected", busprotocol="Buderus"} 1',
]

const statusOf = async (serving: Serving, path: string) => (await get(serving.url + path)).status
const servesWith = (serving: Serving, path: string, status: number, withinMs?: number) =>
  until(
    `${path} answers ${status}`,
    async () => {
      const answer = await get(serving.url + path)
      return answer.status === status ? answer : undefined
    },
    withinMs,
  )

/** The address of the drop-in listener of a device of `run`. */
async function dropInOf(run: Serving, device: string): Promise<Serving> {
  const [, url = ''] = await run.program.waitFor(new RegExp(`listening for=${device} url=(\\S+)`))
  return { url, program: run.program }
}

describe('hearth ems-esp', () => {
  it("prints the lines of the original's document", async () => {
    const gateway = await startGateway('document')
    const serving = await startDropIn('ems-esp', { EMS_ESP_URL: gateway.url })
    const { text } = await servesWith(serving, BOILER, 200)
    const { text: system } = await get(`${serving.url}/api/system/metrics`)
    for (const line of EXAMPLE) expect(`${text}${system}`.split('\n')).toContain(line)
    expect(system).toContain('# HELP emsesp_bus_info info\n# TYPE emsesp_bus_info gauge\n')
    // The document's HELP, with the full name and the last word that firmware prints.
    expect(text).toContain(
      '# HELP emsesp_circmode circulation pump mode, enum, (0: off; 1: 1x3min; 2: 2x3min; 3: 3x3min; 4: 4x3min; 5: 5x3min; 6: 6x3min; 7: continuous), readable, writeable, visible\n',
    )
  })

  it('answers as the gateway does: type, HEAD, what is not there', async () => {
    const gateway = await startGateway('firmware-3.8')
    const serving = await startDropIn('ems-esp', { EMS_ESP_URL: gateway.url })
    const { headers, text } = await servesWith(serving, BOILER, 200)
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(text).toBe(gateway.textAt(BOILER))
    const head = await fetch(serving.url + BOILER, { method: 'HEAD' })
    expect({ status: head.status, body: await head.text() }).toEqual({ status: 200, body: '' })

    await servesWith(serving, '/api/thermostat/hc2/metrics', 200)
    for (const path of ['/api/Thermostat/metrics', '/api/water/dhw1/metrics']) {
      expect((await get(serving.url + path)).text, path).toBe(gateway.textAt(path))
    }
    for (const path of ['/api/pool/metrics', '/api/boiler/hc7/metrics']) {
      const answer = await get(serving.url + path)
      expect(answer.status, path).toBe(404)
      expect(JSON.parse(answer.text)).toEqual({ message: expect.any(String) })
    }
    for (const path of ['/', '/api', '/api/boiler', '/api/boiler/seltemp']) {
      expect(await statusOf(serving, path), path).toBe(404)
    }
    // hearth only reads: nothing is handed on to the gateway.
    const asked = gateway.manners().writes
    const written = await fetch(`${serving.url}/api/boiler/seltemp`, { method: 'POST', body: '50' })
    expect(written.status).toBeGreaterThanOrEqual(400)
    expect(gateway.manners().writes).toBe(asked)
  })

  it('answers 503 while the gateway was never there, and serves it when it comes', async () => {
    const gateway = await startGateway('document')
    await gateway.unplug()
    const serving = await startDropIn('ems-esp', { EMS_ESP_URL: gateway.url, EMS_ESP_INTERVAL: '1' })
    await serving.program.waitFor(/refused the connection/)
    for (const path of [BOILER, '/api/system/metrics', '/metrics']) {
      expect(await statusOf(serving, path), path).toBe(503)
    }
    await gateway.plugIn()
    const { text } = await servesWith(serving, BOILER, 200)
    expect(text).toBe(gateway.textAt(BOILER))
    expect(await serving.program.stop()).toBe(0)
  })

  it('sends the token it is given, by flag or variable, and shows it nowhere', async () => {
    const gateway = await startGateway('document', 'token-required')
    const byVariable = await startDropIn('ems-esp', { EMS_ESP_URL: gateway.url, EMS_ESP_TOKEN: DEMO_TOKEN })
    await servesWith(byVariable, BOILER, 200)
    const byFlag = startHearth([
      'ems-esp',
      ...['--url', gateway.url, '--token', DEMO_TOKEN, '--interval', '5', '--listen', '127.0.0.1:0'],
    ])
    const [, url = ''] = await byFlag.waitFor(/listening.*?(http:\/\/[^\s/"]+)/)
    await servesWith({ url, program: byFlag }, BOILER, 200)
    for (const program of [byVariable.program, byFlag]) {
      expect(program.stdout() + program.stderr()).not.toContain(DEMO_TOKEN)
    }
    expect((await get(`${url}${BOILER}`)).text).not.toContain(DEMO_TOKEN)
  })

  it.each([
    [{ EMS_ESP_INTERVAL: 'soon' }, /EMS_ESP_INTERVAL.*soon/],
    [{ EMS_ESP_INTERVAL: '0' }, /EMS_ESP_INTERVAL.*0/],
    [{ EMS_ESP_URL: 'the cellar' }, /url: is no http address/],
    [{ EMS_ESP_PORT: '80804' }, /80804/],
  ])('refuses %j with exit code 1 and one line', (env, says) => {
    const { exitCode, stdout, stderr } = runOnce(HEARTH, ['ems-esp'], { env, timeoutMs: 10_000 })
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toMatch(says)
    expect(stderr).not.toMatch(/ {4}at /)
  })

  it('ends with 2 for a flag that there is not', () => {
    expect(runOnce(HEARTH, ['ems-esp', '--colour'], { timeoutMs: 10_000 }).exitCode).toBe(2)
  })
})

// Each waits for its own gateway most of the time.
describe.concurrent('a gateway in hearth run', () => {
  it('that is gone: its drop-in answers 503 when nothing is fresh, and 200 when it is back', async () => {
    const gateway = await startGateway('document')
    const run = await startRun({
      nefit: {
        type: 'ems-esp',
        url: gateway.url,
        interval: '1s',
        system_interval: '1s',
        stale_after: '4s',
        drop_in: '127.0.0.1:0',
      },
    })
    const dropIn = await dropInOf(run, 'nefit')
    await servesWith(dropIn, BOILER, 200)
    await gateway.unplug()
    for (const path of [BOILER, '/api/thermostat/metrics', '/api/system/metrics']) {
      await servesWith(dropIn, path, 503, 12_000)
    }
    expect((await get(`${run.url}/metrics`)).text).toMatch(/^hearth_device_up\{device="nefit-boiler"\} 0$/m)
    await gateway.plugIn()
    await servesWith(dropIn, BOILER, 200, 10_000)
    await servesWith(dropIn, '/api/system/metrics', 200, 10_000)
  })

  it('that starts anew: pages are empty as its own are, come back one by one, and nothing is counted against it', async () => {
    const gateway = await startGateway('firmware-3.8')
    const settings = { interval: '1s', system_interval: '1s', stale_after: '15s' }
    const run = await startRun({ nefit: { type: 'ems-esp', url: gateway.url, ...settings } })
    const path = '/devices/nefit/api/solar/metrics'
    await servesWith(run, path, 200)
    gateway.change('reboot')
    await run.program.waitFor(/the gateway has restarted/, 20_000)
    expect([404, 503]).toContain(await statusOf(run, path))
    await servesWith(run, path, 200, 30_000)
    expect((await get(run.url + path)).text).toBe(gateway.textAt('/api/solar/metrics'))
    const { text } = await get(`${run.url}/metrics`)
    expect(text).not.toMatch(
      /^hearth_device_errors_total\{device="nefit[^"]*",kind="(schema|parse|implausible|http_status)"\} [1-9]/m,
    )
  })

  it('that takes 3 s for each answer: no scrape waits, and its values stay', async () => {
    const gateway = await startGateway('document', 'slow')
    const run = await startRun({ nefit: { type: 'ems-esp', url: gateway.url, interval: '1s' } })
    const path = `/devices/nefit${BOILER}`
    await servesWith(run, path, 200, 20_000)
    for (let i = 0; i < 20; i++) {
      const startedAt = performance.now()
      expect(await statusOf(run, '/metrics')).toBe(200)
      expect(await statusOf(run, path)).toBe(200)
      expect(performance.now() - startedAt).toBeLessThan(500)
      await sleep(200)
    }
    expect(gateway.manners()).toMatchObject({ overlaps: 0, writes: 0 })
  })

  it.each(['fourteen-devices', 'fourteen-devices-3.7'])(
    'has its first full picture of %s within 20 s',
    async house => {
      const gateway = await startGateway(house)
      const run = await startRun({ nefit: { type: 'ems-esp', url: gateway.url } })
      const startedAt = performance.now()
      const words = [
        ...['boiler', 'thermostat', 'mixer', 'solar', 'heatpump', 'gateway', 'switch', 'connect', 'alert'],
        ...['extension', 'heatsource', 'ventilation', 'water', 'pool'],
      ]
      await until(
        'fourteen texts',
        async () => {
          const all = await Promise.all(
            words.map(word => statusOf(run, `/devices/nefit/api/${word}/metrics`)),
          )
          return all.every(status => status === 200) || undefined
        },
        20_000,
      )
      expect(performance.now() - startedAt).toBeLessThan(20_000)
    },
  )
})

describe('hearth read ems-esp', () => {
  it('prints the gateway and its machines in all formats', async () => {
    const { place } = await simulate('ems-esp', 'document')
    const read = (...args: string[]) => {
      const { exitCode, stdout, stderr } = runOnce(HEARTH, ['read', 'ems-esp', place, ...args])
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
      return stdout
    }
    const table = read()
    expect(table).toMatch(/^bus\.busStatus +connected$/m)
    expect(table).toMatch(/curflowtemp +60\.2 °C$/m)
    expect(table).toMatch(/servicecode +-H$/m)

    const json = read('--format', 'json')
    const first: unknown = JSON.parse(json.split('\n')[0] ?? '')
    expect(first).toMatchObject({ device: { name: 'ems-esp', type: 'ems-esp' }, errors: { framing: 0 } })
    expect(json).toMatch(/"key":"[^"]*curflowtemp","value":60\.2,"unit":"°C"/)

    const dropIn = read('--format', 'drop-in')
    for (const line of EXAMPLE) expect(dropIn.split('\n')).toContain(line)

    const unified = read('--format', 'unified')
    expect(() => parseText(unified)).not.toThrow()
    expect(unified).toMatch(/^hearth_temperature_celsius\{device="ems-esp-boiler",.*point="flow".*\} 60\.2$/m)
  })

  it('says what it tried when nobody answers, and ends with 1', () => {
    const { exitCode, stdout, stderr } = runOnce(HEARTH, ['read', 'ems-esp', 'http://127.0.0.1:1'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain('127.0.0.1:1')
  })
})
