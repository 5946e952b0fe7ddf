import type { Reading } from '../../core/reading.ts'
import { parseValue } from './number.ts'

/** The unit that stands behind a number, also where the original loses it. Undefined where there is none. */
export function trueUnitOf({ unit, raw }: Reading): string | undefined {
  if (unit !== undefined || raw === undefined) return unit
  const value = parseValue(raw)
  return value.kind === 'number' ? value.trueUnit : undefined
}
