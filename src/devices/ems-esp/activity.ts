import type { Series } from '../../core/series.ts'
import { numberAt, type Readings, textAt, truthAt } from './look.ts'
import { meaningOf } from './meanings.ts'
import { isBlockedByCode, isInFault } from './texts.ts'

export const ACTIVITY_KEYS: Readonly<Record<string, readonly string[]>> = {
  boiler: ['heatingactive', 'heating', 'tapwateractive', 'hpactivity'],
}

const OF_HEAT_PUMP: Readonly<Record<string, string>> = {
  off: 'standby',
  none: 'standby',
  heating: 'heating',
  cooling: 'cooling',
  hot_water: 'dhw',
  pool: 'pool',
  pool_heating: 'pool',
  defrost: 'defrost',
  compressor_alarm: 'fault',
}

/** Operating codes that say what the boiler does, where no flag does. */
const OF_CODE: Readonly<Record<number, string>> = { 200: 'heating', 201: 'dhw', 203: 'standby' }

/** Of several things at once the first is shown. */
const PRIORITY = [
  'fault',
  'blocked',
  'defrost',
  'disinfection',
  'dhw',
  'pool',
  'cooling',
  'heating',
  'standby',
]

/** What a heat generator does now; nothing where it tells nothing of it. */
export function activitySeries(word: string, readings: Readings): Series[] {
  if (word !== 'boiler') return []
  const heating = truthAt(readings, 'heatingactive') ?? truthAt(readings, 'heating')
  const active: Series[] =
    heating === undefined
      ? []
      : [
          {
            family: 'hearth_circuit_active',
            labels: { circuit: 'primary' },
            value: heating ? 1 : 0,
          },
        ]
  const states = statesOf(readings, heating)
  const state = PRIORITY.find(each => states.has(each))
  return state === undefined ? active : [...active, { family: 'hearth_activity', state }]
}

function statesOf(readings: Readings, heating: boolean | undefined): ReadonlySet<string> {
  const states = new Set<string>()
  const tapwater = truthAt(readings, 'tapwateractive')
  const word = textAt(readings, 'hpactivity')
  const ofHeatPump = word === undefined ? undefined : OF_HEAT_PUMP[meaningOf(word) ?? '']
  const code = numberAt(readings, 'servicecodenumber')
  const ofCode = code === undefined ? undefined : OF_CODE[code]
  if (ofHeatPump !== undefined) states.add(ofHeatPump)
  if (heating !== undefined) states.add(heating ? 'heating' : 'standby')
  if (tapwater !== undefined) states.add(tapwater ? 'dhw' : 'standby')
  if (states.size === 0 && ofCode !== undefined) states.add(ofCode)
  if (states.size === 0) return states
  if ([...readings.keys()].some(key => /^dhw\d*\.disinfecting$/.test(key) && truthAt(readings, key)))
    states.add('disinfection')
  if (isBlockedByCode(readings)) states.add('blocked')
  if (isInFault('boiler', readings)) states.add('fault')
  return states
}
