import { type Entity, hasValue } from './entity.ts'
import { type Firmware, isOld } from './firmware.ts'
import { digits, type Json, type JsonObject, object } from './json.ts'
import { jsonNumber, scaled } from './scaled.ts'
import type { Settings } from './settings.ts'
import { circuitWord, deviceClassOf, OFF, ON, UPPER_OFF, UPPER_ON, unitInJson, unitWord } from './words.ts'

export interface Spelling {
  readonly firmware: Firmware
  readonly settings: Settings
}

/** The full name as JSON gives it: the circuit's word stands before it, also before a name of the user's. */
export function jsonFullName(entity: Entity, { settings }: Spelling): string {
  const own = entity.customName ?? entity.fullName[settings.language]
  if (entity.circuit === undefined || own === '') return own
  return `${circuitWord(entity.circuit, settings.language)} ${own}`
}

/** A boolean in the format that is set. */
export function jsonBoolean(value: boolean, { boolFormat, language }: Settings): Json {
  switch (boolFormat) {
    case 1:
      return (value ? ON : OFF)[language]
    case 2:
      return (value ? UPPER_ON : UPPER_OFF)[language]
    case 3:
      return String(value)
    case 4:
      return value
    case 5:
      return value ? '1' : '0'
    case 6:
      return value ? 1 : 0
  }
}

/** `value` of a description, of `/values` and of MQTT; undefined where there is none. */
export function jsonValue(entity: Entity, { settings }: Spelling): Json | undefined {
  if (!hasValue(entity)) return undefined
  const { stored, kind, options = [] } = entity
  if (typeof stored === 'string') return stored
  if (kind === 'boolean') return jsonBoolean(stored === 1, settings)
  if (kind === 'enum') {
    return settings.enumFormat === 2 ? (stored ?? 0) : (options[stored ?? 0]?.[settings.language] ?? '')
  }
  return digits(jsonNumber(entity, settings))
}

/** `/values` shows whole minutes of run times, an empty text for commands and null for those that take a number. */
export function shortValue(entity: Entity, spelling: Spelling): Json | undefined {
  if (!entity.isReadable) return undefined
  if (entity.kind === 'command') return entity.unit === undefined ? '' : null
  if (!hasValue(entity)) return undefined
  if (entity.kind === 'time') return digits(Math.floor(scaled(entity)).toFixed(0))
  return jsonValue(entity, spelling)
}

/** A description as 3.7 and later give it. */
export function described(entity: Entity, spelling: Spelling): JsonObject {
  const { settings } = spelling
  const { kind, options, stored, circuit = '' } = entity
  const fullname = jsonFullName(entity, spelling)
  const isSet = hasValue(entity)
  const enumWords = options?.map(word => word[settings.language])
  const isCommandWithUnit = kind === 'command' && options === undefined && entity.unit !== undefined
  return object([
    ['name', entity.name],
    ['fullname', fullname === '' ? undefined : fullname],
    ['circuit', circuit],
    ['bool', kind === 'boolean' && isSet ? stored === 1 : undefined],
    ['index', (kind === 'boolean' || kind === 'enum') && isSet ? Number(stored) : undefined],
    ['enum', enumWords],
    ['value', jsonValue(entity, spelling)],
    ['type', isCommandWithUnit ? 'number' : typeOf(entity)],
    ...limits(entity, spelling),
    ...unitEntries(entity, spelling),
    ['readable', entity.isReadable],
    ['writeable', entity.isWriteable],
    ['visible', entity.isVisible],
  ])
}

/** A description before 3.7: no index, and a text where there is no value. */
export function describedBefore37(entity: Entity, spelling: Spelling): JsonObject {
  const { age } = spelling.firmware
  const { settings } = spelling
  const value = jsonValue(entity, spelling)
  const isCommand = entity.kind === 'command'
  return object([
    ['name', entity.name],
    ['fullname', jsonFullName(entity, spelling)],
    ['circuit', entity.circuit === undefined || entity.circuit === '' ? undefined : entity.circuit],
    ['enum', entity.options?.map(word => word[settings.language])],
    ['value', value ?? (isCommand ? undefined : 'not set')],
    ['type', typeOf(entity)],
    ...limits(age === '3.4' && entity.kind === 'number' ? { range: [0, 255], ...entity } : entity, spelling),
    ['uom', entity.unit === undefined ? undefined : ownUnit(entity, spelling)],
    ['readable', entity.isReadable],
    ['writeable', entity.isWriteable],
    ['visible', entity.isVisible],
  ])
}

/** The unit in the firmware's own words: HELP, and JSON up to 3.7.1. */
export function ownUnit({ unit }: Entity, { settings }: Spelling): string {
  if (unit === undefined) return ''
  if (settings.isFahrenheit && unit === '°C') return '°F'
  return unitWord(unit, settings.language)
}

function typeOf({ kind, options }: Entity): string {
  if (kind === 'time') return 'number'
  return kind === 'command' && options !== undefined ? 'enum' : kind
}

type Entries = JsonObject['members']

function limits({ range, kind, isWriteable }: Entity, { firmware }: Spelling): Entries {
  const isShown = kind === 'number' && range !== undefined && (isWriteable || firmware.age === '3.4')
  return isShown ? [['min', range[0]] as const, ['max', range[1]] as const] : []
}

function unitEntries(entity: Entity, spelling: Spelling): Entries {
  const { unit, kind } = entity
  const { hasClasses } = spelling.firmware
  if (!hasClasses) return unit === undefined ? [] : [['uom', ownUnit(entity, spelling)] as const]
  const isNumber = kind === 'number' || kind === 'time'
  const grows = kind === 'time' || entity.onlyGrows === true
  return [
    ['uom', unit === undefined ? undefined : homeAssistantUnit(unit, spelling)],
    ['icon', unit === '%' ? 'mdi:percent-outline' : undefined],
    ['state_class', stateClass(isNumber, grows, unit !== undefined)],
    ['device_class', unit === undefined ? undefined : deviceClassOf(unit)],
  ]
}

/** Up to 3.8 differences in kelvin are labelled °F too, and not converted. */
function homeAssistantUnit(unit: NonNullable<Entity['unit']>, { settings }: Spelling): string {
  if (settings.isFahrenheit && (unit === '°C' || unit === 'K')) return '°F'
  return unitInJson(unit)
}

function stateClass(isNumber: boolean, grows: boolean, hasUnit: boolean): string | undefined {
  if (!isNumber) return undefined
  if (grows) return 'total_increasing'
  return hasUnit ? 'measurement' : undefined
}

/** The old ages know nothing of circuits in descriptions but the word itself. */
export function describe(entity: Entity, spelling: Spelling): JsonObject {
  return isOld(spelling.firmware) ? describedBefore37(entity, spelling) : described(entity, spelling)
}
