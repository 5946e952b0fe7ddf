import { afterEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../testing/fake-clock.ts'
import { handMadeCloud } from './cloud.test-helper.ts'
import { DOCUMENT, DOCUMENT_UNIFIED } from './document.test-data.ts'
import { type Reader, readCloud } from './reader.test-helper.ts'

let reader: Reader
afterEach(() => reader.stop())

async function read(change: (cloud: ReturnType<typeof handMadeCloud>) => void = () => {}, settings = {}) {
  const clock = fakeClock()
  const cloud = handMadeCloud(clock)
  change(cloud)
  reader = readCloud({ clock, cloud, settings })
  await clock.advance(1_000)
  return reader
}

describe('the drop-in page', () => {
  it("is the example of the original's document, byte for byte", async () => {
    await read()
    expect(reader.dropInText()).toBe(DOCUMENT)
    expect(reader.dropIn()).toHaveLength(26)
  })

  it('has an inlet temperature of loop 2 where the plant gives one, in its place', async () => {
    await read(({ plant }) => {
      plant.system_review['SystemData'] = [{}, { circle_temp: '35.6' }, { inlet_temp: '33.1' }]
    })
    const lines = reader.dropIn()
    expect(lines).toHaveLength(27)
    expect(lines[lines.findIndex(line => line.includes('"loop_2",name="calc_target')) + 1]).toBe(
      'heat_pump_temperature_c{heating_loop="loop_2",name="inlet_temp"} 33.1',
    )
  })

  it('takes rows of loops by their places where their numbers are no use', async () => {
    await read(({ plant }) => {
      plant.system_review['SystemData'] = [0, 35.6, 33.1].map(circle_temp => ({ circle_id: 0, circle_temp }))
    })
    expect(reader.dropIn()).toContain(
      'heat_pump_temperature_c{heating_loop="loop_1",name="current_temp"} 35.6',
    )
  })

  it('holds HELP and TYPE and no value before the first data', () => {
    reader = readCloud()
    expect(reader.path('/metrics').status).toBe(200)
    expect(reader.dropIn()).toEqual([])
    expect(reader.dropInText().match(/^# TYPE /gm)).toHaveLength(5)
  })

  it('calls the information by its type in OpenMetrics', async () => {
    await read()
    const text = reader.dropInText('application/openmetrics-text')
    expect(text).toContain('# TYPE heat_pump_basic info\nheat_pump_basic_info{hp_id="FFFFFF"')
    expect(text.endsWith('# EOF\n')).toBe(true)
  })

  it.each([
    ['499.0', '499.0'],
    ['499.1', '0.0'],
    ['500.0', '0.0'],
    ['-60.0', '-60.0'],
  ])('shows a computed target of %s as %s', async (sent, shown) => {
    await read(({ plant }) => {
      plant.loop_1['HeatingCircleData'] = { circle_calc_temp: sent }
    })
    expect(reader.dropIn()).toContain(
      `heat_pump_temperature_c{heating_loop="loop_1",name="calc_target_temp"} ${shown}`,
    )
  })

  it('prints -1 for a pressure that the review does not have, and nothing without the review', async () => {
    await read(({ plant }) => {
      plant.system_review['CurrentFunctionData'] = [{ dv_temp: '38.5' }]
    })
    expect(reader.dropIn()).toContain('heat_pump_pressure_bar -1.0')
    await read(({ plant }) => {
      plant.system_review = { TemperaturesAndConfig: { outside_temp: '1.0' } }
    })
    expect(reader.dropIn().filter(line => line.startsWith('heat_pump_pressure'))).toEqual([])
  })

  it('says None where the menu has no text, and escapes what it has', async () => {
    await read(({ plant }) => {
      plant.menu = { Location: 'a "b" \\ c\nd', user_level: '2' }
    })
    expect(reader.dropIn()[0]).toBe(
      'heat_pump_basic_info{hp_id="None",location_name="a \\"b\\" \\\\ c\\nd",user_level="2"} 1.0',
    )
  })

  it('passes unknown numbers of an enumeration on', async () => {
    await read(({ plant }) => {
      plant.system_review['TemperaturesAndConfig'] = { main_mode: 4, working_function: '17' }
    })
    expect(reader.dropIn()).toEqual(
      expect.arrayContaining([
        'heat_pump_function{function="operating_mode",heating_loop="system"} 4.0',
        'heat_pump_function{function="working_function",heating_loop="system"} 17.0',
      ]),
    )
  })

  it('adds up as the original does, binary tail included', async () => {
    await read(({ plant }) => {
      plant.consumption = {
        trend_consumption: {
          CompHeating: [0.1],
          CompActiveCooling: [0.2],
          CompTapWater: ['0'],
          CPLoops: [0],
          CPAddSource: [7],
        },
      }
    })
    expect(reader.dropIn()).toContain('heat_pump_power_consumption_kwh{function="total"} 0.30000000000000004')
  })

  it('has a total for a pump without cooling, and none where a part is not known', async () => {
    await read(({ plant }) => {
      plant.consumption = { trend_consumption: { CompHeating: [1], CompTapWater: [2], CPLoops: [3] } }
    })
    expect(reader.dropIn().filter(line => line.includes('consumption'))).toEqual([
      'heat_pump_power_consumption_kwh{function="heating"} 1.0',
      'heat_pump_power_consumption_kwh{function="tap_water"} 2.0',
      'heat_pump_power_consumption_kwh{function="pumps"} 3.0',
      'heat_pump_power_consumption_kwh{function="total"} 6.0',
    ])
    await read(({ plant }) => {
      plant.consumption = {
        trend_consumption: { CompHeating: [1], CompActiveCooling: [null], CompTapWater: [2], CPLoops: [3] },
      }
    })
    expect(reader.dropIn().filter(line => line.includes('consumption'))).toHaveLength(3)
  })
})

describe('the paths of the drop-in', () => {
  it("are the original's: the page with and without a slash, a greeting, no control", async () => {
    await read()
    expect(reader.path('/metrics/')).toEqual(reader.path('/metrics'))
    expect(JSON.parse(reader.path('/').body)).toEqual({ detail: 'kronoterm-cloud-relay', version: '0.0.26' })
    const control = reader.path('/api/v1/target-temperature/2/30')
    expect([control.status, control.body]).toEqual([404, expect.stringContaining('only reads')])
    expect(reader.path('/docs')).toEqual({ status: 404, body: '{"detail":"Not Found"}' })
  })
})

describe('the unified dialect', () => {
  it('says the same of the plant of the document, without its placeholders', async () => {
    await read()
    expect(reader.unified().sort()).toEqual([...DOCUMENT_UNIFIED].sort())
  })
})
