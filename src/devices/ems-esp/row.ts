import type { FamilyName } from '../../core/families/index.ts'
import type { Labels } from '../../core/series.ts'

/** Units as this driver knows them, whatever the gateway's language and version call them. */
export type Unit =
  | ''
  | '°C'
  | 'K'
  | '%'
  | 'bar'
  | 'mbar'
  | 'µA'
  | 'kWh'
  | 'Wh'
  | 'W'
  | 'kW'
  | 's'
  | 'min'
  | 'h'
  | 'l/min'
  | 'l/h'

/**
 * What a value must be to count:
 * - `number`: as it is; `not_zero`: 0 stands for a missing sensor or no demand
 * - `above_zero`, `not_off`, `on`, `heat_request`: a number or a word that becomes 0 or 1
 * - `state`: a word that becomes a state of the family
 * - `with_texts`: only the machine's texts tell what it means (`texts.ts`)
 */
export type Rule =
  | 'number'
  | 'not_zero'
  | 'above_zero'
  | 'not_off'
  | 'on'
  | 'heat_request'
  | 'state'
  | 'with_texts'

export interface Target {
  readonly family: FamilyName
  readonly labels: Labels
  readonly isState?: true
}

/** One native value: its name (`hc.`, `dhw.`, `src.`, `ahs.` before it for every such circuit), its unit, what it becomes. */
export type Row = readonly [key: string, unit: Unit, to: Target, rule?: Rule]

/** The circuit that the value itself belongs to. */
export const OWN = '{own}'

const to = (family: FamilyName, labels: Labels): Target => ({ family, labels })
const state = (family: FamilyName, labels: Labels): Target => ({ family, labels, isState: true })

export const temperature = (circuit: string, point: string) =>
  to('hearth_temperature_celsius', { circuit, point })
export const setpoint = (circuit: string, point: string, kind: string) =>
  to('hearth_temperature_setpoint_celsius', { circuit, point, kind })
export const difference = (circuit: string, quantity: string) =>
  to('hearth_temperature_difference_setpoint_kelvin', { circuit, quantity })
export const curveOffset = (circuit: string) => to('hearth_heating_curve_offset_kelvin', { circuit })
export const pressure = (circuit: string) => to('hearth_water_pressure_pascals', { circuit })
export const pumpHead = (circuit: string) => to('hearth_pressure_difference_setpoint_pascals', { circuit })
export const flow = (circuit: string) => to('hearth_water_flow_cubic_meters_per_second', { circuit })
export const flowTarget = (circuit: string) =>
  to('hearth_water_flow_setpoint_cubic_meters_per_second', { circuit })
export const humidity = (circuit: string, point: string) =>
  to('hearth_relative_humidity_ratio', { circuit, point })
export const flameCurrent = () => to('hearth_flame_ionization_amperes', {})
export const modulation = (circuit: string, component: string) =>
  to('hearth_modulation_ratio', { circuit, component })
export const modulationTarget = (circuit: string, component: string) =>
  to('hearth_modulation_setpoint_ratio', { circuit, component })
export const modulationLimit = (circuit: string, component: string, bound: string) =>
  to('hearth_modulation_limit_ratio', { circuit, component, bound })
export const electricPower = (component: string) => to('hearth_electric_power_watts', { component })
export const thermalPower = (source: string) => to('hearth_thermal_power_watts', { source })
export const ratedPower = (component: string) => to('hearth_rated_power_watts', { component })
export const powerLimit = (component: string) => to('hearth_power_limit_watts', { component })
export const active = (circuit: string, component: string) =>
  to('hearth_component_active', { circuit, component })
export const circuitActive = (circuit: string) => to('hearth_circuit_active', { circuit })
export const demand = (circuit: string, use: string) => to('hearth_demand_active', { circuit, function: use })
export const enabled = (circuit: string, use: string) => to('hearth_enabled', { circuit, function: use })
export const blocked = (circuit: string, reason: string) => to('hearth_blocked', { circuit, reason })
export const disinfection = (circuit: string) => to('hearth_disinfection_active', { circuit })
export const program = (circuit: string, name: string) =>
  to('hearth_special_program_active', { circuit, program: name })
export const statusCode = () => to('hearth_status_code', {})
export const maintenanceDue = () => to('hearth_maintenance_due', { kind: 'service' })
export const maintenanceRemaining = () => to('hearth_maintenance_remaining_seconds', {})
export const starts = (component: string, use: string) =>
  to('hearth_starts_total', { component, function: use })
export const seconds = (component: string, use: string) =>
  to('hearth_operating_seconds_total', { component, function: use })
export const circuitMode = (circuit: string) => state('hearth_circuit_mode', { circuit })
export const circuitLevel = (circuit: string) => state('hearth_circuit_level', { circuit })
export const season = (circuit: string) => state('hearth_season', { circuit })
export const circulationMode = (circuit: string) => state('hearth_dhw_circulation_mode', { circuit })
export const ventilationMode = () => state('hearth_ventilation_mode', {})
