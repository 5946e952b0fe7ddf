import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXPECTED_GERMAN } from '../../src/devices/stiebel-isg/simulator/expected-german.test-data.ts'
import { expectedStatus } from '../../src/devices/stiebel-isg/simulator/expected-page.test-data.ts'
import { cleanUp } from '../support/clean-up.ts'
import { pageOf, samplesOf, textOf } from '../support/drop-in-page.ts'
import { startGateway } from '../support/gateway.ts'
import { get, type Serving, startRun } from '../support/hearth.ts'
import { type Prometheus, scrape, startPrometheus } from '../support/prometheus.ts'
import { until } from '../support/until.ts'

const DEVICES = ['german', 'english', 'french', 'hungarian']
/** A day of the simulated house in this many seconds. */
const DAY_S = 5
const DAYS_SEEN_S = 14

/** Kilowatt-hours of two registers as joules, the way the neutral dialect has them. */
const joules = (total: number, day: number) => Math.round((total * 1000 + day * 1000) * 3600)

let run: Serving
let prometheus: Prometheus

beforeAll(async () => {
  const devices: Record<string, unknown> = {}
  for (const name of DEVICES) {
    devices[name] = { type: 'stiebel-isg', url: (await startGateway(name)).place, interval: '1s' }
  }
  const fast = await startGateway('demo', { pace: 86_400 / DAY_S })
  devices['fast'] = { type: 'stiebel-isg', url: fast.place, interval: '1s' }
  run = await startRun(devices)
  await until('all gateways are up', async () =>
    (await pageOf(run)).match(/^hearth_device_up\{.*\} 1$/gm)?.length === DEVICES.length + 1
      ? true
      : undefined,
  )
  prometheus = await startPrometheus([scrape('hearth', run.url)])
})
afterAll(cleanUp)

describe('a heat pump in the neutral dialect', () => {
  it.each([
    // Keys of two tables: the heading decides.
    ['english', 'hearth_temperature_celsius{circuit="hc1",point="room_air"}', 21.4],
    ['english', 'hearth_temperature_celsius{circuit="hc1",point="flow"}', 32.6],
    ['english', 'hearth_water_flow_cubic_meters_per_second{circuit="dhw1"}', 3.5 / 60_000],
    ['english', 'hearth_water_flow_cubic_meters_per_second{circuit="primary"}', 17.2 / 60_000],
    [
      'english',
      'hearth_thermal_energy_joules_total{function="heating",source="heat_pump"}',
      joules(38_114, 21.53),
    ],
    [
      'english',
      'hearth_electric_energy_joules_total{function="heating",component="compressor"}',
      joules(10_587, 5.981),
    ],
    [
      'english',
      'hearth_thermal_energy_joules_total{function="dhw",source="heat_pump"}',
      joules(9_077, 6.204),
    ],
    [
      'english',
      'hearth_electric_energy_joules_total{function="dhw",component="compressor"}',
      joules(3_026, 2.068),
    ],
    [
      'english',
      'hearth_thermal_energy_joules_total{function="dhw",source="auxiliary_heater"}',
      joules(1_001, 0),
    ],
    ['english', 'hearth_operating_seconds_total{component="compressor",function="heating"}', 9876 * 3600],
    ['english', 'hearth_starts_total{component="compressor"}', 5432],
    ['german', 'hearth_temperature_celsius{point="outdoor_air"}', -3.4],
    [
      'german',
      'hearth_thermal_energy_joules_total{function="heating",source="heat_pump"}',
      joules(52_907, 18.321),
    ],
    [
      'german',
      'hearth_thermal_energy_joules_total{function="ventilation",source="heat_recovery"}',
      joules(23_614, 7.512),
    ],
    [
      'german',
      'hearth_electric_energy_joules_total{function="heating",component="auxiliary_heater",method="estimated"}',
      joules(412, 0),
    ],
    // The unit decides what it is: per cent is a share of the fan, m³/h a flow.
    ['german', 'hearth_modulation_setpoint_ratio{component="exhaust_fan"}', 0.25],
    ['german', 'hearth_air_flow_setpoint_cubic_meters_per_second{point="supply_air"}', 130 / 3600],
    ['german', 'hearth_component_active{component="heating_pump"}', 1],
    ['german', 'hearth_activity{hearth_activity="heating"}', 1],
    ['german', 'hearth_fault_active', 0],
  ])('of the %s gateway has %s', async (device, series, value) => {
    const one = series.includes('{')
      ? series.replace('{', `{device="${device}",`)
      : `${series}{device="${device}"}`
    const samples = await prometheus.waitForData(one)
    expect(samples.map(sample => sample.value)).toEqual([value])
  })

  it('has no temperature from a word: Off is no setpoint of 0 °C', async () => {
    const text = await pageOf(run, '/devices/english/unified')
    expect(text).not.toMatch(/^hearth_temperature_setpoint_celsius\{.*\} 0$/m)
  })

  it.each(DEVICES)('of the %s gateway says how many values it knows', async device => {
    const text = await pageOf(run, `/devices/${device}/unified`)
    const count = (outcome: string) =>
      Number(textOf(text, `hearth_device_series{device="${device}",outcome="${outcome}"}`))
    const isKnown = device === 'german' || device === 'english'
    expect(count('mapped')).toBeGreaterThanOrEqual(isKnown ? 45 : 0)
    if (!isKnown) expect(count('unknown')).toBeGreaterThan(5)
    expect(count('rejected')).toBe(0)
  })

  it('has the status of the original under its own path', async () => {
    const { text, headers } = await get(`${run.url}/devices/german/status`)
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(JSON.parse(text)).toEqual(expectedStatus(EXPECTED_GERMAN))
  })
})

describe('registers of a day that begin anew at midnight', () => {
  it('join to counters that never fall', async () => {
    const energies = new Map<string, number[]>()
    const days: number[] = []
    const end = performance.now() + DAYS_SEEN_S * 1000
    while (performance.now() < end) {
      const [unified, dropIn] = await Promise.all(
        ['unified', 'metrics'].map(path => pageOf(run, `/devices/fast/${path}`)),
      )
      for (const line of samplesOf(unified ?? '')) {
        const [, series = '', value] = /^(hearth_\w+_energy_joules_total\{.*\}) (\S+)$/.exec(line) ?? []
        if (value !== undefined) energies.set(series, [...(energies.get(series) ?? []), Number(value)])
      }
      days.push(Number(textOf(dropIn ?? '', 'isg_wm_wrg_tag{unit="KWh"}')))
      await sleep(250)
    }
    const falls = (values: readonly number[]) =>
      values.filter((value, index) => value < (values[index - 1] ?? value)).length
    expect(falls(days)).toBeGreaterThan(0)
    expect(energies.size).toBeGreaterThanOrEqual(7)
    for (const [series, values] of energies) {
      expect(falls(values), series).toBe(0)
      expect(values.length).toBeGreaterThan(20)
    }
    const [first = 0] =
      energies.get([...energies.keys()].find(key => key.includes('ventilation')) ?? '') ?? []
    const last = [...energies.entries()].find(([key]) => key.includes('ventilation'))?.[1].at(-1) ?? 0
    // 0.6 kW, for as many days.
    expect((last - first) / 3.6e6 / 14.4).toBeGreaterThan(1.5)
    expect((last - first) / 3.6e6 / 14.4).toBeLessThan(4)
  })
})
