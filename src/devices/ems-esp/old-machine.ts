import { makeEntity, type Reader, wordsOf } from './entities.ts'
import type { Entity, EntityValue } from './entity.ts'
import { isObject, type JsonObject, numberIn, stringAt } from './json.ts'
import { truthOf } from './locale.ts'
import { type BareValue, readValues } from './values.ts'

/** An entity of firmware 3.4 to 3.6: where it is asked for, and what it is called today. */
export interface OldEntity {
  /** Key of the list and of `/values`: `wwseltemp`, `hc1.seltemp`, `wwc1.wwtemp`. */
  readonly key: string
  readonly name: string
  readonly circuit: string
}

/** The entities of an `/entities` list of firmware 3.4 to 3.6 (`"hc1.seltemp": ["selected room temperature", "°C"]`). */
export function readOldList(document: JsonObject): readonly OldEntity[] {
  return Object.keys(document).flatMap(key => {
    const dot = key.indexOf('.')
    const bare: JsonObject = dot < 0 ? { [key]: 0 } : { [key.slice(0, dot)]: { [key.slice(dot + 1)]: 0 } }
    const [value] = readValues(bare, true)
    return value ? [{ key, name: value.name, circuit: value.circuit }] : []
  })
}

/** The path below the device word at which the entity describes itself. */
export function descriptionPath({ key }: OldEntity): string {
  return key.replace('.', '/')
}

const KEPT = ['fullname', 'type', 'enum', 'uom', 'readable', 'writeable', 'visible']

/** What is worth remembering of a description; undefined when it is none. */
export function essence(described: JsonObject): JsonObject | undefined {
  if (stringAt(described, 'type') === undefined) return undefined
  return Object.fromEntries(Object.entries(described).filter(([key]) => KEPT.includes(key)))
}

/**
 * Entities of values and their descriptions, in the order of the list.
 * @param hasOldNames keeps `wwseltemp` where today's firmware has `seltemp` of circuit `dhw`
 */
export function joinOld(
  list: readonly OldEntity[],
  descriptions: ReadonlyMap<string, JsonObject>,
  values: readonly BareValue[],
  reader: Reader,
  hasOldNames: boolean,
): readonly Entity[] {
  const byKey = new Map(values.map(value => [`${value.circuit}.${value.name}`, value.value]))
  return list.flatMap(entity => {
    const described = descriptions.get(entity.key)
    const bare = byKey.get(`${entity.circuit}.${entity.name}`)
    if (!described || bare === undefined) return []
    const value = valueIn(bare, described)
    if (!value) return []
    const made = makeEntity({ name: entity.name, circuit: entity.circuit, value, described, reader })
    if (!hasOldNames || !entity.circuit.startsWith('dhw')) return [made]
    const [circuit, name] = entity.key.includes('.') ? entity.key.split('.') : ['', entity.key]
    return [{ ...made, name: name ?? entity.name, circuit: circuit ?? '' }]
  })
}

/** A word is found in the list, a number is the index already; `not set` is no value. */
function valueIn(bare: BareValue['value'], described: JsonObject): EntityValue | undefined {
  switch (described['type']) {
    case 'boolean': {
      const truth = truthOf(bare)
      return truth === undefined ? undefined : { kind: 'boolean', index: truth ? 1 : 0 }
    }
    case 'enum': {
      const words = wordsOf(described['enum'])
      if (!words) return undefined
      const index = typeof bare === 'number' ? bare : words.indexOf(String(bare))
      return Number.isInteger(index) && index >= 0 && index < words.length
        ? { kind: 'enum', index, words }
        : undefined
    }
    case 'string':
      return typeof bare === 'string' ? { kind: 'string', text: bare } : undefined
    case 'command':
      return undefined
    default: {
      const number = numberIn(bare)
      return number === undefined ? undefined : { kind: 'number', number }
    }
  }
}

/** Descriptions of a kept document, by device word and key; whatever has another shape is forgotten. */
export function readKept(value: unknown): ReadonlyMap<string, ReadonlyMap<string, JsonObject>> {
  if (!isObject(value)) return new Map()
  return new Map(
    Object.entries(value).map(([word, ofWord]) => [
      word,
      new Map(
        Object.entries(isObject(ofWord) ? ofWord : {}).flatMap(([key, described]) =>
          isObject(described) ? [[key, described] as const] : [],
        ),
      ),
    ]),
  )
}
