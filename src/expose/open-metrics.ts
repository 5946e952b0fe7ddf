import type { Family } from '../core/families/index.ts'
import { escapeQuotedHelp } from './escape.ts'
import type { Format } from './format.ts'

/** OpenMetrics 1.0 (0.0.1 differs in nothing that hearth prints). */
export const openMetricsFormat: Format = {
  header(name, family) {
    const bare = familyName(name, family)
    const unit = family.unit === undefined ? '' : `# UNIT ${bare} ${family.unit}\n`
    return `# TYPE ${bare} ${family.type}\n${unit}# HELP ${bare} ${escapeQuotedHelp(family.help)}\n`
  },
  end: '# EOF\n',
}

/** The suffix that a type puts on its samples is no part of the family's name here. */
function familyName(name: string, { type }: Family): string {
  if (type === 'counter') return name.replace(/_total$/, '')
  if (type === 'info') return name.replace(/_info$/, '')
  return name
}
