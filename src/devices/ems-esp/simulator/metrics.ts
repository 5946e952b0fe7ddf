import { type Entity, hasValue } from './entity.ts'
import { ownUnit, type Spelling } from './entity-json.ts'
import { metricsNumber, scaled } from './scaled.ts'

const COUNTED = new Set<Entity['kind']>(['boolean', 'enum', 'number', 'time'])

/** The text of `/api/<device>/metrics` for these entities in this order; empty where none has a value. */
export function deviceMetrics(entities: readonly Entity[], spelling: Spelling): string {
  const known = new Set<string>()
  let text = ''
  for (const entity of entities) {
    if (!COUNTED.has(entity.kind) || !hasValue(entity)) continue
    const name = `emsesp_${sanitised(entity.name)}`
    if (!known.has(name)) {
      known.add(name)
      text += `# HELP ${name} ${escaped(helpOf(entity, spelling))}\n# TYPE ${name} gauge\n`
    }
    const label = entity.circuit === undefined ? '' : `{circuit="${entity.circuit}"}`
    text += `${name}${label} ${sampleValue(entity)}\n`
  }
  return text
}

function helpOf(entity: Entity, spelling: Spelling): string {
  const { language } = spelling.settings
  const { kind, options = [] } = entity
  const fullName = entity.customName ?? entity.fullName[language]
  const parts = [fullName === '' ? sanitised(entity.name) : fullName]
  if (kind === 'boolean') parts.push('boolean')
  else if (kind === 'enum') {
    parts.push('enum', `(${options.map((word, index) => `${index}: ${word[language]}`).join('; ')})`)
  } else if (entity.unit !== undefined) parts.push(ownUnit(entity, spelling))
  if (entity.isReadable) parts.push('readable')
  if (entity.isWriteable) parts.push('writeable')
  if (entity.isVisible) parts.push('visible')
  return parts.join(', ')
}

/** Celsius also where the gateway is set to Fahrenheit and HELP says so. */
function sampleValue(entity: Entity): string {
  return metricsNumber(scaled(entity))
}

function sanitised(name: string): string {
  return name
    .slice(name.lastIndexOf('.') + 1)
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '_')
}

export function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
