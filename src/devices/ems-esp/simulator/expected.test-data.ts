/**
 * Metrics texts written by hand from the firmware's rules, line by line; no code made them.
 * The houses are those of the scenarios `document` and `firmware-3.8`.
 */

/** `/api/boiler/metrics` of `document`. */
export const DOCUMENT_BOILER = `# HELP emsesp_heatingactive heating active, boolean, readable, visible
# TYPE emsesp_heatingactive gauge
emsesp_heatingactive 1
# HELP emsesp_selflowtemp selected flow temperature, °C, readable, writeable, visible
# TYPE emsesp_selflowtemp gauge
emsesp_selflowtemp 62
# HELP emsesp_curflowtemp current flow temperature, °C, readable, visible
# TYPE emsesp_curflowtemp gauge
emsesp_curflowtemp 60.20
# HELP emsesp_ubauptime total UBA operating time, minutes, readable, visible
# TYPE emsesp_ubauptime gauge
emsesp_ubauptime 3940268
# HELP emsesp_nrgtotal total energy, kWh, readable, visible
# TYPE emsesp_nrgtotal gauge
emsesp_nrgtotal 22042.50
# HELP emsesp_circmode circulation pump mode, enum, (0: off; 1: 1x3min; 2: 2x3min; 3: 3x3min; 4: 4x3min; 5: 5x3min; 6: 6x3min; 7: continuous), readable, writeable, visible
# TYPE emsesp_circmode gauge
emsesp_circmode{circuit="dhw"} 1
# HELP emsesp_seltemp selected temperature, °C, readable, writeable, visible
# TYPE emsesp_seltemp gauge
emsesp_seltemp{circuit="dhw"} 52
`

/** `/api/thermostat/metrics` of `document`. */
export const DOCUMENT_THERMOSTAT = `# HELP emsesp_seltemp selected room temperature, °C, readable, writeable, visible
# TYPE emsesp_seltemp gauge
emsesp_seltemp{circuit="hc1"} 20.50
# HELP emsesp_currtemp current room temperature, °C, readable, visible
# TYPE emsesp_currtemp gauge
emsesp_currtemp{circuit="hc1"} 22.80
# HELP emsesp_mode operating mode, enum, (0: off; 1: manual; 2: auto), readable, writeable, visible
# TYPE emsesp_mode gauge
emsesp_mode{circuit="hc1"} 2
`

/** `/api/thermostat/metrics` of `firmware-3.8`: without the second thermostat, families split by circuit. */
export const THERMOSTAT = `# HELP emsesp_dampedoutdoortemp damped outdoor temperature, °C, readable, visible
# TYPE emsesp_dampedoutdoortemp gauge
emsesp_dampedoutdoortemp 3.10
# HELP emsesp_intoffset internal temperature offset, °C, readable, writeable, visible
# TYPE emsesp_intoffset gauge
emsesp_intoffset -0.20
# HELP emsesp_seltemp selected room temperature, °C, readable, writeable, visible
# TYPE emsesp_seltemp gauge
emsesp_seltemp{circuit="hc1"} 20.50
# HELP emsesp_currtemp current room temperature, °C, readable, visible
# TYPE emsesp_currtemp gauge
emsesp_currtemp{circuit="hc1"} 22.80
# HELP emsesp_mode operating mode, enum, (0: off; 1: manual; 2: auto), readable, writeable, visible
# TYPE emsesp_mode gauge
emsesp_mode{circuit="hc1"} 2
# HELP emsesp_modetype mode type, enum, (0: eco; 1: comfort), readable, visible
# TYPE emsesp_modetype gauge
emsesp_modetype{circuit="hc1"} 1
# HELP emsesp_targetflowtemp target flow temperature, °C, readable, visible
# TYPE emsesp_targetflowtemp gauge
emsesp_targetflowtemp{circuit="hc1"} 45
# HELP emsesp_summermode summer mode, boolean, readable, visible
# TYPE emsesp_summermode gauge
emsesp_summermode{circuit="hc1"} 0
emsesp_mode{circuit="dhw"} 1
# HELP emsesp_circpump circulation pump, boolean, readable, writeable, visible
# TYPE emsesp_circpump gauge
emsesp_circpump{circuit="dhw"} 1
`

/** `/api/thermostat/hc2/metrics` of `firmware-3.8`: the second thermostat. */
export const SECOND_THERMOSTAT = `# HELP emsesp_seltemp selected room temperature, °C, readable, writeable, visible
# TYPE emsesp_seltemp gauge
emsesp_seltemp{circuit="hc2"} 19
# HELP emsesp_currtemp current room temperature, °C, readable, visible
# TYPE emsesp_currtemp gauge
emsesp_currtemp{circuit="hc2"} 19.50
# HELP emsesp_mode operating mode, enum, (0: off; 1: manual; 2: auto), readable, writeable, visible
# TYPE emsesp_mode gauge
emsesp_mode{circuit="hc2"} 1
`

/** `/api/solar/metrics` of `firmware-3.8`. */
export const SOLAR = `# HELP emsesp_collectortemp collector temperature (TS1), °C, readable, visible
# TYPE emsesp_collectortemp gauge
emsesp_collectortemp 31.70
# HELP emsesp_cylbottomtemp cylinder bottom temperature (TS2), °C, readable, visible
# TYPE emsesp_cylbottomtemp gauge
emsesp_cylbottomtemp 40.20
# HELP emsesp_solarpump pump (PS1), boolean, readable, visible
# TYPE emsesp_solarpump gauge
emsesp_solarpump 0
# HELP emsesp_pumpworktime pump working time, minutes, readable, visible
# TYPE emsesp_pumpworktime gauge
emsesp_pumpworktime 52133
# HELP emsesp_solarpumpmod pump modulation (PS1), %, readable, visible
# TYPE emsesp_solarpumpmod gauge
emsesp_solarpumpmod 0
# HELP emsesp_turnondiff pump turn on difference, °C, readable, writeable, visible
# TYPE emsesp_turnondiff gauge
emsesp_turnondiff 8
# HELP emsesp_heatassiston heat assistance on, K, readable, writeable, visible
# TYPE emsesp_heatassiston gauge
emsesp_heatassiston 5
# HELP emsesp_energylasthour energy last hour, Wh, readable, visible
# TYPE emsesp_energylasthour gauge
emsesp_energylasthour 0
# HELP emsesp_energytotal total energy, kWh, readable, visible
# TYPE emsesp_energytotal gauge
emsesp_energytotal 8311.70
`

/** The same with `german`. */
export const SOLAR_GERMAN = `# HELP emsesp_collectortemp Kollektor (TS1), °C, readable, visible
# TYPE emsesp_collectortemp gauge
emsesp_collectortemp 31.70
# HELP emsesp_cylbottomtemp Speicher unten, °C, readable, visible
# TYPE emsesp_cylbottomtemp gauge
emsesp_cylbottomtemp 40.20
# HELP emsesp_solarpump Pumpe (PS1), boolean, readable, visible
# TYPE emsesp_solarpump gauge
emsesp_solarpump 0
# HELP emsesp_pumpworktime Pumpenlaufzeit, Minuten, readable, visible
# TYPE emsesp_pumpworktime gauge
emsesp_pumpworktime 52133
# HELP emsesp_solarpumpmod Pumpenmodulation, %, readable, visible
# TYPE emsesp_solarpumpmod gauge
emsesp_solarpumpmod 0
# HELP emsesp_turnondiff Einschaltdifferenz, °C, readable, writeable, visible
# TYPE emsesp_turnondiff gauge
emsesp_turnondiff 8
# HELP emsesp_heatassiston Heizungsunterstützung, K, readable, writeable, visible
# TYPE emsesp_heatassiston gauge
emsesp_heatassiston 5
# HELP emsesp_energylasthour Energie letzte Stunde, Wh, readable, visible
# TYPE emsesp_energylasthour gauge
emsesp_energylasthour 0
# HELP emsesp_energytotal Gesamtenergie, kWh, readable, visible
# TYPE emsesp_energytotal gauge
emsesp_energytotal 8311.70
`
