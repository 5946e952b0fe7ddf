/** What differs between releases. */
export interface Firmware {
  readonly version: string
  /** Names, shapes and statuses of an age: `ww` names before 3.7, one description at a time. */
  readonly age: '3.4' | '3.5' | '3.6' | '3.7' | '3.8'
  /** Status of everything that is not there. */
  readonly missing: 400 | 404
  /** `/metrics` of bus devices and system. */
  readonly hasMetrics: boolean
  /** `/metrics` of sensors, schedules and custom entities. */
  readonly hasOwnMetrics: boolean
  /** JSON units as Home Assistant spells them, with state and device classes. */
  readonly hasClasses: boolean
  /** Sections `modbus` and `analog` in the system document. */
  readonly hasModbus: boolean
}

const NEWEST: Firmware = {
  version: '3.8.0',
  age: '3.8',
  missing: 404,
  hasMetrics: true,
  hasOwnMetrics: false,
  hasClasses: true,
  hasModbus: false,
}
const BEFORE_METRICS: Firmware = { ...NEWEST, version: '3.7.2', age: '3.7', hasMetrics: false }
const BEFORE_404: Firmware = { ...BEFORE_METRICS, missing: 400, hasClasses: false }

/** By the name that scenarios use. */
export const FIRMWARE = {
  '3.4': { ...BEFORE_404, version: '3.4.4', age: '3.4' },
  '3.5': { ...BEFORE_404, version: '3.5.1', age: '3.5' },
  '3.6': { ...BEFORE_404, version: '3.6.5', age: '3.6' },
  '3.7.0': { ...BEFORE_404, version: '3.7.0' },
  '3.7': BEFORE_METRICS,
  '3.8': NEWEST,
  '3.8.2': { ...NEWEST, version: '3.8.2', hasOwnMetrics: true },
  '3.9': { ...NEWEST, version: '3.9.0-dev.4', hasOwnMetrics: true, hasModbus: true },
} as const satisfies Readonly<Record<string, Firmware>>

/** Firmware before nested circuits and described entities. */
export function isOld({ age }: Firmware): boolean {
  return age === '3.4' || age === '3.5' || age === '3.6'
}
