import type { Reading } from '../../core/reading.ts'
import { ENERGY_WORDS, type EnergyKind, energyKindOf } from './energy.ts'

export type EnergyFrom = 'auto' | (typeof ENERGY_WORDS)[number]

/** Which machine's energy counters count, where boiler and heat pump module report the same energy. */
export interface EnergyChoice {
  observe(word: string, readings: readonly Reading[]): void
  /** Chooses anew by what was observed. Once a poll, so that no moment shows both machines or none. */
  settle(): void
  /** What the other machine counts, as readings of this one. */
  elsewhere(word: string): readonly Reading[]
}

const KINDS = ['electric', 'thermal'] as const satisfies readonly EnergyKind[]

/** Where a machine's readings say that the other counts this energy. */
export function elsewhereKey(kind: EnergyKind): string {
  return `elsewhere.${kind}`
}

/** By setting; `auto`: the boiler's, unless only the other's counters move. */
export function createEnergyChoice(wanted: EnergyFrom): EnergyChoice {
  const counters = new Map<string, number>()
  const counting = new Set<string>()
  const moved = new Set<string>()
  const chosen = new Map<EnergyKind, string>()

  function choose(kind: EnergyKind): string {
    if (wanted !== 'auto') return wanted
    return moved.has(`heatpump ${kind}`) && !moved.has(`boiler ${kind}`) ? 'heatpump' : 'boiler'
  }

  function isElsewhere(word: string, kind: EnergyKind): boolean {
    if (wanted !== 'auto') return word !== wanted
    const isDouble = ENERGY_WORDS.every(each => counting.has(`${each} ${kind}`))
    return isDouble && word !== (chosen.get(kind) ?? 'boiler')
  }

  return {
    observe(word, readings) {
      for (const { key, value } of readings) {
        const kind = energyKindOf(key)
        if (kind === undefined || typeof value !== 'number') continue
        const before = counters.get(`${word} ${key}`)
        if (before !== undefined && before !== value) moved.add(`${word} ${kind}`)
        counters.set(`${word} ${key}`, value)
        counting.add(`${word} ${kind}`)
      }
    },
    settle() {
      for (const kind of KINDS) chosen.set(kind, choose(kind))
    },
    elsewhere(word) {
      if (!ENERGY_WORDS.some(each => each === word)) return []
      return KINDS.filter(kind => isElsewhere(word, kind)).map(kind => ({
        key: elsewhereKey(kind),
        value: true,
      }))
    },
  }
}
