import { families } from './family.ts'

/** Vocabulary of the label `tariff` and of the state set `hearth_meter_tariff`. */
export const TARIFFS = [
  'base',
  'peak',
  'offpeak',
  'ejp_normal',
  'ejp_peak',
  'tempo_blue_offpeak',
  'tempo_blue_peak',
  'tempo_white_offpeak',
  'tempo_white_peak',
  'tempo_red_offpeak',
  'tempo_red_peak',
  'index_01',
  'index_02',
  'index_03',
  'index_04',
  'index_05',
  'index_06',
  'index_07',
  'index_08',
  'index_09',
  'index_10',
] as const

export type Tariff = (typeof TARIFFS)[number]

/** The electricity meter of the house. It sees the whole house, heat pump included. */
export const METER_FAMILIES = families({
  hearth_meter_energy_joules_total: {
    type: 'counter',
    help: 'Active energy through the meter, one series per supplier index.',
    labels: ['direction', 'tariff'],
    unit: 'joules',
  },
  hearth_meter_energy_distributor_joules_total: {
    type: 'counter',
    help: "The same energy split by the grid operator's indexes. Do not add.",
    labels: ['direction', 'tariff'],
    unit: 'joules',
  },
  hearth_meter_apparent_power_voltamperes: {
    type: 'gauge',
    help: 'Apparent power now.',
    labels: ['direction'],
    unit: 'voltamperes',
  },
  hearth_meter_phase_apparent_power_voltamperes: {
    type: 'gauge',
    help: 'Apparent power per phase.',
    labels: ['direction', 'phase'],
    unit: 'voltamperes',
  },
  hearth_meter_mean_active_power_watts: {
    type: 'gauge',
    help: 'Mean active power of the last load-curve interval.',
    labels: ['direction'],
    unit: 'watts',
  },
  hearth_meter_max_apparent_power_voltamperes: {
    type: 'gauge',
    help: 'Highest apparent power of today or yesterday.',
    labels: ['direction', 'day'],
    unit: 'voltamperes',
  },
  hearth_meter_current_amperes: { type: 'gauge', help: 'Current now.', labels: ['phase'], unit: 'amperes' },
  hearth_meter_current_max_amperes: {
    type: 'gauge',
    help: 'Highest current seen by the meter.',
    labels: ['phase'],
    unit: 'amperes',
  },
  hearth_meter_voltage_volts: { type: 'gauge', help: 'Voltage now.', labels: ['phase'], unit: 'volts' },
  hearth_meter_mean_voltage_volts: {
    type: 'gauge',
    help: 'Ten-minute mean of the voltage.',
    labels: ['phase'],
    unit: 'volts',
  },
  hearth_meter_subscribed_current_amperes: {
    type: 'gauge',
    help: 'Subscribed current.',
    labels: [],
    unit: 'amperes',
  },
  hearth_meter_subscribed_apparent_power_voltamperes: {
    type: 'gauge',
    help: 'Subscribed power; historic mode: A x 200 x phases (contract convention, 30 A = 6 kVA).',
    labels: [],
    unit: 'voltamperes',
  },
  hearth_meter_cutoff_apparent_power_voltamperes: {
    type: 'gauge',
    help: 'Power at which the meter cuts.',
    labels: [],
    unit: 'voltamperes',
  },
  hearth_meter_overload_warning: {
    type: 'gauge',
    help: 'Meter announces that the subscribed power is exceeded.',
    labels: ['phase'],
  },
  hearth_meter_tariff: { type: 'stateset', help: 'Tariff in force.', labels: [], states: TARIFFS },
  hearth_meter_tariff_option: {
    type: 'stateset',
    help: 'Kind of the supply contract.',
    labels: [],
    states: ['base', 'peak_offpeak', 'ejp', 'tempo', 'supplier'],
  },
  hearth_meter_tempo_color: {
    type: 'stateset',
    help: 'Colour of the day on a Tempo contract.',
    labels: ['day'],
    states: ['unknown', 'blue', 'white', 'red'],
  },
  hearth_meter_ejp_notice_active: {
    type: 'gauge',
    help: 'Peak-day notice of the EJP contract.',
    labels: [],
  },
  hearth_meter_relay_active: { type: 'gauge', help: 'Relay or virtual contact.', labels: ['relay'] },
})
