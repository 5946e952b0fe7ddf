import type { Reading } from '../../core/reading.ts'

/** A counter of energy: what it is used for, and by what. */
export type Cell = readonly [key: string, use: string, component?: string]

export const METERS: readonly Cell[] = [
  ['meterheat', 'heating'],
  ['dhw.meter', 'dhw'],
  ['metercool', 'cooling'],
]
export const CONSUMED: readonly Cell[] = [
  ['nrgconscompheating', 'heating', 'compressor'],
  ['dhw.nrgconscomp', 'dhw', 'compressor'],
  ['nrgconscompcooling', 'cooling', 'compressor'],
  ['nrgconscomppool', 'pool', 'compressor'],
  ['auxelecheatnrgconsheating', 'heating', 'auxiliary_heater'],
  ['dhw.auxelecheatnrgcons', 'dhw', 'auxiliary_heater'],
  ['auxelecheatnrgconspool', 'pool', 'auxiliary_heater'],
]

export const METER_KEYS: readonly string[] = METERS.map(([key]) => key)
export const CONSUMED_KEYS: readonly string[] = CONSUMED.map(([key]) => key)

/** A counter in kWh; some firmwares give Wh. */
export function kilowattHoursOf(reading: Pick<Reading, 'value' | 'unit'> | undefined): number | undefined {
  if (typeof reading?.value !== 'number') return undefined
  return reading.unit === 'Wh' ? reading.value / 1000 : reading.value
}
