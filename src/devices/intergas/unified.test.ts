import { describe, expect, it } from 'vitest'
import { FAMILIES } from '../../core/families/index.ts'
import { fakeClock } from '../../testing/fake-clock.ts'
import { answering, deviceOf, readBoiler, startReader } from './boiler.test-helper.ts'
import { MEASURED } from './pairs.test-data.ts'
import { SETTING_KEYS } from './parameter-fields.ts'

const answersOf = (state: string) => MEASURED.find(measured => measured.state === state)?.answers ?? {}

/** Samples of the unified dialect after some polls of a boiler that always says the same. */
async function unifiedOf(answers: Readonly<Record<string, string>>, settings: Record<string, unknown> = {}) {
  const clock = fakeClock()
  const reader = startReader(answering(answers, clock), { clock, settings })
  await clock.advance(12_000)
  const lines = reader
    .unified()
    .map(line => line.replace('device="boiler",', '').replace('{device="boiler"}', ''))
  await reader.stop()
  return lines
}

/** An answer with some bytes replaced. */
function withBytes(hex: string, bytes: Readonly<Record<number, number>>): string {
  const changed = Buffer.from(hex, 'hex')
  for (const [at, byte] of Object.entries(bytes)) changed[Number(at)] = byte
  return changed.toString('hex')
}

function withStatus(state: string, bytes: Readonly<Record<number, number>>) {
  const answers = answersOf(state)
  return { ...answers, 'S?\r': withBytes(answers['S?\r'] ?? '', bytes) }
}

const REV_IC3 = `${Buffer.from('ic3mk1   *P190517*V2.53-').toString('hex')}b694d25f2da01107`

describe('unified dialect', () => {
  it("converts the document's own numbers without noise", async () => {
    const reader = readBoiler('document')
    await reader.clock.advance(8_000)
    const lines = reader.unified()
    const of = (text: string) =>
      text.replace('{', '{device="boiler",').replace(/^(\w+) /, '$1{device="boiler"} ')
    for (const line of [
      'hearth_temperature_celsius{circuit="primary",point="heat_exchanger"} 69.97',
      'hearth_temperature_celsius{circuit="primary",point="flow"} 47.59',
      'hearth_temperature_celsius{circuit="primary",point="return"} 36.57',
      'hearth_temperature_celsius{circuit="dhw1",point="dhw_outlet"} 26.67',
      'hearth_temperature_setpoint_celsius{circuit="primary",point="flow",kind="effective"} 50',
      'hearth_temperature_setpoint_celsius{circuit="primary",point="flow",kind="maximum"} 50',
      'hearth_temperature_setpoint_celsius{circuit="dhw1",point="dhw_outlet",kind="selected"} 50',
      'hearth_water_pressure_pascals{circuit="primary"} 170000',
      'hearth_flame_ionization_amperes 0.00000733',
      'hearth_rotational_speed_hertz{component="fan"} 22.333333333333332',
      'hearth_modulation_ratio{circuit="primary",component="fan"} 0.082',
      'hearth_modulation_ratio{circuit="primary",component="heating_pump"} 0.15',
      'hearth_component_active{circuit="primary",component="gas_valve"} 1',
      'hearth_component_active{circuit="primary",component="burner"} 1',
      'hearth_component_active{circuit="primary",component="heating_pump"} 1',
      'hearth_component_active{circuit="primary",component="diverter_valve"} 1',
      'hearth_component_active{circuit="primary",component="ignition"} 0',
      'hearth_enabled{circuit="primary",function="heating"} 1',
      'hearth_fault_active 0',
      'hearth_status_code 0',
      'hearth_activity{hearth_activity="heating"} 1',
      'hearth_operating_seconds_total{component="burner",function="heating"} 13856400',
      'hearth_starts_total{component="burner",function="heating"} 38112',
      'hearth_starts_total{component="burner",function="dhw"} 14324',
      'hearth_events_total{event="power_interruption"} 1046',
      'hearth_fuel_volume_cubic_meters_total{function="heating",fuel="gas",method="estimated"} 5383.3816',
      'hearth_water_volume_cubic_meters_total{circuit="dhw1"} 77.9017',
    ]) {
      expect(lines).toContain(of(line))
    }
    await reader.stop()
  })

  it('joins counters over all their bytes', async () => {
    const lines = await unifiedOf(answersOf('float_noise'))
    expect(lines).toContain(
      'hearth_operating_seconds_total{component="controller",function="unspecified"} 3774873600',
    )
    expect(lines).toContain('hearth_starts_total{component="burner",function="heating"} 1000000')
  })

  it.each([
    ['an absent sensor at -51.00', 'idle', { 8: 0x14, 9: 0xec }, /dhw_storage/],
    ['one at -50.81', 'idle', { 8: 0x27, 9: 0xec }, /dhw_storage/],
    ['one at -50.00', 'idle', { 8: 0x78, 9: 0xec }, /dhw_storage/],
    ['one at 327.67', 'idle', { 10: 0xff, 11: 0x7f }, /outdoor_air/],
    ['a set point of 0', 'idle', {}, /effective/],
    ['a pressure without a sensor', 'pressure_below_zero', {}, /water_pressure_pascals/],
    ['a pressure above 6 bar', 'idle', { 12: 0x59, 13: 0x02 }, /water_pressure_pascals/],
    [
      'a flow temperature above 110',
      'idle',
      { 2: 0xf9, 3: 0x2a },
      /celsius\{circuit="primary",point="flow"\}/,
    ],
  ])('leaves out %s', async (_name, state, bytes, series) => {
    const lines = await unifiedOf(withStatus(state, bytes))
    expect(lines.length).toBeGreaterThan(40)
    expect(lines.filter(line => series.test(line))).toEqual([])
  })

  it('has the same series where the values can be true', async () => {
    const warm = { 8: 0xe8, 9: 3, 10: 0xe8, 11: 3, 14: 0xe8, 15: 3 }
    const lines = await unifiedOf(withStatus('idle', warm))
    for (const series of [
      /dhw_storage/,
      /outdoor_air/,
      /effective/,
      /water_pressure_pascals/,
      /celsius\{circuit="primary",point="flow"\}/,
    ]) {
      expect(lines.filter(line => series.test(line))).toHaveLength(1)
    }
  })

  it('shows the store and outdoor temperatures that the original drops', async () => {
    const lines = await unifiedOf(withStatus('idle', { 8: 0x94, 9: 0x11, 10: 0x2e, 11: 0xfb }))
    expect(lines).toContain('hearth_temperature_celsius{circuit="dhw1",point="dhw_storage"} 45')
    expect(lines).toContain('hearth_temperature_celsius{circuit="house",point="outdoor_air"} -12.34')
  })

  it('applies the calibration of the gas counter', async () => {
    const lines = await unifiedOf(answersOf('idle'), { gas_counts_per_m3: 11_619 })
    const gas = 'hearth_fuel_volume_cubic_meters_total{function="heating",fuel="gas",method="estimated"}'
    expect(lines).toContain(`${gas} ${60_012_345 / 11_619}`)
  })

  it.each([
    ['gas valve', 28, 0x01, 'hearth_component_active{circuit="primary",component="gas_valve"}'],
    ['spark', 28, 0x02, 'hearth_component_active{circuit="primary",component="ignition"}'],
    ['ionisation', 28, 0x04, 'hearth_component_active{circuit="primary",component="burner"}'],
    ['OpenTherm disabled', 28, 0x08, 'hearth_blocked{circuit="primary",reason="thermostat"}'],
    ['low pressure', 28, 0x10, 'hearth_blocked{circuit="primary",reason="low_water_pressure"}'],
    ['burner block', 28, 0x40, 'hearth_blocked{circuit="primary",reason="burner"}'],
    ['tap switch', 26, 0x02, 'hearth_demand_active{circuit="dhw1",function="dhw"}'],
    ['room thermostat', 26, 0x04, 'hearth_demand_active{circuit="hc1",function="heating"}'],
    ['pump', 26, 0x08, 'hearth_component_active{circuit="primary",component="heating_pump"}'],
    ['three-way valve', 26, 0x10, 'hearth_component_active{circuit="primary",component="diverter_valve"}'],
    ['alarm', 26, 0x20, 'hearth_fault_active'],
  ])('has the real bit of %s', async (_name, at, mask, series) => {
    const whole = await unifiedOf(withStatus('idle', { [at]: mask }))
    const none = await unifiedOf(withStatus('idle', { [at]: 0 }))
    expect(whole).toContain(`${series} 1`)
    expect(none).toContain(`${series} 0`)
  })

  it.each([
    [{ REV: REV_IC3 }, 8, 'fan speed wrong'],
    [{ REV: REV_IC3 }, 11, 'sensor S1'],
    [{ REV: REV_IC3 }, 3, 'fault 3'],
    [{}, 8, 'fan speed wrong'],
    [{}, 5, 'fault 5'],
  ])('names a fault by the board (%j, %i)', async (more, code, text) => {
    const lines = await unifiedOf({ ...withStatus('idle', { 27: 0xc0, 29: code }), ...more })
    expect(lines).toContain('hearth_fault_active 1')
    expect(lines).toContain(`hearth_fault_info{code="${code}",severity="fault",text="${text}"} 1`)
    expect(lines).toContain('hearth_activity{hearth_activity="fault"} 1')
  })

  it.each([
    [0, 0, 'standby'],
    [0, 1000, 'heating'],
    [103, 0, 'standby'],
    [103, 1000, 'heating'],
    [24, 0, 'heating'],
    [37, 0, 'heating'],
    [102, 0, 'heating'],
    [230, 0, 'heating'],
    [15, 0, 'dhw'],
    [51, 0, 'dhw'],
    [204, 0, 'dhw'],
    [240, 0, 'dhw'],
    [255, 0, 'dhw'],
    [126, 0, 'standby'],
    [127, 0, 'standby'],
    [170, 0, 'standby'],
    [58, 0, 'standby'],
    [85, 0, 'standby'],
    [153, 0, 'dhw_overrun'],
    [231, 0, 'heating_overrun'],
    [104, 0, undefined],
    [99, 0, undefined],
  ])('calls status code %i with the fan set to %i %s', async (code, rpm, activity) => {
    const lines = await unifiedOf(withStatus('idle', { 16: rpm % 256, 17: rpm >> 8, 24: code }))
    expect(lines).toContain(`hearth_status_code ${code}`)
    const present = lines.filter(line => line.startsWith('hearth_activity') && line.endsWith(' 1'))
    expect(present).toEqual(activity ? [`hearth_activity{hearth_activity="${activity}"} 1`] : [])
  })

  it('tells the board and its release', async () => {
    const clock = fakeClock()
    const reader = startReader(answering({ ...answersOf('idle'), REV: REV_IC3 }, clock), { clock })
    await clock.advance(8_000)
    const device = deviceOf()
    expect(device.identity(reader.slot.view())).toEqual({
      class: 'boiler',
      vendor: 'Intergas',
      model: 'ic3mk1',
      firmware: 'V2.53',
    })
    await reader.stop()
  })

  it('gives only series of known families, with their labels', async () => {
    for (const { answers } of MEASURED) {
      const clock = fakeClock()
      const reader = startReader(answering(answers, clock), { clock })
      await clock.advance(8_000)
      const device = deviceOf()
      for (const each of device.unified(reader.slot.view())) {
        expect(Object.keys(each.labels ?? {}).sort()).toEqual([...FAMILIES[each.family].labels].sort())
      }
      await reader.stop()
    }
  })

  it('knows what becomes of each native value', () => {
    const { outcome } = deviceOf()
    expect(outcome('t_flow')).toBe('mapped')
    expect(outcome('gp_switch')).toBe('native_only')
    expect(outcome('never heard of')).toBe('unknown')
    for (const key of SETTING_KEYS) expect(outcome(key)).not.toBe('unknown')
  })
})
