import type { FamilyName } from '../../core/families/index.ts'
import type { Identity } from '../../core/reading.ts'
import type { Labels, Series } from '../../core/series.ts'
import type { StoredReading, View } from '../../core/view.ts'
import { faultText } from './fault-codes.ts'
import { boardOf } from './revision.ts'
import { activityOf } from './status-codes.ts'
import { isAbsentSensor, isWithinWindow } from './windows.ts'

/** Counts of the board's gas estimate that it takes for a cubic metre itself. */
const BOARD_COUNTS_PER_M3 = 10_000
const SECONDS_PER_HOUR = 3600
const ACTIVE_FAULT_BIT = 0x80

const HEATING = { component: 'burner', function: 'heating' } as const
const DHW = { component: 'burner', function: 'dhw' } as const

/**
 * Numbers that become one sample by themselves. `convert` starts from a whole number of the wire's own steps and does one
 * division, so that no noise of the conversion is shown.
 */
const NUMBERS: readonly (readonly [
  key: string,
  family: FamilyName,
  labels: Labels,
  convert: (value: number) => number,
])[] = [
  ['t_aanvoer', 'hearth_temperature_celsius', { circuit: 'primary', point: 'heat_exchanger' }, same],
  ['t_flow', 'hearth_temperature_celsius', { circuit: 'primary', point: 'flow' }, same],
  ['t_retour', 'hearth_temperature_celsius', { circuit: 'primary', point: 'return' }, same],
  ['t_warmw', 'hearth_temperature_celsius', { circuit: 'dhw1', point: 'dhw_outlet' }, same],
  ['t_boiler', 'hearth_temperature_celsius', { circuit: 'dhw1', point: 'dhw_storage' }, same],
  ['t_koud', 'hearth_temperature_celsius', { circuit: 'dhw1', point: 'dhw_cold_inlet' }, same],
  ['t_rookgas', 'hearth_temperature_celsius', { circuit: 'primary', point: 'exhaust_gas' }, same],
  ['t_buiten', 'hearth_temperature_celsius', { circuit: 'house', point: 'outdoor_air' }, same],
  [
    'ch_set_max',
    'hearth_temperature_setpoint_celsius',
    { circuit: 'primary', point: 'flow', kind: 'maximum' },
    same,
  ],
  [
    'dhw_set',
    'hearth_temperature_setpoint_celsius',
    { circuit: 'dhw1', point: 'dhw_outlet', kind: 'selected' },
    same,
  ],
  ['tapflow', 'hearth_water_flow_cubic_meters_per_second', { circuit: 'dhw1' }, v => steps(v, 100) / 6e6],
  ['watermeter', 'hearth_water_volume_cubic_meters_total', { circuit: 'dhw1' }, same],
  ['io_curr', 'hearth_flame_ionization_amperes', {}, v => steps(v, 100) / 1e8],
  ['fanspeed', 'hearth_rotational_speed_hertz', { component: 'fan' }, v => v / 60],
  ['fanspeed_set', 'hearth_rotational_speed_setpoint_hertz', { component: 'fan' }, v => v / 60],
  ['fan_pwm', 'hearth_modulation_ratio', { circuit: 'primary', component: 'fan' }, v => steps(v, 10) / 1000],
  [
    'pump_pwm',
    'hearth_modulation_ratio',
    { circuit: 'primary', component: 'heating_pump' },
    v => steps(v, 2) / 200,
  ],
  ['displ_code', 'hearth_status_code', {}, same],
  [
    'line_power',
    'hearth_operating_seconds_total',
    { component: 'controller', function: 'unspecified' },
    seconds,
  ],
  ['ch_function', 'hearth_operating_seconds_total', HEATING, seconds],
  ['dhw_function', 'hearth_operating_seconds_total', DHW, seconds],
  ['power_disconnect', 'hearth_events_total', { event: 'power_interruption' }, same],
  ['ignition_failed', 'hearth_events_total', { event: 'ignition_failure' }, same],
  ['flame_lost', 'hearth_events_total', { event: 'flame_loss' }, same],
  ['reset', 'hearth_events_total', { event: 'controller_reset' }, same],
]

/** Flags by their real bits, in contrast to the drop-in. */
const FLAGS: readonly (readonly [key: string, family: FamilyName, labels: Labels])[] = [
  ['tap_switch', 'hearth_demand_active', { circuit: 'dhw1', function: 'dhw' }],
  ['roomtherm', 'hearth_demand_active', { circuit: 'hc1', function: 'heating' }],
  ['pump', 'hearth_component_active', { circuit: 'primary', component: 'heating_pump' }],
  ['dwk', 'hearth_component_active', { circuit: 'primary', component: 'diverter_valve' }],
  ['gasvalve', 'hearth_component_active', { circuit: 'primary', component: 'gas_valve' }],
  ['spark', 'hearth_component_active', { circuit: 'primary', component: 'ignition' }],
  ['io_signal', 'hearth_component_active', { circuit: 'primary', component: 'burner' }],
  ['ch_ot_disabled', 'hearth_blocked', { circuit: 'primary', reason: 'thermostat' }],
  ['low_water_pressure', 'hearth_blocked', { circuit: 'primary', reason: 'low_water_pressure' }],
  ['burner_block', 'hearth_blocked', { circuit: 'primary', reason: 'burner' }],
  ['heater_on', 'hearth_enabled', { circuit: 'primary', function: 'heating' }],
]

type Readings = ReadonlyMap<string, StoredReading>

/**
 * The boiler in the vendor-neutral dialect.
 * @param gasCountsPerM3 counts of the board's estimate per cubic metre, as the owner found them at the gas meter
 */
export function unified({ readings }: View, gasCountsPerM3: number): readonly Series[] {
  const series: Series[] = []
  for (const [key, family, labels, convert] of NUMBERS) {
    const value = measured(readings, key)
    if (value !== undefined) series.push({ family, labels, value: convert(value) })
  }
  for (const [key, family, labels] of FLAGS) {
    const value = readings.get(key)?.value
    // On an Xtreme this bit is a heating zone of low temperature.
    if (value === undefined || (key === 'dwk' && isXtreme(readings))) continue
    series.push({ family, labels, value: Number(Boolean(value)) })
  }
  return [
    ...series,
    ...pressure(readings),
    ...setPoint(readings),
    ...starts(readings),
    ...gas(readings, gasCountsPerM3),
    ...faults(readings),
    ...activity(readings),
  ]
}

/** Who the boiler is, as far as `REV` told. */
export function identity({ readings }: View): Identity {
  const hardware = textAt(readings, 'hardware')?.split(/\s+/, 1)[0]
  const firmware = textAt(readings, 'software')
  const model = isXtreme(readings) ? 'Xtreme' : hardware
  return {
    class: 'boiler',
    vendor: 'Intergas',
    ...(model ? { model } : {}),
    ...(firmware ? { firmware } : {}),
  }
}

/** Only with a sensor: without one the word means nothing. */
function pressure(readings: Readings): Series[] {
  const bar = measured(readings, 'ch_pressure')
  if (bar === undefined || readings.get('pressure_sensor')?.value !== true) return []
  const value = steps(bar, 100) * 1000
  return [{ family: 'hearth_water_pressure_pascals', labels: { circuit: 'primary' }, value }]
}

/** 0 means no demand, or the pause between two starts. */
function setPoint(readings: Readings): Series[] {
  const value = measured(readings, 'temp_set')
  if (value === undefined || value === 0) return []
  const labels = { circuit: 'primary', point: 'flow', kind: 'effective' }
  return [{ family: 'hearth_temperature_setpoint_celsius', labels, value }]
}

/** The total contains those for hot water. */
function starts(readings: Readings): Series[] {
  const all = measured(readings, 'burnerstarts')
  const dhw = measured(readings, 'burnerstarts_dhw')
  if (all === undefined || dhw === undefined) return []
  const forDhw: Series = { family: 'hearth_starts_total', labels: DHW, value: dhw }
  return all < dhw ? [forDhw] : [{ family: 'hearth_starts_total', labels: HEATING, value: all - dhw }, forDhw]
}

function gas(readings: Readings, countsPerM3: number): Series[] {
  return (
    [
      ['gasmeter_cv', 'heating'],
      ['gasmeter_warmwater', 'dhw'],
    ] as const
  ).flatMap(([key, use]) => {
    const boardM3 = measured(readings, key)
    if (boardM3 === undefined) return []
    const labels = { function: use, fuel: 'gas', method: 'estimated' }
    const value = steps(boardM3, BOARD_COUNTS_PER_M3) / countsPerM3
    return [{ family: 'hearth_fuel_volume_cubic_meters_total' as const, labels, value }]
  })
}

function hasActiveFault(readings: Readings): boolean {
  return ((measured(readings, 'fault_marker') ?? 0) & ACTIVE_FAULT_BIT) !== 0
}

/** The fault itself, or the alarm output. */
function isInFault(readings: Readings): boolean {
  return hasActiveFault(readings) || readings.get('alarm_status')?.value === true
}

function faults(readings: Readings): Series[] {
  if (!readings.has('fault_marker')) return []
  const active: Series = { family: 'hearth_fault_active', value: Number(isInFault(readings)) }
  const code = measured(readings, 'fault_code')
  if (code === undefined || !hasActiveFault(readings)) return [active]
  const board = isXtreme(readings) ? 'Xtreme' : boardOf(textAt(readings, 'hardware'))
  const labels = { code: String(code), severity: 'fault', text: faultText(code, board) }
  return [active, { family: 'hearth_fault_info', labels, value: 1 }]
}

function activity(readings: Readings): Series[] {
  const code = measured(readings, 'displ_code')
  if (code === undefined) return []
  const state = isInFault(readings) ? 'fault' : activityOf(code, measured(readings, 'fanspeed_set'))
  return state ? [{ family: 'hearth_activity', state }] : []
}

/** A number that is there and can be true: no absent sensor, nothing outside its window. */
function measured(readings: Readings, key: string): number | undefined {
  const { value, unit } = readings.get(key) ?? {}
  if (typeof value !== 'number' || !isWithinWindow(key, value)) return undefined
  return unit === '°C' && isAbsentSensor(value) ? undefined : value
}

function textAt(readings: Readings, key: string): string | undefined {
  const value = readings.get(key)?.value
  return typeof value === 'string' ? value : undefined
}

/** Only an Xtreme has this sensor in its answers. */
function isXtreme(readings: Readings): boolean {
  return readings.has('t_koud')
}

/** The whole number of steps that the wire carried. */
function steps(value: number, perUnit: number): number {
  return Math.round(value * perUnit)
}

function same(value: number): number {
  return value
}

function seconds(hours: number): number {
  return hours * SECONDS_PER_HOUR
}
