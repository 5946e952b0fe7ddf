import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { FLAGS_26, FLAGS_28 } from '../../src/devices/intergas/status-fields.ts'
import { cleanUp } from '../support/clean-up.ts'
import { get, simulate, startIntergasExporter } from '../support/hearth.ts'
import { type Prometheus, scrape, startPrometheus } from '../support/prometheus.ts'
import { queriesOf, readDashboard, unitsOf, variableOf } from './dashboard.ts'

const UNITS = [
  'amp',
  'celsius',
  'flowlpm',
  'm3',
  'none',
  'percent',
  'pressurebar',
  'rotrpm',
  's',
  'suffix: h',
]

/** What the panel of signals calls each signal that a boiler has. */
const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  gp_switch: 'gas pressure switch',
  tap_switch: 'tap switch',
  roomtherm: 'room thermostat',
  pump: 'pump',
  dwk: 'three-way valve',
  alarm_status: 'alarm',
  ch_cascade_relay: 'cascade relay',
  opentherm: 'OpenTherm',
  gasvalve: 'gas valve',
  spark: 'spark',
  io_signal: 'flame signal',
  ch_ot_disabled: 'heating off by OpenTherm',
  low_water_pressure: 'low water pressure',
  pressure_sensor: 'pressure sensor present',
  burner_block: 'burner block',
  grad_flag: 'gradient',
}

const dashboard = readDashboard('intergas.json')
const QUERIES = queriesOf(dashboard)

let prometheus: Prometheus
let url: string
/** What Prometheus calls the boiler of each scenario. */
const instances = new Map<string, string>()

beforeAll(async () => {
  for (const scenario of ['document', 'pair-sensor_absent']) {
    const boiler = await simulate('intergas', scenario)
    const dropIn = await startIntergasExporter(boiler.place)
    instances.set(scenario, new URL(dropIn.url).host)
    url = dropIn.url
  }
  prometheus = await startPrometheus(
    [...instances].map(([scenario, host]) => scrape(scenario, `http://${host}`)),
  )
  for (const scenario of instances.keys()) {
    // increase() needs two samples.
    await prometheus.waitForData(`count_over_time(intergas_gasmeter{job="${scenario}"}[10m]) > 3`, 30_000)
  }
})
afterAll(cleanUp)

function ask(expr: string, scenario = 'document') {
  const instance = instances.get(scenario) ?? ''
  return prometheus.query(expr.replaceAll('$instance', instance).replaceAll('$__range', '10m'))
}

describe('dashboard of a boiler on the drop-in names', () => {
  it('shows numbers in units that read well', () => {
    expect(unitsOf(dashboard)).toEqual(UNITS)
  })

  it('lists the boilers', async () => {
    const { series, label } = variableOf(dashboard)
    const found = await prometheus.labelValues(label, series)
    expect([...found].sort()).toEqual([...instances.values()].sort())
  })

  it.each(QUERIES)('$title: $expr', async ({ expr }) => {
    const samples = await ask(expr)
    expect(samples.length).toBeGreaterThan(0)
    for (const { value } of samples) expect(Number.isFinite(value)).toBe(true)
  })

  it('shows every family of the drop-in', async () => {
    const { text } = await get(`${url}/metrics`)
    const families = [...text.matchAll(/^# TYPE (intergas_\w+) /gm)].map(([, name = '']) => name)
    expect(families).toHaveLength(18)
    const shown = QUERIES.map(({ expr }) => expr).join(' ')
    expect(families.filter(name => !new RegExp(`\\b${name}\\b`).test(shown))).toEqual([])
  })

  it('leaves out the temperatures of sensors that are not there', async () => {
    const query = QUERIES.find(({ title }) => title === 'Temperatures')?.expr ?? ''
    const types = async (scenario: string) =>
      (await ask(query, scenario)).map(({ labels }) => labels['type']).sort()
    expect(await types('document')).toEqual(['aanvoer', 'flow', 'retour', 'set', 'warmwater'])
    expect(await types('pair-sensor_absent')).toEqual(['aanvoer', 'flow', 'set'])
  })

  it('warns that the names of the flags are not their signals, and names the signals', () => {
    const panel = dashboard.panels.find(({ title }) => title === 'Signals')
    expect(panel?.description).toMatch(/^WARNING: /)
    const shown = new Map(
      panel?.fieldConfig.overrides.map(({ matcher, properties }) => [
        matcher.options,
        z.string().parse(properties.find(({ id }) => id === 'displayName')?.value),
      ]),
    )
    // The original has the first name for bit 7, the board for bit 0.
    const expected = [FLAGS_26, FLAGS_28].flatMap(names =>
      names.map((name, bit) => [name, `${name} = ${SIGNAL_WORDS[names[7 - bit] ?? '']}`] as const),
    )
    expect([...shown]).toEqual(expected)
  })
})
