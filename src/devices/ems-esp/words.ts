import type { DeviceClass } from '../../core/reading.ts'
import { inTable } from './table.ts'

/** Devices on the bus that the gateway can be asked for, and what each is. */
export const BUS_WORDS = {
  boiler: 'boiler',
  thermostat: 'thermostat',
  mixer: 'mixing_module',
  solar: 'solar_thermal',
  heatpump: 'heat_pump',
  gateway: 'gateway',
  switch: 'other',
  connect: 'other',
  alert: 'other',
  extension: 'other',
  heatsource: 'other',
  ventilation: 'ventilation',
  water: 'dhw_module',
  pool: 'pool_module',
} as const satisfies Readonly<Record<string, DeviceClass>>

/** The gateway's own devices: what it measures, computes and runs itself. */
export const OWN_WORDS = ['temperaturesensor', 'analogsensor', 'scheduler', 'custom'] as const

export type OwnWord = (typeof OWN_WORDS)[number]

/** Types in the device list for which the API has no word: asking is always answered 404. */
const NEVER_ASKED: ReadonlySet<string> = new Set(['controller', 'generic', 'system', 'unknown'])

/** Words of firmware 3.4 and 3.5. */
const OLD_WORDS: Readonly<Record<string, string>> = { dallassensor: 'temperaturesensor' }

const DEVICE_WORD = /^[a-z][a-z0-9]{1,30}$/

export function isBusWord(word: string): boolean {
  return Object.hasOwn(BUS_WORDS, word)
}

export function isOwnWord(word: string): word is OwnWord {
  return OWN_WORDS.some(own => own === word)
}

/** The word by which today's firmware calls what an older one called otherwise. */
export function todaysWord(word: string): string {
  return inTable(OLD_WORDS, word) ?? word
}

/** Whether a type of the device list can be asked for; words of firmware to come are. */
export function canBeAsked(type: string): boolean {
  return DEVICE_WORD.test(type) && !NEVER_ASKED.has(type)
}

export function classOf(word: string): DeviceClass {
  return inTable<DeviceClass>(BUS_WORDS, word) ?? 'other'
}

const CIRCUIT = /^(?:hc[1-8]|dhw(?:[1-9]|10)?|ahs1|hs(?:[1-9]|1[0-6])|src(?:[1-9]|1[0-6]))$/

/** A circuit as the gateway prints it: `dhw1` is the same as `dhw`. Undefined for a word that is no circuit. */
export function circuitOf(word: string): string | undefined {
  if (!CIRCUIT.test(word)) return undefined
  return word === 'dhw1' ? 'dhw' : word
}

/**
 * The circuit of the vendor-neutral dialect; undefined for one that it has no name for (`hs1`, or one of a firmware to come).
 */
export function unifiedCircuit(circuit: string): string | undefined {
  if (circuitOf(circuit) === undefined) return undefined
  if (circuit === 'dhw') return 'dhw1'
  if (circuit.startsWith('src')) return `room${circuit.slice(3)}`
  return circuit.startsWith('hs') ? undefined : circuit
}

/** Circuit words of firmware 3.4 to 3.6, where today's has `dhw`: `ww`, `wwc1`. Undefined for any other word. */
export function circuitOfOld(word: string): string | undefined {
  if (word === 'ww' || word === 'wwc1') return 'dhw'
  const match = /^wwc([2-9]|10)$/.exec(word)
  return match ? `dhw${match[1]}` : undefined
}
