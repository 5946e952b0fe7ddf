/**
 * The four enumerations of the original's document under its own names. The number is what the cloud sends and what the
 * drop-in prints; `state` is what the unified dialect says. This table feeds the README, the field table, the dashboard's
 * value mappings and the tests; nothing else lists the values.
 */
export interface Enumeration {
  /** The name in the original's document. */
  readonly name: string
  /** The label `function` of `heat_pump_function` that shows it. */
  readonly shownAs: string
  readonly family:
    | 'hearth_circuit_level'
    | 'hearth_circuit_mode'
    | 'hearth_activity'
    | 'hearth_operating_mode'
  readonly values: readonly EnumerationValue[]
}

export interface EnumerationValue {
  readonly value: number
  /** The name in the original's document. */
  readonly name: string
  /** Words for people. */
  readonly meaning: string
  /** State of the unified family. */
  readonly state: string
}

export type EnumerationName =
  | 'HeatingLoopStatus'
  | 'HeatingLoopMode'
  | 'WorkingFunction'
  | 'HeatPumpOperatingMode'

export const ENUMERATIONS: Readonly<Record<EnumerationName, Enumeration>> = {
  HeatingLoopStatus: {
    name: 'HeatingLoopStatus',
    shownAs: 'working_status',
    family: 'hearth_circuit_level',
    values: [
      { value: 0, name: 'CIRCUIT_STATUS_OFF', meaning: 'off', state: 'off' },
      { value: 1, name: 'CIRCUIT_STATUS_NORMAL', meaning: 'normal', state: 'normal' },
      { value: 2, name: 'CIRCUIT_STATUS_ECO', meaning: 'eco', state: 'eco' },
      { value: 3, name: 'CIRCUIT_STATUS_COMFORT', meaning: 'comfort', state: 'comfort' },
      { value: 4, name: 'CIRCUIT_STATUS_AUTO', meaning: 'auto', state: 'auto' },
    ],
  },
  HeatingLoopMode: {
    name: 'HeatingLoopMode',
    shownAs: 'working_mode',
    family: 'hearth_circuit_mode',
    values: [
      { value: 0, name: 'OFF', meaning: 'off', state: 'off' },
      { value: 1, name: 'ON', meaning: 'on', state: 'on' },
      { value: 2, name: 'AUTO', meaning: 'by schedule', state: 'auto' },
    ],
  },
  WorkingFunction: {
    name: 'WorkingFunction',
    shownAs: 'working_function',
    family: 'hearth_activity',
    values: [
      { value: 0, name: 'HP_FUNCTION_HEATING', meaning: 'heating', state: 'heating' },
      { value: 1, name: 'HP_FUNCTION_SANITARY_WATER_HEATING', meaning: 'hot water', state: 'dhw' },
      { value: 2, name: 'HP_FUNCTION_COOLING', meaning: 'cooling', state: 'cooling' },
      { value: 3, name: 'HP_FUNCTION_POOL_HEATING', meaning: 'pool heating', state: 'pool' },
      {
        value: 4,
        name: 'HP_FUNCTION_ANTILEGIONELLA',
        meaning: 'thermal disinfection',
        state: 'disinfection',
      },
      { value: 5, name: 'HP_FUNCTION_SLEEP', meaning: 'standby', state: 'standby' },
      { value: 6, name: 'HP_FUNCTION_STARTUP', meaning: 'starting up', state: 'startup' },
      {
        value: 7,
        name: 'HP_FUNCTION_REMOTE_DISCONNECT',
        meaning: 'switched off from outside',
        state: 'blocked',
      },
      {
        value: 8,
        name: 'HP_FUNCTION_ACTIVE_COMPRESSOR_SECURITY',
        meaning: 'compressor protection',
        state: 'compressor_protection',
      },
    ],
  },
  HeatPumpOperatingMode: {
    name: 'HeatPumpOperatingMode',
    shownAs: 'operating_mode',
    family: 'hearth_operating_mode',
    values: [
      { value: 0, name: 'AUTO', meaning: 'auto', state: 'auto' },
      { value: 1, name: 'ECO', meaning: 'eco', state: 'eco' },
      { value: 2, name: 'COMFORT', meaning: 'comfort', state: 'comfort' },
    ],
  },
}

/** The state of a number; undefined for a number that the document does not know. */
export function stateOf(name: EnumerationName, value: number): string | undefined {
  return ENUMERATIONS[name].values.find(each => each.value === value)?.state
}
