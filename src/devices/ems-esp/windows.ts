import type { FamilyName } from '../../core/families/index.ts'
import type { Labels } from '../../core/series.ts'

type Window = readonly [low: number, high: number]

const OUTSIDE: Window = [-50, 60]
const WATER: Window = [-10, 110]
const HOT_PART: Window = [-40, 180]
const EXHAUST: Window = [-50, 350]
const REFRIGERANT: Window = [-60, 150]

const POINTS: Readonly<Record<string, Window>> = {
  outdoor_air: OUTSIDE,
  outdoor_air_damped: OUTSIDE,
  outdoor_intake_air: OUTSIDE,
  exhaust_air: OUTSIDE,
  supply_air: OUTSIDE,
  extract_air: OUTSIDE,
  dew_point: OUTSIDE,
  source_inlet: OUTSIDE,
  source_outlet: OUTSIDE,
  source_air_inlet: OUTSIDE,
  drain_pan: REFRIGERANT,
  room_air: [-10, 50],
  exhaust_gas: EXHAUST,
  collector: EXHAUST,
  collector_2: EXHAUST,
  discharge_gas: HOT_PART,
  heat_exchanger: HOT_PART,
  compressor: HOT_PART,
  controller_board: [-40, 125],
  suction_gas: REFRIGERANT,
  liquid_line: REFRIGERANT,
  evaporator_inlet: REFRIGERANT,
  condenser_inlet_gas: HOT_PART,
  evaporation: REFRIGERANT,
  condensation: REFRIGERANT,
}

const FAMILY_WINDOWS: Partial<Record<FamilyName, Window>> = {
  hearth_water_pressure_pascals: [0, 6e5],
  hearth_water_flow_cubic_meters_per_second: [0, 2e-3],
  hearth_water_flow_setpoint_cubic_meters_per_second: [0, 2e-3],
  hearth_relative_humidity_ratio: [0, 1],
  hearth_flame_ionization_amperes: [0, 1e-4],
  // A burner may be driven above its rating, and some boards say so.
  hearth_modulation_ratio: [0, 1.3],
  hearth_modulation_setpoint_ratio: [0, 1.3],
  hearth_modulation_limit_ratio: [0, 1.3],
  hearth_temperature_setpoint_celsius: [-60, 350],
  hearth_temperature_difference_setpoint_kelvin: [-150, 150],
  hearth_link_quality_ratio: [0, 1],
}

/** Whether a house can have this value: outside its window a sensor or a telegram is damaged. */
export function isPossible(family: FamilyName, labels: Labels, value: number): boolean {
  const window =
    family === 'hearth_temperature_celsius'
      ? (POINTS[labels['point'] ?? ''] ?? WATER)
      : FAMILY_WINDOWS[family]
  if (window) return value >= window[0] && value <= window[1]
  return !family.endsWith('_total') || value >= 0
}
