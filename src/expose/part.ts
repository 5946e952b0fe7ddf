import type { Family } from '../core/families/index.ts'
import type { Labels } from '../core/series.ts'
import { cleanLabel, escapeLabel } from './escape.ts'
import { addLines, type Content, type Heads, headsOf, type Shown } from './series-lines.ts'

/** One contributor's share of the unified pages: its ready lines, family by family. */
export interface Part<Name extends string> {
  /** Takes the newest series and makes the lines that changed. False when none did. */
  update(shown: readonly Shown<Name>[]): boolean
  /** Ready lines by family; a family without samples is absent. */
  readonly chunks: ReadonlyMap<string, string>
  /** Samples left out because they could not be printed truthfully, counted since the part was made. */
  readonly omitted: number
}

interface Row<Name extends string> {
  readonly family: Name
  readonly labels: Labels | undefined
  readonly heads: Heads | undefined
  content: Content
  /** A name with the same labels twice would lose one of them at the scraper, silently: here the first stays. */
  isRepeat: boolean
  /** False: the value cannot be printed, or is a repeat. */
  isPrinted: boolean
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
  const rows: Row<Name>[] = []
  let byFamily = new Map<Name, Row<Name>[]>()
  const chunks = new Map<string, string>()
  let omitted = 0

  return {
    chunks,
    get omitted() {
      return omitted
    },
    update(shown) {
      const dirty = new Set<Name>()
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
        } else if (row.content !== contentOf(next)) {
          row.content = contentOf(next)
          dirty.add(row.family)
        }
      }
      if (!hasSameLayout) {
        markRepeats(rows)
        byFamily = Map.groupBy(rows, row => row.family)
        chunks.clear()
        for (const name of byFamily.keys()) dirty.add(name)
      }
      let hasChanged = !hasSameLayout
      for (const name of dirty) hasChanged = setChunk(name) || hasChanged
      for (const row of rows) if (!row.isPrinted) omitted++
      return hasChanged
    },
  }

  /** Makes the lines of a family; false when they are what they were. */
  function setChunk(name: Name): boolean {
    const before = chunks.get(name)
    const lines: string[] = []
    for (const row of byFamily.get(name) ?? []) {
      row.isPrinted =
        !row.isRepeat && row.heads !== undefined && addLines(lines, row.heads, table[name], row.content)
    }
    if (lines.length === 0) return chunks.delete(name)
    const chunk = lines.join('')
    chunks.set(name, chunk)
    return chunk !== before
  }
}

function makeRow<Name extends string>(
  lead: string,
  family: Family | undefined,
  shown: Shown<Name>,
): Row<Name> {
  return {
    family: shown.family,
    labels: shown.labels,
    heads: family && headsOf(lead, family, shown),
    content: contentOf(shown),
    isRepeat: false,
    isPrinted: false,
  }
}

function contentOf(shown: Shown): Content {
  if ('value' in shown) return shown.value
  return 'state' in shown ? shown.state : shown.histogram
}

function isSameSeries(row: Row<string>, family: Family | undefined, shown: Shown): boolean {
  if (row.family !== shown.family || family === undefined) return false
  if (!hasSameBounds(row.content, shown)) return false
  if (row.labels === shown.labels) return true
  if (row.labels === undefined || shown.labels === undefined) return false
  for (const name of family.labels) if (row.labels[name] !== shown.labels[name]) return false
  return true
}

/** The bounds of a histogram are labels of its lines. */
function hasSameBounds(content: Content, shown: Shown): boolean {
  if (typeof content !== 'object') return !('histogram' in shown)
  if (!('histogram' in shown)) return false
  const { bounds } = shown.histogram
  return content.bounds === bounds || content.bounds.join() === bounds.join()
}

function markRepeats(rows: readonly Row<string>[]): void {
  const seen = new Set<string>()
  for (const row of rows) {
    // The last line of a histogram is its count: unlike the first it does not depend on the bounds.
    const head = row.heads?.at(-1)
    row.isRepeat = head !== undefined && seen.has(head)
    if (head !== undefined) seen.add(head)
  }
}
