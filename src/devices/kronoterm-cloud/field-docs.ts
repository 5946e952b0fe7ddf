import type { FieldDoc } from '../../core/driver.ts'
import type { Labels } from '../../core/series.ts'
import { ENUMERATIONS } from './enums.ts'
import type { Field } from './field.ts'
import { outcomeOf, PAGE_FIELDS } from './fields.ts'
import { CIRCLE_PAGES } from './pages.ts'
import { rowsOf, USUAL_CONTROLS } from './rows.ts'
import { SWITCHES } from './unified.ts'

/** How many rows of a list are described: the loops, and the one row of the heat pump. */
const ROWS_OF_LIST: Readonly<Record<string, readonly number[]>> = {
  SystemData: [1, 2, 3, 4],
  CurrentFunctionData: [0],
}

const CIRCUITS: Readonly<Record<string, string>> = CIRCLE_PAGES
const ROWS = new Map(rowsOf(USUAL_CONTROLS).map(({ key, labels }) => [key, labels]))
const SWITCH_LABELS = new Map(SWITCHES.map(([name, , labels]) => [`shortcuts.ShortcutsData.${name}`, labels]))

/** The field table for the documentation: every known field of every page, and the series that it becomes. */
export const FIELD_DOCS: readonly FieldDoc[] = Object.entries(PAGE_FIELDS).flatMap(([page, fields]) =>
  fields.flatMap(field => keysOf(page, field).map(key => docOf(page, key, field))),
)

function keysOf(page: string, { path }: Field): string[] {
  const [list = ''] = path.split('[]', 1)
  const indices = path.includes('[]') ? ROWS_OF_LIST[list] : undefined
  if (!indices) return [`${page}.${path}`]
  return indices.map(index => `${page}.${path.replace('[]', `[${index}]`)}`)
}

function docOf(page: string, key: string, field: Field): FieldDoc {
  const { help, unit } = field
  const family = outcomeOf(key) === 'mapped' ? familyOf(page, key, field) : undefined
  const note = [field.note, enumerationWords(field)].filter(Boolean).join('; ')
  return {
    key,
    help: page in CIRCUITS ? `${help} (${page.replace('_', ' ')})` : help,
    ...(unit ? { unit } : {}),
    ...(family ? { family } : {}),
    ...(note ? { note } : {}),
  }
}

function familyOf(page: string, key: string, { family, enumeration }: Field): string | undefined {
  const labels = ROWS.get(key) ?? SWITCH_LABELS.get(key) ?? circuitOf(page, enumeration)
  return family && `${family}${labelText(labels)}`
}

function circuitOf(page: string, enumeration: string | undefined): Labels {
  const circuit = CIRCUITS[page]
  return enumeration && circuit ? { circuit } : {}
}

function labelText(labels: Labels): string {
  const words = Object.entries(labels).map(([name, value]) => `${name}="${value}"`)
  return words.length > 0 ? `{${words.join(',')}}` : ''
}

function enumerationWords({ enumeration }: Field): string {
  if (!enumeration) return ''
  const words = ENUMERATIONS[enumeration].values.map(({ value, name }) => `${value} ${name}`)
  return `${enumeration}: ${words.join(', ')}`
}
