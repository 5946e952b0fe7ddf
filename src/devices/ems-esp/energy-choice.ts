import type { Reading } from '../../core/reading.ts'
import { ENERGY_KEYS, type ENERGY_WORDS } from './energy.ts'

export type EnergyFrom = 'auto' | (typeof ENERGY_WORDS)[number]

/** Which machine's energy counters count, where boiler and heat pump module report the same energy. */
export interface EnergyChoice {
  observe(word: string, readings: readonly Reading[]): void
  isShown(word: string): boolean
}

/** By setting; `auto`: the boiler's, unless only the other's counters move. */
export function createEnergyChoice(wanted: EnergyFrom): EnergyChoice {
  const sums = new Map<string, number>()
  const moved = new Set<string>()
  return {
    observe(word, readings) {
      const keys = ENERGY_KEYS[word] ?? []
      const counters = readings.filter(({ key, value }) => keys.includes(key) && typeof value === 'number')
      if (counters.length === 0) return
      const sum = counters.reduce((all, { value }) => all + Number(value), 0)
      const before = sums.get(word)
      if (before !== undefined && before !== sum) moved.add(word)
      sums.set(word, sum)
    },
    isShown(word) {
      if (wanted !== 'auto') return word === wanted
      if (!sums.has('boiler') || !sums.has('heatpump')) return true
      const chosen = moved.has('heatpump') && !moved.has('boiler') ? 'heatpump' : 'boiler'
      return word === chosen
    },
  }
}
