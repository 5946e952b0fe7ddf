import { describe, expect, it } from 'vitest'
import { outcomeOf, registerMeaning, valueMeaning } from './mapping.ts'

/** German labels and the family that each becomes; the heading where it decides. */
const MAPPED: Readonly<Record<string, string>> = {
  hearth_temperature_celsius:
    'raumisttemp_hk1 istwert_hk1 heizung/isttemperatur_hk_1 taupunkttemperatur_hk2 aussentemperatur vorlauftemp vorlaufisttemperatur_wp ruecklauftemp ruecklaufisttemperatur_wp vorlaufisttemperatur_nhz ww_isttemp warmwasser/isttemperatur pufferisttemperatur heissgastemp verdampfertemp verfluessigertemp verdampferausg_temp kuehlungstemp kollektortemp ablufttemperatur ablufttaupunkt ambient_temp_inverter temp_inv_compressor',
  hearth_temperature_setpoint_celsius:
    'raumsolltemp_hk2 sollwert_hk1 heizung/solltemperatur_hk_2 ww_solltemp warmwasser/solltemperatur puffersolltemperatur frostschutz bivalenztemperatur_hzg bivalenztemperatur_ww untere_einsatzgrenze_hzg untere_einsatzgrenze_ww',
  hearth_relative_humidity_ratio: 'raumfeuchte_hk1 abluftfeuchte',
  hearth_heating_curve_slope_ratio: 'steigung_hk1',
  hearth_heating_curve_offset_kelvin: 'fusspunkt_hk2',
  hearth_water_pressure_pascals: 'druck_heizkreis heizungsdruck',
  hearth_water_flow_cubic_meters_per_second: 'volumenstrom',
  hearth_dhw_available_volume_cubic_meters: 'mischwassermenge',
  hearth_refrigerant_pressure_pascals: 'hochdruck niederdruck',
  hearth_rotational_speed_hertz:
    'verdichterdrehzahl zuluft_ist_luefterdrehzahl abluft_ist_luefterdrehzahl fortluft_ist_luefterdrehzahl',
  hearth_air_flow_setpoint_cubic_meters_per_second:
    'zuluft_soll_volumenstrom abluft_soll_volumenstrom fortluft_soll_volumenstrom',
  hearth_starts_total: 'verdichterstarts starts/verdichter',
  hearth_operating_seconds_total:
    'verdichter_heizen verdichter_ww verdichter_kuehlen elektr_ne_heizen elektr_ne_ww',
  hearth_modulation_ratio: 'oeffnung_exv opening_exv',
  hearth_stage: 'heizstufe nhz_stufen',
  hearth_temperature_difference_setpoint_kelvin: 'set_superheating',
  hearth_temperature_difference_kelvin: 'actual_superheating_v supercooling_cond',
  hearth_electric_current_amperes: 'motor_current motorstrom',
  hearth_electric_power_watts: 'motorleistung',
  hearth_thermal_power_watts: 'heiz_kuehl_leistung_gemessen',
}
const NATIVE =
  'nd_gefiltert festwertbetrieb p_faktor i_faktor d_faktor dynamik_faktor pendeln_rel akt_mode_eve akt_mode_iws oeffnung_exv_vorst position_ventil sg_ready_1 sg_ready_2 m1e6'
const REGISTERS =
  'wm_heizen wm_ww wm_wrg wm_solar_hz wm_solar_ww wm_ne_heizen wm_ne_ww wm_kuehlen p_heizung p_ww waermemenge/vd_heizen leistungsaufnahme/vd_warmwasser'

const keyOf = (place: string) => `1,0/${place.includes('/') ? place : `anderes/${place}`}`

describe('German rows', () => {
  it.each(Object.entries(MAPPED))('of %s are known', (family, places) => {
    for (const place of places.split(' ')) {
      expect(outcomeOf(keyOf(place)), place).toBe('mapped')
      expect(valueMeaning(keyOf(place), undefined)?.family, place).toBe(family)
    }
  })

  it('of energy are registers of the day and of all days', () => {
    for (const place of REGISTERS.split(' ')) {
      expect(registerMeaning(keyOf(`${place}_tag`))?.register, place).toBe('day')
      expect(registerMeaning(keyOf(`${place}_summe`))?.register, place).toBe('total')
      expect(outcomeOf(keyOf(`${place}_summe`))).toBe('mapped')
    }
  })

  it('that stay what they are are known too', () => {
    for (const label of NATIVE.split(' ')) expect(outcomeOf(keyOf(label)), label).toBe('native_only')
  })

  it('of the energy manager stay what they are, whatever they are called elsewhere', () => {
    for (const label of ['akt_leistung', 'inverter_1', 'em_modus', 'zieltemperatur', 'letzte_laufzeit'])
      expect(outcomeOf(`4,7/energiemanagement/${label}`)).toBe('native_only')
    expect(valueMeaning('4,7/energiemanagement/aussentemperatur', '°C')).toBeUndefined()
  })

  it('of one key by their heading, and unknown where it says nothing', () => {
    expect(registerMeaning('1,1/anderes/vd_heizen_tag')).toBeUndefined()
    expect(outcomeOf('1,0/anderes/isttemperatur')).toBe('unknown')
    expect(outcomeOf('1,0/x/température_de_consigne')).toBe('unknown')
    expect(outcomeOf('2,0/x/flag_neu')).toBe('unknown')
    expect(outcomeOf('2,0/x/flag_schaltprogramm_aktiv')).toBe('native_only')
  })
})
