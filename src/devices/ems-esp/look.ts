import type { StoredReading } from '../../core/view.ts'
import { truthOf } from './locale.ts'

export type Readings = ReadonlyMap<string, StoredReading>

export function numberAt(readings: Readings, key: string): number | undefined {
  const value = readings.get(key)?.value
  return typeof value === 'number' ? value : undefined
}

/** A boolean of any form; undefined when it is not there or is none. */
export function truthAt(readings: Readings, key: string): boolean | undefined {
  return truthOf(readings.get(key)?.value)
}

/** A text that says something. */
export function textAt(readings: Readings, key: string): string | undefined {
  const value = readings.get(key)?.value
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' ? undefined : text
}

const HEAT_PUMP_KEYS = [
  'hpcompon',
  'hpactivity',
  'hppower',
  'hpcompspd',
  'hpbrinein',
  'hptc0',
  'hptr1',
  'uptimecompheating',
  'totalcompstarts',
]
const BURNER_KEYS = ['burngas', 'flamecurr', 'curburnpow', 'burnstarts']

/** The gateway calls most heat pumps boilers; they are known by what they have. */
export function isHeatPump(readings: Readings): boolean {
  return HEAT_PUMP_KEYS.some(key => readings.has(key))
}

export function hasBurner(readings: Readings): boolean {
  return BURNER_KEYS.some(key => readings.has(key))
}
