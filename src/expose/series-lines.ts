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

/** Everything of one series that stays when its value changes: `name{labels} ` of each of its lines. */
export type Heads = readonly string[]

/** The heads of a series; undefined when its labels are not exactly those of the family, none of them empty. */
export function headsOf(lead: string, family: Family, shown: Shown): Heads | undefined {
  const labels = labelText(lead, family, shown.labels)
  if (labels === undefined) return undefined
  const name = shown.family
  if (family.type === 'stateset') return stateHeads(name, labels, family)
  if ('histogram' in shown) return histogramHeads(name, labels, shown.histogram)
  return [labels === '' ? `${name} ` : `${name}{${labels}} `]
}

/** What stands before the text of `textOf`: only a family of one line per series has it apart. */
export function headOf(heads: Heads, { type }: Family): string {
  return type === 'stateset' || type === 'histogram' ? '' : (heads[0] ?? '')
}

/**
 * The part of a series that changes with its value: what follows the head, or whole lines where there are several.
 * Undefined when the value is none that the family can hold.
 */
export function textOf(heads: Heads, family: Family, shown: Shown): string | undefined {
  switch (family.type) {
    case 'stateset':
      return 'state' in shown ? stateLines(heads, family, shown.state) : undefined
    case 'histogram':
      return 'histogram' in shown ? histogramLines(heads, shown.histogram) : undefined
    case 'info':
      return 'value' in shown ? '1\n' : undefined
    case 'counter':
    case 'gauge':
      return 'value' in shown ? numberText(family, shown.value) : undefined
  }
}

/**
 * In this dialect a sample that is not there is absent, so a number that is none is left out, not printed as NaN.
 * A counter below zero would be no counter.
 */
function numberText({ type }: Family, value: number): string | undefined {
  if (!Number.isFinite(value) || (type === 'counter' && value < 0)) return undefined
  return `${plainNumber(value)}\n`
}

function stateHeads(name: string, labels: string, family: Family): Heads {
  const before = labels === '' ? `${name}{` : `${name}{${labels},`
  return (family.states ?? []).map(state => `${before}${name}="${escapeLabel(state)}"} `)
}

function stateLines(heads: Heads, family: Family, present: string): string | undefined {
  const index = family.states?.indexOf(present) ?? -1
  if (index < 0) return undefined
  return heads.map((head, i) => `${head}${i === index ? 1 : 0}\n`).join('')
}

/** Bounds are spelled as OpenMetrics wants them (`1.0`) in both formats, or the series would differ between them. */
function histogramHeads(name: string, labels: string, { bounds }: DurationHistogram): Heads {
  const before = labels === '' ? '{' : `{${labels},`
  const les = [...bounds.map(pythonNumber), '+Inf']
  const own = labels === '' ? '' : `{${labels}}`
  return [
    ...les.map(le => `${name}_bucket${before}le="${le}"} `),
    `${name}_sum${own} `,
    `${name}_count${own} `,
  ]
}

function histogramLines(
  heads: Heads,
  { bounds, counts, count, sumSeconds }: DurationHistogram,
): string | undefined {
  if (!Number.isFinite(count) || !Number.isFinite(sumSeconds)) return undefined
  let cumulative = 0
  const values = bounds.map((_, i) => {
    cumulative += counts[i] ?? 0
    return cumulative
  })
  values.push(count, sumSeconds, count)
  return heads.map((head, i) => `${head}${plainNumber(values[i])}\n`).join('')
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
