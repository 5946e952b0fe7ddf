import type { Family } from '../core/families/index.ts'
import { escapeHelp } from './escape.ts'
import type { Format } from './format.ts'

/** Text format 0.0.4. It knows neither state sets nor info: both are gauges there. */
export const textFormat: Format = {
  header(name, family) {
    return `# HELP ${name} ${escapeHelp(family.help)}\n# TYPE ${name} ${typeWord(family)}\n`
  },
  end: '',
}

function typeWord({ type }: Family): string {
  return type === 'stateset' || type === 'info' ? 'gauge' : type
}
