import { CELSIUS, KELVIN, NUMBER, PERCENT, type Rule, rule } from './rule.ts'

const TEMPERATURE = 'hearth_temperature_celsius'
const SETPOINT = 'hearth_temperature_setpoint_celsius'
const HUMIDITY = 'hearth_relative_humidity_ratio'

/** What the pages say of rooms and heating circuits. */
export const CIRCUIT_RULES: readonly Rule[] = [
  rule(
    'room temperature',
    ['raumisttemp_hc#', 'actual_room_t_hc#', 'actual_room_temperature_hc#'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'hc#', point: 'room_air' },
  ),
  rule(
    'room temperature',
    ['isttemperatur_hc#', 'actual_temperature_hc#', 'isttemperatur_#', 'actual_temperature_#'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'hc#', point: 'room_air' },
    'room',
  ),
  rule(
    'room temperature at the remote control',
    ['isttemperatur_fek', 'isttemperatur_fe7', 'actual_temperature_fek', 'actual_temperature_fe7'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'house', point: 'room_air' },
  ),
  rule('room setpoint', ['raumsolltemp_hc#', 'set_room_temperature_hc#'], CELSIUS, SETPOINT, {
    circuit: 'hc#',
    point: 'room_air',
    kind: 'effective',
  }),
  rule(
    'room setpoint',
    ['solltemperatur_hc#', 'set_temperature_hc#', 'solltemperatur_#', 'set_temperature_#'],
    CELSIUS,
    SETPOINT,
    { circuit: 'hc#', point: 'room_air', kind: 'effective' },
    'room',
  ),
  rule(
    'room setpoint at the remote control',
    ['solltemperatur_fek', 'solltemperatur_fe7', 'set_temperature_fek', 'set_temperature_fe7'],
    CELSIUS,
    SETPOINT,
    { circuit: 'house', point: 'room_air', kind: 'effective' },
  ),
  rule(
    'room humidity',
    ['raumfeuchte_hc#', 'relative_humidity_hc#', 'raumfeuchte_#', 'relative_humidity_#'],
    PERCENT,
    HUMIDITY,
    { circuit: 'hc#', point: 'room_air' },
  ),
  rule('room humidity', ['raumfeuchte', 'relative_feuchte', 'relative_humidity'], PERCENT, HUMIDITY, {
    circuit: 'house',
    point: 'room_air',
  }),
  rule(
    'dew point',
    [
      'taupunkttemperatur_hc#',
      'taupunkttemp_hc#',
      'dew_point_temp_hc#',
      'dew_point_temperature_hc#',
      'taupunkttemperatur_#',
      'dew_point_temperature_#',
    ],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'hc#', point: 'dew_point' },
  ),
  rule('dew point', ['taupunkttemperatur', 'dew_point_temperature'], CELSIUS, TEMPERATURE, {
    circuit: 'house',
    point: 'dew_point',
  }),
  rule('flow temperature of the circuit', ['istwert_hc#', 'actual_value_hc#'], CELSIUS, TEMPERATURE, {
    circuit: 'hc#',
    point: 'flow',
  }),
  rule(
    'flow temperature of the circuit',
    ['isttemperatur_hc#', 'actual_temperature_hc#'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'hc#', point: 'flow' },
    'heating',
  ),
  rule('flow setpoint of the circuit', ['sollwert_hc#', 'set_value_hc#'], CELSIUS, SETPOINT, {
    circuit: 'hc#',
    point: 'flow',
    kind: 'effective',
  }),
  rule(
    'flow setpoint of the circuit',
    ['solltemperatur_hc#', 'set_temperature_hc#'],
    CELSIUS,
    SETPOINT,
    { circuit: 'hc#', point: 'flow', kind: 'effective' },
    'heating',
  ),
  rule(
    'slope of the heating curve',
    ['steigung_hc#', 'gradient_hc#'],
    NUMBER,
    'hearth_heating_curve_slope_ratio',
    { circuit: 'hc#' },
  ),
  rule(
    'shift of the heating curve',
    ['fusspunkt_hc#', 'low_end_hc#'],
    KELVIN,
    'hearth_heating_curve_offset_kelvin',
    { circuit: 'hc#' },
  ),
]
