import type { Series } from '../../core/series.ts'
import { toBase } from './convert.ts'
import { type Cell, CONSUMED, kilowattHoursOf, METERS } from './energy-keys.ts'
import { isHeatPump, numberAt, type Readings } from './look.ts'
import { restKey } from './partition.ts'

const REPORTED = 'reported'
const ESTIMATED = 'estimated'

/** What each word counts of energy; which of them is shown depends on the others. */
export const ENERGY_KEYS: Readonly<Record<string, readonly string[]>> = {
  boiler: [
    ...['nrgheat', 'dhw.nrg', 'nrgcool', 'nrgheat2', 'dhw.nrg2'],
    ...['nrgsuppheating', 'dhw.nrgsupp', 'nrgsuppcooling', 'nrgsupppool'],
    ...['meterheat', 'metercool', 'dhw.meter', 'metercomp', 'metereheat'],
    ...['nrgconscompheating', 'dhw.nrgconscomp', 'nrgconscompcooling', 'nrgconscomppool'],
    ...['auxelecheatnrgconsheating', 'dhw.auxelecheatnrgcons', 'auxelecheatnrgconspool'],
    ...['gasmeterheat', 'dhw.gasmeter'],
  ],
  heatpump: [
    ...['nrgheat', 'dhw.nrg', 'meterheat', 'dhw.meter', 'metercomp', 'metereheat'],
    ...['fuelheat', 'dhw.fueldhw', 'elheat', 'dhw.eldhw'],
  ],
  solar: ['energytotal'],
}

/** Words whose counters can be of the same energy. */
export const ENERGY_WORDS = ['boiler', 'heatpump'] as const

/** Electricity taken, or heat delivered: a house may count one in the boiler and the other in its module. */
export type EnergyKind = 'electric' | 'thermal'

/** Of which energy a counter is that two machines can have; undefined for any other value. */
export function energyKindOf(key: string): EnergyKind | undefined {
  const isIn = (...tables: readonly (readonly Cell[])[]) =>
    tables.some(cells => cells.some(([name]) => name === key))
  if (isIn(METERS, CONSUMED, ELECTRIC, SPLIT)) return 'electric'
  return isIn(DELIVERED, SUPPLIED) || key === 'nrgheat2' || key === 'dhw.nrg2' ? 'thermal' : undefined
}

const ELECTRIC: readonly Cell[] = [
  ['elheat', 'heating'],
  ['dhw.eldhw', 'dhw'],
]
const SPLIT: readonly Cell[] = [
  ['metercomp', 'compressor'],
  ['metereheat', 'auxiliary_heater'],
]
const DELIVERED: readonly Cell[] = [
  ['nrgheat', 'heating'],
  ['dhw.nrg', 'dhw'],
  ['nrgcool', 'cooling'],
]
const SUPPLIED: readonly Cell[] = [
  ['nrgsuppheating', 'heating'],
  ['dhw.nrgsupp', 'dhw'],
  ['nrgsuppcooling', 'cooling'],
  ['nrgsupppool', 'pool'],
]
const FUEL: readonly Cell[] = [
  ['gasmeterheat', 'heating'],
  ['dhw.gasmeter', 'dhw'],
  ['fuelheat', 'heating'],
  ['dhw.fueldhw', 'dhw'],
]

/** Energy counters of a machine. `isShown` is false for a kind that another machine of the house counts as well. */
export function energySeries(
  word: string,
  readings: Readings,
  isShown: (kind: EnergyKind) => boolean,
): Series[] {
  const own = word === 'boiler' || word === 'heatpump'
  return [
    ...(own ? joules(readings, FUEL, fuelLabels, 'hearth_fuel_energy_joules_total') : []),
    ...(own && isShown('electric') ? electric(readings) : []),
    ...(own && isShown('thermal') ? thermal(word, readings) : []),
    ...solar(word, readings),
  ]
}

function electric(readings: Readings): Series[] {
  const family = 'hearth_electric_energy_joules_total' as const
  const cells = [METERS, CONSUMED, ELECTRIC].find(each => each.some(([key]) => has(readings, key))) ?? []
  const labelsOf = (use: string, component = 'unspecified') => ({
    function: use,
    component,
    method: REPORTED,
  })
  const parts = joules(readings, cells, labelsOf, family)
  const total = { [METERS[0]?.[0] ?? '']: 'metertotal', [CONSUMED[0]?.[0] ?? '']: 'nrgconstotal' }
  const totalKey = total[cells[0]?.[0] ?? '']
  const rest = totalKey === undefined ? undefined : numberAt(readings, restKey(totalKey))
  const other: Series[] =
    rest === undefined ? [] : [{ family, labels: labelsOf('other'), value: inJoules(rest) }]
  const split = joules(
    readings,
    SPLIT,
    component => ({ component, method: REPORTED }),
    'hearth_electric_energy_split_joules_total',
  )
  return [...parts, ...other, ...split]
}

function thermal(word: string, readings: Readings): Series[] {
  const family = 'hearth_thermal_energy_joules_total' as const
  if (word === 'heatpump' || isHeatPump(readings)) {
    const cells = DELIVERED.some(([key]) => has(readings, key)) ? DELIVERED : SUPPLIED
    return joules(readings, cells, use => ({ function: use, source: 'heat_pump', method: REPORTED }), family)
  }
  // The gateway integrates the burner's percentage with a nominal power that its user must have set.
  const nominal = numberAt(readings, 'nompower')
  return (
    [
      ['nrgheat', 'nrgheat2', 'heating'],
      ['dhw.nrg', 'dhw.nrg2', 'dhw'],
    ] as const
  ).flatMap(([estimated, reported, use]) => {
    const isReported = has(readings, reported)
    const value = kilowattHours(readings, isReported ? reported : estimated)
    if (value === undefined) return []
    if (!isReported && (nominal === 0 || (nominal === undefined && value === 0))) return []
    const labels = { function: use, source: 'burner', method: isReported ? REPORTED : ESTIMATED }
    return [{ family, labels, value: inJoules(value) }]
  })
}

function solar(word: string, readings: Readings): Series[] {
  if (word !== 'solar') return []
  const labels = { function: 'unspecified', source: 'solar', method: REPORTED }
  return joules(readings, [['energytotal', '']], () => labels, 'hearth_thermal_energy_joules_total')
}

function fuelLabels(use: string) {
  return { function: use, fuel: 'gas', method: REPORTED }
}

function joules(
  readings: Readings,
  cells: readonly Cell[],
  labelsOf: (use: string, component?: string) => Record<string, string>,
  family: Series['family'],
): Series[] {
  return cells.flatMap(([key, use, component]) => {
    const value = kilowattHours(readings, key)
    return value === undefined || value < 0
      ? []
      : [{ family, labels: labelsOf(use, component), value: inJoules(value) }]
  })
}

function has(readings: Readings, key: string): boolean {
  return numberAt(readings, key) !== undefined
}

function kilowattHours(readings: Readings, key: string): number | undefined {
  return kilowattHoursOf(readings.get(key))
}

function inJoules(kilowattHoursRead: number): number {
  return toBase(kilowattHoursRead, 'kWh', undefined) ?? 0
}
