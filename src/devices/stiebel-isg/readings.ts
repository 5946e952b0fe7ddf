import type { Reading } from '../../core/reading.ts'
import { labelOf, metricPart, readingKey } from './names.ts'
import { parseValue } from './number.ts'
import type { Row, Section } from './page.ts'
import type { PageName } from './page-list.ts'

/** Which rows are wanted, and what they are called. */
export interface RowOptions {
  /** The heading of its table stands before each label, as the original's `--metricsWithSectionPrefix` does it. */
  readonly hasSectionPrefix: boolean
  /** Rows of the second circuit are left out as the original does it: those with `hk2` in their label. */
  readonly skipsCircuit2: boolean
  /** Rows of the second circuit are left out in every spelling. */
  readonly skipsSecondCircuit: boolean
}

/** Flags that were seen on a page: one that is gone from it is off. */
export interface FlagMemory {
  /** Whether these are the tables of another page: flags are known of this one, and none of the tables it had is there. */
  isOther(page: PageName, sections: readonly Section[]): boolean
  /** The page's flags with those that are gone; takes up those that are new. Those of another page it forgets. */
  complete(page: PageName, sections: readonly Section[], flags: readonly Reading[]): readonly Reading[]
  forget(): void
}

/** The readings of a page. */
export interface PageReadings {
  readonly readings: readonly Reading[]
  /** Rows that the original would show with a wrong number. */
  readonly doubtful: readonly string[]
}

const MOST_FLAGS = 500
const MOST_HEADINGS = 100
const SECOND_CIRCUIT = /(?:^|_)(?:hk|hc|cc)_?2(?:_|$)/
/** A picture that shows a state that is off: never seen, and no reason to say that it is on. */
const OFF_PICTURE = /symbol_aus/

/** Makes the memory of one gateway; it outlives logins. */
export function createFlagMemory(): FlagMemory {
  const seen = new Map<PageName, { flags: Map<string, Reading>; headings: Set<string> }>()
  const isOther = (page: PageName, sections: readonly Section[]) => {
    const known = seen.get(page)
    return (
      known !== undefined && known.flags.size > 0 && !sections.some(each => known.headings.has(each.heading))
    )
  }
  return {
    isOther,
    complete(page, sections, flags) {
      if (isOther(page, sections)) seen.delete(page)
      const known = seen.get(page) ?? { flags: new Map<string, Reading>(), headings: new Set<string>() }
      seen.set(page, known)
      for (const { heading } of sections) if (known.headings.size < MOST_HEADINGS) known.headings.add(heading)
      const present = new Set(flags.map(({ key }) => key))
      for (const flag of flags) if (known.flags.size < MOST_FLAGS) known.flags.set(flag.key, flag)
      const gone = [...known.flags.values()].filter(({ key }) => !present.has(key))
      return [...flags, ...gone.map(flag => ({ ...flag, value: false }))]
    },
    forget: () => seen.clear(),
  }
}

/** The readings of a page that was read whole. Of rows that are the same in table and key the last counts. */
export function readingsOf(
  page: PageName,
  sections: readonly Section[],
  options: RowOptions,
  flagMemory: FlagMemory,
): PageReadings {
  const values = new Map<string, Reading>()
  const flags = new Map<string, Reading>()
  const doubtful: string[] = []
  for (const { heading, rows } of sections) {
    for (const row of rows) {
      const made = readingOf(page, heading, row, options)
      if (made === undefined) continue
      const { reading, isDoubtful } = made
      if (isDoubtful) doubtful.push(row.key)
      const into = typeof reading.value === 'boolean' ? flags : values
      into.delete(reading.key)
      into.set(reading.key, reading)
    }
  }
  return {
    readings: [...values.values(), ...flagMemory.complete(page, sections, [...flags.values()])],
    doubtful,
  }
}

function readingOf(
  page: PageName,
  heading: string,
  { key: text, value: cell, picture }: Row,
  options: RowOptions,
): { readonly reading: Reading; readonly isDoubtful: boolean } | undefined {
  const own = labelOf(text)
  if (metricPart(own) === undefined) return undefined
  const label = options.hasSectionPrefix ? labelOf(`${heading}_${text}`) : own
  if (isSkipped(label, own, options)) return undefined
  const value = parseValue(cell)
  const isFlag = value.kind === 'none'
  const key = readingKey({ page, section: labelOf(heading), label: own, isFlag })
  const names = { key, name: isFlag ? `flag_${label}` : label }
  if (value.kind === 'none')
    return { reading: { ...names, value: !OFF_PICTURE.test(picture ?? '') }, isDoubtful: false }
  if (value.kind === 'number') {
    const unit = value.unit === undefined ? {} : { unit: value.unit }
    return { reading: { ...names, value: value.value, ...unit, raw: cell.trim() }, isDoubtful: false }
  }
  return {
    reading: { ...names, value: value.text, raw: cell.trim() },
    isDoubtful: value.kind === 'doubtful',
  }
}

function isSkipped(label: string, own: string, { skipsCircuit2, skipsSecondCircuit }: RowOptions): boolean {
  return (skipsCircuit2 && label.includes('hk2')) || (skipsSecondCircuit && SECOND_CIRCUIT.test(own))
}
