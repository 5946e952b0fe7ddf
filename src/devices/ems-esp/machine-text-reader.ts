import { HearthError } from '../../core/errors.ts'
import type { Entity, EntityValue } from './entity.ts'
import { readLines, type Sample, unescapeHelp } from './exposition-lines.ts'
import { unitOf } from './locale.ts'

const PREFIX = 'emsesp_'
const CIRCUIT_LABEL = /^[a-z]+\d*$/

/**
 * The entities of a machine's text. Throws kind `parse` when the text is damaged: nothing of it is used then.
 * Temperatures are in celsius even where HELP says °F: up to 3.9 the firmware converts only its JSON.
 */
export function readMachineText(text: string, what: string): readonly Entity[] {
  return readLines(text, what).map(sample => entityOf(sample, what))
}

function entityOf(sample: Sample, what: string): Entity {
  const { name, labels, value } = sample
  const help = unescapeHelp(sample.help)
  const [label, ...others] = labels
  const circuit = label?.[1] ?? ''
  if (others.length > 0 || (label && (label[0] !== 'circuit' || !CIRCUIT_LABEL.test(circuit))))
    throw damaged(what, `${name} has labels that no machine has`)
  const said = readHelp(help)
  const read = valueIn(said, value)
  if (!read) throw damaged(what, `${name} is ${value}, which its list does not have`)
  const unit = said.unit === '°F' ? '°C' : said.unit
  return {
    name: name.slice(PREFIX.length),
    circuit,
    help,
    value: read,
    ...(read.kind === 'number' && unit !== undefined ? { unit } : {}),
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
  let rest = help
  for (const flag of [', visible', ', writeable', ', readable']) {
    if (rest.endsWith(flag)) rest = rest.slice(0, -flag.length)
  }
  if (rest.endsWith(', boolean')) return { isBoolean: true }
  const list = rest.lastIndexOf(', enum, (')
  if (list >= 0 && rest.endsWith(')')) {
    return { isBoolean: false, words: wordsOf(rest.slice(list + ', enum, ('.length, -1)) }
  }
  const comma = rest.lastIndexOf(', ')
  const unit = comma < 0 ? undefined : unitOf(rest.slice(comma + 2))
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

function valueIn({ isBoolean, words }: Said, value: number): EntityValue | undefined {
  if (isBoolean && (value === 0 || value === 1)) return { kind: 'boolean', index: value }
  if (!words) return { kind: 'number', number: value }
  return value >= 0 && Number.isInteger(value) && value < words.length
    ? { kind: 'enum', index: value, words }
    : undefined
}
