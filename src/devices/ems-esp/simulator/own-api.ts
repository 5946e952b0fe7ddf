import { type Answer, jsonAnswer, notThere, textAnswer, unknownDevice } from './answer.ts'
import { isOld } from './firmware.ts'
import { type House, spelled } from './house.ts'
import { digits, type Json, type JsonObject, object } from './json.ts'
import type { AnalogSensor, CustomEntity, Schedule, TemperatureSensor } from './own-entities.ts'

/** An entity of the gateway itself, whatever it is. */
interface OwnEntity {
  readonly key: string
  readonly name: string
  /** In `/values`. */
  readonly short: Json | undefined
  readonly object: JsonObject
  /** In the metrics text; absent where there is no value. */
  readonly value: string | undefined
  readonly unit: string
  readonly isWriteable: boolean
  readonly isVisible: boolean
}

const WORDS = ['temperaturesensor', 'analogsensor', 'scheduler', 'custom'] as const
type OwnWord = (typeof WORDS)[number]

/** The gateway's own device that this word names in this firmware. */
export function ownWord(word: string, { firmware }: House): OwnWord | undefined {
  const isEarly = firmware.age === '3.4' || firmware.age === '3.5'
  if (word === 'dallassensor') return isEarly ? 'temperaturesensor' : undefined
  if (word === 'temperaturesensor' && isEarly) return undefined
  return WORDS.find(known => known === word)
}

/** Answers for sensors, schedules and custom entities: where nothing is there, an empty object to everything. */
export function ownAnswer(
  word: OwnWord,
  [command = 'values', attribute]: readonly string[],
  house: House,
): Answer {
  const entities = entitiesOf(word, house)
  if (entities.length === 0)
    return isOld(house.firmware) ? unknownDevice(word, house) : jsonAnswer(object([]))
  const named = entities.filter(({ name, short }) => name !== '' && short !== undefined)
  if (command === 'values' || command === 'info') {
    return jsonAnswer(object(named.map(({ name, short }) => [name, short] as const)))
  }
  if (command === 'entities' && !isOld(house.firmware)) {
    return jsonAnswer(object(entities.map(({ key, object: described }) => [key, described] as const)))
  }
  if (command === 'metrics' && house.firmware.hasOwnMetrics) {
    return textAnswer(entities.map(metricsOf).join(''))
  }
  const wanted = entities.find(({ name }) => name !== '' && name.toLowerCase() === command)
  if (wanted === undefined) return notThere(command, word, house)
  if (attribute === undefined) return jsonAnswer(wanted.object)
  return attribute === 'value' && wanted.value !== undefined
    ? textAnswer(wanted.value)
    : notThere(attribute, word, house)
}

/** Names as the user wrote them, blanks and umlauts included: no strict reader takes this text. */
function metricsOf({ name, value, unit, isWriteable, isVisible }: OwnEntity): string {
  if (value === undefined || name === '') return ''
  const parts = [name, unit, 'readable', isVisible ? 'visible' : '', isWriteable ? 'writable' : '']
  const help = parts.filter(part => part !== '').join(', ')
  return `# HELP emsesp_${name} ${help}\n# TYPE emsesp_${name} gauge\nemsesp_${name} ${value}\n`
}

function entitiesOf(word: OwnWord, house: House): readonly OwnEntity[] {
  switch (word) {
    case 'temperaturesensor':
      return house.own.temperatures.map(temperature)
    case 'analogsensor':
      return house.own.analogs.map(analog)
    case 'scheduler':
      return house.own.schedules.map((schedule, index) => scheduled(schedule, index, house))
    case 'custom':
      return house.own.customs.map(entity => custom(entity, house))
  }
}

function temperature({ id, name, celsius }: TemperatureSensor): OwnEntity {
  const value = celsius?.toFixed(1)
  return {
    key: name,
    name,
    short: value === undefined ? undefined : digits(value),
    value,
    unit: '°C',
    isWriteable: false,
    isVisible: true,
    object: object([
      ['id', id],
      ['name', name],
      ['fullname', name],
      ['value', value === undefined ? undefined : digits(value)],
      ['type', 'number'],
      ['uom', '°C'],
      ['readable', true],
      ['writeable', false],
      ['visible', true],
      ['is_system', false],
    ]),
  }
}

function analog({ name, gpio, kind, value, unit }: AnalogSensor): OwnEntity {
  const isDigital = kind.startsWith('digital')
  const shown = value === undefined ? undefined : digits(isDigital ? String(value) : value.toFixed(2))
  return {
    key: name,
    name,
    short: shown,
    value: shown?.digits,
    unit: isDigital ? 'boolean' : (unit ?? ''),
    isWriteable: kind === 'digital out',
    isVisible: true,
    object: object([
      ['name', name],
      ['fullname', name],
      ['gpio', gpio],
      ['type', 'number'],
      ['analog', kind],
      ['value', shown],
      ['readable', true],
      ['writeable', kind === 'digital out'],
      ['visible', true],
      ['uom', unit],
      ['factor', kind === 'adc' ? 1 : undefined],
      ['offset', kind === 'adc' ? 0 : undefined],
      ['start_value', kind === 'counter' ? 0 : undefined],
    ]),
  }
}

function scheduled({ name, isOn, time, command }: Schedule, index: number, house: House): OwnEntity {
  return {
    key: name === '' ? String(index).padStart(2, '0') : name,
    name,
    short: spelled(isOn, house),
    value: isOn ? '1' : '0',
    unit: 'boolean',
    isWriteable: true,
    isVisible: name !== '',
    object: object([
      ['name', name],
      ['fullname', name],
      ['type', 'boolean'],
      ['value', spelled(isOn, house)],
      ['time', time],
      ['command', command],
      ['cmd_data', 'auto'],
      ['readable', name !== ''],
      ['writeable', name !== ''],
      ['visible', name !== ''],
    ]),
  }
}

function custom(entity: CustomEntity, house: House): OwnEntity {
  const { name, storage, kind, unit } = entity
  const short = customValue(entity, house)
  return {
    key: name,
    name,
    short,
    value: entity.value === undefined ? undefined : String(entity.value),
    unit: kind === 'boolean' ? 'boolean' : (unit ?? ''),
    isWriteable: storage === 'ram',
    isVisible: true,
    object: object([
      ['name', name],
      ['fullname', name],
      ['storage', storage],
      ['type', kind],
      ['readable', true],
      ['writeable', storage === 'ram'],
      ['visible', true],
      ['device_id', storage === 'ems' ? '0x08' : undefined],
      ['type_id', storage === 'ems' ? '0x18' : undefined],
      ['offset', storage === 'ems' ? 4 : undefined],
      ['factor', storage === 'ems' && kind === 'number' ? 1 : undefined],
      ['ent_cat', 'diagnostic'],
      ['uom', unit],
      ['value', short],
    ]),
  }
}

/** Memory gives numbers as texts. */
function customValue({ kind, storage, value }: CustomEntity, house: House): Json | undefined {
  if (value === undefined) return undefined
  if (kind === 'boolean') return spelled(value === 1, house)
  if (typeof value === 'string' || storage === 'ram') return String(value)
  return digits(value.toFixed(2))
}
