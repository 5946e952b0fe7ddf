/**
 * Spells a number as one kind of exporter does; undefined for anything that is no number.
 * Taking `unknown` is on purpose: whatever slips through the types, only a legal number reaches a page.
 */
export type Spelling = (value: unknown) => string | undefined

const SMALLEST_FIXED = 1e-4
const FIRST_GO_EXPONENT = 1e6
const FIRST_REPR_EXPONENT = 1e16
/** Integer digits that Python's client still writes out for a positive number. */
const PYTHON_FIXED_DIGITS = 6

/** Shortest text that reads back to the same number, as both formats of hearth's own dialect take it. */
export const plainNumber: Spelling = value => {
  if (typeof value !== 'number') return undefined
  return Number.isFinite(value) ? String(value) : notFinite(value)
}

/** As Python's prometheus_client writes it, its quirks included: `1.0`, `1.234567e+06`, `1e+010`, `-1234567.0`. */
export const pythonNumber: Spelling = value => {
  if (typeof value !== 'number') return undefined
  if (!Number.isFinite(value)) return notFinite(value)
  const text = repr(value)
  const dot = text.indexOf('.')
  if (value <= 0 || dot <= PYTHON_FIXED_DIGITS) return text
  const mantissa = `${text.slice(0, 1)}.${text.slice(1, dot)}${text.slice(dot + 1)}`.replace(/[0.]+$/, '')
  // The client puts the zero there itself, whatever the length of the exponent.
  return `${mantissa}e+0${dot - 1}`
}

/** As Go's client writes it: `1`, `100000`, `1.234567e+06`, `1e-05`. */
export const goNumber: Spelling = value => {
  if (typeof value !== 'number') return undefined
  if (!Number.isFinite(value)) return notFinite(value)
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const size = Math.abs(value)
  return size >= SMALLEST_FIXED && size < FIRST_GO_EXPONENT ? String(value) : withExponent(value)
}

/** Python's `repr` of a finite float. */
function repr(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < SMALLEST_FIXED || size >= FIRST_REPR_EXPONENT)) return withExponent(value)
  if (Object.is(value, -0)) return '-0.0'
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

/** Exponent form with at least two digits, as C, Go and Python write it; JavaScript writes one. */
function withExponent(value: number): string {
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
}

function notFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? '+Inf' : '-Inf'
}
