/** Units of the cloud's numbers. */
export type Unit = '°C' | 'K' | 'bar' | 'kWh' | '%'

/** How a unit may be written behind a number; a degree sign may have been damaged on its way. */
const SPELLINGS: Readonly<Record<Unit, readonly string[]>> = {
  '°C': ['°C', '° C', 'º C', 'ºC', '℃', 'Â°C', 'C', '°'],
  K: ['K', '°C', 'C'],
  bar: ['bar', 'Bar'],
  kWh: ['kWh'],
  '%': ['%'],
}

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*(\D*)$/

/** Texts that stand for "nothing here": no value, and no error either. */
const NOTHING = /^(?:-+|nan|null|none|n\/a)?$/i

/**
 * A number of the cloud: a JSON number, or a text with one and perhaps its unit (`"9.5 °C"`). Everything else, also a text
 * with another unit, is undefined.
 */
export function numberIn(value: unknown, unit?: Unit): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string') return undefined
  const [, digits, tail = ''] = NUMBER.exec(value.trim()) ?? []
  if (digits === undefined) return undefined
  if (tail !== '' && !(unit && SPELLINGS[unit].includes(tail))) return undefined
  const number = Number(digits)
  return Number.isFinite(number) ? number : undefined
}

/** A flag: 0 or 1 as number or text (`"0"` is false), or a JSON boolean. */
export function flagIn(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const number = numberIn(value)
  return number === 0 || number === 1 ? number === 1 : undefined
}

/** A text, or a number written as one. */
export function textIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}

/** Whether a field says nothing, in contrast to something that cannot be read. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && NOTHING.test(value.trim()))
}

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of an object that is its own: an answer may name a key `constructor`. */
export function memberOf(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}
