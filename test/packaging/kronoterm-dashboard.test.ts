import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ENUMERATIONS } from '../../src/devices/kronoterm-cloud/enums.ts'
import { cleanUp } from '../support/clean-up.ts'
import { get, simulate, startKronotermRelay } from '../support/hearth.ts'
import { type Prometheus, scrape, startPrometheus } from '../support/prometheus.ts'
import { queriesOf, readDashboard, unitsOf, variableOf, wordsOf } from './dashboard.ts'

const dashboard = readDashboard('kronoterm-cloud.json')
const QUERIES = queriesOf(dashboard)

let prometheus: Prometheus
let url: string
/** What Prometheus calls the pump of each scenario. */
const instances = new Map<string, string>()

beforeAll(async () => {
  for (const scenario of ['document', 'no-sensors']) {
    const cloud = await simulate('kronoterm-cloud', scenario)
    const relay = await startKronotermRelay(cloud.place)
    instances.set(scenario, new URL(relay.url).host)
    url = relay.url
  }
  prometheus = await startPrometheus(
    [...instances].map(([scenario, host]) => scrape(scenario, `http://${host}`)),
  )
  for (const scenario of instances.keys()) {
    await prometheus.waitForData(`heat_pump_power_consumption_kwh{job="${scenario}"}`, 30_000)
  }
})
afterAll(cleanUp)

function ask(expr: string, scenario = 'document') {
  return prometheus.query(expr.replaceAll('$instance', instances.get(scenario) ?? ''))
}

describe('dashboard of a heat pump on the drop-in names', () => {
  it('shows numbers in units that read well', () => {
    expect(unitsOf(dashboard)).toEqual(['celsius', 'kwatth', 'pressurebar'])
  })

  it('lists the pumps', async () => {
    const { series, label } = variableOf(dashboard)
    const found = await prometheus.labelValues(label, series)
    expect([...found].sort()).toEqual([...instances.values()].sort())
  })

  it.each(QUERIES)('$title: $expr', async ({ title, expr }) => {
    const samples = await ask(expr)
    expect(samples.length).toBeGreaterThan(0)
    for (const { value } of samples) expect(Number.isFinite(value), title).toBe(true)
  })

  it('shows every family of the drop-in', async () => {
    const { text } = await get(`${url}/metrics`)
    const families = [...text.matchAll(/^# TYPE (heat_pump_\w+) /gm)].map(([, name = '']) => name)
    expect(families).toHaveLength(5)
    const shown = QUERIES.map(({ expr }) => expr).join(' ')
    expect(families.filter(name => !new RegExp(`\\b${name}\\b`).test(shown))).toEqual([])
  })

  it('leaves out what a pump says of sensors that are not there', async () => {
    const measured = QUERIES.filter(({ title }) =>
      ['Outside', 'System pressure', 'Temperatures of the system'].includes(title),
    )
    expect(measured.length).toBeGreaterThan(3)
    for (const { expr } of measured) expect(await ask(expr, 'no-sensors'), expr).toEqual([])
  })

  it.each(Object.values(ENUMERATIONS))(
    'has the words of $name for every number of $shownAs',
    ({ shownAs, values }) => {
      const panels = dashboard.panels.filter(({ targets }) =>
        targets.some(({ expr }) => expr.includes(`function="${shownAs}"`)),
      )
      expect(panels.length).toBeGreaterThan(0)
      const expected = Object.fromEntries(values.map(({ value, meaning }) => [String(value), meaning]))
      for (const panel of panels) expect(wordsOf(panel), panel.title).toEqual(expected)
    },
  )
})
