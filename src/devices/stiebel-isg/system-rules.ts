import {
  BAR,
  CELSIUS,
  CUBIC_METRES_PER_HOUR,
  HERTZ,
  LITRES,
  LITRES_PER_MINUTE,
  PERCENT,
  type Rule,
  rule,
} from './rule.ts'

const TEMPERATURE = 'hearth_temperature_celsius'
const SETPOINT = 'hearth_temperature_setpoint_celsius'
const HUMIDITY = 'hearth_relative_humidity_ratio'
const FLOW = 'hearth_water_flow_cubic_meters_per_second'
const SPEED = 'hearth_rotational_speed_hertz'
const AIR = 'hearth_air_flow_setpoint_cubic_meters_per_second'
const FAN_SHARE = 'hearth_modulation_setpoint_ratio'

/** What they say of the system: outdoors, water, hot water, buffer, source. */
export const SYSTEM_RULES: readonly Rule[] = [
  rule('outdoor temperature', ['aussentemperatur', 'outside_temperature'], CELSIUS, TEMPERATURE, {
    circuit: 'house',
    point: 'outdoor_air',
  }),
  rule(
    'flow temperature of the heat pump',
    [
      'vorlauftemp',
      'vorlauftemperatur',
      'vorlaufisttemperatur',
      'vorlaufisttemperatur_wp',
      'flow_temp',
      'flow_temperature',
      'actual_flow_temperature',
      'actual_flow_temperature_wp',
      'actual_flow_temperature_hp',
    ],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'primary', point: 'flow' },
  ),
  rule(
    'return temperature of the heat pump',
    [
      'ruecklauftemp',
      'ruecklauftemperatur',
      'ruecklaufisttemperatur',
      'ruecklaufisttemperatur_wp',
      'return_temp',
      'return_temperature',
      'actual_return_temperature',
      'actual_return_temperature_wp',
      'actual_return_temperature_hp',
    ],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'primary', point: 'return' },
  ),
  rule(
    'flow temperature behind the auxiliary heater',
    ['vorlaufisttemperatur_nhz', 'actual_flow_temperature_nhz', 'actual_flow_temperature_bh'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'primary', point: 'auxiliary_heater_flow' },
  ),
  rule(
    'water pressure',
    ['druck_heizkreis', 'heizungsdruck', 'pressure_htg_circ', 'heating_pressure', 'htg_circuit_pressure'],
    BAR,
    'hearth_water_pressure_pascals',
    { circuit: 'primary' },
  ),
  rule(
    'water flow for hot water',
    ['volumenstrom', 'flow_rate'],
    LITRES_PER_MINUTE,
    FLOW,
    { circuit: 'dhw1' },
    'dhw',
  ),
  rule(
    'water flow',
    ['volumenstrom', 'flow_rate', 'wp_wasservolumenstrom', 'wp_water_flow_rate', 'hp_water_flow_rate'],
    LITRES_PER_MINUTE,
    FLOW,
    { circuit: 'primary' },
  ),
  rule('buffer temperature', ['pufferisttemperatur', 'actual_buffer_temperature'], CELSIUS, TEMPERATURE, {
    circuit: 'buffer',
    point: 'buffer',
  }),
  rule('buffer setpoint', ['puffersolltemperatur', 'set_buffer_temperature'], CELSIUS, SETPOINT, {
    circuit: 'buffer',
    point: 'buffer',
    kind: 'effective',
  }),
  rule(
    'frost protection; its reference point is not verified',
    ['frostschutz', 'anlagenfrost', 'anlagenfrostschutz', 'frost_protection', 'system_frost_protection'],
    CELSIUS,
    SETPOINT,
    { circuit: 'house', point: 'outdoor_air', kind: 'frost' },
  ),
  rule(
    'bivalence point of heating',
    ['bivalenztemperatur_hzg', 'dual_mode_temp_heating', 'dual_mode_temp_hzg'],
    CELSIUS,
    SETPOINT,
    { circuit: 'house', point: 'outdoor_air', kind: 'bivalence' },
  ),
  rule(
    'bivalence point of hot water',
    ['bivalenztemperatur_ww', 'dual_mode_temp_dhw', 'dual_mode_temp_ww'],
    CELSIUS,
    SETPOINT,
    { circuit: 'dhw1', point: 'outdoor_air', kind: 'bivalence' },
  ),
  rule(
    'lower limit of operation for heating',
    [
      'untere_einsatzgrenze_hzg',
      'einsatzgrenze_hzg',
      'lower_app_limit_heating',
      'lower_application_limit_heating',
      'application_limit_hzg',
      'application_limit_heating',
    ],
    CELSIUS,
    SETPOINT,
    { circuit: 'house', point: 'outdoor_air', kind: 'operating_limit' },
  ),
  rule(
    'lower limit of operation for hot water',
    [
      'untere_einsatzgrenze_ww',
      'einsatzgrenze_ww',
      'lower_app_limit_dhw',
      'lower_application_limit_dhw',
      'application_limit_ww',
      'application_limit_dhw',
    ],
    CELSIUS,
    SETPOINT,
    { circuit: 'dhw1', point: 'outdoor_air', kind: 'operating_limit' },
  ),
  rule(
    'hot water temperature',
    ['ww_isttemp', 'actual_dhw_t', 'actual_dhw_temperature'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'dhw1', point: 'dhw_storage' },
  ),
  rule(
    'hot water temperature',
    ['isttemperatur', 'actual_temperature'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'dhw1', point: 'dhw_storage' },
    'dhw',
  ),
  rule('hot water setpoint', ['ww_solltemp', 'dhw_set_temperature'], CELSIUS, SETPOINT, {
    circuit: 'dhw1',
    point: 'dhw_storage',
    kind: 'effective',
  }),
  rule(
    'hot water setpoint',
    ['solltemperatur', 'set_temperature'],
    CELSIUS,
    SETPOINT,
    { circuit: 'dhw1', point: 'dhw_storage', kind: 'effective' },
    'dhw',
  ),
  rule(
    'mixed water left in the store',
    ['mischwassermenge', 'mixed_water_amount'],
    LITRES,
    'hearth_dhw_available_volume_cubic_meters',
    { circuit: 'dhw1' },
  ),
  rule('temperature of the heat source', ['quellentemperatur', 'source_temperature'], CELSIUS, TEMPERATURE, {
    circuit: 'source',
    point: 'source_inlet',
  }),
  rule(
    'lowest temperature of the heat source',
    ['quellentemperatur_min', 'min_quellentemperatur', 'min_source_temperature'],
    CELSIUS,
    SETPOINT,
    { circuit: 'source', point: 'source_inlet', kind: 'minimum' },
  ),
  rule(
    'pressure of the heat source',
    ['quellendruck', 'source_pressure'],
    BAR,
    'hearth_water_pressure_pascals',
    { circuit: 'source' },
  ),
  rule(
    'collector temperature',
    ['kollektortemp', 'kollektortemperatur', 'collector_temp', 'collector_temperature'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'solar1', point: 'collector' },
  ),
]

/** What ventilation units say of their air. */
export const VENTILATION_RULES: readonly Rule[] = [
  rule('extract air humidity', ['abluftfeuchte', 'extract_air_humidity'], PERCENT, HUMIDITY, {
    circuit: 'ventilation',
    point: 'extract_air',
  }),
  rule(
    'extract air temperature',
    ['ablufttemp', 'ablufttemperatur', 'extract_air_temp', 'extract_air_temperature'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'ventilation', point: 'extract_air' },
  ),
  rule('extract air dew point', ['ablufttaupunkt', 'extract_air_dew_point'], CELSIUS, TEMPERATURE, {
    circuit: 'ventilation',
    point: 'dew_point',
  }),
  ...[
    { air: 'supply', names: ['zuluft', 'ventilation_air', 'supply_air'] },
    { air: 'extract', names: ['abluft', 'extract_air'] },
    { air: 'exhaust', names: ['fortluft', 'exhaust_air'] },
  ].flatMap(({ air, names }) => {
    const speed = names.flatMap(name => [`${name}_ist_luefterdrehzahl`, `${name}_actual_fan_speed`])
    const flow = names.flatMap(name => [`${name}_soll_volumenstrom`, `${name}_set_flow_rate`])
    return [
      rule(`speed of the ${air} fan`, speed, HERTZ, SPEED, { component: `${air}_fan` }),
      rule(`${air} air flow wanted`, flow, CUBIC_METRES_PER_HOUR, AIR, { point: `${air}_air` }),
      rule(`output of the ${air} fan wanted`, flow, PERCENT, FAN_SHARE, {
        circuit: 'ventilation',
        component: `${air}_fan`,
      }),
    ]
  }),
]
