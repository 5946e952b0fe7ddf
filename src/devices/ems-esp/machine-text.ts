import { type Entity, metricName } from './entity.ts'

/** The gateway's text of a machine, made of its entities in their order; empty when none has a number. */
export function machineText(entities: readonly Entity[]): string {
  const named = new Set<string>()
  const printed = new Set<string>()
  let text = ''
  for (const entity of entities) {
    const number = numberOf(entity)
    if (number === undefined) continue
    const name = metricName(entity.name)
    const series = `${name}${entity.circuit === '' ? '' : `{circuit="${entity.circuit}"}`}`
    // Two short names can become one metric name; a series must not be there twice.
    if (printed.has(series)) continue
    printed.add(series)
    if (!named.has(name)) {
      named.add(name)
      text += `# HELP ${name} ${escapeHelp(entity.help)}\n# TYPE ${name} gauge\n`
    }
    text += `${series} ${spelled(number)}\n`
  }
  return text
}

/** As the firmware spells numbers: whole ones without, all others with two decimals. */
export function spelled(value: number): string {
  return Number.isInteger(value) ? value.toFixed(0) : value.toFixed(2)
}

/** As the firmware escapes HELP; other characters of control, which no line may hold, become blanks. */
export function escapeHelp(help: string): string {
  return help
    .replace(/\\/g, '\\\\')
    .replace(/\n/g, '\\n')
    .replace(/[\u0000-\u001f\u007f]/g, ' ')
}

function numberOf({ value }: Entity): number | undefined {
  switch (value.kind) {
    case 'number':
      return value.number
    case 'boolean':
    case 'enum':
      return value.index
    case 'string':
      return undefined
  }
}
