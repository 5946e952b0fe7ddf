import type { Language } from './words.ts'

/** What the user set on the gateway and what changes how it spells values. */
export interface Settings {
  readonly language: Language
  readonly boolFormat: 1 | 2 | 3 | 4 | 5 | 6
  /** 1: words, 2: index. */
  readonly enumFormat: 1 | 2
  readonly isFahrenheit: boolean
}

export const FACTORY: Settings = { language: 'en', boolFormat: 1, enumFormat: 1, isFahrenheit: false }
