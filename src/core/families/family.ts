/** One vendor-neutral metric family: the only place where its name, type, unit, labels and HELP are said. */
export interface Family {
  readonly type: 'gauge' | 'counter' | 'stateset' | 'info' | 'histogram'
  readonly help: string
  /** Label names besides `device`, in the order in which they are printed. */
  readonly labels: readonly string[]
  /** The base unit that ends the name (before `_total`), where it has one. */
  readonly unit?: string
  /** All states of a state set, in order. */
  readonly states?: readonly string[]
}

/** Keeps the literal names of a table and checks each row. */
export function families<const T extends Record<string, Family>>(table: T): T {
  return table
}
