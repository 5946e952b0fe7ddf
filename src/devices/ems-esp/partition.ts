import type { Reading } from '../../core/reading.ts'
import type { Series } from '../../core/series.ts'
import { toBase } from './convert.ts'
import { CONSUMED_KEYS, kilowattHoursOf, METER_KEYS } from './energy-keys.ts'
import { numberAt, type Readings } from './look.ts'

/** A total of a boiler and its parts. */
interface Sum {
  readonly total: string
  readonly parts: readonly string[]
  /** What is counted, and how much two telegrams of one moment can differ in it. */
  readonly in: '' | 's' | 'kWh'
  readonly flicker: number
  /** Where the total counts although it has no parts. */
  readonly shown?: {
    readonly family: 'hearth_starts_total' | 'hearth_operating_seconds_total'
    readonly component: string
    /** The total is known to be that of the component only by its parts. */
    readonly needsParts?: true
  }
}

const BURNER = { component: 'burner' } as const
const COMPRESSOR = { component: 'compressor' } as const

const SUMS: readonly Sum[] = [
  {
    total: 'burnstarts',
    parts: ['heatstarts', 'dhw.starts'],
    in: '',
    flicker: 10,
    shown: { family: 'hearth_starts_total', ...BURNER },
  },
  {
    total: 'burnworkmin',
    parts: ['heatworkmin', 'dhw.workm'],
    in: 's',
    flicker: 600,
    shown: { family: 'hearth_operating_seconds_total', ...BURNER },
  },
  {
    total: 'totalcompstarts',
    parts: ['heatingstarts', 'coolingstarts', 'dhw.startshp', 'poolstarts'],
    in: '',
    flicker: 10,
    shown: { family: 'hearth_starts_total', ...COMPRESSOR },
  },
  {
    total: 'uptimecontrol',
    parts: ['uptimecompheating', 'uptimecompcooling', 'dhw.uptimecomp', 'uptimecomppool'],
    in: 's',
    flicker: 600,
    shown: { family: 'hearth_operating_seconds_total', ...COMPRESSOR, needsParts: true },
  },
  { total: 'metertotal', parts: METER_KEYS, in: 'kWh', flicker: 10 },
  { total: 'nrgconstotal', parts: CONSUMED_KEYS, in: 'kWh', flicker: 10 },
]

export const PARTITION_KEYS: Readonly<Record<string, readonly string[]>> = {
  boiler: SUMS.filter(({ shown }) => shown).map(({ total }) => total),
}

/** Where a machine's readings have what a total holds beyond its parts. */
export function restKey(total: string): string {
  return `other.${total}`
}

/**
 * What totals hold beyond their parts, as readings.
 *
 * Total and parts reach the gateway in different telegrams, so their difference flickers by a little. A counter must not:
 * each step down would be a reset to Prometheus. So the highest difference seen stays, until it falls by more than flicker.
 */
export interface Rests {
  of(readings: readonly Reading[]): readonly Reading[]
}

/** Beyond this share of the total a fall of the rest is no flicker: a counter was reset or a board exchanged. */
const FLICKER_SHARE = 0.01
/** A part that was there is waited for as long as it may be held back; then the machine has it no more. */
const MOST_MISSED = 2

export function createRests(word: string): Rests {
  const shown = new Map<string, number>()
  /** Parts that were seen, and for how many readings they have been missing. */
  const missed = new Map<string, number>()

  function isWhole({ parts }: Sum, values: ReadonlyMap<string, Reading>): boolean {
    let whole = true
    for (const part of parts) {
      const times = values.has(part) ? 0 : (missed.get(part) ?? MOST_MISSED) + 1
      if (times > MOST_MISSED) missed.delete(part)
      else missed.set(part, times)
      whole &&= times === 0 || times > MOST_MISSED
    }
    return whole
  }

  function restOf(sum: Sum, values: ReadonlyMap<string, Reading>): number | undefined {
    // Without a part that is only held back its share would be taken for the rest.
    if (!isWhole(sum, values)) return undefined
    const total = amountOf(values.get(sum.total), sum)
    if (total === undefined || total < 0) return undefined
    const parts = sum.parts.flatMap(part => amountOf(values.get(part), sum) ?? [])
    if (parts.length === 0) {
      shown.delete(sum.total)
      return sum.shown && !sum.shown.needsParts ? total : undefined
    }
    const rest = Math.round((total - parts.reduce((all, part) => all + part, 0)) * 100) / 100
    const before = shown.get(sum.total)
    const isFlicker =
      before !== undefined && rest < before && before - rest <= Math.max(sum.flicker, total * FLICKER_SHARE)
    const value = isFlicker ? before : Math.max(0, rest)
    shown.set(sum.total, value)
    return value > 0 ? value : undefined
  }

  return {
    of(readings) {
      if (word !== 'boiler') return []
      const values = new Map(readings.map(reading => [reading.key, reading]))
      return SUMS.flatMap(sum => {
        const value = restOf(sum, values)
        const unit = sum.in === '' ? {} : { unit: sum.in }
        return value === undefined ? [] : [{ key: restKey(sum.total), value, ...unit }]
      })
    },
  }
}

function amountOf(reading: Reading | undefined, sum: Sum): number | undefined {
  if (typeof reading?.value !== 'number') return undefined
  switch (sum.in) {
    case '':
      return reading.value
    case 's':
      return toBase(reading.value, 'min', reading.unit)
    case 'kWh':
      return kilowattHoursOf(reading)
  }
}

/** What totals count beyond their parts: `other`; without any part the total itself, `unspecified`. */
export function partitionSeries(word: string, readings: Readings): Series[] {
  if (word !== 'boiler') return []
  return SUMS.flatMap(({ total, parts, shown }) => {
    const value = numberAt(readings, restKey(total))
    if (!shown || value === undefined) return []
    const isAlone = parts.every(part => numberAt(readings, part) === undefined)
    const labels = { component: shown.component, function: isAlone ? 'unspecified' : 'other' }
    return [{ family: shown.family, labels, value }]
  })
}
