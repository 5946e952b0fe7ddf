import { HearthError } from '../../core/errors.ts'

export type JsonObject = Readonly<Record<string, unknown>>

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/** Text of an answer; throws on bytes that are no UTF-8: such an answer is damaged. */
export function textOf(body: Uint8Array, what: string): string {
  try {
    return strictUtf8.decode(body)
  } catch {
    throw new HearthError('HEARTH_ANSWER_DAMAGED', `${what}: the answer holds bytes that are no text`, {
      kind: 'parse',
    })
  }
}

/** The object that a text holds; throws kind `parse` for what is no JSON, `schema` for JSON that is no object. */
export function objectOf(text: string, what: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new HearthError('HEARTH_ANSWER_DAMAGED', `${what}: the answer is no JSON`, { kind: 'parse' })
  }
  if (isObject(value)) return value
  throw new HearthError('HEARTH_ANSWER_SHAPE', `${what}: the answer is JSON of another shape`, {
    kind: 'schema',
  })
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g

/** The keys of an object's text in its order: a parsed object has keys of digits alone before all others. */
export function keysInOrder(text: string): readonly string[] {
  const keys = new Set<string>()
  let depth = 0
  let last = ''
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    else if (token === ':' && depth === 1) keys.add(String(JSON.parse(last)))
    last = token
  }
  return [...keys]
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function stringAt(object: JsonObject, key: string): string | undefined {
  const value = object[key]
  return typeof value === 'string' ? value : undefined
}

/** Largest number that any counter of a heating system has by far; beyond it a number is damage. */
const MOST = 1e12

/** A number that can be one: finite and not absurd. */
export function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) < MOST ? value : undefined
}
