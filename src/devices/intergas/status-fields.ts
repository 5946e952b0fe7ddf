import { type Field, fieldsOf } from './field.ts'
import { byteAt, s16At } from './words.ts'

const TEMPERATURE = 'hearth_temperature_celsius'
const ACTIVE = 'hearth_component_active'
const BLOCKED = 'hearth_blocked'
const FAN = 'hearth_rotational_speed_hertz'
const FAN_SET = 'hearth_rotational_speed_setpoint_hertz'

const both = fieldsOf('S?')
const plain = fieldsOf('S?', 'plain')
const xtreme = fieldsOf('S?', 'xtreme')

/** Flags of bytes 26 and 28 from bit 0 up, as every reader but the original has them. */
export const FLAGS_26 = [
  'gp_switch',
  'tap_switch',
  'roomtherm',
  'pump',
  'dwk',
  'alarm_status',
  'ch_cascade_relay',
  'opentherm',
] as const
export const FLAGS_28 = [
  'gasvalve',
  'spark',
  'io_signal',
  'ch_ot_disabled',
  'low_water_pressure',
  'pressure_sensor',
  'burner_block',
  'grad_flag',
] as const

const FLAG_MEANING: Readonly<Record<string, readonly [help: string, family?: string]>> = {
  gp_switch: ['Gas pressure switch'],
  tap_switch: ['Tap switch: hot water is asked for', 'hearth_demand_active'],
  roomtherm: ['Contact of the room thermostat', 'hearth_demand_active'],
  pump: ['Pump runs', ACTIVE],
  dwk: ['Three-way valve', ACTIVE],
  alarm_status: ['Alarm', 'hearth_fault_active'],
  ch_cascade_relay: ['Cascade relay'],
  opentherm: ['OpenTherm thermostat present'],
  gasvalve: ['Gas valve open', ACTIVE],
  spark: ['Ignition spark', ACTIVE],
  io_signal: ['Ionisation signal: flame present', ACTIVE],
  ch_ot_disabled: ['Heating switched off over OpenTherm', BLOCKED],
  low_water_pressure: ['Water pressure too low', BLOCKED],
  pressure_sensor: ['Pressure sensor present'],
  burner_block: ['Burner blocked', BLOCKED],
  grad_flag: ['Gradient protection'],
}

function flags(offset: number, names: readonly string[]): Field[] {
  return names.map((key, bit) => {
    const [help = key, family] = FLAG_MEANING[key] ?? []
    return both.flag(offset, bit, key, help, family)
  })
}

/** `S?`, the state of this moment. */
export const STATUS_FIELDS: readonly Field[] = [
  both.hundredths(0, 't_aanvoer', '°C', 'Heat exchanger, sensor S0', TEMPERATURE),
  both.hundredths(2, 't_flow', '°C', 'Flow, sensor S1', TEMPERATURE),
  plain.hundredths(4, 't_retour', '°C', 'Return, sensor S2', TEMPERATURE),
  both.hundredths(6, 't_warmw', '°C', 'Hot water, sensor S3', TEMPERATURE),
  plain.hundredths(8, 't_boiler', '°C', 'External cylinder, sensor S4', TEMPERATURE),
  plain.hundredths(10, 't_buiten', '°C', 'Outside', TEMPERATURE),
  xtreme.hundredths(8, 't_koud', '°C', 'Cold water, sensor S7', TEMPERATURE),
  xtreme.hundredths(10, 't_rookgas', '°C', 'Flue gas, sensor S5', TEMPERATURE),
  both.hundredths(12, 'ch_pressure', 'bar', 'Water pressure', 'hearth_water_pressure_pascals'),
  both.hundredths(14, 'temp_set', '°C', 'Set point in force', 'hearth_temperature_setpoint_celsius'),
  plain.any('fanspeed_set', { unit: 'rpm', help: 'Fan speed wanted', family: FAN_SET }, bytes =>
    s16At(bytes, 16),
  ),
  plain.any('fanspeed', { unit: 'rpm', help: 'Fan speed', family: FAN }, bytes => s16At(bytes, 18)),
  xtreme.hundredths(16, 't_buiten', '°C', 'Outside, sensor S6', TEMPERATURE),
  xtreme.hundredths(18, 't_zon', '°C', 'Outflow of the solar cylinder'),
  both.any(
    'fan_pwm',
    { unit: '%', help: 'Fan duty', family: 'hearth_modulation_ratio' },
    bytes => s16At(bytes, 20) / 10,
  ),
  both.hundredths(22, 'io_curr', 'µA', 'Ionisation current', 'hearth_flame_ionization_amperes'),
  both.byte(24, 'displ_code', { help: 'Status code', family: 'hearth_status_code' }),
  ...flags(26, FLAGS_26),
  ...flags(28, FLAGS_28),
  both.byte(27, 'fault_marker', {
    help: 'Bit 7: the fault code is that of an active fault',
    family: 'hearth_fault_active',
  }),
  both.any('fault_code', { help: 'Active or last fault', family: 'hearth_fault_info' }, bytes =>
    byteAt(bytes, 29) === 255 ? undefined : byteAt(bytes, 29),
  ),
]

/** `D2`, which holds on the Xtreme what its `S?` does not. */
export const XTREME_DRIVE_FIELDS: readonly Field[] = (() => {
  const { hundredths, word } = fieldsOf('D2', 'xtreme')
  return [
    word(0, 'fanspeed_set', { unit: 'rpm', help: 'Fan speed wanted', family: FAN_SET }),
    word(2, 'fanspeed', { unit: 'rpm', help: 'Fan speed', family: FAN }),
    word(10, 'pump_set', { help: 'Pump speed wanted' }),
    word(12, 'pump_speed', { unit: 'rpm', help: 'Pump speed' }),
    hundredths(26, 't_exchanger_2', '°C', 'Second exchanger'),
    word(28, 'valve_set', { help: 'Valve position wanted' }),
    word(30, 'valve_position', { help: 'Valve position' }),
  ]
})()
