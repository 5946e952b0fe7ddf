import {
  active,
  blocked,
  circuitMode,
  circulationMode,
  demand,
  difference,
  enabled,
  flow,
  humidity,
  modulation,
  modulationLimit,
  modulationTarget,
  OWN,
  program,
  pumpHead,
  type Row,
  setpoint,
  starts,
  temperature,
  ventilationMode,
} from './row.ts'

/** Values of mixer modules. */
export const MIXER: readonly Row[] = [
  ['hc.flowtemphc', '°C', temperature(OWN, 'flow')],
  ['hc.valvestatus', '%', modulation(OWN, 'mixing_valve')],
  ['hc.flowsettemp', '°C', setpoint(OWN, 'flow', 'effective')],
  ['hc.pumpstatus', '', active(OWN, 'circuit_pump')],
  ['hc.activated', '', enabled(OWN, 'heating')],
  ['hc.flow', 'l/h', flow(OWN)],
  ['hc.setdiffpress', 'mbar', pumpHead(OWN)],
  ['hc.flowtempoffset', 'K', difference(OWN, 'mixer_offset')],
  ['hc.flowtempvf', '°C', temperature('primary', 'header')],
]

/** Values of heat pump modules. */
export const HEAT_PUMP: readonly Row[] = [
  ['airhumidity', '%', humidity('primary', 'room_air')],
  ['dewtemperature', '°C', temperature('house', 'dew_point')],
  ['curflowtemp', '°C', temperature('primary', 'flow')],
  ['rettemp', '°C', temperature('primary', 'return')],
  ['sysrettemp', '°C', temperature('primary', 'system_return')],
  ['hpta4', '°C', temperature('refrigerant', 'drain_pan')],
  ['hptr1', '°C', temperature('refrigerant', 'compressor')],
  ['hptr3', '°C', temperature('refrigerant', 'liquid_line')],
  ['hptr4', '°C', temperature('refrigerant', 'evaporator_inlet')],
  ['hptr5', '°C', temperature('refrigerant', 'suction_gas')],
  ['hptr6', '°C', temperature('refrigerant', 'discharge_gas')],
  ['hptl2', '°C', temperature('source', 'source_air_inlet')],
  ['hppl1', '°C', temperature('refrigerant', 'evaporation')],
  ['hpph1', '°C', temperature('refrigerant', 'condensation')],
  ['heatingpumpmod', '%', modulation('primary', 'heating_pump')],
  ['hpcompspd', '%', modulation('primary', 'compressor')],
  ['lownoisemode', '', program('primary', 'silent'), 'not_off'],
  ['switchovertemp', '°C', setpoint('house', 'outdoor_air', 'bivalence')],
  ['airpurgemode', '', program('primary', 'air_purge')],
  ['heatpumpoutput', '%', modulation('primary', 'compressor')],
  ['coolingcircuit', '', enabled('primary', 'cooling')],
  ['heatdrainpan', '', active('primary', 'drain_pan_heater')],
  ['heatcable', '', active('primary', 'heating_cable')],
  ['heatingstarts', '', starts('compressor', 'heating')],
  ['dhw.startshp', '', starts('compressor', 'dhw')],
]

/** Values of switch modules. */
export const SWITCH: readonly Row[] = [
  ['activated', '', enabled('primary', 'heating')],
  ['flowtemphc', '°C', temperature('hc1', 'flow')],
]

/** Values of gateways for single rooms. */
export const CONNECT: readonly Row[] = [
  ['outdoortemp', '°C', temperature('house', 'outdoor_air')],
  ['src.currtemp', '°C', temperature(OWN, 'room_air')],
  ['src.airhumidity', '%', humidity(OWN, 'room_air')],
  ['src.dewtemperature', '°C', temperature(OWN, 'dew_point')],
  ['src.seltemp', '°C', setpoint(OWN, 'room_air', 'effective')],
  ['src.mode', '', circuitMode(OWN)],
]

/** Values of alert modules. */
export const ALERT: readonly Row[] = [
  ['setflowtemp', '°C', setpoint('primary', 'flow', 'external')],
  ['setburnpow', '%', modulationTarget('primary', 'burner')],
]

/** Values of extension modules. */
export const EXTENSION: readonly Row[] = [
  ['flowtempvf', '°C', temperature('primary', 'header')],
  ['setpower', '%', modulationTarget('primary', 'burner')],
  ['setpoint', '°C', setpoint('primary', 'flow', 'external')],
]

/** Values of alternative heat sources. */
export const HEAT_SOURCE: readonly Row[] = [
  ['ahs.sysflowtemp', '°C', temperature(OWN, 'system_flow')],
  ['ahs.sysrettemp', '°C', temperature(OWN, 'system_return')],
  ['ahs.altflowtemp', '°C', temperature(OWN, 'flow')],
  ['ahs.altrettemp', '°C', temperature(OWN, 'return')],
  ['ahs.cyltoptemp', '°C', temperature(OWN, 'buffer_top')],
  ['ahs.cylcentertemp', '°C', temperature(OWN, 'buffer_middle')],
  ['ahs.cylbottomtemp', '°C', temperature(OWN, 'buffer_bottom')],
  ['ahs.fluegastemp', '°C', temperature(OWN, 'exhaust_gas')],
  ['ahs.valvebuffer', '%', modulation(OWN, 'buffer_valve')],
  ['ahs.valvereturn', '%', modulation(OWN, 'return_valve')],
  ['ahs.apumpmod', '%', modulation(OWN, 'heating_pump')],
  ['ahs.ahsactivated', '', enabled(OWN, 'heating')],
  ['ahs.apumpmin', '%', modulationLimit(OWN, 'heating_pump', 'minimum')],
  ['ahs.setreturntemp', '°C', setpoint(OWN, 'return', 'selected')],
  ['ahs.setflowtemp', '°C', setpoint(OWN, 'flow', 'selected')],
  ['ahs.burner', '', active(OWN, 'burner')],
  ['ahs.apump', '', active(OWN, 'heating_pump')],
  ['ahs.heatrequest', '%', modulationTarget(OWN, 'burner')],
  ['ahs.blockremain', 'min', blocked(OWN, 'minimum_pause'), 'above_zero'],
]

/** Values of ventilation. */
export const VENTILATION: readonly Row[] = [
  ['outfresh', '°C', temperature('ventilation', 'outdoor_intake_air')],
  ['infresh', '°C', temperature('ventilation', 'supply_air')],
  ['outexhaust', '°C', temperature('ventilation', 'exhaust_air')],
  ['inexhaust', '°C', temperature('ventilation', 'extract_air')],
  ['ventinspeed', '%', modulation('ventilation', 'supply_fan')],
  ['ventoutspeed', '%', modulation('ventilation', 'extract_fan')],
  ['ventmode', '', ventilationMode()],
  ['airhumidity', '%', humidity('ventilation', 'extract_air')],
  ['bypass', '', active('ventilation', 'bypass')],
]

/** Values of fresh water and cylinder modules. */
export const WATER: readonly Row[] = [
  ['dhw.seltemp', '°C', setpoint(OWN, 'dhw_storage', 'selected')],
  ['dhw.temp', '°C', temperature(OWN, 'dhw_storage')],
  ['dhw.curtemp2', '°C', temperature(OWN, 'dhw_storage_external')],
  ['dhw.hydrtemp', '°C', temperature(OWN, 'header')],
  ['dhw.pump', '', active(OWN, 'dhw_charge_pump')],
  ['dhw.hyston', '°C', difference(OWN, 'hysteresis_on')],
  ['dhw.hystoff', '°C', difference(OWN, 'hysteresis_off')],
  ['dhw.disinfectiontemp', '°C', setpoint(OWN, 'dhw_storage', 'disinfection')],
  ['dhw.circ', '', active(OWN, 'dhw_circulation_pump')],
  ['dhw.circmode', '', circulationMode(OWN)],
  ['dhw.maxtemp', '°C', setpoint(OWN, 'dhw_storage', 'maximum')],
  ['dhw.difftemp', '°C', difference(OWN, 'start_difference')],
  ['dhw.redtemp', '°C', setpoint(OWN, 'dhw_storage', 'eco')],
  ['dhw.requiredtemp', '°C', setpoint(OWN, 'dhw_storage', 'effective')],
  ['dhw.storagetemp1', '°C', temperature(OWN, 'dhw_storage_middle')],
  ['dhw.coldtemp', '°C', temperature(OWN, 'dhw_cold_inlet')],
  ['dhw.rettemp', '°C', temperature(OWN, 'return')],
  ['dhw.hottemp', '°C', setpoint(OWN, 'dhw_storage', 'boost')],
  ['dhw.dailytemp', '°C', setpoint(OWN, 'dhw_storage', 'daily')],
  ['dhw.keepwarm', '', enabled(OWN, 'keep_warm')],
  ['dhw.status2', '', demand(OWN, 'dhw'), 'heat_request'],
  ['dhw.pumpmod', '%', modulation(OWN, 'dhw_charge_pump')],
  ['dhw.flow', 'l/min', flow(OWN)],
  ['dhw.valvereturn', '%', modulation(OWN, 'return_valve')],
  ['dhw.deltatret', 'K', difference(OWN, 'return_valve')],
]

/** Values of pool modules. */
export const POOL: readonly Row[] = [
  ['pooltemp', '°C', temperature('pool1', 'pool_water')],
  ['poolshunt', '%', modulation('pool1', 'mixing_valve')],
]
