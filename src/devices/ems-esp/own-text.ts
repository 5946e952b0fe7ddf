import { isObject, type JsonObject, numberIn, stringAt } from './json.ts'
import { truthOf, unitOf } from './locale.ts'
import { escapeHelp } from './machine-text.ts'
import type { OwnWord } from './words.ts'

/** A value of one of the gateway's own devices: a sensor, a schedule, an entity that the user made. */
export interface OwnValue {
  /** The key in the gateway's document. */
  readonly key: string
  readonly name: string
  readonly kind: 'number' | 'boolean' | 'string'
  readonly value: number | boolean | string
  readonly unit?: string
  readonly isVisible: boolean
  readonly isWriteable: boolean
}

/**
 * The values of an `/entities` document of one of the gateway's own devices; sensors without a value are left out.
 * @param keys in the order of the document
 */
export function readOwn(
  document: JsonObject,
  word: OwnWord,
  keys: readonly string[] = Object.keys(document),
): { values: readonly OwnValue[]; damaged: number } {
  const values: OwnValue[] = []
  let damaged = 0
  for (const key of keys) {
    const described = document[key]
    if (!isObject(described)) {
      damaged++
      continue
    }
    const read = valueIn(described, word)
    if (read === undefined) continue
    const unit = unitOf(stringAt(described, 'uom'))
    values.push({
      key,
      name: stringAt(described, 'name') ?? key,
      ...read,
      ...(unit === undefined || read.kind !== 'number' ? {} : { unit }),
      isVisible: described['visible'] === true,
      isWriteable: described['writeable'] === true,
    })
  }
  return { values, damaged }
}

/** The values of a `/values` document: all that firmware 3.4 to 3.6 tells of them. Sensors are in the gateway's degrees. */
export function readOwnValues(
  document: JsonObject,
  word: OwnWord,
  degrees: '°C' | '°F',
  keys: readonly string[] = Object.keys(document),
): readonly OwnValue[] {
  return keys.flatMap(key => {
    const read = valueIn({ value: document[key] }, word)
    if (read === undefined) return []
    const unit = word === 'temperaturesensor' && read.kind === 'number' ? { unit: degrees } : {}
    return [{ key, name: key, ...read, ...unit, isVisible: false, isWriteable: false }]
  })
}

/** Digital inputs and outputs are booleans for the gateway. */
const DIGITAL = /digital/i

function valueIn(described: JsonObject, word: OwnWord): Pick<OwnValue, 'kind' | 'value'> | undefined {
  const { value } = described
  if (value === undefined || value === null || value === '') return undefined
  const isDigital = DIGITAL.test(stringAt(described, 'analog') ?? '')
  if (word === 'scheduler' || described['type'] === 'boolean' || isDigital) {
    const truth = truthOf(value)
    return truth === undefined ? undefined : { kind: 'boolean', value: truth }
  }
  // Entities in the gateway's memory give their numbers as text.
  const number = numberIn(typeof value === 'string' && isNumeric(value) ? Number(value) : value)
  if (number !== undefined) return { kind: 'number', value: number }
  return typeof value === 'string' ? { kind: 'string', value } : undefined
}

function isNumeric(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text.trim())
}

/**
 * The text of one of the gateway's own devices, in the manner of firmware 3.8.2 but with names that Prometheus takes:
 * the firmware prints a sensor's name as its user wrote it, blanks and umlauts included, and then no line of the text counts.
 */
export function ownText(values: readonly OwnValue[], word: OwnWord): string {
  const printed = new Set<string>()
  let text = ''
  for (const own of values) {
    const name = `emsesp_${own.name.toLowerCase().replace(/[^a-z0-9_]/g, '_')}`
    if (own.kind === 'string' || own.name === '' || printed.has(name)) continue
    printed.add(name)
    text += `# HELP ${name} ${escapeHelp(helpOf(own))}\n# TYPE ${name} gauge\n${name} ${numberText(own, word)}\n`
  }
  return text
}

function helpOf({ name, kind, unit, isVisible, isWriteable }: OwnValue): string {
  const parts = [name]
  if (kind === 'boolean') parts.push('boolean')
  else if (unit !== undefined) parts.push(unit)
  parts.push('readable')
  if (isVisible) parts.push('visible')
  if (isWriteable) parts.push('writable')
  return parts.join(', ')
}

function numberText({ value }: OwnValue, word: OwnWord): string {
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (word === 'temperaturesensor') return Number(value).toFixed(1)
  return String(Number(Number(value).toFixed(2)))
}
