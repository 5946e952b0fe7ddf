import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { parseOpenMetrics, parseText } from '../../src/testing/exposition-parser.ts'
import { promtool } from '../../src/testing/promtool.ts'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { type Cloud, isLogin, startCloud } from '../support/cloud.ts'
import { pageOf, pageWith, samplesOf } from '../support/drop-in-page.ts'
import {
  get,
  HEARTH,
  type Serving,
  simulate,
  startHearth,
  startKronotermRelay,
  startRun,
} from '../support/hearth.ts'
import { type Prometheus, startPrometheus } from '../support/prometheus.ts'
import { runOnce } from '../support/run-once.ts'
import { until } from '../support/until.ts'

/** The example of the original's document; its damaged degree sign is whole here. */
const DOCUMENT = `\
# HELP heat_pump_basic_info Heat pump information
# TYPE heat_pump_basic_info gauge
heat_pump_basic_info{hp_id="FFFFFF",location_name="MyHome",user_level="4"} 1.0
# HELP heat_pump_temperature_c Heat pump temperatures [°C]
# TYPE heat_pump_temperature_c gauge
heat_pump_temperature_c{heating_loop="system",name="room_temperature"} 22.1
heat_pump_temperature_c{heating_loop="system",name="outlet_temperature"} 38.5
heat_pump_temperature_c{heating_loop="system",name="outside_temperature"} 9.0
heat_pump_temperature_c{heating_loop="system",name="sanitary_water_temperature"} 54.3
heat_pump_temperature_c{heating_loop="loop_1",name="current_temp"} 35.6
heat_pump_temperature_c{heating_loop="loop_1",name="target_temp"} 50.0
heat_pump_temperature_c{heating_loop="loop_1",name="calc_target_temp"} 36.8
heat_pump_temperature_c{heating_loop="loop_2",name="target_temp"} 22.0
heat_pump_temperature_c{heating_loop="loop_2",name="calc_target_temp"} 22.0
heat_pump_temperature_c{heating_loop="loop_5",name="target_temp"} 55.0
heat_pump_temperature_c{heating_loop="loop_5",name="calc_target_temp"} 0.0
# HELP heat_pump_power_consumption_kwh Heat pump power consumption [kWh]
# TYPE heat_pump_power_consumption_kwh gauge
heat_pump_power_consumption_kwh{function="heating"} 6.556233333333337
heat_pump_power_consumption_kwh{function="cooling"} 0.0
heat_pump_power_consumption_kwh{function="tap_water"} 2.0836000000000006
heat_pump_power_consumption_kwh{function="pumps"} 0.40832638888888895
heat_pump_power_consumption_kwh{function="total"} 9.048159722222227
# HELP heat_pump_pressure_bar Heat pump system pressure [bar]
# TYPE heat_pump_pressure_bar gauge
heat_pump_pressure_bar 1.9
# HELP heat_pump_function Heat pump function
# TYPE heat_pump_function gauge
heat_pump_function{function="operating_mode",heating_loop="system"} 0.0
heat_pump_function{function="working_function",heating_loop="system"} 0.0
heat_pump_function{function="working_status",heating_loop="loop_1"} 1.0
heat_pump_function{function="working_mode",heating_loop="loop_1"} 2.0
heat_pump_function{function="working_status",heating_loop="loop_2"} 1.0
heat_pump_function{function="working_mode",heating_loop="loop_2"} 2.0
heat_pump_function{function="working_status",heating_loop="loop_5"} 0.0
heat_pump_function{function="working_mode",heating_loop="loop_5"} 0.0
`

/** The job of the original's document; the target is put in below. */
const DOCUMENT_JOB = `
- job_name: 'heat-pump'
  scrape_interval: 30s
  metrics_path: '/metrics'
  scheme: "http"
  static_configs:
  - targets: ['ip-or-host-address:8555']
`

const PROCESS = [
  'process_virtual_memory_bytes',
  'process_resident_memory_bytes',
  'process_start_time_seconds',
  'process_cpu_seconds_total',
  'process_open_fds',
  'process_max_fds',
]
const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5'
const TOTAL = 'heat_pump_power_consumption_kwh{function="total"}'
const ofPump = (page: string) => page.slice(page.indexOf('# HELP heat_pump_'))

afterAll(cleanUp)

/** The relay on a simulated cloud, once all of its pages were read. */
async function relayOn(scenario: string, env: Readonly<Record<string, string>> = {}) {
  const cloud = await startCloud(scenario)
  return { cloud, serving: await startKronotermRelay(cloud.url, env) }
}

describe("kronoterm-cloud-relay on the plant of the original's document", () => {
  let serving: Serving
  let cloud: Cloud
  beforeAll(async () => {
    const relay = await relayOn('document', { PROMETHEUS_UPDATE_INTERVAL: '' })
    serving = relay.serving
    cloud = relay.cloud
    await pageWith(serving, TOTAL, '9.048159722222227')
  })

  it('prints its example, and its own process first', async () => {
    const page = await pageOf(serving)
    expect(ofPump(page)).toBe(DOCUMENT)
    expect(
      samplesOf(page.slice(0, page.indexOf('# HELP heat_pump_'))).map(line => line.split(' ')[0]),
    ).toEqual(PROCESS)
  })

  it('needed one login and each page once', () => {
    expect(cloud.asked.filter(isLogin)).toHaveLength(1)
    expect(cloud.asked.length).toBeLessThanOrEqual(1 + 1 + 6)
    expect(new Set(cloud.asked.map(({ method, url }) => `${method} ${url}`)).size).toBe(cloud.asked.length)
    expect(cloud.asked.filter(({ url }) => url.includes('Action=1'))).toEqual([])
  })

  it.each(['/metrics', '/metrics/'])('is at %s', async path => {
    const { status, text, headers } = await get(`${serving.url}${path}`, { accept: 'text/plain' })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(ofPump(text)).toBe(DOCUMENT)
  })

  it.each(['/api/v1/system-review', '/echo/x'])(
    'says at %s that there is no control interface',
    async path => {
      const { status, text } = await get(`${serving.url}${path}`)
      expect(status).toBe(404)
      expect(text.trim().split('\n')).toHaveLength(1)
    },
  )

  it('takes no writes', async () => {
    const response = await fetch(`${serving.url}/api/v1/target-temperature/1/30`, { method: 'POST' })
    expect(response.status).toBeGreaterThanOrEqual(404)
    expect(cloud.asked.filter(({ url }) => url.includes('Action=1'))).toEqual([])
  })

  it('is OpenMetrics for who asks for it, as the original', async () => {
    const { headers, text } = await get(`${serving.url}/metrics/`, { accept: OPEN_METRICS })
    expect(headers.get('content-type')).toMatch(/^application\/openmetrics-text; version=/)
    expect(text).toContain('# TYPE heat_pump_basic info\n')
    expect(samplesOf(text).filter(line => line.startsWith('heat_pump_'))).toHaveLength(26)
    expect(() => parseOpenMetrics(text)).not.toThrow()
  })

  it('is the same compressed, and can be asked for families by name', async () => {
    const packed = await get(`${serving.url}/metrics`, { 'accept-encoding': 'gzip' })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(ofPump(packed.text)).toBe(DOCUMENT)
    const names = samplesOf(await pageOf(serving, '/metrics?name[]=heat_pump_pressure_bar&name[]=nothing'))
    expect(names).toEqual(['heat_pump_pressure_bar 1.9'])
  })

  it('passes promtool', async () => {
    const { exitCode, findings } = promtool(await pageOf(serving))
    // 3: promtool would have named some families otherwise; the names are the original's.
    expect([0, 3]).toContain(exitCode)
    expect(findings).not.toMatch(/error|parse/i)
  })

  it('keeps the password to itself', async () => {
    expect(serving.program.stderr() + serving.program.stdout()).not.toMatch(/demo@|password=|PHPSESSID/)
  })
})

describe('other plants on the relay', () => {
  it.each([
    ['one-loop', /name="inlet_temp"/, 26],
    ['no-sensors', /^$/, 27],
    ['cooling', /name="inlet_temp"/, 26],
    ['four-loops', /^$/, 27],
  ])('%s', async (scenario, never, series) => {
    const { serving } = await relayOn(scenario)
    await untilSeries(serving, series)
    const page = await pageOf(serving)
    expect(() => parseText(page)).not.toThrow()
    for (const line of samplesOf(page)) expect(line).not.toMatch(never)
  })

  it('writes quotes, backslashes and line breaks so that they can be read back', async () => {
    const { serving } = await relayOn('alarms')
    await untilSeries(serving, 26)
    const families = parseText(await pageOf(serving))
    const info = families.find(({ name }) => name === 'heat_pump_basic_info')?.samples[0]
    expect(info?.labels.get('location_name')).toBe('Say "hi"\\home\nattic')
  })

  it('shows -60.0, 0.0 and -1.0 where the original does', async () => {
    const { serving } = await relayOn('no-sensors')
    await untilSeries(serving, 27)
    const page = await pageOf(serving)
    expect(page).toContain('{heating_loop="system",name="outside_temperature"} -60.0\n')
    expect(page).toContain('{heating_loop="loop_1",name="calc_target_temp"} 0.0\n')
    expect(page).toContain('\nheat_pump_pressure_bar -1.0\n')
  })
})

async function untilSeries(serving: Serving, count: number): Promise<void> {
  for (let round = 0; round < 100; round++) {
    const shown = samplesOf(await pageOf(serving)).filter(line => line.startsWith('heat_pump_'))
    if (shown.length === count) return
    await sleep(100)
  }
  expect(samplesOf(await pageOf(serving)).filter(line => line.startsWith('heat_pump_'))).toHaveLength(count)
}

describe('a heat pump read by Prometheus', () => {
  let prometheus: Prometheus
  let run: Serving
  beforeAll(async () => {
    const { serving } = await relayOn('document')
    const cloud = await startCloud('document')
    run = await startRun({ pump: pumpAt(cloud.url) })
    const jobs = z.array(z.record(z.string(), z.unknown())).parse(parseYaml(DOCUMENT_JOB))
    const [job = {}] = jobs
    const host = new URL(serving.url).host
    await pageWith(serving, TOTAL, '9.048159722222227')
    prometheus = await startPrometheus([
      // As in the document, but for the target, and for the interval: a test does not wait half a minute.
      { ...job, scrape_interval: '1s', static_configs: [{ targets: [host] }] },
      { job_name: 'found', http_sd_configs: [{ url: `${run.url}/sd`, refresh_interval: '1s' }] },
    ])
    await prometheus.waitForData('heat_pump_temperature_c{job="heat-pump"}', 30_000)
    await prometheus.waitForData('hearth_temperature_celsius{job="found"}', 30_000)
  })

  it.each([
    ['count({__name__=~"heat_pump_.*"})', 26],
    [TOTAL, 9.048159722222227],
    ['heat_pump_pressure_bar{job="heat-pump"}', 1.9],
    ['heat_pump_function{function="working_mode",heating_loop="loop_1"}', 2],
    ['hearth_device_up{device="pump"}', 1],
    ['hearth_water_pressure_pascals{device="pump"}', 190_000],
    ['min(up)', 1],
  ])('Prometheus has %s', async (expression, value) => {
    expect((await prometheus.query(expression)).map(sample => sample.value)).toEqual([value])
  })

  it('has a unified page that its readers accept', async () => {
    const { text } = await get(`${run.url}/metrics`, { accept: OPEN_METRICS })
    expect(() => parseOpenMetrics(text)).not.toThrow()
    expect(promtool(await pageOf(run))).toMatchObject({ exitCode: 0, findings: '' })
  })

  it('has its drop-in page and its JSON among the endpoints of the device', async () => {
    expect(ofPump(await pageOf(run, '/devices/pump/metrics'))).toBe(DOCUMENT)
    expect((await get(`${run.url}/devices/pump/status`)).status).toBe(200)
  })
})

/** Configuration of a simulated pump. */
function pumpAt(url: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    type: 'kronoterm-cloud',
    user: 'demo@example.org',
    password: 'demo',
    base_url: url,
    timezone: 'Europe/Ljubljana',
    interval: '10s',
    ...more,
  }
}

describe('kronoterm-cloud-relay without a cloud', () => {
  it.each([
    ['a name that nobody knows', async () => 'http://no-such-cloud.invalid', /has a name that is not known/],
    ['an address where nobody listens', async () => 'http://127.0.0.1:1', /refused the connection/],
    ['a wrong password', async () => (await startCloud('wrong-password')).url, /refused: /],
    ['maintenance', async () => (await startCloud('maintenance')).url, /no session came/],
    ['a black hole', async () => (await startCloud('black-hole')).url, undefined],
  ])('%s: answers at once with nothing invented, and goes on', async (_what, place, says) => {
    const serving = await startKronotermRelay(await place(), { PROMETHEUS_UPDATE_INTERVAL: '10' })
    if (says) await serving.program.waitFor(says)
    const startedAt = performance.now()
    const { status, text } = await get(`${serving.url}/metrics`)
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    expect(status).toBe(200)
    expect(samplesOf(text).map(line => line.split(' ')[0])).toEqual(PROCESS)
    expect(await serving.program.stop()).toBe(0)
  })

  it.each([
    ['no user', { KRONOTERM_CLOUD_USER: '' }],
    ['no password', { KRONOTERM_CLOUD_PASSWORD: '' }],
    ['an interval with a unit', { PROMETHEUS_UPDATE_INTERVAL: '30s' }],
    ['an interval with a fraction', { PROMETHEUS_UPDATE_INTERVAL: '15.5' }],
    ['an address that is none', { KRONOTERM_CLOUD_URL: 'cloud' }],
    ['a zone that is none', { TZ: 'Europe/Nowhere' }],
  ])('%s: ends with 1, says what is wrong and what to do', (_what, env) => {
    const { exitCode, stderr } = runOnce(HEARTH, ['kronoterm-cloud-relay', '--listen', '127.0.0.1:0'], {
      env: { KRONOTERM_CLOUD_USER: 'me', KRONOTERM_CLOUD_PASSWORD: 'hush', ...env },
    })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^hearth: .+\n( {2}.+\n)?$/)
    expect(stderr).not.toContain('hush')
  })
})

describe('hearth demo', () => {
  it('has a heat pump that is read', async () => {
    const program = startHearth(['demo', '--listen', '127.0.0.1:0'])
    const [, url = ''] = await program.waitFor(/all devices, for Prometheus\s+(http:\S+)\/metrics/)
    await pageWith({ url, program }, 'hearth_device_up{device="pump"}', '1')
    expect(await program.stop()).toBe(0)
  })
})

describe('the energy counter of hearth run', () => {
  const HEATING = /^(hearth_electric_energy_joules_total\{.*function="heating".*\}) (\d+)$/m

  async function counterOf(run: Serving): Promise<number> {
    return until('the counter', async () => {
      const [, , value] = HEATING.exec(await pageOf(run)) ?? []
      return value === undefined ? undefined : Number(value)
    })
  }

  it('is kept over a restart, and neither the password nor the user is', async () => {
    const folder = temporaryFolder()
    const cloud = await startCloud('document')
    const first = await startRun({ pump: pumpAt(cloud.url) }, { data_dir: folder })
    const before = await counterOf(first)
    expect(before).toBe(Math.round(6.556233333333337 * 3_600_000))
    expect(await first.program.stop()).toBe(0)
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(each => each.isFile())
    expect(files.length).toBeGreaterThan(0)
    for (const { parentPath, name } of files) {
      expect(readFileSync(join(parentPath, name), 'utf8')).not.toMatch(/demo/)
    }

    // A cloud that says nothing was ever heated: without what was kept the counter would be 0.
    cloud.change('cooling')
    const second = await startRun({ pump: pumpAt(cloud.url) }, { data_dir: folder })
    expect(await counterOf(second)).toBe(before)
  })
})

describe('hearth read kronoterm-cloud', () => {
  let place = ''
  beforeAll(async () => {
    // A program of its own: the tests stand still while a command runs.
    place = (await simulate('kronoterm-cloud', 'document')).place
  })

  const read = (...args: readonly string[]) =>
    runOnce(
      HEARTH,
      [
        'read',
        'kronoterm-cloud',
        place,
        '--set',
        'user=demo@example.org',
        '--set',
        'timezone=Europe/Ljubljana',
        ...args,
      ],
      { env: { PUMP_PASSWORD: 'demo' } },
    )

  it.each([
    ['table', /outside_temp +9 °C$/m],
    [
      'json',
      /\{"key":"system_review\.TemperaturesAndConfig\.outside_temp","value":9,"unit":"°C","raw":"9\.0"\}/,
    ],
    ['drop-in', /^heat_pump_temperature_c\{heating_loop="system",name="outlet_temperature"\} 38\.5$/m],
    ['unified', /^hearth_water_pressure_pascals\{.*\} 190000$/m],
  ])('prints %s', async (format, shows) => {
    const { exitCode, stdout } = read('--set', 'password=demo', '--format', format)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(shows)
  })

  it('takes the password from the environment', () => {
    expect(read('--set', 'password.env=PUMP_PASSWORD').exitCode).toBe(0)
  })

  it('says in one line that a password is wrong, and does not repeat it', () => {
    const { exitCode, stdout, stderr } = read('--set', 'password=wr0ng')
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).not.toContain('wr0ng')
  })
})
