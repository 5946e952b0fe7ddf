import type { UnixMs } from './clock.ts'

/** One decoded value of one device, under the vendor's own key. An absent value is an absent reading: no null, no NaN, no -1. */
export interface Reading {
  /** The vendor's name: TIC label, field of an answer, normalised page label, JSON path. */
  readonly key: string
  /**
   * The vendor's name, where the device has the same one for several values and `key` tells them apart. People are shown the
   * last of equal names under it, and the others under their keys.
   */
  readonly name?: string
  /** The decoded value in the vendor's unit. */
  readonly value: number | boolean | string
  /** The vendor's unit, where the value has one. */
  readonly unit?: string
  /** The exact characters, where the device sends text. */
  readonly raw?: string
  /** The device's own time of the value, where it gives one. */
  readonly at?: UnixMs
  /** Identifies the owner (delivery point number, serial): masked everywhere but in `hearth read` and the drop-in. */
  readonly isPersonal?: boolean
}

/** News from a device: the readings of one group that arrived together. */
export interface Update {
  /** Which part of the device spoke (a frame, an answer, a page): its readings live and expire on their own clock. */
  readonly group: string
  readonly readings: readonly Reading[]
  /**
   * True when this is all the group holds: readings it gave before and does not give now are gone.
   * False merges: the others stay until they are stale.
   */
  readonly isWhole: boolean
  /** Age at which these readings are withdrawn, where the group is asked at a slower pace than the device's interval. */
  readonly staleAfterMs?: number
  /**
   * The text that the device itself publishes for the group (an exposition), or the same text made from its other answers.
   * It lives and expires with the group; `''` takes it back. Absent leaves it as it is.
   */
  readonly document?: string
  /** Values dropped from this news because they could not be true. */
  readonly rejected?: number
}

/** What became of a native value, label `outcome` of `hearth_device_series`. */
export type Outcome = 'mapped' | 'native_only' | 'unknown' | 'rejected'

/** Who and what the device is, for `hearth_device_info`. Fields that are not known are left out. */
export interface Identity {
  /** Left out while nothing tells: it is then what it was known to be, or `other`. */
  readonly class?: DeviceClass
  readonly vendor?: string
  readonly model?: string
  readonly serial?: string
  readonly firmware?: string
  /** What the owner calls the place in the device: shown as a serial is, where the configuration names no site. */
  readonly site?: string
}

export type DeviceClass =
  | 'heat_pump'
  | 'boiler'
  | 'hybrid'
  | 'electricity_meter'
  | 'thermostat'
  | 'mixing_module'
  | 'solar_thermal'
  | 'ventilation'
  | 'dhw_module'
  | 'pool_module'
  | 'gateway'
  | 'other'
