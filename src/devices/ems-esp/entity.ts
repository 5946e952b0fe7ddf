/**
 * One entity of a machine as the gateway describes it, whichever way it was asked.
 *
 * The gateway writes a machine's text of entities that have a value and are boolean, enum or number:
 *
 *     # HELP emsesp_seltemp selected room temperature, °C, readable, writeable, visible
 *     # TYPE emsesp_seltemp gauge
 *     emsesp_seltemp{circuit="hc1"} 20.50
 *     emsesp_seltemp{circuit="hc2"} 21            only the first of a name has HELP and TYPE; families may be split
 */
export interface Entity {
  /** Short name, lower case, without its circuit. */
  readonly name: string
  /** `hc1`, `dhw`; empty for the machine itself. */
  readonly circuit: string
  /** Words after the name on the HELP line, not escaped. */
  readonly help: string
  readonly value: EntityValue
  /** The unit as hearth names it; temperatures are in celsius whatever the gateway shows. */
  readonly unit?: string
  /**
   * A text says HELP once for each name, and circuits can have other lists and units under it: what `help`, `value` and
   * `unit` say of this entity is said of another circuit's. Until the entity is described only its number is known.
   */
  readonly isBorrowed?: true
}

export type EntityValue =
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'boolean'; readonly index: 0 | 1 }
  | { readonly kind: 'enum'; readonly index: number; readonly words: readonly string[] }
  /** Never in the text. */
  | { readonly kind: 'string'; readonly text: string }

/** The key under which `/entities` has an entity: `seltemp`, `hc1.seltemp`. */
export function keyOf({ name, circuit }: Pick<Entity, 'name' | 'circuit'>): string {
  return circuit === '' ? name : `${circuit}.${name}`
}

/** The metric name: lower case, everything but letters, digits and `_` replaced. */
export function metricName(name: string): string {
  return `emsesp_${name.toLowerCase().replace(/[^a-z0-9_]/g, '_')}`
}

export interface Flags {
  readonly readable: boolean
  readonly writeable: boolean
  readonly visible: boolean
}

/** Words of a HELP line, in the firmware's order. */
export function helpOf(
  fullName: string,
  value: EntityValue,
  unitWord: string | undefined,
  flags: Flags,
): string {
  const parts = [fullName]
  if (value.kind === 'boolean') parts.push('boolean')
  if (value.kind === 'enum') {
    parts.push(`enum, (${value.words.map((word, i) => `${i}: ${word}`).join('; ')})`)
  }
  if (value.kind === 'number' && unitWord) parts.push(unitWord)
  if (flags.readable) parts.push('readable')
  if (flags.writeable) parts.push('writeable')
  if (flags.visible) parts.push('visible')
  return parts.join(', ')
}
