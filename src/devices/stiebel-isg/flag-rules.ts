import type { FamilyName } from '../../core/families/index.ts'
import type { Labels } from '../../core/series.ts'

/** What a state of the gateway says. */
export type FlagMeaning =
  | { readonly kind: 'on'; readonly family: FamilyName; readonly to: Labels }
  | { readonly kind: 'activity'; readonly state: 'heating' | 'dhw' | 'cooling' | 'defrost' }
  | { readonly kind: 'season'; readonly state: 'heating' | 'summer' }
  | { readonly kind: 'sg_ready'; readonly state: 'blocked' | 'normal' | 'recommended' | 'forced' }
  /** No fault while it is there. */
  | { readonly kind: 'sound' }
  | { readonly kind: 'native' }

/** States in German and English; `#` stands for the number of a circuit. */
export interface FlagRule {
  readonly labels: readonly string[]
  readonly means: FlagMeaning
  readonly help: string
}

const on = (family: FamilyName, to: Labels): FlagMeaning => ({ kind: 'on', family, to })
const component = (name: string, circuit = 'primary') =>
  on('hearth_component_active', { circuit, component: name })
const FAULT = on('hearth_fault_active', {})
const FILTER = on('hearth_maintenance_due', { kind: 'filter' })

/** What every ventilation unit can say, so that its absence from the page of states means no. */
export const COMPRESSOR = component('compressor')
export const HEATING_PUMP = component('heating_pump')
export const UTILITY_LOCK = on('hearth_blocked', { circuit: 'primary', reason: 'utility' })
export const FILTER_CHANGE = FILTER

export const FLAG_RULES: readonly FlagRule[] = [
  {
    labels: ['verdichter', 'compressor', 'verdichter_#', 'compressor_#'],
    means: COMPRESSOR,
    help: 'compressor runs',
  },
  {
    labels: ['heizkreispumpe', 'heating_circuit_pump', 'htg_circ_pump', 'heating_pump'],
    means: HEATING_PUMP,
    help: 'heating pump runs',
  },
  {
    labels: ['hc#_pumpe', 'hc#_pump', 'pumpe_hc#', 'pump_hc#', 'heizkreispumpe_#', 'heating_circuit_pump_#'],
    means: component('circuit_pump', 'hc#'),
    help: 'pump of the circuit runs',
  },
  {
    labels: [
      'pufferladepumpe',
      'pufferladepumpe_#',
      'buffer_charging_pump',
      'buffer_charging_pump_#',
      'buffer_pump',
    ],
    means: component('buffer_pump', 'buffer'),
    help: 'buffer pump runs',
  },
  {
    labels: ['quellenpumpe', 'source_pump', 'brine_pump', 'solepumpe'],
    means: component('source_pump', 'source'),
    help: 'source pump runs',
  },
  {
    labels: ['warmwasserladepumpe', 'ww_ladepumpe', 'warmwasserpumpe', 'dhw_charging_pump', 'dhw_pump'],
    means: component('dhw_charge_pump', 'dhw1'),
    help: 'hot water pump runs',
  },
  {
    labels: ['zirkulationspumpe', 'circulation_pump', 'dhw_circulation_pump'],
    means: component('dhw_circulation_pump', 'dhw1'),
    help: 'circulation pump runs',
  },
  { labels: ['solarpumpe', 'solar_pump'], means: component('solar_pump', 'solar1'), help: 'solar pump runs' },
  {
    labels: [
      'elektrische_nacherwaermung',
      'electric_reheating',
      'electric_booster',
      'nhz_stufen_in_betrieb',
      'nhz_stages_running',
    ],
    means: component('auxiliary_heater'),
    help: 'auxiliary heater is on',
  },
  {
    labels: ['lueftung', 'luefter', 'ventilation', 'fan'],
    means: component('ventilation', 'ventilation'),
    help: 'ventilation runs',
  },
  {
    labels: ['heizen', 'heizbetrieb', 'heating', 'heating_mode'],
    means: { kind: 'activity', state: 'heating' },
    help: 'heats',
  },
  {
    labels: ['warmwasserbereitung', 'warmwasserbetrieb', 'dhw_mode', 'dhw_heating', 'dhw'],
    means: { kind: 'activity', state: 'dhw' },
    help: 'makes hot water',
  },
  {
    labels: ['kuehlen', 'kuehlbetrieb', 'cooling', 'cooling_mode'],
    means: { kind: 'activity', state: 'cooling' },
    help: 'cools',
  },
  {
    labels: [
      'abtauen_verdampfer',
      'abtauen',
      'abtaubetrieb',
      'evaporator_defrost',
      'defrost_evaporator',
      'defrosting_evaporator',
      'defrost',
      'defrost_mode',
    ],
    means: { kind: 'activity', state: 'defrost' },
    help: 'defrosts',
  },
  {
    labels: ['abtauen_ll_wt', 'defrost_aa_he', 'defrost_air_air_heat_exchanger'],
    means: on('hearth_blocked', { circuit: 'primary', reason: 'exchanger_defrost' }),
    help: 'the air-to-air exchanger defrosts',
  },
  {
    labels: ['evu_sperre', 'power_locked', 'power_off', 'utility_company_lock'],
    means: UTILITY_LOCK,
    help: 'held back by the utility',
  },
  { labels: ['stoerung', 'service', 'fault', 'error'], means: FAULT, help: 'a fault is reported' },
  {
    labels: ['hd_waechter', 'high_pressure_limiter', 'hp_limiter'],
    means: FAULT,
    help: 'the high-pressure guard has acted',
  },
  { labels: ['status_ok'], means: { kind: 'sound' }, help: 'no fault' },
  {
    labels: [
      'filterwechsel',
      'filterwechsel_beide',
      'filterwechsel_abluft',
      'filterwechsel_zuluft',
      'filter_change',
      'filter_change_both',
      'filter_change_extract_air',
      'filter_change_ventilation_air',
    ],
    means: FILTER,
    help: 'filters want changing',
  },
  {
    labels: ['aufheizprogramm_aktiv', 'aufheizprogramm', 'heat_up_program', 'heat_up_program_active'],
    means: on('hearth_special_program_active', { circuit: 'primary', program: 'screed_drying' }),
    help: 'screed is dried',
  },
  {
    labels: ['ofen_kamin_aktiv', 'stove_fireplace_active'],
    means: on('hearth_special_program_active', { circuit: 'primary', program: 'stove' }),
    help: 'a stove is in use',
  },
  {
    labels: ['sommerbetrieb_aktiv', 'sommerbetrieb', 'sommer', 'summer_mode', 'summer_mode_active', 'summer'],
    means: { kind: 'season', state: 'summer' },
    help: 'summer',
  },
  {
    labels: ['winter', 'winterbetrieb', 'winter_mode'],
    means: { kind: 'season', state: 'heating' },
    help: 'heating season',
  },
  ...(['blocked', 'normal', 'recommended', 'forced'] as const).flatMap(
    (state, i): FlagRule => ({
      labels: [`betriebszustand_${i + 1}`, `operating_state_${i + 1}`],
      means: { kind: 'sg_ready', state },
      help: `SG Ready, state ${i + 1}`,
    }),
  ),
  {
    labels: ['schaltprogramm_aktiv', 'switching_program_active', 'switching_program_enabled'],
    means: { kind: 'native' },
    help: 'a time program is in force',
  },
]
