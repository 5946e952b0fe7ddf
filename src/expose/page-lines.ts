import type { Flavour, PageFamily, PageSample } from '../core/page.ts'
import { escapeHelp, escapeLabel, escapeQuotedHelp } from './escape.ts'
import { goNumber, plainNumber, pythonNumber, type Spelling } from './float.ts'

/** Which text is made of a page: OpenMetrics is Python's 0.0.1. */
export type PageFormat = 'text' | 'openMetrics'

/** The metric families of a drop-in page as ready lines. */
export interface PageLines {
  /** Takes the newest families and makes the lines that changed. False when nothing did. */
  update(families: readonly PageFamily[]): boolean
  /** The page; with `names`, only the samples of these names and no family left empty by that. */
  render(format: PageFormat, names?: ReadonlySet<string>): string
}

interface Row {
  readonly sample: string
  readonly labels: PageSample['labels']
  readonly head: string
  readonly value: number
  readonly line: string
}

interface Block {
  readonly family: PageFamily
  readonly rows: readonly Row[]
}

const SPELLINGS: Readonly<Record<Flavour, Spelling>> = {
  python: pythonNumber,
  go: goNumber,
  plain: plainNumber,
}

/** Makes the lines of a page; rows are matched by position and keep what does not change. */
export function createPageLines(flavour: Flavour): PageLines {
  const spell = SPELLINGS[flavour]
  let blocks: readonly Block[] = []

  return {
    update(families) {
      const old = blocks
      let hasChanged = families.length !== old.length
      blocks = inOrder(flavour, families).map((family, i) => {
        const before = old[i]
        const rows = family.samples.map((sample, at) => {
          const row = before?.rows[at]
          const isKept = row !== undefined && isSameSample(row, family, sample)
          hasChanged ||= !isKept
          return isKept ? row : makeRow(row, family, sample)
        })
        hasChanged ||= !isSameFamily(before?.family, family) || rows.length !== before?.rows.length
        return { family, rows }
      })
      return hasChanged
    },
    render(format, names) {
      const pieces: string[] = []
      for (const { family, rows } of blocks) {
        const shown = names ? rows.filter(row => names.has(row.sample)) : rows
        // Go's library does not know a family without samples; Python's prints its metadata.
        if (shown.length === 0 && (names || flavour === 'go')) continue
        pieces.push(pageHeader(flavour, format, family))
        for (const row of shown) pieces.push(row.line)
      }
      if (format === 'openMetrics') pieces.push('# EOF\n')
      return pieces.join('')
    },
  }

  function makeRow(old: Row | undefined, family: PageFamily, { name, labels, value }: PageSample): Row {
    const sample = name ?? sampleName(family)
    const isSameSeries = old !== undefined && old.sample === sample && hasSameLabels(old.labels, labels)
    const head = isSameSeries ? old.head : `${sample}${labelText(labels)} `
    const number = spell(value)
    return { sample, labels, head, value, line: number === undefined ? '' : `${head}${number}\n` }
  }
}

/** Go's library sorts, whatever the order in which the values were made. */
function inOrder(flavour: Flavour, families: readonly PageFamily[]): readonly PageFamily[] {
  return flavour === 'go' ? families.toSorted((a, b) => (a.name < b.name ? -1 : 1)) : families
}

function isSameFamily(a: PageFamily | undefined, b: PageFamily): boolean {
  return a?.name === b.name && a.type === b.type && a.help === b.help
}

function isSameSample(row: Row, family: PageFamily, { name, labels, value }: PageSample): boolean {
  return (
    Object.is(row.value, value) &&
    row.sample === (name ?? sampleName(family)) &&
    hasSameLabels(row.labels, labels)
  )
}

function pageHeader(flavour: Flavour, format: PageFormat, { name, type, help }: PageFamily): string {
  if (format === 'openMetrics') {
    const word = type === 'untyped' ? 'unknown' : type
    return `# HELP ${name} ${escapeQuotedHelp(help)}\n# TYPE ${name} ${word}\n`
  }
  const shown = type === 'counter' ? counterName(flavour, name) : sampleName({ name, type })
  return `# HELP ${shown} ${escapeHelp(help)}\n# TYPE ${shown} ${type === 'info' ? 'gauge' : type}\n`
}

/** Python's client adds the ending to the metadata of every counter, whatever it is called; Go's counters are called so. */
function counterName(flavour: Flavour, name: string): string {
  return flavour === 'plain' || (flavour === 'go' && name.endsWith('_total')) ? name : `${name}_total`
}

function sampleName({ name, type }: Pick<PageFamily, 'name' | 'type'>): string {
  return type === 'info' ? `${name}_info` : name
}

function labelText(labels: PageSample['labels']): string {
  if (labels.length === 0) return ''
  return `{${labels.map(([name, value]) => `${name}="${escapeLabel(value)}"`).join(',')}}`
}

function hasSameLabels(a: PageSample['labels'], b: PageSample['labels']): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  return a.every(([name, value], i) => name === b[i]?.[0] && value === b[i]?.[1])
}
