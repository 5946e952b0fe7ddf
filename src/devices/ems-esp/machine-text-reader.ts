import { HearthError } from '../../core/errors.ts'
import { type Entity, type EntityValue, keyOf } from './entity.ts'
import { readLines, type Sample, unescapeHelp } from './exposition-lines.ts'
import { unitOf } from './locale.ts'

const PREFIX = 'emsesp_'
const CIRCUIT_LABEL = /^[a-z]+\d*$/

/**
 * The entities of a machine's text. Throws kind `parse` when the text is damaged: nothing of it is used then.
 * Temperatures are in celsius even where HELP says °F: up to 3.9 the firmware converts only its JSON.
 */
export function readMachineText(text: string, what: string): readonly Entity[] {
  const named = new Set<string>()
  return readLines(text, what).map(sample => {
    const isBorrowed = named.has(sample.name)
    named.add(sample.name)
    return entityOf(sample, isBorrowed, what)
  })
}

function entityOf(sample: Sample, isBorrowed: boolean, what: string): Entity {
  const { name, labels, value } = sample
  const help = unescapeHelp(sample.help)
  const [label, ...others] = labels
  const circuit = label?.[1] ?? ''
  if (others.length > 0 || (label && (label[0] !== 'circuit' || !CIRCUIT_LABEL.test(circuit))))
    throw damaged(what, `${name} has labels that no machine has`)
  const said = readHelp(help)
  const read = valueIn(said, value) ?? (isBorrowed ? { kind: 'number', number: value } : undefined)
  if (!read) throw damaged(what, `${name} is ${value}, which its list does not have`)
  const unit = said.unit === '°F' ? '°C' : said.unit
  return {
    name: name.slice(PREFIX.length),
    circuit,
    help,
    value: read,
    ...(read.kind === 'number' && unit !== undefined ? { unit } : {}),
    ...(isBorrowed ? { isBorrowed } : {}),
  }
}

function damaged(what: string, why: string): HearthError {
  return new HearthError('HEARTH_ANSWER_DAMAGED', `${what}: the answer is damaged: ${why}`, { kind: 'parse' })
}

interface Said {
  readonly isBoolean: boolean
  readonly words?: readonly string[]
  readonly unit?: string
}

/** What a HELP text says behind the name: `, boolean`, `, enum, (0: off; 1: on)` or `, °C`, then flags. */
export function readHelp(help: string): Said {
  // The original's document shows a HELP without a name before its list.
  let rest = `, ${help}`
  for (const flag of [', visible', ', writeable', ', readable']) {
    if (rest.endsWith(flag)) rest = rest.slice(0, -flag.length)
  }
  if (rest.endsWith(', boolean')) return { isBoolean: true }
  const list = rest.lastIndexOf(', enum, (')
  if (list >= 0 && rest.endsWith(')')) {
    return { isBoolean: false, words: wordsOf(rest.slice(list + ', enum, ('.length, -1)) }
  }
  const comma = rest.lastIndexOf(', ')
  const unit = comma <= 0 ? undefined : unitOf(rest.slice(comma + 2))
  return unit === undefined ? { isBoolean: false } : { isBoolean: false, unit }
}

/** `0: off; 1: on` as a list; a word may hold a semicolon, but not one before its successor's number. */
function wordsOf(list: string): string[] {
  const words: string[] = []
  let rest = list
  for (let i = 0; rest.startsWith(`${i}: `); i++) {
    const next = rest.indexOf(`; ${i + 1}: `)
    words.push(rest.slice(`${i}: `.length, next < 0 ? undefined : next))
    if (next < 0) break
    rest = rest.slice(next + 2)
  }
  return words
}

/**
 * Entities with what `/entities` says of them: borrowed descriptions are replaced by their own. What `/entities` does not
 * know, or says something else of than the number allows, stays borrowed.
 */
export function withDescriptions(
  entities: readonly Entity[],
  described: ReadonlyMap<string, Entity>,
): readonly Entity[] {
  return entities.map(entity => {
    const own = entity.isBorrowed ? described.get(keyOf(entity)) : undefined
    const value = own && valueAs(own.value, numberIn(entity.value))
    if (!own || !value) return entity
    const { name, circuit } = entity
    return { name, circuit, help: own.help, value, ...(own.unit === undefined ? {} : { unit: own.unit }) }
  })
}

/** Entities that can be believed whole: of borrowed ones those that are numbers, because one name has one unit. */
export function believable(entities: readonly Entity[]): readonly Entity[] {
  return entities.filter(({ isBorrowed, value, unit }) => !isBorrowed || (value.kind === 'number' && unit))
}

function numberIn(value: EntityValue): number {
  if (value.kind === 'string') return Number.NaN
  return value.kind === 'number' ? value.number : value.index
}

function valueAs(like: EntityValue, value: number): EntityValue | undefined {
  switch (like.kind) {
    case 'number':
      return { kind: 'number', number: value }
    case 'boolean':
      return valueIn({ isBoolean: true, words: [] }, value)
    case 'enum':
      return valueIn({ isBoolean: false, words: like.words }, value)
    case 'string':
      return undefined
  }
}

function valueIn({ isBoolean, words }: Said, value: number): EntityValue | undefined {
  if (isBoolean && (value === 0 || value === 1)) return { kind: 'boolean', index: value }
  if (!words) return { kind: 'number', number: value }
  return value >= 0 && Number.isInteger(value) && value < words.length
    ? { kind: 'enum', index: value, words }
    : undefined
}
