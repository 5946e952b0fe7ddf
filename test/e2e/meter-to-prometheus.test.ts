import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseOpenMetrics } from '../../src/testing/exposition-parser.ts'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { get, type Serving, simulateLinky, startLinkyExporter, startRun } from '../support/hearth.ts'
import { type Prometheus, scrape, startPrometheus } from '../support/prometheus.ts'

/** The values of the example in the original's document, from a meter that stands still on them. */
const EXPECTED: readonly (readonly [expression: string, value: number])[] = [
  ['linky_isousc', 30],
  ['linky_base', 2_354_780],
  ['linky_iinst', 11],
  ['linky_papp', 2610],
  ['hearth_meter_apparent_power_voltamperes', 2610],
  ['hearth_meter_current_amperes{phase="l1"}', 11],
  ['hearth_meter_energy_joules_total{direction="import",tariff="base"}', 8_477_208_000],
  ['hearth_meter_subscribed_apparent_power_voltamperes', 6000],
  ['hearth_meter_tariff{hearth_meter_tariff="base"}', 1],
  ['hearth_meter_tariff_option{hearth_meter_tariff_option="base"}', 1],
  ['hearth_meter_overload_warning', 0],
  ['hearth_device_up', 1],
  ['hearth_device_stale_after_seconds', 60],
]

const LINES = [
  { name: 'a pseudo-terminal', args: () => ['--pty', join(temporaryFolder(), 'ttyUSB0')] },
  { name: 'TCP', args: () => [] },
]

afterAll(cleanUp)

describe.each(LINES)('a meter on $name', ({ args }) => {
  let prometheus: Prometheus
  let run: Serving
  let dropIn: Serving

  beforeAll(async () => {
    // One meter each: a serial port has one reader.
    const meter = await simulateLinky('document', '--pace', '4', ...args())
    const other = await simulateLinky('document', '--pace', '4', ...args())
    run = await startRun({ meter: { type: 'linky', port: meter.place } })
    dropIn = await startLinkyExporter(other.place)
    prometheus = await startPrometheus([
      scrape('drop-in', dropIn.url),
      scrape('hearth', run.url),
      { job_name: 'found', http_sd_configs: [{ url: `${run.url}/sd`, refresh_interval: '1s' }] },
    ])
    await prometheus.waitForData('linky_papp', 30_000)
    await prometheus.waitForData('hearth_meter_apparent_power_voltamperes{job="hearth"}', 30_000)
    await prometheus.waitForData('hearth_meter_apparent_power_voltamperes{job="found"}', 30_000)
  })

  it('is up for Prometheus, in place of its original, among all devices, and by service discovery', async () => {
    const samples = await prometheus.query('up')
    expect(samples.map(({ labels, value }) => [labels['job'], value]).sort()).toEqual([
      ['drop-in', 1],
      ['found', 1],
      ['hearth', 1],
    ])
  })

  it.each(EXPECTED)('Prometheus has %s', async (expression, value) => {
    const job = expression.startsWith('linky_') ? 'drop-in' : 'hearth'
    const selector = expression.includes('{')
      ? expression.replace('{', `{job="${job}",`)
      : `${expression}{job="${job}"}`
    expect((await prometheus.query(selector)).map(sample => sample.value)).toEqual([value])
  })

  it('keeps the label device when Prometheus found it by itself', async () => {
    const [sample] = await prometheus.query('hearth_device_up{job="found"}')
    expect(sample?.labels).toMatchObject({ device: 'meter' })
    expect(sample?.labels['exported_device']).toBeUndefined()
  })

  it('has a page that promtool finds nothing wrong with', async () => {
    const { text } = await get(`${run.url}/metrics`)
    const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })

  it('has an OpenMetrics page that a strict reader accepts', async () => {
    const { text, headers } = await get(`${run.url}/metrics`, {
      accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5',
    })
    expect(headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
    expect(() => parseOpenMetrics(text)).not.toThrow()
  })

  it("prints the example of the original's document, its serial aside", async () => {
    const { text } = await get(`${dropIn.url}/metrics`)
    const labels =
      'adco="x",hhphc="A",imax="090",job="linky-exporter",motdetat="000000",optarif="BASE",ptec="TH.."'
    expect(text.replace(/adco="\d{12}"/g, 'adco="x"')).toBe(
      [
        '# HELP linky_isousc Intensité Souscrite en A',
        '# TYPE linky_isousc gauge',
        `linky_isousc{${labels}} 30.0`,
        '# HELP linky_base_total Index Option Base en Wh',
        '# TYPE linky_base_total counter',
        `linky_base{${labels}} 2.35478e+06`,
        '# HELP linky_iinst Intensité Instantanée en A',
        '# TYPE linky_iinst gauge',
        `linky_iinst{${labels}} 11.0`,
        '# HELP linky_papp Puissance Apparente en VA',
        '# TYPE linky_papp gauge',
        `linky_papp{${labels}} 2610.0`,
        '',
      ].join('\n'),
    )
  })
})
