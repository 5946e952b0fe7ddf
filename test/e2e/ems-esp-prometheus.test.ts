import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { promtool } from '../../src/testing/promtool.ts'
import { cleanUp } from '../support/clean-up.ts'
import { startGateway } from '../support/ems-esp-gateway.ts'
import { get, ROOT, type Serving, startDropIn, startRun } from '../support/hearth.ts'
import { type Prometheus, startPrometheus } from '../support/prometheus.ts'
import { until } from '../support/until.ts'

/** The example of the original's document. Only the targets are replaced below. */
const DOCUMENT = `
global:
  scrape_interval: 15s

scrape_configs:
  - job_name: 'emsesp'
    static_configs:
      - targets: ['ems-esp.local']
        labels:
          device: system
      - targets: ['ems-esp.local']
        labels:
          device: boiler
      - targets: ['ems-esp.local']
        labels:
          device: thermostat

    relabel_configs:
      - source_labels: [device]
        target_label: __metrics_path__
        regex: (.*)
        replacement: /api/$1/metrics
`

const jobsOf = (text: string) =>
  z.object({ scrape_configs: z.array(z.record(z.string(), z.unknown())) }).parse(parse(text)).scrape_configs

let prometheus: Prometheus
let run: Serving
let hosts: { readonly newest: string; readonly before: string }

beforeAll(async () => {
  const [newest, before] = [await startGateway('document'), await startGateway('small-3.7')]
  const [one, other] = [
    await startDropIn('ems-esp', { EMS_ESP_URL: newest.url, EMS_ESP_INTERVAL: '2' }),
    await startDropIn('ems-esp', { EMS_ESP_URL: before.url, EMS_ESP_INTERVAL: '2' }),
  ]
  hosts = { newest: new URL(one.url).host, before: new URL(other.url).host }
  const full = await startGateway('firmware-3.8')
  run = await startRun({ nefit: { type: 'ems-esp', url: full.url, interval: '2s' } })
  const [job] = jobsOf(DOCUMENT.replaceAll('ems-esp.local', hosts.newest))
  const [derived] = jobsOf(
    DOCUMENT.replaceAll('ems-esp.local', hosts.before).replace("'emsesp'", "'derived'"),
  )
  prometheus = await startPrometheus([
    job ?? {},
    derived ?? {},
    { job_name: 'found', http_sd_configs: [{ url: `${run.url}/sd`, refresh_interval: '1s' }] },
    { job_name: 'hearth', static_configs: [{ targets: [new URL(run.url).host] }] },
  ])
})
afterAll(cleanUp)

describe.each(['emsesp', 'derived'])("the configuration of the original's document, job %s", job => {
  it('has all its targets up, with its own labels', async () => {
    const up = await until('three targets', async () => {
      const found = await prometheus.query(`up{job="${job}"} == 1`)
      return found.length === 3 ? found : undefined
    })
    expect(up.map(({ labels }) => labels['device']).sort()).toEqual(['boiler', 'system', 'thermostat'])
    const host = job === 'emsesp' ? hosts.newest : hosts.before
    expect(new Set(up.map(({ labels }) => labels['instance']))).toEqual(new Set([host]))
  })

  it.each([
    ['emsesp_circmode{circuit="dhw",device="boiler"', 1],
    ['emsesp_curflowtemp{device="boiler"', 60.2],
    ['emsesp_seltemp{device="thermostat",circuit="hc1"', 20.5],
    ['emsesp_bus_info{busstatus="connected",busprotocol="Buderus"', 1],
    ['emsesp_device_productid{type="boiler"', 123],
    ['emsesp_system_temperature{device="system"', 45],
  ])('Prometheus has %s...}', async (start, value) => {
    const samples = await prometheus.waitForData(`${start},job="${job}"}`)
    expect(samples.map(sample => sample.value)).toEqual([value])
  })
})

describe('a gateway in hearth run', () => {
  it('is found with each machine behind it', async () => {
    const words = ['', '-boiler', '-mixer', '-solar', '-thermostat', '-water']
    const names = words.map(word => `nefit${word}`)
    await until('all machines', async () => {
      const up = await prometheus.query('hearth_device_up{job="found"} == 1')
      const found = new Set(up.map(({ labels }) => labels['device']))
      return names.every(name => found.has(name)) ? up : undefined
    })
    const targets = z
      .array(z.object({ labels: z.record(z.string(), z.string()) }))
      .parse(JSON.parse((await get(`${run.url}/sd`)).text))
    const paths = targets.map(({ labels }) => labels['__metrics_path__'])
    for (const name of names) expect(paths).toContain(`/devices/${name}/unified`)
  })

  it.each([
    ['hearth_temperature_celsius{job="hearth",device="nefit-boiler",point="flow"}', 60.2],
    ['hearth_water_pressure_pascals{job="hearth",device="nefit-boiler"}', 160_000],
  ])('has %s in the neutral dialect', async (expression, value) => {
    const samples = await prometheus.waitForData(expression, 30_000)
    expect(samples.map(sample => sample.value)).toEqual([value])
  })

  it('gives /metrics that promtool finds clean', async () => {
    const { text } = await get(`${run.url}/metrics`)
    expect(text).toContain('device="nefit-boiler"')
    expect(text).toContain('device="nefit"')
    expect(promtool(text)).toEqual({ exitCode: 0, findings: '' })
  })

  it('gives one page for each machine', async () => {
    const of = async (path: string) => (await get(`${run.url}/devices/${path}`)).text
    expect(await of('nefit-boiler/metrics')).toBe(await of('nefit/api/boiler/metrics'))
    expect(await of('nefit/metrics')).toBe(await of('nefit/api/system/metrics'))
  })
})

it('the example that is shipped holds the relabelling of the document', () => {
  const shipped = jobsOf(readFileSync(join(ROOT, 'packaging/prometheus/prometheus.yml'), 'utf8'))
  const [job] = jobsOf(DOCUMENT.replaceAll('ems-esp.local', '127.0.0.1:8084'))
  expect(shipped).toContainEqual(job)
})
