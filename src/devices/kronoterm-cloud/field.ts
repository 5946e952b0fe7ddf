import type { FamilyName } from '../../core/families/index.ts'
import type { EnumerationName } from './enums.ts'
import type { Unit } from './value.ts'

/** One value of a page: where it stands, what it is. */
export interface Field {
  /** Path inside the page; `[]` stands for the index of a list. */
  readonly path: string
  readonly kind: 'number' | 'flag' | 'text'
  readonly help: string
  readonly unit?: Unit
  readonly enumeration?: EnumerationName
  /** Unified family; absent: shown under its own name only. */
  readonly family?: FamilyName
  readonly note?: string
  /** Identifies the owner. */
  readonly isPersonal?: boolean
}

type More = Partial<Pick<Field, 'family' | 'note' | 'enumeration' | 'isPersonal'>>

export function temperature(path: string, help: string, more: More = {}): Field {
  return { path, kind: 'number', unit: '°C', help, family: 'hearth_temperature_celsius', ...more }
}

export function target(path: string, help: string, more: More = {}): Field {
  return { path, kind: 'number', unit: '°C', help, family: 'hearth_temperature_setpoint_celsius', ...more }
}

export function energy(path: string, help: string, more: More = {}): Field {
  return { path, kind: 'number', unit: 'kWh', help, ...more }
}

export function number(path: string, help: string, more: More & { unit?: Unit } = {}): Field {
  return { path, kind: 'number', help, ...more }
}

export function flag(path: string, help: string, more: More = {}): Field {
  return { path, kind: 'flag', help, ...more }
}

export function text(path: string, help: string, more: More = {}): Field {
  return { path, kind: 'text', help, ...more }
}
