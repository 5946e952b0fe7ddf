import type { Unit, Words } from './words.ts'

/** One value of a device on the bus as the firmware holds it: whole numbers, indexes and texts. */
export interface Entity {
  readonly name: string
  /** `hc1`, `dhw`, `dhw2` ...: absent where the entity belongs to no circuit. */
  readonly circuit?: string
  readonly fullName: Words
  /** What the user called it in place of its full name. */
  readonly customName?: string
  readonly kind: 'number' | 'time' | 'boolean' | 'enum' | 'string' | 'command'
  /** As stored; absent until it was read from the bus. Booleans are 0 or 1, enums an index. */
  readonly stored?: number | string
  /** The number shown is the stored one divided by this. */
  readonly divisor?: number
  /** The number shown is the stored one times this. */
  readonly factor?: number
  /** Bits of the stored number. */
  readonly width?: 8 | 16 | 24 | 32
  readonly unit?: Unit
  /** A difference of temperatures in °C, not a temperature. */
  readonly isDifference?: boolean
  /** Words of an enum, or what a command takes. */
  readonly options?: readonly Words[]
  readonly range?: readonly [least: number, most: number]
  /** It can be set. */
  readonly isWriteable: boolean
  /** Not excluded from API and MQTT. */
  readonly isReadable: boolean
  /** Not hidden from the web pages. */
  readonly isVisible: boolean
  readonly onlyGrows?: boolean
}

export type Details = Partial<Omit<Entity, 'name' | 'kind' | 'fullName' | 'stored'>>

const PLAIN = { isWriteable: false, isReadable: true, isVisible: true } as const

/** A number: `stored` is before `divisor` or `factor`. */
export function number(name: string, fullName: Words, stored?: number, details: Details = {}): Entity {
  return entityOf('number', name, fullName, stored, details)
}

/** A temperature in tenths of a degree. */
export function tenths(name: string, fullName: Words, stored?: number, details: Details = {}): Entity {
  return number(name, fullName, stored, { unit: '°C', divisor: 10, ...details })
}

/** A run time in minutes, or in seconds with a divisor of 60. */
export function time(name: string, fullName: Words, stored?: number, details: Details = {}): Entity {
  return entityOf('time', name, fullName, stored, { unit: 'minutes', width: 24, ...details })
}

export function flag(name: string, fullName: Words, stored?: 0 | 1, details: Details = {}): Entity {
  return entityOf('boolean', name, fullName, stored, details)
}

export function choice(
  name: string,
  fullName: Words,
  options: readonly Words[],
  stored?: number,
  details: Details = {},
): Entity {
  return entityOf('enum', name, fullName, stored, { options, ...details })
}

export function text(name: string, fullName: Words, stored?: string, details: Details = {}): Entity {
  return entityOf('string', name, fullName, stored, details)
}

export function command(name: string, fullName: Words, details: Details = {}): Entity {
  return entityOf('command', name, fullName, undefined, { isWriteable: true, ...details })
}

/** Can be set, within these limits where it is a number. */
export function settable(least?: number, most?: number): Details {
  if (least === undefined || most === undefined) return { isWriteable: true }
  return { isWriteable: true, range: [least, most] }
}

/** The same entities in a circuit. */
export function within(circuit: string, entities: readonly Entity[]): readonly Entity[] {
  return entities.map(entity => ({ ...entity, circuit }))
}

/** It has a value that its kind allows: an index beyond the words is none. */
export function hasValue({ kind, stored, options = [] }: Entity): boolean {
  if (stored === undefined || kind === 'command') return false
  return kind !== 'enum' || (typeof stored === 'number' && stored < options.length)
}

function entityOf(
  kind: Entity['kind'],
  name: string,
  fullName: Words,
  stored: number | string | undefined,
  details: Details,
): Entity {
  return { ...PLAIN, name, fullName, kind, ...(stored === undefined ? {} : { stored }), ...details }
}
