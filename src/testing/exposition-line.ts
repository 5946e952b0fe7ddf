/** One sample line, taken apart. */
export interface SampleLine {
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly value: number
  /** The label text and numbers as written. */
  readonly valueText: string
  readonly timestamp?: number
}

/** What one of the two formats allows on a sample line. */
export interface LineRules {
  /** Between the parts of a line. */
  readonly gap: RegExp
  readonly timestamp: RegExp
}

export const TEXT_RULES: LineRules = { gap: /[ \t]+/y, timestamp: /[+-]?\d+(?=$)/y }
export const OPEN_METRICS_RULES: LineRules = {
  gap: / /y,
  timestamp: /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?=$)/y,
}

const METRIC_NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"/y
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?=[ \t]|$)/y
const SPECIAL = /(?:NaN|[+-]Inf)(?=[ \t]|$)/y

/** Takes a sample line apart; throws on anything the specification does not name. */
export function readSampleLine(line: string, rules: LineRules): SampleLine {
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const match = pattern.exec(line)
    if (match) at += match[0].length
    return match ?? undefined
  }
  const need = (pattern: RegExp, what: string): string => {
    const match = take(pattern)
    if (!match) throw new Error(`expected ${what} at column ${at + 1}`)
    return match[0]
  }

  const name = need(METRIC_NAME, 'a metric name')
  const labels = new Map<string, string>()
  if (take(/\{/y)) {
    while (!take(/\}/y)) {
      if (labels.size > 0) need(/,(?!\})/y, 'a comma and a label')
      const match = take(LABEL)
      const label = match?.[1]
      if (label === undefined) throw new Error(`expected a label at column ${at + 1}`)
      if (label.startsWith('__')) throw new Error(`label ${label} is reserved`)
      if (labels.has(label)) throw new Error(`label ${label} twice`)
      labels.set(label, unescaped(match?.[2] ?? ''))
    }
  }
  need(rules.gap, 'a space')
  const valueText = take(NUMBER)?.[0] ?? need(SPECIAL, 'a number')
  if (at === line.length) return { name, labels, value: numberOf(valueText), valueText }
  need(rules.gap, 'a space')
  const timestamp = Number(need(rules.timestamp, 'a timestamp'))
  return { name, labels, value: numberOf(valueText), valueText, timestamp }
}

/** Undoes `\\`, `\"` and `\n`. */
export function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))
}

/** The number of a value or bound: decimal, `NaN`, `+Inf` or `-Inf`. */
export function numberOf(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY
  if (text === '-Inf') return Number.NEGATIVE_INFINITY
  return Number(text)
}
