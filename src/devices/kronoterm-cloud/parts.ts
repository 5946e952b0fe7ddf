import type { Labels } from '../../core/series.ts'

/** A list of the consumption histogram: one number of kWh per day. */
export interface Part {
  readonly key: PartKey
  /** What the electricity is for, in words. */
  readonly help: string
  /** The label `function` of the drop-in; the electric heater has none there. */
  readonly dropIn?: string
  /** Labels of `hearth_electric_energy_joules_total`. */
  readonly labels: Labels
}

export type PartKey = 'CompHeating' | 'CompActiveCooling' | 'CompTapWater' | 'CPLoops' | 'CPAddSource'

export type PartValues<T> = Partial<Record<PartKey, T>>

function labels(use: string, component: string): Labels {
  return { function: use, component, method: 'estimated' }
}

/** In the order in which the original adds them up. The heater is not in the original's total. */
export const PARTS: readonly Part[] = [
  { key: 'CompHeating', help: 'heating', dropIn: 'heating', labels: labels('heating', 'unspecified') },
  { key: 'CompActiveCooling', help: 'cooling', dropIn: 'cooling', labels: labels('cooling', 'unspecified') },
  { key: 'CompTapWater', help: 'hot water', dropIn: 'tap_water', labels: labels('dhw', 'unspecified') },
  { key: 'CPLoops', help: 'pumps', dropIn: 'pumps', labels: labels('distribution', 'pumps') },
  {
    key: 'CPAddSource',
    help: 'the additional electric heater',
    labels: labels('unspecified', 'auxiliary_heater'),
  },
]

/** Paths of the counters that hearth makes of the daily totals. */
export const COUNTED_KEYS: Readonly<Record<PartKey, string>> = {
  CompHeating: 'CompHeating.counted',
  CompActiveCooling: 'CompActiveCooling.counted',
  CompTapWater: 'CompTapWater.counted',
  CPLoops: 'CPLoops.counted',
  CPAddSource: 'CPAddSource.counted',
}

/** Path of the sum that the original shows. */
export const TOTAL_KEY = 'total'
