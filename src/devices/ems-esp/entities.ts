import { type Entity, type EntityValue, type Flags, helpOf, metricName } from './entity.ts'
import { celsius, isKelvin } from './fahrenheit.ts'
import { isObject, type JsonObject, numberIn, stringAt } from './json.ts'
import { helpWordOf, unitOf, withoutCircuit } from './locale.ts'
import { circuitOf } from './words.ts'

/** What a machine's JSON is read with. */
export interface Reader {
  /** The device word: lists of differences in temperature are per device. */
  readonly word: string
  /** The gateway's language. */
  readonly locale: string
}

/** Entities of a document, and how many objects in it are none. */
export interface EntitiesRead {
  readonly entities: readonly Entity[]
  readonly damaged: number
}

/**
 * The entities with a value of an `/entities` document of firmware 3.7 and newer, in its order.
 * An object that is no entity is left out and counted; the others do not depend on it.
 * @param inCircuit the circuit that was asked for: its keys then have no `hc2.` before them
 */
export function readEntities(document: JsonObject, reader: Reader, inCircuit?: string): EntitiesRead {
  const entities: Entity[] = []
  let damaged = 0
  for (const [key, described] of Object.entries(document)) {
    const entity = isObject(described) ? entityOf(key, described, reader, inCircuit) : 'damaged'
    if (entity === 'damaged') damaged++
    else if (entity !== 'empty') entities.push(entity)
  }
  return { entities, damaged }
}

function entityOf(
  key: string,
  described: JsonObject,
  reader: Reader,
  inCircuit: string | undefined,
): Entity | 'damaged' | 'empty' {
  const name = stringAt(described, 'name')?.toLowerCase()
  const circuitWord = (stringAt(described, 'circuit') ?? '').toLowerCase()
  const circuit = circuitWord === '' ? '' : circuitOf(circuitWord)
  if (!name || circuit === undefined) return 'damaged'
  const expected = circuit === '' || inCircuit !== undefined ? name : `${circuitWord}.${name}`
  if (key.toLowerCase() !== expected || (inCircuit !== undefined && circuit !== inCircuit)) return 'damaged'
  const value = valueIn(described)
  if (value === 'damaged' || value === 'empty') return value
  return makeEntity({ name, circuit, value, described, reader })
}

/** Joins what is known of an entity: the help text, and celsius where the gateway's JSON is in Fahrenheit. */
export function makeEntity(parts: {
  readonly name: string
  readonly circuit: string
  readonly value: EntityValue
  readonly described: JsonObject
  readonly reader: Reader
}): Entity {
  const { name, circuit, value, described, reader } = parts
  const { word, locale } = reader
  const fullName = stringAt(described, 'fullname') ?? ''
  const shown = withoutCircuit(fullName, circuit) || metricName(name).slice('emsesp_'.length)
  const uom = stringAt(described, 'uom')
  const unit = unitOf(uom)
  const isFahrenheit = unit === '°F'
  const isConverted = isFahrenheit && !isKelvin(word, name)
  const helpUnit = isFahrenheit && !isConverted ? 'K' : helpUnitOf(uom, unit, locale)
  const own = isFahrenheit ? (isConverted ? '°C' : 'K') : unit
  return {
    name,
    circuit,
    help: helpOf(shown, value, helpUnit, flagsOf(described)),
    value:
      isConverted && value.kind === 'number'
        ? { kind: 'number', number: celsius(word, name, value.number) }
        : value,
    ...(value.kind === 'number' && own !== undefined ? { unit: own } : {}),
  }
}

/** 3.7.0 and 3.7.1 have the word of HELP in their JSON already. */
function helpUnitOf(uom: string | undefined, unit: string | undefined, locale: string): string | undefined {
  if (uom === undefined || uom.trim() === '') return undefined
  return unit === uom || unit === undefined || ['L/min', 'L/h', 'L', 'kB'].includes(uom)
    ? helpWordOf(uom, locale)
    : uom
}

function flagsOf(described: JsonObject): Flags {
  return {
    readable: described['readable'] === true,
    writeable: described['writeable'] === true,
    visible: described['visible'] === true,
  }
}

/** Booleans and enumerations by their index: what `value` says depends on settings and language. */
function valueIn(described: JsonObject): EntityValue | 'damaged' | 'empty' {
  const { value, index } = described
  switch (described['type']) {
    case 'boolean':
      if (value === undefined && index === undefined) return 'empty'
      return index === 0 || index === 1 ? { kind: 'boolean', index } : 'damaged'
    case 'enum': {
      if (value === undefined && index === undefined) return 'empty'
      const words = wordsOf(described['enum'])
      if (!words || typeof index !== 'number' || !Number.isInteger(index)) return 'damaged'
      return index >= 0 && index < words.length ? { kind: 'enum', index, words } : 'damaged'
    }
    case 'number': {
      if (value === undefined || value === null || value === '') return 'empty'
      const number = numberIn(value)
      return number === undefined ? 'damaged' : { kind: 'number', number }
    }
    case 'string':
      if (value === undefined || value === null) return 'empty'
      return typeof value === 'string' ? { kind: 'string', text: value } : 'damaged'
    case 'command':
      return 'empty'
    default:
      return 'damaged'
  }
}

export function wordsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  const words = value.filter(word => typeof word === 'string')
  return words.length === value.length ? words : undefined
}
