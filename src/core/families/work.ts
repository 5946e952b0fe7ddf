import { families } from './family.ts'

/** Counters of work done: published as the device counts them, never from zero. */
export const WORK_FAMILIES = families({
  hearth_starts_total: {
    type: 'counter',
    help: 'Starts counted by the device.',
    labels: ['component', 'function'],
  },
  hearth_operating_seconds_total: {
    type: 'counter',
    help: 'Running time counted by the device.',
    labels: ['component', 'function'],
    unit: 'seconds',
  },
  hearth_events_total: { type: 'counter', help: 'Incidents counted by the device.', labels: ['event'] },
  hearth_electric_energy_joules_total: {
    type: 'counter',
    help: 'Electricity taken by the device.',
    labels: ['function', 'component', 'method'],
    unit: 'joules',
  },
  hearth_electric_energy_split_joules_total: {
    type: 'counter',
    help: 'The same electricity split by component only. Do not add to the family above.',
    labels: ['component', 'method'],
    unit: 'joules',
  },
  hearth_thermal_energy_joules_total: {
    type: 'counter',
    help: 'Heat delivered (for cooling: heat removed).',
    labels: ['function', 'source', 'method'],
    unit: 'joules',
  },
  hearth_fuel_volume_cubic_meters_total: {
    type: 'counter',
    help: 'Fuel burnt, by volume.',
    labels: ['function', 'fuel', 'method'],
    unit: 'cubic_meters',
  },
  hearth_fuel_energy_joules_total: {
    type: 'counter',
    help: 'Fuel burnt, by energy, when the device itself reports energy.',
    labels: ['function', 'fuel', 'method'],
    unit: 'joules',
  },
})
