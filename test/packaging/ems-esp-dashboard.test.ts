import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanUp } from '../support/clean-up.ts'
import { simulate, startDropIn } from '../support/hearth.ts'
import { type Prometheus, startPrometheus } from '../support/prometheus.ts'
import { queriesOf, readDashboard, unitsOf, variableOf } from './dashboard.ts'

/** What each house has; between them, all that the panels show. */
const HOUSES = ['firmware-3.8', 'heat-pump'] as const
type House = (typeof HOUSES)[number]
/** Queries with data in one house only; all others have some in both. */
const ONLY: Readonly<Record<House, RegExp>> = {
  'firmware-3.8':
    /flamecurr|burnstarts|heatstarts|burnworkmin|ubauptime|nrgheat|flowtemphc|targetflowtemp|collectortemp|rssi|charging/,
  'heat-pump': /hppower|hpcurrpower|hpt\[|metertotal|uptimecontrol/,
}
const UNITS = [
  'amp',
  'celsius',
  'cps',
  'dBm',
  'decbytes',
  'kwatth',
  'm',
  'none',
  'percent',
  'pressurebar',
  's',
  'watt',
]

const dashboard = readDashboard('ems-esp.json')
const QUERIES = queriesOf(dashboard)

let prometheus: Prometheus
/** What Prometheus calls the gateway of each house. */
const instances = new Map<string, string>()

/** The job of the original's document: a target for each device, told apart by the label `device`. */
function job(name: string, host: string): Readonly<Record<string, unknown>> {
  return {
    job_name: name,
    static_configs: ['system', 'boiler', 'thermostat', 'mixer', 'solar'].map(device => ({
      targets: [host],
      labels: { device },
    })),
    relabel_configs: [
      { source_labels: ['device'], target_label: '__metrics_path__', replacement: '/api/$1/metrics' },
    ],
  }
}

beforeAll(async () => {
  for (const house of HOUSES) {
    const gateway = await simulate('ems-esp', house)
    const dropIn = await startDropIn('ems-esp', { EMS_ESP_URL: gateway.place })
    instances.set(house, new URL(dropIn.url).host)
  }
  prometheus = await startPrometheus([...instances].map(([house, host]) => job(house, host)))
  for (const house of HOUSES) {
    // increase() and rate() need two samples.
    for (const series of ['emsesp_nrgtotal', 'emsesp_bus_busreads', 'emsesp_seltemp']) {
      await prometheus.waitForData(`count_over_time(${series}{job="${house}"}[10m]) > 3`, 30_000)
    }
  }
})
afterAll(cleanUp)

function ask(expr: string, house: House) {
  const instance = instances.get(house) ?? ''
  return prometheus.query(expr.replaceAll('$instance', instance).replaceAll('[1h]', '[10m]'))
}

const hasDataIn = (house: House, expr: string) =>
  HOUSES.every(other => other === house || !ONLY[other].test(expr))

describe('dashboard of a gateway on the names of its firmware', () => {
  it('shows numbers in units that read well', () => {
    expect(unitsOf(dashboard)).toEqual(UNITS)
  })

  it('lists the gateways', async () => {
    const { series, label } = variableOf(dashboard)
    const found = await prometheus.labelValues(label, series)
    expect([...found].sort()).toEqual([...instances.values()].sort())
  })

  describe.each(HOUSES)('of the house %s', house => {
    it.each(QUERIES.filter(({ expr }) => hasDataIn(house, expr)))('$title: $expr', async ({ expr }) => {
      const samples = await ask(expr, house)
      expect(samples.length).toBeGreaterThan(0)
      for (const { value } of samples) expect(Number.isFinite(value)).toBe(true)
    })
  })
})
