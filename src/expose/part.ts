import type { Family } from '../core/families/index.ts'
import type { Labels } from '../core/series.ts'
import type { DurationHistogram } from '../core/view.ts'
import { cleanLabel, escapeLabel } from './escape.ts'
import { type Heads, headOf, headsOf, type Shown, textOf } from './series-lines.ts'

/** One contributor's share of the unified pages: its ready lines, family by family. */
export interface Part<Name extends string> {
  /** Takes the newest series and makes the lines that changed. False when none did. */
  update(shown: readonly Shown<Name>[]): boolean
  /** Ready lines by family; a family without samples is absent. */
  readonly chunks: ReadonlyMap<string, string>
  /** Samples left out because they could not be printed truthfully, counted since the part was made. */
  readonly omitted: number
}

type Value = number | string | DurationHistogram

interface Row {
  readonly family: string
  readonly labels: Labels | undefined
  readonly heads: Heads | undefined
  /** What is printed before `text`. Kept apart: a line of its own for each value would be a new string for each. */
  readonly head: string
  value: Value
  /** Undefined: the value cannot be printed. */
  text: string | undefined
  /** A name with the same labels twice would lose one of them at the scraper, silently: here the first stays. */
  isRepeat: boolean
}

/**
 * Makes a part. `device` becomes the first label of every series; undefined for hearth's own.
 *
 * A device gives the same series in the same order nearly always, so rows are matched by position: one comparison
 * per label and one per value. Where they differ the row is made anew; only then can there be a series twice.
 */
export function createPart<Name extends string>(
  table: Readonly<Record<Name, Family>>,
  device: string | undefined,
): Part<Name> {
  const lead = device === undefined ? '' : `device="${escapeLabel(cleanLabel(device))}"`
  const rows: Row[] = []
  let byFamily = new Map<string, Row[]>()
  const chunks = new Map<string, string>()
  let omitted = 0

  return {
    chunks,
    get omitted() {
      return omitted
    },
    update(shown) {
      const dirty = new Set<string>()
      let hasSameLayout = rows.length === shown.length
      rows.length = Math.min(rows.length, shown.length)
      for (let i = 0; i < shown.length; i++) {
        const next = shown[i]
        if (next === undefined) continue
        const family = table[next.family]
        const row = rows[i]
        if (row === undefined || !isSameSeries(row, family, next)) {
          rows[i] = makeRow(lead, family, next)
          hasSameLayout = false
        } else if (row.value !== contentOf(next)) {
          row.value = contentOf(next)
          const text = row.heads && textOf(row.heads, family, next)
          if (text === row.text) continue
          row.text = text
          dirty.add(row.family)
        }
      }
      if (!hasSameLayout) {
        markRepeats(rows)
        byFamily = Map.groupBy(rows, row => row.family)
        chunks.clear()
        for (const name of byFamily.keys()) dirty.add(name)
      }
      for (const row of rows) if (!isPrinted(row)) omitted++
      for (const name of dirty) setChunk(name)
      return !hasSameLayout || dirty.size > 0
    },
  }

  function setChunk(name: string): void {
    const pieces: string[] = []
    for (const row of byFamily.get(name) ?? []) {
      if (isPrinted(row)) pieces.push(row.head, row.text ?? '')
    }
    if (pieces.length === 0) chunks.delete(name)
    else chunks.set(name, pieces.join(''))
  }
}

function makeRow(lead: string, family: Family | undefined, shown: Shown): Row {
  const heads = family && headsOf(lead, family, shown)
  const text = family && heads && textOf(heads, family, shown)
  return {
    family: shown.family,
    labels: shown.labels,
    heads,
    head: family && heads ? headOf(heads, family) : '',
    value: contentOf(shown),
    text,
    isRepeat: false,
  }
}

function isPrinted(row: Row): boolean {
  return !row.isRepeat && row.text !== undefined
}

function contentOf(shown: Shown): Value {
  if ('value' in shown) return shown.value
  return 'state' in shown ? shown.state : shown.histogram
}

function isSameSeries(row: Row, family: Family | undefined, shown: Shown): boolean {
  if (row.family !== shown.family || family === undefined) return false
  if (!hasSameBounds(row.value, shown)) return false
  if (row.labels === shown.labels) return true
  if (row.labels === undefined || shown.labels === undefined) return false
  for (const name of family.labels) if (row.labels[name] !== shown.labels[name]) return false
  return true
}

/** The bounds of a histogram are labels of its lines. */
function hasSameBounds(value: Value, shown: Shown): boolean {
  if (typeof value !== 'object') return !('histogram' in shown)
  if (!('histogram' in shown)) return false
  const { bounds } = shown.histogram
  return value.bounds === bounds || value.bounds.join() === bounds.join()
}

function markRepeats(rows: readonly Row[]): void {
  const seen = new Set<string>()
  for (const row of rows) {
    // The last line of a histogram is its count: unlike the first it does not depend on the bounds.
    const head = row.heads?.at(-1)
    row.isRepeat = head !== undefined && seen.has(head)
    if (head !== undefined) seen.add(head)
  }
}
