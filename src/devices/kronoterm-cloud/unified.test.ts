import { afterEach, describe, expect, it } from 'vitest'
import { FAMILIES } from '../../core/families/index.ts'
import { fakeClock } from '../../testing/fake-clock.ts'
import { handMadeCloud } from './cloud.test-helper.ts'
import { FIELD_DOCS } from './field-docs.ts'
import { fieldOf, outcomeOf } from './fields.ts'
import { days, type Plant } from './plant.test-data.ts'
import { type Reader, readCloud } from './reader.test-helper.ts'
import { rowsOf } from './rows.ts'

let reader: Reader
afterEach(() => reader.stop())

/** Reads a plant until every page has had its turn. */
async function read(change: (plant: Plant) => void, settings = {}): Promise<string[]> {
  const clock = fakeClock()
  const cloud = handMadeCloud(clock)
  change(cloud.plant)
  reader = readCloud({ clock, cloud, settings })
  await clock.advance(4.5 * 60_000)
  return reader.unified()
}

const CONFIG = 'TemperaturesAndConfig'

function config(plant: Plant, values: Record<string, unknown>): void {
  const before = plant.system_review[CONFIG]
  plant.system_review[CONFIG] = { ...(typeof before === 'object' ? before : {}), ...values }
}

function circle(temperature: unknown, computed: unknown, status: unknown, mode: unknown) {
  return {
    HeatingCircleData: {
      circle_temp: temperature,
      circle_calc_temp: computed,
      circle_status: status,
      circle_mode: mode,
    },
    [CONFIG]: {},
  }
}

describe('a plant with four loops, pool and buffer', () => {
  it('is told whole', async () => {
    const lines = await read(plant => {
      config(plant, {
        heating_circle_3_temp: '20.5',
        heating_circle_4_temp: 21,
        pool_temp: '27.5 °C',
        reservoir_temp: '41.0',
        circle_3_installed: 0,
        circle_4_installed: 1,
        pool_active: '1',
      })
      plant.system_review['SystemData'] = {
        1: { circle_temp: '35.6' },
        2: { inlet_temp: '31' },
        3: { inlet_temp: '32.5' },
      }
      plant.loop_3 = circle('21', '21.5', 2, 1)
      plant.loop_4 = circle('20', '500.0', '3', '2')
      plant.pool = circle('28.0', '28.5', 4, 2)
      plant.reservoir = circle('45.0', '41.2', 1, 1)
      plant.consumption = { trend_consumption: { CompHeating: days(1), CPAddSource: days(0.5) } }
    })
    expect(lines).toEqual(
      expect.arrayContaining([
        'hearth_temperature_celsius{circuit="hc2",point="flow"} 31',
        'hearth_temperature_celsius{circuit="hc3",point="room_air"} 20.5',
        'hearth_temperature_celsius{circuit="hc3",point="flow"} 32.5',
        'hearth_temperature_celsius{circuit="hc4",point="room_air"} 21',
        'hearth_temperature_celsius{circuit="pool1",point="pool_water"} 27.5',
        'hearth_temperature_celsius{circuit="buffer",point="buffer"} 41',
        'hearth_temperature_setpoint_celsius{circuit="hc3",point="room_air",kind="selected"} 21',
        'hearth_temperature_setpoint_celsius{circuit="hc3",point="room_air",kind="effective"} 21.5',
        'hearth_temperature_setpoint_celsius{circuit="hc4",point="room_air",kind="selected"} 20',
        'hearth_temperature_setpoint_celsius{circuit="pool1",point="pool_water",kind="selected"} 28',
        'hearth_temperature_setpoint_celsius{circuit="pool1",point="pool_water",kind="effective"} 28.5',
        'hearth_temperature_setpoint_celsius{circuit="buffer",point="buffer",kind="selected"} 45',
        'hearth_circuit_level{circuit="hc3",hearth_circuit_level="eco"} 1',
        'hearth_circuit_level{circuit="hc4",hearth_circuit_level="comfort"} 1',
        'hearth_circuit_level{circuit="pool1",hearth_circuit_level="auto"} 1',
        'hearth_circuit_level{circuit="buffer",hearth_circuit_level="normal"} 1',
        'hearth_circuit_mode{circuit="hc3",hearth_circuit_mode="on"} 1',
        'hearth_circuit_mode{circuit="buffer",hearth_circuit_mode="on"} 1',
        'hearth_electric_energy_joules_total{function="unspecified",component="auxiliary_heater",method="estimated"} 1800000',
        'hearth_enabled{circuit="primary",function="unspecified"} 1',
        'hearth_enabled{circuit="dhw1",function="disinfection"} 1',
        'hearth_special_program_active{circuit="dhw1",program="boost"} 0',
      ]),
    )
    expect(lines.some(line => line.includes('hc4') && line.includes('effective'))).toBe(false)
    expect(reader.troubles).toEqual([])
  })

  it('takes the buffer from its own page where the review has none, and leaves out one that is not there', async () => {
    const away = await read(() => {})
    expect(away.filter(line => line.includes('buffer'))).toEqual([])
    const lines = await read(plant => {
      plant.reservoir = circle('45.0', '41.2', 1, 1)
    })
    expect(lines).toContain('hearth_temperature_celsius{circuit="buffer",point="buffer"} 41.2')
  })

  it('does not show a part that its flag denies and nothing is measured of', async () => {
    const lines = await read(() => {})
    expect(lines.filter(line => /hc3|hc4|pool1/.test(line))).toEqual([])
  })
})

describe('placeholders', () => {
  it.each([
    ['outside_temp', '-60.0', 'outdoor_air'],
    ['tap_water_temp', '-60.0', 'dhw_storage"} '],
    ['heating_circle_2_temp', '-60.0', 'room_air"} '],
    ['heating_circle_2_temp', '-40.0', 'room_air"} '],
    ['heating_circle_2_temp', '0.0', 'room_air"} '],
    ['reservoir_temp', '500.0', 'buffer'],
  ])('%s of %s is no sample and no error', async (field, value, series) => {
    const lines = await read(plant => config(plant, { [field]: value }))
    expect(lines.filter(line => line.includes(series))).toEqual([])
    expect(reader.troubles).toEqual([])
  })

  it.each(['-1', '0', '0.0', -1])('a pressure of %s is none', async value => {
    const lines = await read(plant => {
      plant.system_review['CurrentFunctionData'] = [{ dv_temp: '1', heating_system_pressure: value }]
    })
    expect(lines.filter(line => line.includes('pascals'))).toEqual([])
    expect(reader.troubles).toEqual([])
  })

  it('are no error where every sensor is missing', async () => {
    const lines = await read(plant => {
      const none = Object.fromEntries(
        ['outside', 'tap_water', 'reservoir', 'pool'].map(name => [`${name}_temp`, '-60.0']),
      )
      config(plant, { ...none, heating_circle_1_temp: '-60.0', heating_circle_2_temp: '-60.0' })
      plant.system_review['CurrentFunctionData'] = [{ dv_temp: '-60.0' }]
      plant.system_review['SystemData'] = []
    })
    expect(lines.filter(line => line.startsWith('hearth_temperature_celsius'))).toEqual([])
    expect(reader.troubles).toEqual([])
    expect(reader.dropIn()).toContain(
      'heat_pump_temperature_c{heating_loop="system",name="outlet_temperature"} -60.0',
    )
  })
})

describe('what no house has', () => {
  it('is left out, counted, and shown by the drop-in as the original does', async () => {
    const lines = await read(plant => config(plant, { outside_temp: '90.0', tap_water_temp: '543' }))
    expect(lines.some(line => line.includes('outdoor_air'))).toBe(false)
    expect(reader.troubles[0]).toBe(
      'implausible: cloud.test (system_review): no house has system_review.TemperaturesAndConfig.outside_temp 90; left out of the unified dialect',
    )
    expect(reader.slot.view().health.outcomes.rejected).toBe(1)
    expect(reader.dropIn()).toContain(
      'heat_pump_temperature_c{heating_loop="system",name="outside_temperature"} 90.0',
    )
  })

  it('is an enumeration with a number nobody knows: no state at all', async () => {
    const lines = await read(plant => {
      config(plant, { working_function: 9, main_mode: 3 })
      plant.loop_1 = circle('50', '36.8', 5, 3)
    })
    for (const family of ['activity', 'operating_mode', 'disinfection', 'blocked'])
      expect(lines.filter(line => line.startsWith(`hearth_${family}`))).toEqual([])
    expect(lines.filter(line => line.includes('"hc1",hearth_circuit'))).toEqual([])
  })
})

describe('states', () => {
  it.each([
    [0, 'heating', 0, 0],
    [1, 'dhw', 0, 0],
    [2, 'cooling', 0, 0],
    [3, 'pool', 0, 0],
    [4, 'disinfection', 1, 0],
    [5, 'standby', 0, 0],
    [6, 'startup', 0, 0],
    [7, 'blocked', 0, 1],
    ['8', 'compressor_protection', 0, 0],
  ])('working function %s is %s', async (value, state, disinfection, blocked) => {
    const lines = await read(plant => config(plant, { working_function: value }))
    expect(lines).toEqual(
      expect.arrayContaining([
        `hearth_activity{hearth_activity="${state}"} 1`,
        `hearth_disinfection_active{circuit="dhw1"} ${disinfection}`,
        `hearth_blocked{circuit="primary",reason="remote"} ${blocked}`,
      ]),
    )
  })
})

describe('loops', () => {
  it('are what the configuration says: controlled by room or by flow', async () => {
    const lines = await read(
      plant => {
        config(plant, { heating_circle_1_temp: '21.5' })
        plant.loop_1 = circle('22', '22.5', 1, 2)
        plant.loop_2 = circle('40', '38', 1, 2)
      },
      { circuits: { loop_1: { controls: 'room' }, loop_2: { controls: 'flow' } } },
    )
    expect(lines).toEqual(
      expect.arrayContaining([
        'hearth_temperature_celsius{circuit="hc1",point="room_air"} 21.5',
        'hearth_temperature_setpoint_celsius{circuit="hc1",point="room_air",kind="selected"} 22',
        'hearth_temperature_setpoint_celsius{circuit="hc2",point="flow",kind="selected"} 40',
      ]),
    )
    expect(lines.some(line => line.includes('"hc2",point="room_air"'))).toBe(false)
  })

  it('are known by their own number where the row has one', async () => {
    const lines = await read(plant => {
      plant.system_review['SystemData'] = [
        { circle_id: 2, inlet_temp: '30' },
        { circle_id: 1, circle_temp: '35' },
      ]
    })
    expect(lines).toContain('hearth_temperature_celsius{circuit="hc1",point="flow"} 35')
    expect(lines).toContain('hearth_temperature_celsius{circuit="hc2",point="flow"} 30')
  })
})

it('tells who the heat pump is', async () => {
  await read(() => {})
  expect(reader.identity()).toEqual({
    class: 'heat_pump',
    vendor: 'Kronoterm',
    model: 'Hydro S',
    firmware: '1.2.3',
    serial: 'FFFFFF',
    site: 'MyHome',
  })
})

describe('the field table', () => {
  const controls = ['flow', 'room'] as const
  const rows = controls.flatMap(each => rowsOf({ loop_1: each, loop_2: each, loop_3: each, loop_4: each }))

  it('knows every key of a row, with its family', () => {
    for (const { key, family } of rows) expect([key, fieldOf(key)?.family]).toEqual([key, family])
  })

  it('names families and labels that exist', () => {
    for (const { family, labels } of rows) {
      expect(FAMILIES[family].labels).toEqual(expect.arrayContaining(Object.keys(labels)))
    }
    expect(FIELD_DOCS.length).toBe(new Set(FIELD_DOCS.map(({ key }) => key)).size)
  })

  it('says of each key what becomes of it', () => {
    expect(
      [
        'system_review.SystemData[1].circle_temp',
        'system_review.SystemData[2].circle_temp',
        'system_review.SystemData[4].inlet_temp',
        'alarms.AlarmsData[3].anything',
        'menu.CircleNames[1]',
        'loop_1.HeatingCircleData.new_thing',
      ].map(outcomeOf),
    ).toEqual(['mapped', 'native_only', 'mapped', 'mapped', 'native_only', 'unknown'])
  })
})
