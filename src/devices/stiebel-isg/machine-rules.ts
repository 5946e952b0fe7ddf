import {
  AMPERE,
  BAR,
  CELSIUS,
  HERTZ,
  HOURS,
  KELVIN,
  KILOWATT,
  NUMBER,
  PERCENT,
  type Rule,
  rule,
} from './rule.ts'

const TEMPERATURE = 'hearth_temperature_celsius'
const SPEED = 'hearth_rotational_speed_hertz'
const RUN = 'hearth_operating_seconds_total'

/** What they say of the machine. */
export const MACHINE_RULES: readonly Rule[] = [
  rule(
    'hot gas temperature',
    ['heissgastemp', 'heissgastemperatur', 'hot_gas_temp', 'hot_gas_temperature'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'refrigerant', point: 'discharge_gas' },
  ),
  rule(
    'evaporator temperature',
    ['verdampfertemp', 'verdampfertemperatur', 'evaporator_temp', 'evaporator_temperature'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'refrigerant', point: 'evaporation' },
  ),
  rule(
    'condenser temperature',
    ['verfluessigertemp', 'verfluessigertemperatur', 'condenser_temp', 'condenser_temperature'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'refrigerant', point: 'condensation' },
  ),
  rule(
    'temperature behind the evaporator',
    ['verdampferausg_temp', 'evaporator_outlet_temp', 'evaporator_outlet_temperature'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'refrigerant', point: 'suction_gas' },
  ),
  rule(
    'cooling temperature',
    ['kuehlungstemp', 'cooling_temp', 'cooling_temperature'],
    CELSIUS,
    TEMPERATURE,
    { circuit: 'primary', point: 'cooling' },
  ),
  rule('inverter temperature', ['ambient_temp_inverter', 'temp_inv_compressor'], CELSIUS, TEMPERATURE, {
    circuit: 'refrigerant',
    point: 'inverter',
  }),
  rule(
    'high pressure',
    ['hochdruck', 'druck_hochdruck', 'high_pressure'],
    BAR,
    'hearth_refrigerant_pressure_pascals',
    { side: 'high' },
  ),
  rule(
    'low pressure',
    ['niederdruck', 'druck_niederdruck', 'low_pressure'],
    BAR,
    'hearth_refrigerant_pressure_pascals',
    { side: 'low' },
  ),
  rule(
    'compressor speed',
    ['verdichterdrehzahl', 'istdrehzahl_verdichter', 'compressor_speed', 'actual_speed_compressor'],
    HERTZ,
    SPEED,
    { component: 'compressor' },
  ),
  rule('compressor starts', ['verdichterstarts', 'compressor_starts'], NUMBER, 'hearth_starts_total', {
    component: 'compressor',
    function: 'unspecified',
  }),
  rule(
    'compressor starts',
    ['verdichter', 'compressor'],
    NUMBER,
    'hearth_starts_total',
    { component: 'compressor', function: 'unspecified' },
    'starts',
  ),
  rule(
    'opening of the expansion valve',
    ['oeffnung_exv', 'opening_exv'],
    PERCENT,
    'hearth_modulation_ratio',
    { circuit: 'primary', component: 'expansion_valve' },
  ),
  rule('stage of the compressor', ['heizstufe', 'heating_stage'], NUMBER, 'hearth_stage', {
    component: 'compressor',
  }),
  rule(
    'stage of the auxiliary heater',
    ['nhz_stufen', 'nhz_stages', 'booster_stages'],
    NUMBER,
    'hearth_stage',
    { component: 'auxiliary_heater' },
  ),
  rule('superheat wanted', ['set_superheating'], KELVIN, 'hearth_temperature_difference_setpoint_kelvin', {
    circuit: 'primary',
    quantity: 'superheat',
  }),
  rule('superheat', ['actual_superheating_v'], KELVIN, 'hearth_temperature_difference_kelvin', {
    circuit: 'primary',
    quantity: 'superheat',
  }),
  rule('subcooling', ['supercooling_cond'], KELVIN, 'hearth_temperature_difference_kelvin', {
    circuit: 'primary',
    quantity: 'subcooling',
  }),
  rule('motor current', ['motorstrom', 'motor_current'], AMPERE, 'hearth_electric_current_amperes', {
    component: 'compressor',
  }),
  rule('motor power', ['motorleistung', 'motor_power'], KILOWATT, 'hearth_electric_power_watts', {
    component: 'compressor',
  }),
  rule('heat output', ['heiz_kuehl_leistung_gemessen'], KILOWATT, 'hearth_thermal_power_watts', {
    source: 'heat_pump',
  }),
]

/** How long its parts have run. */
export const RUN_TIME_RULES: readonly Rule[] = [
  rule(
    'running time for heating',
    ['verdichter_heizen', 'compressor_heating', 'vd_heizen', 'vd_heating', 'rnt_comp_1_hea'],
    HOURS,
    RUN,
    { component: 'compressor', function: 'heating' },
  ),
  rule(
    'running time for hot water',
    ['verdichter_ww', 'compressor_dhw', 'vd_warmwasser', 'vd_dhw', 'rnt_comp_1_dhw'],
    HOURS,
    RUN,
    { component: 'compressor', function: 'dhw' },
  ),
  rule(
    'running time for cooling',
    ['verdichter_kuehlen', 'compressor_cooling', 'vd_kuehlen', 'vd_cooling'],
    HOURS,
    RUN,
    { component: 'compressor', function: 'cooling' },
  ),
  rule('auxiliary heater for heating', ['elektr_ne_heizen', 'elec_booster_heating'], HOURS, RUN, {
    component: 'auxiliary_heater',
    function: 'heating',
  }),
  rule('auxiliary heater for hot water', ['elektr_ne_ww', 'elec_booster_dhw'], HOURS, RUN, {
    component: 'auxiliary_heater',
    function: 'dhw',
  }),
  rule('first stage of the auxiliary heater', ['nhz_1', 'bh_1'], HOURS, RUN, {
    component: 'auxiliary_heater_stage_1',
    function: 'unspecified',
  }),
  rule('second stage of the auxiliary heater', ['nhz_2', 'bh_2'], HOURS, RUN, {
    component: 'auxiliary_heater_stage_2',
    function: 'unspecified',
  }),
]
