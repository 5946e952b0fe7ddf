import type { FamilyName } from '../../core/families/index.ts'
import type { Labels } from '../../core/series.ts'
import { ENERGY_RULES, type EnergyRule } from './energy-rules.ts'
import { FLAG_RULES, type FlagMeaning } from './flag-rules.ts'
import { placeOf } from './names.ts'
import { isNativeOnly } from './native-only.ts'
import { filled, type Rule, sectionKind, spellings } from './rule.ts'
import { VALUE_RULES } from './value-rules.ts'

/** What a value row becomes. */
export interface ValueMeaning {
  readonly family: FamilyName
  readonly labels: Labels
  convert(value: number): number
}

/** Which register of which counter a value row is. */
export interface RegisterMeaning {
  readonly rule: EnergyRule
  readonly register: 'day' | 'total'
}

/** The debugging page of the energy manager has keys of the others with other meanings. */
const UNMAPPED_PAGE = '4,7'

const VALUES = byLabel(VALUE_RULES, ({ labels }) => labels)
const DAYS = byLabel(ENERGY_RULES, ({ day }) => day)
const TOTALS = byLabel(ENERGY_RULES, ({ total }) => total)
const FLAGS = byLabel(FLAG_RULES, ({ labels }) => labels)

/** The meaning of the value row with this reading key; `unit` undefined asks for the row in any unit. */
export function valueMeaning(key: string, unit: string | undefined): ValueMeaning | undefined {
  const { page, section, label } = placeOf(key)
  if (page === UNMAPPED_PAGE) return undefined
  const kind = sectionKind(section)
  const fits = ({ sections, unit: { words } }: Rule) =>
    (sections === undefined || (kind !== undefined && sections.includes(kind))) &&
    (unit === undefined || words.includes(unit))
  for (const spelling of spellings(label)) {
    const found = VALUES.get(spelling.label)?.find(fits)
    if (found)
      return { family: found.family, labels: filled(found.to, spelling.number), convert: found.unit.convert }
  }
  return undefined
}

/** The energy register with this reading key. */
export function registerMeaning(key: string): RegisterMeaning | undefined {
  const { page, section, label } = placeOf(key)
  if (page === UNMAPPED_PAGE) return undefined
  const kind = sectionKind(section)
  const fits = (rule: EnergyRule) => rule.section === undefined || rule.section === kind
  const day = DAYS.get(label)?.find(fits)
  if (day) return { rule: day, register: 'day' }
  const total = TOTALS.get(label)?.find(fits)
  return total && { rule: total, register: 'total' }
}

/** What the flag with this reading key means. */
export function flagMeaning(key: string): FlagMeaning | undefined {
  const { label } = placeOf(key)
  for (const spelling of spellings(label)) {
    const means = FLAGS.get(spelling.label)?.[0]?.means
    if (means?.kind === 'on') return { ...means, to: filled(means.to, spelling.number) }
    if (means) return means
  }
  return undefined
}

/** What becomes of a reading. */
export function outcomeOf(key: string): 'mapped' | 'native_only' | 'unknown' {
  const { page, label, isFlag } = placeOf(key)
  if (page === 'gateway') return 'native_only'
  if (isFlag) {
    const means = flagMeaning(key)
    if (means === undefined) return 'unknown'
    return means.kind === 'native' ? 'native_only' : 'mapped'
  }
  if (isNativeOnly(page, label)) return 'native_only'
  return valueMeaning(key, undefined) || registerMeaning(key) ? 'mapped' : 'unknown'
}

function byLabel<T>(
  rules: readonly T[],
  labelsOf: (rule: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const index = new Map<string, T[]>()
  for (const each of rules)
    for (const label of labelsOf(each)) index.set(label, [...(index.get(label) ?? []), each])
  return index
}
