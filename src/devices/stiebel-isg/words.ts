import { trimmed } from './blank.ts'

/** What a language of the gateway says for off and on. */
export interface SwitchWords {
  readonly language: string
  readonly off: readonly string[]
  readonly on: readonly string[]
  /** Those of the words above that nobody has seen on a gateway yet. */
  readonly unverified: readonly string[]
}

/** Words of the original first, then those that real firmware shows or probably shows. */
export const SWITCH_WORDS: readonly SwitchWords[] = [
  { language: 'DEUTSCH', off: ['Aus'], on: ['Ein'], unverified: ['Ein'] },
  { language: 'ENGLISH', off: ['Off'], on: ['On'], unverified: ['On'] },
  { language: 'FRANÇAIS', off: ['Arrêt'], on: ['Allumé', 'Marche'], unverified: ['Allumé', 'Marche'] },
  { language: 'NEDERLANDS', off: ['Uit'], on: ['Aan'], unverified: ['Aan'] },
  {
    language: 'ITALIANO',
    off: ['Spento', 'Off'],
    on: ['Acceso', 'On'],
    unverified: ['Spento', 'Acceso', 'On'],
  },
  {
    language: 'ESPAÑOL',
    off: ['Apagado', 'OFF'],
    on: ['Encendido', 'ON'],
    unverified: ['Apagado', 'Encendido', 'ON'],
  },
  { language: 'SVENSKA', off: ['Av', 'Från'], on: ['På', 'Till'], unverified: ['Av', 'På', 'Till'] },
  { language: 'DANSK', off: ['Fra'], on: ['Tændt', 'Til'], unverified: ['Tændt', 'Til'] },
  { language: 'SUOMI', off: ['Pois'], on: ['Päällä'], unverified: ['Päällä'] },
  {
    language: 'POLSKI',
    off: ['Wyłączony', 'Wył.'],
    on: ['Włączony', 'Wł.'],
    unverified: ['Wyłączony', 'Włączony', 'Wł.'],
  },
  { language: 'ČEŠTINA', off: ['Vyp'], on: ['Zap'], unverified: ['Zap'] },
  {
    language: 'MAGYAR',
    off: ['Kikapcsolva', 'Ki'],
    on: ['Bekapcsolva', 'Be'],
    unverified: ['Kikapcsolva', 'Bekapcsolva', 'Be'],
  },
  // Not a language of the gateway; the original knows the word.
  { language: 'CATALÀ', off: ['Apagat'], on: [], unverified: ['Apagat'] },
]

const VALUES = new Map<string, 0 | 1>([
  ...SWITCH_WORDS.flatMap(({ off }) => off.map(word => [folded(word), 0] as const)),
  ...SWITCH_WORDS.flatMap(({ on }) => on.map(word => [folded(word), 1] as const)),
])

/** 0 for a word that means off, 1 for one that means on, in any language and in any case. */
export function switchValue(text: string): 0 | 1 | undefined {
  return VALUES.get(folded(trimmed(text)))
}

function folded(word: string): string {
  return word.normalize('NFC').toLowerCase()
}
