import type { Reading } from '../../core/reading.ts'
import { type ENERGY_WORDS, type EnergyKind, energyKindOf } from './energy.ts'

export type EnergyFrom = 'auto' | (typeof ENERGY_WORDS)[number]

/** Which machine's energy counters count, where boiler and heat pump module report the same energy. */
export interface EnergyChoice {
  observe(word: string, readings: readonly Reading[]): void
  isShown(word: string, kind: EnergyKind): boolean
}

/** By setting; `auto`: the boiler's, unless only the other's counters move. */
export function createEnergyChoice(wanted: EnergyFrom): EnergyChoice {
  const sums = new Map<string, number>()
  const moved = new Set<string>()
  return {
    observe(word, readings) {
      for (const kind of ['electric', 'thermal'] as const) {
        const counters = readings.filter(
          ({ key, value }) => energyKindOf(key) === kind && typeof value === 'number',
        )
        if (counters.length === 0) continue
        const sum = counters.reduce((all, { value }) => all + Number(value), 0)
        const before = sums.get(`${word} ${kind}`)
        if (before !== undefined && before !== sum) moved.add(`${word} ${kind}`)
        sums.set(`${word} ${kind}`, sum)
      }
    },
    isShown(word, kind) {
      if (wanted !== 'auto') return word === wanted
      if (!sums.has(`boiler ${kind}`) || !sums.has(`heatpump ${kind}`)) return true
      const isOther = moved.has(`heatpump ${kind}`) && !moved.has(`boiler ${kind}`)
      return word === (isOther ? 'heatpump' : 'boiler')
    },
  }
}
