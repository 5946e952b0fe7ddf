/** A text in the languages this gateway speaks. */
export interface Words {
  readonly en: string
  readonly de: string
  readonly nl: string
}

export type Language = keyof Words

export const LANGUAGES = ['en', 'de', 'nl'] as const

/** The same in every language. */
export function same(text: string): Words {
  return { en: text, de: text, nl: text }
}

export function words(en: string, de: string, nl: string): Words {
  return { en, de, nl }
}

export const OFF = words('off', 'aus', 'uit')
export const ON = words('on', 'an', 'aan')
export const UPPER_OFF = words('OFF', 'AUS', 'UIT')
export const UPPER_ON = words('ON', 'AN', 'AAN')

/** Units as the firmware names them to itself. */
export type Unit =
  | ('°C' | 'K' | '%' | 'l/min' | 'l' | 'kWh' | 'Wh' | 'µA' | 'bar' | 'kW' | 'W' | 'KB' | 'hours' | 'minutes')
  | ('seconds' | 'K*min' | 'mV' | 'Hz' | 'm³')

const SPELLED: Partial<Readonly<Record<Unit, Words>>> = {
  hours: words('hours', 'Stunden', 'Uren'),
  minutes: words('minutes', 'Minuten', 'Minuten'),
  seconds: words('seconds', 'Sekunden', 'Seconden'),
}

/** What JSON writes in place of the firmware's own word since 3.7.2. */
const IN_JSON: Partial<Readonly<Record<Unit, string>>> = {
  hours: 'h',
  minutes: 'min',
  seconds: 's',
  'l/min': 'L/min',
  KB: 'kB',
}

/** The unit in HELP. */
export function unitWord(unit: Unit, language: Language): string {
  return SPELLED[unit]?.[language] ?? unit
}

/** The unit in JSON of firmware that follows Home Assistant. */
export function unitInJson(unit: Unit): string {
  return IN_JSON[unit] ?? unit
}

const DEVICE_CLASSES: Partial<Readonly<Record<Unit, string>>> = {
  '°C': 'temperature',
  kWh: 'energy',
  Wh: 'energy',
  bar: 'pressure',
  kW: 'power',
  W: 'power',
  hours: 'duration',
  minutes: 'duration',
  seconds: 'duration',
  'l/min': 'volume_flow_rate',
  mV: 'voltage',
  Hz: 'frequency',
  'm³': 'volume',
}

export function deviceClassOf(unit: Unit): string | undefined {
  return DEVICE_CLASSES[unit]
}

const HEATING_CIRCUIT = words('hc', 'HK', 'hc')
const HOT_WATER_CIRCUIT = words('dhw', 'WWK', 'dhw')

/** The circuit as it stands before a full name: `hc1`, `HK1`, `dhw`, `WWK2`. */
export function circuitWord(circuit: string, language: Language): string {
  const number = circuit.replace(/^[a-z]+/, '')
  if (circuit.startsWith('hc')) return HEATING_CIRCUIT[language] + number
  // Up to 3.6 hot water was `ww` on the boiler and `wwc1` on a mixer.
  if (circuit === 'ww' || circuit === 'wwc1') return HOT_WATER_CIRCUIT[language]
  if (circuit.startsWith('dhw') || circuit.startsWith('wwc')) return HOT_WATER_CIRCUIT[language] + number
  return circuit
}
