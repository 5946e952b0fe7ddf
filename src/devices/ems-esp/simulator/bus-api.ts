import { type Answer, jsonAnswer, notThere, textAnswer } from './answer.ts'
import { isNested } from './before-37.ts'
import { type Entity, hasValue } from './entity.ts'
import { describe, jsonFullName, ownUnit, shortValue } from './entity-json.ts'
import { isOld } from './firmware.ts'
import type { BusDevice, House } from './house.ts'
import { isDigits, isObject, type Json, type JsonObject, object, write } from './json.ts'
import { deviceMetrics } from './metrics.ts'

/** Answers for the devices of one word; `path` is what follows the word. */
export function busAnswer(
  word: string,
  devices: readonly BusDevice[],
  path: readonly string[],
  house: House,
): Answer {
  const [first = 'values', ...rest] = path.flatMap(part => part.split('.'))
  const circuit = first === 'dhw1' ? 'dhw' : first
  const inCircuit = devices
    .map(({ entities }) => entities.filter(entity => entity.circuit === circuit && isNested(circuit, house)))
    .filter(entities => entities.length > 0)
  if (inCircuit.length > 0) return commandAnswer(word, inCircuit, circuit, rest, house)
  return commandAnswer(
    word,
    devices.map(({ entities }) => entities),
    undefined,
    [first, ...rest],
    house,
  )
}

type Walk = readonly (readonly Entity[])[]

function commandAnswer(
  word: string,
  walk: Walk,
  circuit: string | undefined,
  [command = 'values', attribute]: readonly string[],
  house: House,
): Answer {
  const all = walk.flat()
  switch (command) {
    case 'values':
      return jsonAnswer(valuesOf(all, circuit, house))
    case 'info':
      return jsonAnswer(object(all.flatMap(entity => infoEntry(entity, house))))
    case 'commands':
      return jsonAnswer(
        object(
          all.filter(entity => entity.isWriteable).map(entity => [entity.name, jsonFullName(entity, house)]),
        ),
      )
    case 'entities':
      // The first device that yields anything answers for its type.
      return jsonAnswer(entitiesOf(walk.find(entities => entities.length > 0) ?? [], circuit, house))
    case 'metrics': {
      if (!house.firmware.hasMetrics) break
      const texts = walk.map(entities => deviceMetrics(entities, house))
      const text = texts.find(candidate => candidate !== '')
      if (text !== undefined) return textAnswer(text)
    }
  }
  const wanted = all.find(
    entity => entity.name === command && (circuit !== undefined || !isNested(entity.circuit, house)),
  )
  if (wanted === undefined) return notThere(command, word, house)
  const description = describe(wanted, house)
  return attribute === undefined
    ? jsonAnswer(description)
    : attributeAnswer(word, description, attribute, house)
}

/** Merged over all devices of the type, circuits as objects. */
function valuesOf(entities: readonly Entity[], circuit: string | undefined, house: House): JsonObject {
  const top = new Map<string, Json | Map<string, Json>>()
  for (const entity of entities) {
    const value = shortValue(entity, house)
    if (circuit !== undefined || !isNested(entity.circuit, house)) {
      if (value !== undefined) top.set(entity.name, value)
      continue
    }
    const nested = top.get(entity.circuit)
    const members = nested instanceof Map ? nested : new Map<string, Json>()
    top.set(entity.circuit, members)
    if (value !== undefined) members.set(entity.name, value)
  }
  return object(
    [...top].map(([key, value]) => [key, value instanceof Map ? object([...value]) : value] as const),
  )
}

function entitiesOf(entities: readonly Entity[], circuit: string | undefined, house: House): JsonObject {
  return object(
    entities.map(entity => {
      const isPrefixed = circuit === undefined && isNested(entity.circuit, house)
      const key = isPrefixed ? `${entity.circuit}.${entity.name}` : entity.name
      return [key, isOld(house.firmware) ? oldListing(entity, house) : describe(entity, house)] as const
    }),
  )
}

/** Up to 3.6 the list gives no more than the full name and the unit. */
function oldListing(entity: Entity, house: House): Json {
  const unit = ownUnit(entity, house)
  return [jsonFullName(entity, house), ...(unit === '' ? [] : [unit])]
}

function infoEntry(entity: Entity, house: House): readonly (readonly [string, Json])[] {
  const value = hasValue(entity) ? shortValue(entity, house) : undefined
  return value === undefined ? [] : [[`${jsonFullName(entity, house)} (${entity.name})`, value]]
}

function attributeAnswer(word: string, description: JsonObject, attribute: string, house: House): Answer {
  const value = description.members.find(([key]) => key === attribute)?.[1]
  if (value !== undefined) return textAnswer(typeof value === 'string' ? value : plain(value))
  return attribute === 'value'
    ? jsonAnswer(object([]), house.firmware.missing)
    : notThere(attribute, word, house)
}

function plain(value: Json): string {
  return isDigits(value) || !isObject(value) ? write(value) : ''
}
