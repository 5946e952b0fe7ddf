import type { Family } from '../core/families/index.ts'

/** A text format of the unified dialect. Sample lines are the same in all of them; what stands around them is not. */
export interface Format {
  /** The metadata lines of a family. */
  header(name: string, family: Family): string
  /** What the page ends with. */
  readonly end: string
}
