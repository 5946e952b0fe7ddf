import type { Reading } from '../../core/reading.ts'
import type { AnswerName, Dialect } from './commands.ts'
import { COUNTER_FIELDS } from './counter-fields.ts'
import type { Field } from './field.ts'
import { FAULT_HISTORY_FIELDS, SETTING_FIELDS, XTREME_PARAMETER_FIELDS } from './parameter-fields.ts'
import { REVISION_FIELDS } from './revision.ts'
import { CONTROLLER_FIELDS, ROOM_FIELDS } from './room-fields.ts'
import { STATUS_FIELDS, XTREME_DRIVE_FIELDS } from './status-fields.ts'

/** Every value a boiler gives, in the order in which it is asked. */
export const FIELDS: readonly Field[] = [
  ...STATUS_FIELDS,
  ...ROOM_FIELDS,
  ...CONTROLLER_FIELDS,
  ...COUNTER_FIELDS,
  ...SETTING_FIELDS,
  ...FAULT_HISTORY_FIELDS,
  ...REVISION_FIELDS,
  ...XTREME_DRIVE_FIELDS,
  ...XTREME_PARAMETER_FIELDS,
]

const BY_ANSWER: Readonly<Record<Dialect, ReadonlyMap<AnswerName, readonly Field[]>>> = {
  plain: fieldsByAnswer('plain'),
  xtreme: fieldsByAnswer('xtreme'),
}

const FAMILY_BY_KEY = new Map(FIELDS.map(field => [field.key, field.family]))

/** The readings of one answer of 32 bytes. */
export function readingsOf(name: AnswerName, bytes: Uint8Array, dialect: Dialect): readonly Reading[] {
  const fields = BY_ANSWER[dialect].get(name) ?? []
  return fields.flatMap(({ key, unit, decode }) => {
    const value = decode(bytes)
    return value === undefined ? [] : [{ key, value, ...(unit ? { unit } : {}) }]
  })
}

/** What becomes of a native value. */
export function outcomeOf(key: string): 'mapped' | 'native_only' | 'unknown' {
  if (!FAMILY_BY_KEY.has(key)) return 'unknown'
  return FAMILY_BY_KEY.get(key) ? 'mapped' : 'native_only'
}

function fieldsByAnswer(dialect: Dialect): ReadonlyMap<AnswerName, readonly Field[]> {
  const spoken = FIELDS.filter(field => field.dialect === undefined || field.dialect === dialect)
  return Map.groupBy(spoken, field => field.answer)
}
