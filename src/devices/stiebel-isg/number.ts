import { trimmed } from './blank.ts'
import { switchValue } from './words.ts'

/** What the text of a value cell says. */
export type Value =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'number'
      readonly value: number
      /** As the original shows it: absent where it loses it behind two blanks or a no-break space. */
      readonly unit?: string
      /** The unit that stands there, whatever the blanks. */
      readonly trueUnit?: string
    }
  | { readonly kind: 'text'; readonly text: string }
  /** Something that the original reads as a number, and as a wrong one. */
  | { readonly kind: 'doubtful'; readonly text: string }

/** Minus signs of typesetters right before a number; their plain form is what the gateway means. */
const ODD_MINUS = /(^|[\s\u00a0])[\u2010-\u2015\u2212\ufe58\ufe63\uff0d](?=[0-9])/g
/** The original's rule: the first thing of these signs, wherever it stands, and letters right behind it or behind one blank. */
const NUMBER = /([0-9,.-]+)( ?)([a-zA-Z°%/²³.]*)/
const PLAIN_NUMBER = /^-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)$/
const UNIT_BEHIND_BLANKS = /^[\s\u00a0]*([a-zA-Z°%/²³.]+)/
/** Groups of three digits behind a blank or an apostrophe: the original would read the first group alone. */
const THOUSANDS = /(?<![0-9])[0-9]{1,3}(?:[ \u00a0\u2009\u202f'\u2019][0-9]{3})+(?![0-9])/
/** What stands right before a number whose minus sign belongs to a word (`WPL-5`), or stands apart from it. */
const WORD = /[\p{L}\p{N}]$/u
const MINUS_APART = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d][\s\u00a0]+$/
const KWH_PER_MWH = 1000

/** Reads a value cell by the original's rules, and refuses what these would make a wrong number of. */
export function parseValue(cell: string): Value {
  const text = trimmed(cell)
  if (text === '') return { kind: 'none' }
  const word = switchValue(text)
  if (word !== undefined) return { kind: 'number', value: word }
  const plain = text.replace(ODD_MINUS, '$1-')
  const match = NUMBER.exec(plain)
  const digits = match?.[1]?.replaceAll(',', '.')
  if (!match || digits === undefined || !PLAIN_NUMBER.test(digits)) return { kind: 'text', text }
  const value = Number(digits)
  const before = plain.slice(0, match.index)
  if (digits.startsWith('-') ? WORD.test(before) : MINUS_APART.test(before)) return { kind: 'text', text }
  if (!Number.isFinite(value) || THOUSANDS.test(plain) || isOddSign(plain, match.index))
    return { kind: 'doubtful', text }
  return withUnit(value, match[3] ?? '', plain.slice(match.index + match[0].length))
}

function withUnit(value: number, unit: string, rest: string): Value {
  const trueUnit = unit || (UNIT_BEHIND_BLANKS.exec(rest)?.[1] ?? '')
  // Read without its unit it would be a thousandth of what it is.
  if (trueUnit === 'MWh') return { kind: 'number', value: value * KWH_PER_MWH, unit: 'kWh', trueUnit: 'kWh' }
  return {
    kind: 'number',
    value,
    ...(unit ? { unit } : {}),
    ...(trueUnit ? { trueUnit } : {}),
  }
}

/** A sign that is no plain minus, right before the number: whatever it means, it is not nothing. */
function isOddSign(text: string, at: number): boolean {
  return at > 0 && /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u00ad\u00b1~]/.test(text.charAt(at - 1))
}
