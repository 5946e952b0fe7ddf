import type { Clock, MonotonicMs } from '../../core/clock.ts'
import type { Reading } from '../../core/reading.ts'
import { ENERGY_KEYS } from './energy.ts'
import { rowOf, tableKey } from './fields.ts'
import { PARTITION_KEYS } from './partition.ts'
import { inTable } from './table.ts'

/**
 * Holds back counters that fall or leap and come back: gateways show 0 after a restart until they have read a counter, and
 * some heat pumps send single wrong readings. What stays is believed in the third reading: a board was exchanged.
 */
export interface Guard {
  /** Readings without those held back, and the keys of these. */
  pass(readings: readonly Reading[]): {
    readonly readings: readonly Reading[]
    readonly held: readonly string[]
  }
}

interface Known {
  readonly value: number
  readonly at: MonotonicMs
  readonly doubts: number
}

const MOST_DOUBTS = 2
/** No machine of a house takes or gives more. */
const MOST_KILOWATTS = 200
const SLACK_KILOWATT_HOURS = 2
const MS_PER_HOUR = 3_600_000

export function createGuard(word: string, clock: Clock): Guard {
  const known = new Map<string, Known>()

  function isDoubtful({ key, unit }: Reading, value: number, before: Known, now: MonotonicMs): boolean {
    if (value < before.value) return true
    if (unit !== 'kWh' || !isEnergy(word, key)) return false
    const hours = (now - before.at) / MS_PER_HOUR
    return value - before.value > hours * MOST_KILOWATTS + SLACK_KILOWATT_HOURS
  }

  return {
    pass(readings) {
      const held: string[] = []
      const now = clock.monotonic()
      const passed = readings.filter(reading => {
        const { key, value } = reading
        if (typeof value !== 'number' || !isCounter(word, key)) return true
        const before = known.get(key)
        if (before && before.doubts < MOST_DOUBTS && isDoubtful(reading, value, before, now)) {
          known.set(key, { ...before, doubts: before.doubts + 1 })
          held.push(key)
          return false
        }
        known.set(key, { value, at: now, doubts: 0 })
        return true
      })
      return { readings: passed, held }
    },
  }
}

function isEnergy(word: string, key: string): boolean {
  return inTable(ENERGY_KEYS, word)?.includes(tableKey(key)) ?? false
}

function isCounter(word: string, key: string): boolean {
  if (isEnergy(word, key) || inTable(PARTITION_KEYS, word)?.includes(tableKey(key))) return true
  return rowOf(word, key)?.row[2].family.endsWith('_total') ?? false
}
