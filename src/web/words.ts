const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Does not break and is no decimal sign anywhere, unlike comma and point. */
const GROUP_SIGN = '\u202f'
const LONGEST_TEXT = 200

/** An age in one unit: `12 s`, `3 min`, `5 h`, `2 days`. A clock that was set back gives `0 s`. */
export function ageWords(ageMs: number): string {
  if (ageMs < MINUTE) return `${Math.max(0, Math.floor(ageMs / SECOND))} s`
  if (ageMs < HOUR) return `${Math.floor(ageMs / MINUTE)} min`
  if (ageMs < 2 * DAY) return `${Math.floor(ageMs / HOUR)} h`
  return `${Math.floor(ageMs / DAY)} days`
}

/** A number without exponent, with the digits in groups of three from five digits on: `8 412 377`, `0.25`. */
export function numberWords(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  // Twelve digits hide the noise of binary fractions (0.1 + 0.2) and are more than any device measures.
  const calm = Number.isInteger(value) ? value : Number(value.toPrecision(12))
  const plain = String(calm)
  const digits = plain.includes('e') ? withoutExponent(calm) : plain
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(digits) ?? []
  const grouped = whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, GROUP_SIGN)
  return `${sign}${grouped}${fraction}`
}

/** A value as a person reads it; a long text is cut. */
export function valueWords(value: number | boolean | string): string {
  if (typeof value === 'number') return numberWords(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value === '') return '(empty)'
  return value.length <= LONGEST_TEXT ? value : `${value.slice(0, LONGEST_TEXT)}…`
}

function withoutExponent(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString()
  return value.toFixed(20).replace(/0+$/, '').replace(/\.$/, '')
}
