import { inTable } from './table.ts'

/**
 * Words that the gateway says in its user's language, as the firmware spells them.
 * Of circuits only the letters: a number may follow.
 */
const HOURS = 'hours Stunden Uren Timmar godzin Timer heures saat ore hodiny'.split(' ')
const MINUTES = 'minutes Minuten Minuter minut Minutter dakika Minuti minúty minuty'.split(' ')
const SECONDS = 'seconds Sekunden Seconden Sekunder sekund secondes saniye Secondi sekundy'.split(' ')
const ON = 'on an aan på włączono açık zap ON AN AAN PÅ wł. AÇIK ZAP true 1'.split(' ')
const OFF = 'off aus uit av wyłączono kapalı vyp OFF AUS UIT AV wył. KAPALI VYP false 0'.split(' ')

/** The unit words of HELP by language; English where a language is not known. */
const TIME_WORDS: Readonly<Record<string, readonly [h: string, min: string, s: string]>> = {
  en: ['hours', 'minutes', 'seconds'],
  de: ['Stunden', 'Minuten', 'Sekunden'],
  nl: ['Uren', 'Minuten', 'Seconden'],
  sv: ['Timmar', 'Minuter', 'Sekunder'],
  pl: ['godzin', 'minut', 'sekund'],
  no: ['Timer', 'Minutter', 'Sekunder'],
  fr: ['heures', 'minutes', 'secondes'],
  tr: ['saat', 'dakika', 'saniye'],
  it: ['ore', 'Minuti', 'Secondi'],
  sk: ['hodiny', 'minúty', 'sekundy'],
  cz: ['hodiny', 'minuty', 'sekundy'],
}

/** HELP words of JSON units that are not the same there. */
const HELP_WORDS: Readonly<Record<string, string>> = {
  'L/min': 'l/min',
  'L/h': 'l/h',
  L: 'l',
  kB: 'KB',
}

/** Units that are the same in JSON, HELP and hearth. */
const PLAIN_UNITS: ReadonlySet<string> = new Set([
  '°C',
  '°F',
  '%',
  'kWh',
  'Wh',
  'µA',
  'bar',
  'kW',
  'W',
  'dBm',
  'mV',
  'm²',
  'm³',
  'K*min',
  'K',
  'V',
  'mbar',
  'ct/kWh',
  'Hz',
  'h',
  'min',
  's',
  'l/min',
  'l/h',
  'l',
  'KB',
])

const UNIT_OF_WORD = new Map<string, string>([
  ...[...PLAIN_UNITS].map(unit => [unit, unit] as const),
  ...HOURS.map(word => [word, 'h'] as const),
  ...MINUTES.map(word => [word, 'min'] as const),
  ...SECONDS.map(word => [word, 's'] as const),
  ...Object.entries(HELP_WORDS),
])

/**
 * hearth's name of a unit, from a word of HELP or of JSON: `Stunden`, `hours` and `h` are `h`, `L/min` is `l/min`.
 * Undefined for no unit at all (absent, empty, a blank) and for words that are none.
 */
export function unitOf(word: string | undefined): string | undefined {
  return word === undefined ? undefined : UNIT_OF_WORD.get(word)
}

/** The word by which HELP says a unit of JSON: times in the gateway's language, the rest as the firmware spells it. */
export function helpWordOf(uom: string, locale: string): string {
  const [hours, minutes, seconds] = inTable(TIME_WORDS, locale) ?? ['hours', 'minutes', 'seconds']
  if (uom === 'h') return hours
  if (uom === 'min') return minutes
  if (uom === 's') return seconds
  return inTable(HELP_WORDS, uom) ?? uom
}

/** What a boolean of any format and language says; undefined when it is none. */
export function truthOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (value === 1 || value === 0) return value === 1
  if (typeof value !== 'string') return undefined
  if (ON.includes(value)) return true
  return OFF.includes(value) ? false : undefined
}

/** Letters with which full names begin before a circuit's number, by the circuit's own letters. */
const CIRCUIT_WORDS: Readonly<Record<string, readonly string[]>> = {
  hc: ['hc', 'HK', 'VK', 'OG', 'ID'],
  dhw: ['dhw', 'WWK', 'WW', 'ww', 'VVK', 'VV', 'CWU', 'ecs', 'SKS', 'TÚV', 'TUV', 'wwc'],
  ahs: ['ahs', 'AHQ', 'AVK', 'AŹC'],
  hs: ['hs', 'HQ', 'VK', 'ŹC'],
  src: ['src', 'SRC'],
}

/** A full name without the circuit that the gateway puts before it: `HK1 gewählte Raumtemperatur`. Any other stays as it is. */
export function withoutCircuit(fullName: string, circuit: string): string {
  const match = /^([a-z]+)(\d*)$/.exec(circuit)
  if (!match) return fullName
  const [, letters = '', number = ''] = match
  for (const word of inTable(CIRCUIT_WORDS, letters) ?? []) {
    for (const start of [`${word}${number} `, ...(number === '' ? [`${word}1 `] : [])]) {
      if (fullName.startsWith(start)) return fullName.slice(start.length)
    }
  }
  return fullName
}
