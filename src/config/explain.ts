import type { z } from 'zod'
import { quoted } from './problem.ts'
import { isRecord, valueAt } from './record.ts'
import type { Shape } from './shape.ts'
import { nearest, suggestion } from './suggest.ts'

type Issue = z.core.$ZodIssue

/** One thing wrong with a value, in words that do not name it: the caller puts `meter.port` or `--set port` before. */
export interface Explained {
  /** The value's path below the checked entry; of an unknown key, the key's own. */
  readonly path: readonly string[]
  /** Whether the words are about the key, the value, or a key that is not there. */
  readonly about: 'key' | 'value' | 'absence'
  readonly message: string
  /** Of an unknown key: the path of the key that was most likely meant. */
  readonly meant?: readonly string[]
}

/** Validation issues in plain words; `entry` is what was validated, `kind` what it is: `a linky device`. */
export function explain(
  issues: readonly Issue[],
  entry: unknown,
  shape: Shape,
  kind: string,
): readonly Explained[] {
  const explained = issues.flatMap((issue): readonly Explained[] => {
    const path = issue.path.map(String)
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key => unknownKey(path, key, shape, kind))
    }
    const value = valueAt(entry, path)
    if (value === undefined && issue.code !== 'custom') {
      return [{ path, about: 'absence', message: absenceWords(shape.helpAt(path)) }]
    }
    return [{ path, about: 'value', message: valueWords(issue, value) }]
  })
  return oncePerMistake(explained)
}

// A misspelt key is also a missing one, and a list written as text may be called too long as well: one slip, one line.
function oncePerMistake(explained: readonly Explained[]): readonly Explained[] {
  const said = new Set(explained.flatMap(({ meant }) => (meant ? [meant.join('\n')] : [])))
  return explained.filter(({ path, about }) => {
    if (about === 'key') return true
    const id = path.join('\n')
    return !said.has(id) && said.add(id)
  })
}

function unknownKey(path: readonly string[], key: string, shape: Shape, kind: string): Explained {
  const [word = '', rest] = key.split(':', 2)
  if (rest !== undefined) {
    // `password:hunter2` is one word to YAML; what follows the colon may be a secret.
    const message = `a space is missing after "${word.slice(0, 40)}:"`
    return { path: [...path, word], about: 'key', message, meant: [...path, word] }
  }
  const known = shape.keysAt(path)
  const message = `unknown key${suggestion(key, known, `${path.at(-1) ?? kind} knows`)}`
  const guess = nearest(key, known)
  return { path: [...path, key], about: 'key', message, ...(guess ? { meant: [...path, guess] } : {}) }
}

function absenceWords(help: string | undefined): string {
  return help ? `this key is missing: ${help.replace(/\.$/, '')}` : 'this key is missing'
}

// zod's own phrases speak to programmers; a message that a schema brings of its own is for people and stays.
const DEFAULT_PHRASE = /^(Invalid |Too (big|small)|Unrecognized )/

function valueWords(issue: Issue, value: unknown): string {
  if (value === null) return 'there is no value after the ":"; write one, or remove the line'
  if (!DEFAULT_PHRASE.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return typeWords(issue.expected, value)
    case 'invalid_value':
      return choiceWords(issue.values.map(String), value)
    case 'too_small':
      return limitWords(issue.origin, issue.minimum, issue.inclusive === false ? 'more than' : 'at least')
    case 'too_big':
      return limitWords(issue.origin, issue.maximum, issue.inclusive === false ? 'less than' : 'at most')
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'is not written the way this key wants it'
    default:
      return 'is not a value that this key takes'
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  url: 'must be a URL such as http://192.168.1.20',
  email: 'must be an e-mail address',
}

function typeWords(expected: string, value: unknown): string {
  switch (expected) {
    case 'string':
      return isScalar(value)
        ? `must be text, not ${kindOf(value)}; put it in quotes`
        : `must be text, not ${kindOf(value)}`
    case 'boolean':
      return isSwitchWord(value)
        ? `write true or false; "${value}" is only a word`
        : `must be true or false, not ${kindOf(value)}`
    case 'int':
      return `must be a whole number, not ${kindOf(value)}`
    case 'number': {
      const isNumber = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
      return `must be a number, not ${kindOf(value)}${isNumber ? '; remove the quotes' : ''}`
    }
    case 'array':
      return `must be a list, not ${kindOf(value)}`
    case 'object':
    case 'record':
      return `must be keys and values, not ${kindOf(value)}`
    default:
      return 'is not a value that this key takes'
  }
}

function choiceWords(choices: readonly string[], value: unknown): string {
  if (!isScalar(value)) return `must be one of ${choices.join(', ')}, not ${kindOf(value)}`
  return `${quoted(String(value))} is not known${suggestion(String(value), choices, 'write one of')}`
}

function limitWords(origin: string, limit: number | bigint, relation: string): string {
  if (origin === 'string') {
    return limit === 1 ? 'cannot be empty' : `must have ${relation} ${limit} characters`
  }
  if (origin === 'array' || origin === 'set') return `must have ${relation} ${limit} entries`
  return `must be ${relation} ${limit}`
}

function isSwitchWord(value: unknown): value is string {
  return typeof value === 'string' && /^(y|n|yes|no|on|off|true|false)$/i.test(value)
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (isRecord(value)) return 'a mapping'
  if (Number.isInteger(value)) return 'a whole number'
  if (typeof value === 'number') return Number.isFinite(value) ? 'a fraction' : '.inf or .nan'
  if (typeof value === 'boolean') return 'true or false'
  return 'text'
}
