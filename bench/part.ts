import { ratio } from './format.ts'
import type { Comparison } from './measure.ts'

/** One line of a table: a figure of hearth, what it is held against, and what it should be. */
export interface Row {
  readonly what: string
  readonly hearth: string
  readonly baseline: string
  /** hearth over baseline: the median, and the lowest and highest round where there were several. */
  readonly ratio: string
  readonly aim: Aim | undefined
}

export interface Aim {
  readonly text: string
  readonly isMet: boolean
}

/** One table of docs/performance.md. */
export interface Part {
  readonly title: string
  /** What was done, for a reader who wants to know what the figures mean. */
  readonly text: string
  /** Name of the baseline, as the head of its column. */
  readonly baseline: string
  readonly rows: readonly Row[]
}

/** A line of a comparison, its figures shown by `show`. */
export function comparisonRow(
  what: string,
  measured: Comparison,
  show: (value: number) => string,
  aim?: Aim,
): Row {
  return {
    what,
    hearth: show(measured.ours),
    baseline: show(measured.baseline),
    ratio: ratio(measured),
    aim,
  }
}
