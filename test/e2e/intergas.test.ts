import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOCUMENT } from '../../src/devices/intergas/document.test-data.ts'
import { linesOf, MEASURED } from '../../src/devices/intergas/pairs.test-data.ts'
import { parseOpenMetrics } from '../../src/testing/exposition-parser.ts'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { pageOf, pageWith, samplesOf } from '../support/drop-in-page.ts'
import {
  get,
  type Serving,
  type Simulated,
  simulate,
  startIntergasExporter,
  startRun,
} from '../support/hearth.ts'
import { type Prometheus, scrape, startPrometheus } from '../support/prometheus.ts'

/** In the order of the original's document. */
const PROCESS = [
  'process_virtual_memory_bytes',
  'process_resident_memory_bytes',
  'process_start_time_seconds',
  'process_cpu_seconds_total',
  'process_open_fds',
  'process_max_fds',
]
const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5'

const LINES = [
  { line: 'TCP', args: (): string[] => [] },
  { line: 'a pseudo-terminal', args: () => ['--pty', join(temporaryFolder(), 'ttyUSB-PL2303')] },
]

afterAll(cleanUp)

/** `intergas-exporter` on a simulated boiler, read once. */
async function read(scenario: string, args: readonly string[] = []): Promise<Serving> {
  const { place }: Simulated = await simulate('intergas', scenario, ...args)
  const serving = await startIntergasExporter(place)
  await pageWith(serving, 'intergas_up', '1.0')
  return serving
}

/** The page without what differs from one moment to the next. */
const stillPage = (page: string) => page.replace(/^intergas_updated .*$/m, 'intergas_updated TIME')
const ofBoiler = (page: string) => stillPage(page.slice(page.indexOf('# HELP intergas_')))

describe.each(LINES)('intergas-exporter on $line', ({ args }) => {
  const pages = new Map<string, string>()
  beforeAll(async () => {
    const scenarios = ['document', ...MEASURED.map(({ state }) => `pair-${state}`)]
    await Promise.all(
      scenarios.map(async scenario => pages.set(scenario, await pageOf(await read(scenario, args())))),
    )
  })

  it.each(MEASURED.map(({ state }) => state))('prints for the state %s what the original printed', state => {
    const samples = samplesOf(pages.get(`pair-${state}`) ?? '')
    const boilers = samples.filter(line => line.startsWith('intergas_'))
    expect(boilers).toHaveLength(77)
    expect(boilers.filter(line => !line.startsWith('intergas_updated '))).toEqual(linesOf(state))
    expect(samples.indexOf(boilers[0] ?? '')).toBe(PROCESS.length)
  })

  it("prints the example of the original's document, its own process first", () => {
    const page = pages.get('document') ?? ''
    const start = page.indexOf('# HELP intergas_')
    expect(ofBoiler(page)).toBe(DOCUMENT)

    const own = page.slice(0, start)
    expect(samplesOf(own).map(line => line.split(' ')[0])).toEqual(PROCESS)
    expect([...own.matchAll(/^# (HELP|TYPE) (\S+)/gm)].map(([, what, name]) => `${name} ${what}`)).toEqual(
      PROCESS.flatMap(name => [`${name} HELP`, `${name} TYPE`]),
    )
  })
})

describe('the page of intergas-exporter', () => {
  let serving: Serving
  beforeAll(async () => {
    serving = await read('document')
  })

  it('is true about its process', async () => {
    const values = new Map(
      samplesOf(await pageOf(serving)).map(line => {
        const [name = '', value] = line.split(' ')
        return [name, Number(value)]
      }),
    )
    const startedAt = values.get('process_start_time_seconds') ?? 0
    expect(Date.now() / 1000 - startedAt).toBeLessThan(60)
    expect(values.get('process_resident_memory_bytes')).toBeGreaterThan(10e6)
    expect(values.get('process_cpu_seconds_total')).toBeGreaterThan(0)
    expect(values.get('process_open_fds')).toBeGreaterThan(3)
  })

  it.each(['/', '/metrics', '/any/where', '/any/where?x=1', '//', '/metrics/'])(
    'is the same at %s',
    async path => {
      const { status, text } = await get(`${serving.url}${path}`)
      expect(status).toBe(200)
      expect(ofBoiler(text)).toBe(DOCUMENT)
    },
  )

  it('is empty for the icon that browsers want', async () => {
    expect(await get(`${serving.url}/favicon.ico`)).toMatchObject({ status: 200, text: '' })
  })

  it.each(['HEAD', 'POST', 'DELETE'])('answers %s like GET', async method => {
    const response = await fetch(serving.url, { method })
    expect(response.status).toBe(200)
    const text = await response.text()
    if (method === 'HEAD') expect(text).toBe('')
    else expect(text).toContain('\nintergas_up 1.0\n')
  })

  it('is text as the original sends it', async () => {
    const { headers, text } = await get(serving.url, { accept: 'text/plain' })
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(text).toContain('Ionization current in µA')
  })

  it('is OpenMetrics for who asks for it, as the original', async () => {
    const { headers, text } = await get(serving.url, { accept: OPEN_METRICS })
    expect(headers.get('content-type')).toMatch(/^application\/openmetrics-text; version=/)
    expect(text.endsWith('# EOF\n')).toBe(true)
    expect(text).toContain('# TYPE process_cpu_seconds counter\nprocess_cpu_seconds_total ')
    expect(samplesOf(text).filter(line => line.startsWith('intergas_'))).toHaveLength(77)
    expect(() => parseOpenMetrics(text)).not.toThrow()
  })

  it.each([undefined, OPEN_METRICS])('is the same compressed (Accept: %s)', async accept => {
    const headers = accept === undefined ? undefined : { accept }
    const plain = await get(serving.url, { ...headers, 'accept-encoding': 'identity' })
    const packed = await get(serving.url, { ...headers, 'accept-encoding': 'gzip' })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(ofBoiler(packed.text)).toBe(ofBoiler(plain.text))
  })

  it('can be asked for families by name', async () => {
    const query = 'name[]=intergas_up&name[]=intergas_gasmeter&name[]=nothing'
    const names = samplesOf(await pageOf(serving, `/metrics?${query}`))
    expect([...names].sort()).toEqual([
      'intergas_gasmeter{type="cv"} 5383.3816',
      'intergas_gasmeter{type="warmwater"} 519.1142',
      'intergas_up 1.0',
    ])
  })
})

describe.each(LINES)('a boiler on $line, read by Prometheus', ({ args }) => {
  let prometheus: Prometheus
  let run: Serving

  beforeAll(async () => {
    // One boiler each: a serial port has one reader.
    const dropIn = await read('document', args())
    const { place } = await simulate('intergas', 'document', ...args())
    run = await startRun({ boiler: { type: 'intergas', port: place, interval: '1s' } })
    prometheus = await startPrometheus([
      scrape('drop-in', dropIn.url, '/'),
      scrape('hearth', run.url),
      { job_name: 'found', http_sd_configs: [{ url: `${run.url}/sd`, refresh_interval: '1s' }] },
    ])
    await prometheus.waitForData('intergas_temperature_celcius{job="drop-in"}', 30_000)
    await prometheus.waitForData('hearth_temperature_celsius{job="hearth"}', 30_000)
    await prometheus.waitForData('hearth_temperature_celsius{job="found"}', 30_000)
  })

  it('is up in place of its original, among all devices, and by service discovery', async () => {
    const samples = await prometheus.query('up')
    expect(samples.map(({ labels, value }) => [labels['job'], value]).sort()).toEqual([
      ['drop-in', 1],
      ['found', 1],
      ['hearth', 1],
    ])
  })

  it.each([
    ['count({__name__=~"intergas_.*"})', 77],
    ['intergas_up', 1],
    ['intergas_temperature_celcius{type="aanvoer"}', 69.97],
    ['intergas_flag{name="pressure_sensor"}', 1],
    ['hearth_device_up{job="hearth"}', 1],
    ['hearth_temperature_celsius{job="hearth",point="heat_exchanger"}', 69.97],
    ['hearth_water_pressure_pascals{job="hearth"}', 170_000],
    ['hearth_flame_ionization_amperes{job="hearth"}', 7.33e-6],
  ])('Prometheus has %s', async (expression, value) => {
    expect((await prometheus.query(expression)).map(sample => sample.value)).toEqual([value])
  })

  it.each(['', OPEN_METRICS])('has a unified page that its readers accept (Accept: %s)', async accept => {
    const { text } = await get(`${run.url}/metrics`, accept === '' ? {} : { accept })
    if (accept !== '') expect(() => parseOpenMetrics(text)).not.toThrow()
    expect(text).toContain('hearth_device_up{device="boiler"} 1')
  })
})
