import { trimmed } from './blank.ts'

const BECOMES: Readonly<Record<string, string>> = {
  ' ': '_',
  '-': '_',
  '/': '_',
  '.': '',
  '(': '',
  ')': '',
  '*': '',
  ',': '',
}
const GERMAN: Readonly<Record<string, string>> = { ü: 'ue', ä: 'ae', ö: 'oe' }

/**
 * The label of a key, by the original's rule: the same name for all that shows the key. Signs that no metric name may hold
 * are still in it.
 */
export function labelOf(key: string): string {
  return [...trimmed(key)].map(sign => lowered(BECOMES[sign] ?? sign)).join('')
}

/** Each sign alone: what stands beside it changes nothing, as in the original. */
function lowered(sign: string): string {
  // The only sign whose small form is two in this language, and one in the original's.
  const small = sign === 'İ' ? 'i' : sign.toLowerCase()
  return GERMAN[small] ?? small
}

/** A legal metric name of a label: each sign that may not be there is one `_`. Undefined when nothing is left of it. */
export function metricPart(label: string): string | undefined {
  const name = label.replace(/[^a-zA-Z0-9_:]/gu, '_')
  return /[a-zA-Z0-9]/.test(name) ? name : undefined
}

/** Parts of a reading's key; no label holds a slash. */
const SEPARATOR = '/'
const FLAG = 'flag_'

/** Where a value stands: page, heading of its table, key of its row. Unique, whatever keys other tables have. */
export interface Place {
  readonly page: string
  readonly section: string
  readonly label: string
  readonly isFlag: boolean
}

/** The key of the reading at a place. */
export function readingKey({ page, section, label, isFlag }: Place): string {
  return [page, section, `${isFlag ? FLAG : ''}${label}`].join(SEPARATOR)
}

/** The place of a reading by its key; a value row whose label begins with `flag_` is taken for a flag. */
export function placeOf(key: string): Place {
  const [page = '', section = '', label = ''] = key.split(SEPARATOR)
  const isFlag = label.startsWith(FLAG)
  return { page, section, label: isFlag ? label.slice(FLAG.length) : label, isFlag }
}
