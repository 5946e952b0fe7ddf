import type { FieldDoc } from '../../core/driver.ts'
import { ENERGY_RULES } from './energy-rules.ts'
import { FLAG_RULES, type FlagMeaning } from './flag-rules.ts'
import { NATIVE_ONLY } from './native-only.ts'
import { VALUE_RULES } from './value-rules.ts'

/** Rows that are known by their German and English labels; all others are shown under their own names only. */
export const FIELDS: readonly FieldDoc[] = [
  ...VALUE_RULES.map(({ labels, help, unit, family, sections }) => ({
    key: labels.join(', '),
    help,
    ...(unit.words[0] ? { unit: unit.words.join(' or ') } : {}),
    family,
    ...(sections ? { note: `table: ${sections.join(', ')}` } : {}),
  })),
  ...ENERGY_RULES.map(({ day, total, help, section, cells }) => ({
    key: [...total, ...day].join(', '),
    help,
    unit: 'kWh',
    family: cells.map(({ family }) => family).join(', '),
    note: section ? `sum of both registers; table: ${section}` : 'sum of both registers',
  })),
  ...FLAG_RULES.map(({ labels, help, means }) => {
    const family = familyOf(means)
    return { key: labels.map(label => `flag_${label}`).join(', '), help, ...(family ? { family } : {}) }
  }),
  ...NATIVE_ONLY.map(({ labels, why }) => ({ key: labels.join(', '), help: why })),
]

function familyOf(means: FlagMeaning): string | undefined {
  switch (means.kind) {
    case 'on':
      return means.family
    case 'activity':
      return 'hearth_activity'
    case 'season':
      return 'hearth_season'
    case 'sg_ready':
      return 'hearth_sg_ready'
    case 'sound':
      return 'hearth_fault_active'
    case 'native':
      return undefined
  }
}
