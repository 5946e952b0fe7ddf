import type { ErrorKind } from '../core/errors.ts'
import type { Identity } from '../core/reading.ts'
import type { StoredReading, View } from '../core/view.ts'
import { shortSerial } from './serial.ts'

/** One object of `hearth read --format json` and of `/devices/NAME/status`. */
export interface ReadingsJson {
  readonly device: { readonly name: string; readonly type: string; readonly info: Identity }
  /** When the newest reading arrived; absent when there is none. */
  readonly at?: string
  readonly readings: readonly ReadingJson[]
  readonly errors: Readonly<Record<ErrorKind, number>>
}

/** One reading under the vendor's own key and in the vendor's unit. */
export interface ReadingJson {
  readonly key: string
  readonly value: number | boolean | string
  readonly unit?: string
  readonly raw?: string
  readonly at?: string
}

/** Whose readings they are. */
export interface ReadingsOwner {
  readonly name: string
  readonly type: string
  readonly identity: Identity
}

const MASK = '***'
const LAST_DATE_MS = 8.64e15

/**
 * A device's fresh readings as plain data for JSON. Masked, what identifies the owner reads `***` and the serial is
 * shortened; a number that JSON cannot say is left out.
 */
export function readingsJson(
  owner: ReadingsOwner,
  view: View,
  { isMasked }: { readonly isMasked: boolean },
): ReadingsJson {
  const { name, type, identity } = owner
  const { serial } = identity
  const { site: _ownersWord, ...unnamed } = identity
  const masked = serial === undefined ? unnamed : { ...unnamed, serial: shortSerial(serial) }
  const info = isMasked ? masked : identity
  const readings = [...view.readings.values()]
  const at = isoTime(newestArrival(readings))
  return {
    device: { name, type, info },
    ...(at === undefined ? {} : { at }),
    readings: shownReadings(view)
      .filter(({ reading: { value } }) => typeof value !== 'number' || Number.isFinite(value))
      .map(({ key, reading }) => readingJson(key, reading, isMasked)),
    errors: view.health.errors,
  }
}

/** A reading under what people know it by. */
export interface ShownReading {
  readonly key: string
  readonly reading: StoredReading
}

/** Fresh readings by their names; of equal names the last has it, the others are known by their keys. */
export function shownReadings({ readings }: View): readonly ShownReading[] {
  const last = new Map<string, StoredReading>()
  for (const reading of readings.values()) last.set(reading.name ?? reading.key, reading)
  return [...readings.values()].map(reading => {
    const { key, name = key } = reading
    return { key: last.get(name) === reading ? name : key, reading }
  })
}

function readingJson(key: string, reading: StoredReading, isMasked: boolean): ReadingJson {
  const { value, unit, raw } = reading
  const isHidden = isMasked && reading.isPersonal === true
  const at = isoTime(reading.at)
  return {
    key,
    value: isHidden ? MASK : value,
    ...(unit === undefined ? {} : { unit }),
    ...(raw === undefined ? {} : { raw: isHidden ? MASK : raw }),
    ...(at === undefined ? {} : { at }),
  }
}

function newestArrival(readings: readonly StoredReading[]): number | undefined {
  return readings.reduce<number | undefined>(
    (newest, { receivedAt }) => Math.max(newest ?? receivedAt, receivedAt),
    undefined,
  )
}

function isoTime(ms: number | undefined): string | undefined {
  if (ms === undefined || !(Math.abs(ms) <= LAST_DATE_MS)) return undefined
  return new Date(ms).toISOString()
}
