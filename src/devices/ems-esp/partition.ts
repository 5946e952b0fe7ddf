import type { Series } from '../../core/series.ts'
import { toBase } from './convert.ts'
import { numberAt, type Readings } from './look.ts'

/**
 * What a total holds beyond its parts.
 *
 * Total and parts reach the gateway in different telegrams, so their difference flickers by a little. A counter must not:
 * each step down would be a reset to Prometheus. So the highest difference seen stays, until it falls by more than flicker.
 */
export interface Partition {
  /** The rest of a total; undefined when there is none, or parts or total are not known. */
  rest(key: string, total: number | undefined, parts: readonly (number | undefined)[]): number | undefined
}

/** Beyond this share of the total a fall of the rest is no flicker: a counter was reset or a board exchanged. */
const FLICKER_SHARE = 0.01
const LEAST_FLICKER = 10

export function createPartition(): Partition {
  const shown = new Map<string, number>()
  return {
    rest(key, total, parts) {
      const known = parts.filter(part => part !== undefined)
      if (total === undefined || known.length === 0) return undefined
      const rest = Math.round((total - known.reduce((sum, part) => sum + part, 0)) * 100) / 100
      const before = shown.get(key)
      const isFlicker =
        before !== undefined &&
        rest < before &&
        before - rest <= Math.max(LEAST_FLICKER, total * FLICKER_SHARE)
      const value = isFlicker ? before : Math.max(0, rest)
      shown.set(key, value)
      return value > 0 ? value : undefined
    },
  }
}

/** Totals and their parts, by device word. */
interface Sum {
  readonly total: string
  readonly parts: readonly string[]
  readonly family: 'hearth_starts_total' | 'hearth_operating_seconds_total'
  readonly component: string
}

const SUMS: readonly Sum[] = [
  {
    total: 'burnstarts',
    parts: ['heatstarts', 'dhw.starts'],
    family: 'hearth_starts_total',
    component: 'burner',
  },
  {
    total: 'burnworkmin',
    parts: ['heatworkmin', 'dhw.workm'],
    family: 'hearth_operating_seconds_total',
    component: 'burner',
  },
  {
    total: 'totalcompstarts',
    parts: ['heatingstarts', 'coolingstarts', 'dhw.startshp', 'poolstarts'],
    family: 'hearth_starts_total',
    component: 'compressor',
  },
  {
    total: 'uptimecontrol',
    parts: ['uptimecompheating', 'uptimecompcooling', 'dhw.uptimecomp', 'uptimecomppool'],
    family: 'hearth_operating_seconds_total',
    component: 'compressor',
  },
]

export const PARTITION_KEYS: Readonly<Record<string, readonly string[]>> = {
  boiler: SUMS.map(({ total }) => total),
}

/** What totals count beyond their parts: `other`; without any part the total itself, `unspecified`. */
export function partitionSeries(word: string, readings: Readings, partition: Partition): Series[] {
  if (word !== 'boiler') return []
  return SUMS.flatMap(({ total, parts, family, component }) => {
    const all = numberAt(readings, total)
    if (all === undefined || all < 0) return []
    const known = parts.map(part => numberAt(readings, part))
    const isAlone = known.every(part => part === undefined)
    // The time of the controller is that of the compressor only where its parts say so.
    if (isAlone && total === 'uptimecontrol') return []
    const rest = isAlone ? all : partition.rest(total, all, known)
    if (rest === undefined) return []
    const value = family === 'hearth_starts_total' ? rest : toBase(rest, 'min', readings.get(total)?.unit)
    if (value === undefined) return []
    return [{ family, labels: { component, function: isAlone ? 'unspecified' : 'other' }, value }]
  })
}
