import { ABSENT, countersAnswer, status2Answer, statusAnswer } from './answers.ts'
import type { Answers } from './frozen.ts'
import { bytesAnswer, SETTINGS, timingAnswer } from './identity.ts'

/** Counters are the same in all states: a real boiler's do not go back. */
const COUNTERS = countersAnswer({
  powerHours: 70_211,
  powerCuts: 12,
  heatingHours: 6120,
  tapHours: 431,
  starts: 70_012,
  ignitionFailed: 3,
  flameLost: 2,
  resets: 1,
  heatingGas: 60_012_345,
  tapGas: 4_400_123,
  tapWater: 655_361,
  tapStarts: 65_540,
})

/** Settings with other temperatures for heating, hot water and comfort. */
function settingsWith(heating: number, hotWater: number, comfort: number): Uint8Array {
  const settings = [...SETTINGS]
  settings[2] = heating
  settings[3] = hotWater
  settings[5] = comfort
  return bytesAnswer(settings)
}

/** Three states of one boiler that share no reading but counters, most settings and some flags. */
export const STATES: Readonly<Record<'a' | 'b' | 'c', Answers>> = {
  a: {
    'S?': statusAnswer({
      exchanger: 31.11,
      supply: 30.12,
      return: 29.13,
      tapWater: 41.14,
      cylinder: ABSENT,
      outside: -4.15,
      pressure: 1.41,
      setPoint: 0,
      fanSet: 0,
      fan: 0,
      fanPercent: 0,
      ionisation: 0,
      code: 126,
      flags1: 0x80,
      marker: 0x40,
      flags2: 0x20,
      fault: 255,
    }),
    S2: status2Answer({
      tapFlow: 0,
      pump: 0,
      openThermMember: 11,
      roomOverride: 0,
      roomSet: 18.5,
      room: 19.17,
    }),
    CRC: timingAnswer([1003, 405, 161, 40, 512]),
    HN: COUNTERS,
    'V?': settingsWith(50, 51, 52),
  },
  b: {
    'S?': statusAnswer({
      exchanger: 55.21,
      supply: 48.22,
      return: 37.23,
      tapWater: 44.24,
      cylinder: ABSENT,
      outside: 3.25,
      pressure: 1.62,
      setPoint: 50,
      fanSet: 2110,
      fan: 2117,
      fanPercent: 21.4,
      ionisation: 3.28,
      code: 0,
      flags1: 0x88,
      marker: 0x40,
      flags2: 0x25,
      fault: 255,
    }),
    S2: status2Answer({
      tapFlow: 0.06,
      pump: 55,
      openThermMember: 11,
      roomOverride: 0,
      roomSet: 20.5,
      room: 20.27,
    }),
    CRC: timingAnswer([1011, 801, 193, 40, 513]),
    HN: COUNTERS,
    'V?': settingsWith(60, 61, 62),
  },
  c: {
    'S?': statusAnswer({
      exchanger: 72.31,
      supply: 67.32,
      return: 51.33,
      tapWater: 57.34,
      cylinder: ABSENT,
      outside: 11.35,
      pressure: 1.83,
      setPoint: 58,
      fanSet: 3450,
      fan: 3461,
      fanPercent: 38.7,
      ionisation: 5.39,
      code: 204,
      flags1: 0x82,
      marker: 0x40,
      flags2: 0x65,
      fault: 255,
    }),
    S2: status2Answer({
      tapFlow: 5.61,
      pump: 10,
      openThermMember: 11,
      roomOverride: 0,
      roomSet: 21.5,
      room: 21.37,
    }),
    CRC: timingAnswer([1019, 851, 205, 40, 514]),
    HN: COUNTERS,
    'V?': settingsWith(70, 71, 72),
  },
}
