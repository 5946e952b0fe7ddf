import { CIRCUIT_RULES } from './circuit-rules.ts'
import { MACHINE_RULES, RUN_TIME_RULES } from './machine-rules.ts'
import type { Rule } from './rule.ts'
import { SYSTEM_RULES, VENTILATION_RULES } from './system-rules.ts'

/** Value rows of German and English pages, energy registers apart. Of rules for one label the first that fits counts. */
export const VALUE_RULES: readonly Rule[] = [
  ...CIRCUIT_RULES,
  ...SYSTEM_RULES,
  ...VENTILATION_RULES,
  ...MACHINE_RULES,
  ...RUN_TIME_RULES,
]
