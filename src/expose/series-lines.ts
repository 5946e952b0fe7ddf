import type { Family } from '../core/families/index.ts'
import type { Labels } from '../core/series.ts'
import type { DurationHistogram } from '../core/view.ts'
import { cleanLabel, escapeLabel } from './escape.ts'
import { plainNumber, pythonNumber } from './float.ts'

/** What a family can hold: a number, the present state of a state set, or a histogram. */
export type Shown<Name extends string = string> = { readonly family: Name; readonly labels?: Labels } & (
  | { readonly value: number }
  | { readonly state: string }
  | { readonly histogram: DurationHistogram }
)

/** What of a series changes: its number, its state or its histogram. */
export type Content = number | string | DurationHistogram

/** Everything of one series that stays when its value changes: `name{labels} ` of each of its lines. */
export type Heads = readonly string[]

/** The heads of a series; undefined when its labels are not exactly those of the family, none of them empty. */
export function headsOf(lead: string, family: Family, shown: Shown): Heads | undefined {
  const labels = labelText(lead, family, shown.labels)
  if (labels === undefined) return undefined
  const name = shown.family
  if (family.type === 'stateset') return stateHeads(name, labels, family)
  if ('histogram' in shown) return histogramHeads(name, labels, shown.histogram)
  return [flat(labels === '' ? [name, ' '] : [name, '{', labels, '} '])]
}

/** In one piece: V8 keeps `${a}${b}` as a tree of its parts, and a head that is printed again and again would be walked each time. */
function flat(pieces: readonly string[]): string {
  return pieces.join('')
}

/**
 * Adds the lines of a series to those of a page. False, and nothing added, when the value is none that the family can hold.
 * Many lines are made at a time and put together once: what is made for one of them alone would all be garbage.
 */
export function addLines(lines: string[], heads: Heads, family: Family, content: Content): boolean {
  switch (family.type) {
    case 'stateset':
      return typeof content === 'string' && addStates(lines, heads, family, content)
    case 'histogram':
      return typeof content === 'object' && addHistogram(lines, heads, content)
    case 'info':
      return typeof content === 'number' && addNumber(lines, heads, 1)
    case 'counter':
    case 'gauge':
      return typeof content === 'number' && isPrintable(family, content) && addNumber(lines, heads, content)
  }
}

/**
 * In this dialect a sample that is not there is absent, so a number that is none is left out, not printed as NaN.
 * A counter below zero would be no counter.
 */
function isPrintable({ type }: Family, value: number): boolean {
  return Number.isFinite(value) && (type !== 'counter' || value >= 0)
}

function addNumber(lines: string[], [head = '']: Heads, value: number): boolean {
  lines.push(head, plainNumber(value) ?? '', '\n')
  return true
}

function stateHeads(name: string, labels: string, family: Family): Heads {
  const before = labels === '' ? `${name}{` : `${name}{${labels},`
  return (family.states ?? []).map(state => flat([before, name, '="', escapeLabel(state), '"} ']))
}

function addStates(lines: string[], heads: Heads, family: Family, present: string): boolean {
  const index = family.states?.indexOf(present) ?? -1
  if (index < 0) return false
  heads.forEach((head, i) => {
    lines.push(head, i === index ? '1\n' : '0\n')
  })
  return true
}

/** Bounds are spelled as OpenMetrics wants them (`1.0`) in both formats, or the series would differ between them. */
function histogramHeads(name: string, labels: string, { bounds }: DurationHistogram): Heads {
  const before = labels === '' ? '{' : `{${labels},`
  const les = [...bounds.map(pythonNumber), '+Inf']
  const own = labels === '' ? '' : `{${labels}}`
  return [
    ...les.map(le => flat([name, '_bucket', before, 'le="', le ?? '', '"} '])),
    flat([name, '_sum', own, ' ']),
    flat([name, '_count', own, ' ']),
  ]
}

function addHistogram(
  lines: string[],
  heads: Heads,
  { bounds, counts, count, sumSeconds }: DurationHistogram,
): boolean {
  if (!Number.isFinite(count) || !Number.isFinite(sumSeconds)) return false
  let cumulative = 0
  const values = bounds.map((_, i) => {
    cumulative += counts[i] ?? 0
    return cumulative
  })
  values.push(count, sumSeconds, count)
  heads.forEach((head, i) => {
    lines.push(head, plainNumber(values[i]) ?? '', '\n')
  })
  return true
}

/** `a="x",b="y"`: what all series of a part share, then the family's own labels in its order. */
function labelText(lead: string, family: Family, labels: Labels = {}): string | undefined {
  if (Object.keys(labels).length !== family.labels.length) return undefined
  const pairs = lead === '' ? [] : [lead]
  for (const name of family.labels) {
    const value: unknown = labels[name]
    if (typeof value !== 'string' || value === '') return undefined
    pairs.push(`${name}="${escapeLabel(cleanLabel(value))}"`)
  }
  return pairs.join(',')
}
