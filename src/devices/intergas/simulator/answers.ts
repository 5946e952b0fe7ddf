import { answerOf, type Entry, hundredths } from './bytes.ts'

/** -51.00: nothing is connected. */
export const ABSENT = -51
/** 327.67: nothing is connected, the other way to say it. */
export const ABSENT_HIGH = 327.67

/** Bits of `S?` byte 26, the first one lowest. */
export const FLAGS_1 = {
  generalPurposeSwitch: 0x01,
  tapSwitch: 0x02,
  roomContact: 0x04,
  pump: 0x08,
  threeWayValve: 0x10,
  alarm: 0x20,
  cascadeRelay: 0x40,
  openTherm: 0x80,
} as const

/** Bits of `S?` byte 28, the first one lowest. */
export const FLAGS_2 = {
  gasValve: 0x01,
  spark: 0x02,
  ionisation: 0x04,
  openThermDisabled: 0x08,
  lowPressure: 0x10,
  pressureSensor: 0x20,
  burnerBlock: 0x40,
  gradient: 0x80,
} as const

/** Status codes of `S?` byte 24 that this boiler shows. */
export const CODES = {
  heating: 0,
  keepWarm: 51,
  standby: 126,
  afterTap: 153,
  tapping: 204,
  afterHeating: 231,
} as const

/** Byte 27: bit 6 is set in every idle dump, bit 7 says that byte 29 is an active fault. */
export const MARKER = { idle: 0x40, fault: 0x80 } as const
/** Byte 29: no fault. */
export const NO_FAULT = 255

/** What `S?` tells, in °C, bar, rpm, µA and per cent. */
export interface Status {
  readonly exchanger: number
  readonly supply: number
  readonly return: number
  readonly tapWater: number
  readonly cylinder: number
  readonly outside: number
  readonly pressure: number
  readonly setPoint: number
  readonly fanSet: number
  readonly fan: number
  readonly fanPercent: number
  readonly ionisation: number
  readonly code: number
  readonly flags1: number
  readonly marker: number
  readonly flags2: number
  readonly fault: number
}

/** `S?` of an HRE. */
export function statusAnswer(status: Status): Uint8Array {
  return answerOf([
    [0, 'u16', hundredths(status.exchanger)],
    [2, 'u16', hundredths(status.supply)],
    [4, 'u16', hundredths(status.return)],
    [6, 'u16', hundredths(status.tapWater)],
    [8, 'u16', hundredths(status.cylinder)],
    [10, 'u16', hundredths(status.outside)],
    [16, 'u16', status.fanSet],
    [18, 'u16', status.fan],
    ...sharedEntries(status),
  ])
}

/** What an Xtreme measures besides. */
export interface XtremeStatus extends Status {
  readonly coldWater: number
  readonly flueGas: number
  readonly solarCylinder: number
}

/** `S?` of an Xtreme: no return sensor, and temperatures where an HRE has fan speeds. */
export function xtremeStatusAnswer(status: XtremeStatus): Uint8Array {
  return answerOf([
    [0, 'u16', hundredths(status.exchanger)],
    [2, 'u16', hundredths(status.supply)],
    [4, 'u16', hundredths(ABSENT)],
    [6, 'u16', hundredths(status.tapWater)],
    [8, 'u16', hundredths(status.coldWater)],
    [10, 'u16', hundredths(status.flueGas)],
    [16, 'u16', hundredths(status.outside)],
    [18, 'u16', hundredths(status.solarCylinder)],
    ...sharedEntries(status),
  ])
}

function sharedEntries(status: Status): Entry[] {
  return [
    [12, 'u16', hundredths(status.pressure)],
    [14, 'u16', hundredths(status.setPoint)],
    [20, 'u16', Math.round(status.fanPercent * 10)],
    [22, 'u16', hundredths(status.ionisation)],
    [24, 'u8', status.code],
    [26, 'u8', status.flags1],
    [27, 'u8', status.marker],
    [28, 'u8', status.flags2],
    [29, 'u8', status.fault],
    [31, 'u8', 0xff],
  ]
}

/** What `S2` tells. */
export interface Status2 {
  readonly tapFlow: number
  /** Pump power in per cent. */
  readonly pump: number
  readonly openThermMember: number
  readonly roomOverride: number
  readonly roomSet: number
  readonly room: number
}

/** `S2`: what comes after the type of the thermostat is unknown and all ones. */
export function status2Answer(status: Status2): Uint8Array {
  return answerOf(
    [
      [0, 'u16', hundredths(status.tapFlow)],
      [2, 'u8', 200 - 2 * Math.round(status.pump)],
      [3, 'u8', status.openThermMember],
      [4, 'u16', hundredths(status.roomOverride)],
      [6, 'u16', hundredths(status.roomSet)],
      [8, 'u16', hundredths(status.room)],
      [10, 'u16', hundredths(ABSENT_HIGH)],
      [12, 'u16', hundredths(ABSENT_HIGH)],
      [14, 'u16', hundredths(ABSENT_HIGH)],
      [16, 'u16', hundredths(ABSENT_HIGH)],
      [18, 'u16', 0],
    ],
    0xff,
  )
}

/** What `HN` counts: hours and times whole, gas and water in ten thousandths of a cubic metre. */
export interface Counters {
  readonly powerHours: number
  readonly powerCuts: number
  readonly heatingHours: number
  readonly tapHours: number
  readonly starts: number
  readonly ignitionFailed: number
  readonly flameLost: number
  readonly resets: number
  readonly heatingGas: number
  readonly tapGas: number
  readonly tapWater: number
  readonly tapStarts: number
}

/** `HN`, or `H0` of an Xtreme. */
export function countersAnswer(counters: Counters): Uint8Array {
  const { powerHours, starts, tapWater, tapStarts } = counters
  return answerOf([
    [0, 'u16', powerHours],
    [2, 'u16', counters.powerCuts],
    [4, 'u16', counters.heatingHours],
    [6, 'u16', counters.tapHours],
    [8, 'u16', starts],
    [10, 'u16', counters.ignitionFailed],
    [12, 'u16', counters.flameLost],
    [14, 'u16', counters.resets],
    [16, 'u32', counters.heatingGas],
    [20, 'u32', counters.tapGas],
    [24, 'u16', tapWater],
    [26, 'u16', tapStarts],
    [28, 'u8', Math.floor(tapWater / 0x1_0000)],
    [29, 'u8', Math.floor(tapStarts / 0x1_0000)],
    [30, 'u8', Math.floor(powerHours / 0x1_0000)],
    [31, 'u8', Math.floor(starts / 0x1_0000)],
  ])
}
