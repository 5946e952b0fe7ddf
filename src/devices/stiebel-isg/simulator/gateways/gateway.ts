/** Key and text of a row as the page shows them. Without a text the cell holds a picture: a state that is on. */
export type Row = readonly [key: string, value: string]

/** One `table.info`: its heading, and rows; some have a heading only. */
export interface Table {
  readonly heading: string
  readonly rows: readonly Row[]
}

/** The tables of each page by the query's `s`. A page that is not listed has none. */
export type Pages = Readonly<Record<string, readonly Table[]>>

/** A gateway without its wire: what stands on its pages at a moment. */
export interface Gateway {
  /** Name of its language as its pages show it: `DEUTSCH`. */
  readonly language: string
  /** The footer's text, `v12.1.1`. */
  readonly version: string
  readonly brand: Brand
  /** @param elapsedMs time since it was switched on; moments never go back */
  pages(elapsedMs: number): Pages
}

/** Whose name is on it: the title of all pages, and how the names of its pictures begin. */
export interface Brand {
  readonly title: string
  readonly picture: string
}

export const STIEBEL: Brand = {
  title: 'STIEBEL ELTRON Reglersteuerung',
  picture: './pics/ste-symbol_an-97b765.png',
}
export const TECALOR: Brand = { title: 'TECALOR Reglersteuerung', picture: './pics/tec-symbol_an-8e8e8e.png' }

/** A table. */
export function table(heading: string, rows: readonly Row[]): Table {
  return { heading, rows }
}

/** A table of states: all that are on. */
export function states(heading: string, keys: readonly string[]): Table {
  return { heading, rows: keys.map(key => [key, '']) }
}

/** A number with a decimal comma, as all languages of the gateway write it. */
export function comma(value: number, digits: number): string {
  return value.toFixed(digits).replace('.', ',')
}
