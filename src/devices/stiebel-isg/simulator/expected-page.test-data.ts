/** A value of the drop-in as the rules give it: label, unit, text, and the name where signs of the label are not legal in one. */
export type ExpectedValue = readonly [label: string, unit: string, text: string, name?: string]
/** A state and its text. */
export type ExpectedFlag = readonly [label: string, text: '0' | '1', name?: string]

export interface Expected {
  readonly values: readonly ExpectedValue[]
  readonly flags: readonly ExpectedFlag[]
}

/**
 * The drop-in's families of a gateway, sorted by name: HELP with the label as it was made, TYPE, one line.
 * @param hasUnits false: the form of the original's 0.x releases
 */
export function expectedPage({ values, flags }: Expected, { hasUnits = true } = {}): string {
  const families = [
    ...values.map(([label, unit, text, name = label]) => ({
      name: `isg_${name}`,
      help: `Metric ${label}${unit === '' ? '' : ` in ${unit}`}`,
      line: `isg_${name}${unit === '' || !hasUnits ? '' : `{unit="${unit}"}`} ${text}`,
    })),
    ...flags.map(([label, text, name = label]) => ({
      name: `isg_flag_${name}`,
      help: `Metric flag_${label}`,
      line: `isg_flag_${name} ${text}`,
    })),
  ]
  return families
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, help, line }) => `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${line}\n`)
    .join('')
}

/** What `/status` shows: values by label, sorted, and no states. */
export function expectedStatus({ values }: Expected, { hasUnits = true } = {}): unknown {
  const entries = [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, unit, text]) => {
      const one = { Value: Number(text), ...(unit === '' && hasUnits ? {} : { Unit: unit }) }
      return [label, hasUnits ? [one] : one]
    })
  return Object.fromEntries(entries)
}
