import { describe, expect, it } from 'vitest'
import type { UnixMs } from '../../core/clock.ts'
import { FAMILIES } from '../../core/families/index.ts'
import type { Reading } from '../../core/reading.ts'
import type { Series } from '../../core/series.ts'
import type { StoredReading } from '../../core/view.ts'
import { FIELDS, outcomeOf } from './fields.ts'
import { polled, testGateway } from './gateway.test-helper.ts'
import { createRests } from './partition.ts'
import { impossible, unified } from './unified.ts'

type Values = Readonly<Record<string, Reading['value'] | readonly [number, string]>>

function stored(values: Values): ReadonlyMap<string, StoredReading> {
  return new Map(
    Object.entries(values).map(([key, given]) => {
      const [value, unit] = Array.isArray(given) ? given : [given]
      const reading = { key, value, group: 'metrics', receivedAt: 0 as UnixMs }
      return [key, typeof unit === 'string' ? { ...reading, unit } : reading]
    }),
  )
}

/** `family{label values} value`, without the prefix. */
function cells(word: string, values: Values): string[] {
  const readings = stored(values)
  const rests = createRests(word)
    .of([...readings.values()])
    .map(rest => [rest.key, { ...rest, group: 'metrics', receivedAt: 0 as UnixMs }] as const)
  return unified(word, new Map([...readings, ...rests])).map(text)
}

function text(series: Series): string {
  const labels = Object.values(series.labels ?? {}).join(' ')
  const shown = 'state' in series ? series.state : series.value
  return `${series.family.replace('hearth_', '')}{${labels}} ${shown}`
}

describe('a boiler', () => {
  it('has temperatures, pressure, modulation and flame in base units', () => {
    expect(
      cells('boiler', {
        curflowtemp: [60.2, '°C'],
        rettemp: [41.5, '°C'],
        outdoortemp: [3.5, '°C'],
        syspress: [1.6, 'bar'],
        curburnpow: [47, '%'],
        flamecurr: [33.3, 'µA'],
        burngas: true,
        servicecodenumber: 200,
      }),
    ).toEqual([
      'temperature_celsius{house outdoor_air} 3.5',
      'temperature_celsius{primary flow} 60.2',
      'temperature_celsius{primary return} 41.5',
      'water_pressure_pascals{primary} 160000',
      'modulation_ratio{primary burner} 0.47',
      'status_code{} 200',
      'component_active{primary burner} 1',
      'flame_ionization_amperes{} 0.0000333',
      'activity{} heating',
    ])
  })

  it('has nothing where 0 stands for nothing', () => {
    expect(
      cells('boiler', { selflowtemp: 0, switchtemp: 0, syspress: 0, exhausttemp: 0, nompower: 0 }),
    ).toEqual([])
  })

  it('shows one of two sensors of one place', () => {
    expect(cells('boiler', { hptc1: 30, curflowtemp: 31, heatblock: 50 })).toEqual([
      'temperature_celsius{primary flow} 31',
      'temperature_celsius{primary heat_exchanger} 50',
    ])
  })

  it('splits starts and run time into parts and the rest', () => {
    expect(
      cells('boiler', { burnstarts: 136571, heatstarts: 107038, 'dhw.starts': 29533, burnworkmin: 1189118 }),
    ).toEqual([
      'starts_total{burner heating} 107038',
      'starts_total{burner dhw} 29533',
      'operating_seconds_total{burner unspecified} 71347080',
    ])
    expect(cells('boiler', { burnstarts: 10, heatstarts: 4, 'dhw.starts': 3 })).toContain(
      'starts_total{burner other} 3',
    )
  })

  it('estimates its heat only with a nominal power', () => {
    const heat = { nrgheat: [100, 'kWh'], 'dhw.nrg': [20, 'kWh'] } as const
    expect(cells('boiler', { ...heat, nompower: 0 })).toEqual([])
    expect(cells('boiler', { ...heat, nompower: [24, 'kW'] })).toEqual([
      'rated_power_watts{burner} 24000',
      'thermal_energy_joules_total{heating burner estimated} 360000000',
      'thermal_energy_joules_total{dhw burner estimated} 72000000',
    ])
    expect(cells('boiler', { ...heat, nrgheat2: [90, 'kWh'], nompower: 0 })).toContain(
      'thermal_energy_joules_total{heating burner reported} 324000000',
    )
  })

  it('tells faults, codes and maintenance by name', () => {
    expect(
      cells('boiler', {
        servicecode: '2E',
        servicecodenumber: 207,
        heatingactive: false,
        lastcode: 'A11(802) 1.1.2026',
      }),
    ).toEqual([
      'status_code{} 207',
      'circuit_active{primary} 0',
      'activity{} fault',
      'status_info{2E} 1',
      'fault_active{} 1',
      'fault_info{2E(207) unknown fault} 1',
      'last_fault_info{A11(802) A11(802) 1.1.2026} 1',
    ])
    expect(cells('boiler', { servicecode: '-H', lastcode: '6A(227) 12.03.2023 10:00 - now' })).toContain(
      'fault_info{6A(227) 6A(227) 12.03.2023 10:00 - now fault} 1',
    )
    expect(cells('boiler', { servicecode: '0H', maintenancemessage: 'H08' })).toEqual([
      'status_info{0H} 1',
      'fault_active{} 0',
      'maintenance_info{H08 none} 1',
      'maintenance_due{service} 1',
    ])
    expect(cells('boiler', { maintenance: 'date', maintenancetime: [6000, 'h'] })).toEqual([
      'maintenance_remaining_seconds{} 21600000',
    ])
  })

  it.each([
    // Scheduled is not due: the message says when it is.
    [{ maintenance: 'date', maintenancemessage: 'H00' }, 0],
    [{ maintenance: 'Datum', maintenancemessage: 'H08' }, 1],
    [{ maintenance: 'off', maintenancemessage: 'H03' }, 1],
    [{ maintenance: 'date', servicecode: 'H07' }, 1],
    [{ maintenance: 'date', servicecode: '-H' }, undefined],
    [{ maintenance: 'aus' }, 0],
    [{ maintenance: 0 }, 0],
    [{ maintenance: 2 }, undefined],
    [{}, undefined],
  ])('asks for maintenance when it is due: %j', (values, expected) => {
    const due = cells('boiler', values).filter(cell => cell.startsWith('maintenance_due'))
    expect(due).toEqual(expected === undefined ? [] : [`maintenance_due{service} ${expected}`])
  })

  it('counts what it counts, whatever a user calls it', () => {
    expect(cells('boiler', { heatstarts: [5, 'h'], servicecodenumber: [200, '%'] })).toEqual([
      'starts_total{burner heating} 5',
      'status_code{} 200',
      'activity{} heating',
    ])
  })

  it('has circuits that the vocabulary knows, and no others', () => {
    expect(cells('thermostat', { 'hc8.currtemp': 20, 'hc9.currtemp': 20, 'dhw99.mode': 'auto' })).toEqual([
      'temperature_celsius{hc8 room_air} 20',
    ])
  })

  it.each([
    [{ heatingactive: true, tapwateractive: true }, 'dhw'],
    [{ heatingactive: false, tapwateractive: false }, 'standby'],
    [{ heatingactive: 'off', tapwateractive: 'aan' }, 'dhw'],
    [{ heatingactive: true, 'dhw.disinfecting': true }, 'disinfection'],
    [{ heatingactive: true, hpactivity: 'Abtauen' }, 'defrost'],
    [{ hpactivity: 'compressor alarm' }, 'fault'],
    [{ heatingactive: true, servicecode: '8Y' }, 'blocked'],
    [{ servicecodenumber: 203 }, 'standby'],
  ])('%j is %s', (values, state) => {
    expect(cells('boiler', values)).toContain(`activity{} ${state}`)
  })
})

describe('a heat pump that the gateway calls a boiler', () => {
  it('reports its energy by its meters, else by what it consumed', () => {
    const energy = {
      meterheat: [10, 'kWh'],
      'dhw.meter': [4, 'kWh'],
      metertotal: [15, 'kWh'],
      metercomp: [12, 'kWh'],
    } as const
    expect(cells('boiler', { hpcompon: true, ...energy, nrgconscompheating: [9, 'kWh'] })).toEqual([
      'component_active{primary compressor} 1',
      'electric_energy_joules_total{heating unspecified reported} 36000000',
      'electric_energy_joules_total{dhw unspecified reported} 14400000',
      'electric_energy_joules_total{other unspecified reported} 3600000',
      'electric_energy_split_joules_total{compressor reported} 43200000',
    ])
    expect(
      cells('boiler', { hppower: [3.1, 'kW'], nrgconscompheating: [9, 'kWh'], nrgsuppheating: [30, 'kWh'] }),
    ).toEqual([
      'thermal_power_watts{heat_pump} 3100',
      'electric_energy_joules_total{heating compressor reported} 32400000',
      'thermal_energy_joules_total{heating heat_pump reported} 108000000',
    ])
  })

  it('is a heat pump, or a hybrid with a burner', () => {
    const gateway = testGateway('heat-pump').device()
    const classOf = (values: Values) =>
      gateway
        .member?.('boiler')
        .identity({ readings: stored(values), documents: new Map(), health: healthless }).class
    expect(classOf({ hpcompon: true })).toBe('heat_pump')
    expect(classOf({ hpcompon: true, burngas: false })).toBe('hybrid')
    expect(classOf({ burngas: false })).toBe('boiler')
  })
})

describe('circuits and rooms', () => {
  it('have their own modes, whatever the language', () => {
    expect(
      cells('thermostat', {
        'hc1.mode': 'automatisch',
        'hc2.mode': 'Nacht',
        'hc2.modetype': 'Komfort',
        'dhw.mode': 'own prog',
        'hc1.summermode': 'zomer',
        'hc1.currtemp': [21.5, '°C'],
        'hc1.hpoperatingstate': 'Kühlen',
      }),
    ).toEqual([
      'temperature_celsius{hc1 room_air} 21.5',
      'circuit_mode{hc2} night',
      'circuit_level{hc2} comfort',
      'season{hc1} summer',
      'demand_active{hc1 heating} 0',
      'demand_active{hc1 cooling} 1',
      'circuit_mode{dhw1} own_program',
    ])
    expect(cells('connect', { 'src3.currtemp': [20, '°C'] })).toEqual([
      'temperature_celsius{room3 room_air} 20',
    ])
  })

  it('use the sensor of the wall unit only where there is no other', () => {
    expect(cells('thermostat', { inttemp1: 20 })).toEqual(['temperature_celsius{primary room_air} 20'])
    expect(cells('thermostat', { inttemp1: 20, 'hc1.currtemp': 21 })).toEqual([
      'temperature_celsius{hc1 room_air} 21',
    ])
  })

  it('tell what a fresh water module asks for', () => {
    expect(cells('water', { 'dhw2.status2': 'heat request' })).toEqual([
      'demand_active{dhw2 dhw} 1',
      'disinfection_active{dhw2} 0',
    ])
  })

  it('have no value that no house can have, and say which', () => {
    const readings = stored({ outdoortemp: [-300, '°C'], curflowtemp: [55, '°C'], curburnpow: [900, '%'] })
    expect(impossible('boiler', readings)).toEqual(['outdoortemp -300', 'curburnpow 900'])
  })
})

describe('the tables', () => {
  it('have families and labels that exist, each native value once', () => {
    expect(new Set(FIELDS.map(({ key }) => key)).size).toBe(FIELDS.length)
    expect(FIELDS.length).toBeGreaterThan(300)
    for (const { family } of FIELDS) expect(FAMILIES).toHaveProperty(family ?? '')
  })

  it('say what becomes of a value', () => {
    expect(outcomeOf('boiler', 'curflowtemp')).toBe('mapped')
    expect(outcomeOf('thermostat', 'hc3.seltemp')).toBe('mapped')
    expect(outcomeOf('boiler', 'servicecode')).toBe('mapped')
    expect(outcomeOf('boiler', 'nrgheat')).toBe('mapped')
    expect(outcomeOf('boiler', 'dhw.comfort')).toBe('native_only')
    expect(outcomeOf('boiler', 'newthing')).toBe('unknown')
  })
})

describe('every simulated gateway', () => {
  const scenarios = [
    'firmware-3.8',
    'firmware-3.7',
    'heat-pump',
    'fourteen-devices',
    'german',
    'dutch',
    'fahrenheit',
  ]
  it.each(scenarios)('%s gives series that their families know, none twice', async scenario => {
    const house = polled(testGateway(scenario))
    await house.poll()
    for (const name of ['nefit', ...house.machines()]) {
      const series = name === 'nefit' ? house.unified('nefit') : house.unified(name)
      const seen = new Set<string>()
      for (const each of series) {
        const family = FAMILIES[each.family]
        expect(Object.keys(each.labels ?? {}).toSorted(), each.family).toEqual(family.labels.toSorted())
        if ('state' in each) expect(family.states).toContain(each.state)
        const cell = `${each.family} ${family.labels.map(label => each.labels?.[label]).join(' ')}`
        expect(seen.has(cell), cell).toBe(false)
        seen.add(cell)
      }
    }
  })

  it('gives celsius where the gateway shows Fahrenheit, in both ways', async () => {
    const plain = polled(testGateway('firmware-3.8'))
    await plain.poll()
    const passedOn = polled(testGateway('fahrenheit'))
    await passedOn.poll()
    const temperatures = (house: typeof plain) =>
      house.unified('boiler').filter(({ family }) => family.includes('celsius') || family.includes('kelvin'))
    expect(temperatures(passedOn)).toEqual(temperatures(plain))

    const older = testGateway('firmware-3.7')
    older.gateway.change('fahrenheit')
    const derived = polled(older)
    await derived.poll()
    const [a, b] = [temperatures(derived), temperatures(plain)]
    expect(a.length).toBe(b.length)
    for (const [i, series] of a.entries()) {
      const other = b[i]
      if ('value' in series && other && 'value' in other)
        expect(Math.abs(series.value - other.value), text(series)).toBeLessThan(0.11)
    }
  })

  it('says the same in German, Dutch and English', async () => {
    const of = async (scenario: string) => {
      const house = polled(testGateway(scenario))
      await house.poll()
      return house.machines().flatMap(word => house.unified(word).map(series => `${word} ${text(series)}`))
    }
    const english = await of('firmware-3.8')
    expect(await of('german')).toEqual(english)
    expect(await of('dutch')).toEqual(english)
    expect(await of('dutch-index')).toEqual(english)
  })
})

const healthless = {
  isUp: true,
  succeeded: 1,
  failed: 0,
  reconnects: 0,
  errors: {
    ...{ connect: 0, timeout: 0, auth: 0, http_status: 0, rate_limited: 0, framing: 0, checksum: 0 },
    ...{ parse: 0, schema: 0, implausible: 0, sensor: 0, other: 0 },
  },
  durations: { bounds: [], counts: [], count: 0, sumSeconds: 0 },
  outcomes: { mapped: 0, native_only: 0, unknown: 0, rejected: 0 },
} as const
