import type { FamilyName } from './families/index.ts'

export type Labels = Readonly<Record<string, string>>

/**
 * One unified sample as a device gives it: family, labels besides `device`, number.
 * A state set is given once with its present state; the renderer writes all states of the vocabulary.
 */
export type Series =
  | { readonly family: FamilyName; readonly labels?: Labels; readonly value: number }
  | { readonly family: FamilyName; readonly labels?: Labels; readonly state: string }
