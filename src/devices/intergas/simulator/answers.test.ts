import { describe, expect, it } from 'vitest'
import {
  countersAnswer,
  FLAGS_1,
  FLAGS_2,
  type Status,
  status2Answer,
  statusAnswer,
  xtremeStatusAnswer,
} from './answers.ts'
import { hexText } from './bytes.ts'
import { faultsAnswer, releaseAnswer, SETTINGS, timingAnswer } from './identity.ts'

const STATUS: Status = {
  exchanger: 48.77,
  supply: 44.1,
  return: 36.44,
  tapWater: 40.12,
  cylinder: -51,
  outside: -12.34,
  pressure: 1.51,
  setPoint: 45,
  fanSet: 1620,
  fan: 1618,
  fanPercent: 17.1,
  ionisation: 2.43,
  code: 0,
  flags1: FLAGS_1.openTherm | FLAGS_1.pump,
  marker: 0x40,
  flags2: FLAGS_2.pressureSensor | FLAGS_2.ionisation | FLAGS_2.gasValve,
  fault: 255,
}

describe('statusAnswer', () => {
  it('puts every value at its place', () => {
    expect(hexText(statusAnswer(STATUS))).toBe(
      '0d133a113c0eac0f14ec2efb9700941154065206ab00f3000000884025ff00ff',
    )
  })

  it.each([
    [-0.01, 'ffff'],
    [-1, '9cff'],
    [-2.56, '00ff'],
    [69.97, '551b'],
    [-327.68, '0080'],
    [327.67, 'ff7f'],
    [-51, '14ec'],
    [-7.25, '2bfd'],
  ])('writes %d as %s', (exchanger, hex) => {
    expect(hexText(statusAnswer({ ...STATUS, exchanger })).slice(0, 4)).toBe(hex)
  })

  it('has zero at byte 25 and 00 FF at the end', () => {
    const bytes = statusAnswer(STATUS)

    expect([bytes[25], bytes[30], bytes[31]]).toEqual([0, 0, 255])
  })

  it.each([
    [
      'flags1',
      26,
      [
        'generalPurposeSwitch',
        'tapSwitch',
        'roomContact',
        'pump',
        'threeWayValve',
        'alarm',
        'cascadeRelay',
        'openTherm',
      ],
      FLAGS_1,
    ],
    [
      'flags2',
      28,
      [
        'gasValve',
        'spark',
        'ionisation',
        'openThermDisabled',
        'lowPressure',
        'pressureSensor',
        'burnerBlock',
        'gradient',
      ],
      FLAGS_2,
    ],
  ] as const)('has the first of %s as bit 0 of byte %i', (key, offset, names, flags) => {
    const bytes = names.map(name => {
      const bit = new Map<string, number>(Object.entries(flags)).get(name)
      return statusAnswer({ ...STATUS, [key]: bit })[offset]
    })

    expect(bytes).toEqual([1, 2, 4, 8, 16, 32, 64, 128])
  })
})

describe('xtremeStatusAnswer', () => {
  it('has temperatures where an HRE has its fan, and no return sensor', () => {
    const bytes = xtremeStatusAnswer({ ...STATUS, coldWater: 11.2, flueGas: 42, solarCylinder: -51 })

    expect(hexText(bytes)).toBe('0d133a1114ecac0f6004681097009411' + '2efb14ec' + 'ab00f3000000884025ff00ff')
  })
})

describe('status2Answer', () => {
  it.each([
    [0, 'c8'],
    [55, '5a'],
    [100, '00'],
  ])('says %i % pump as %s', (pump, hex) => {
    const bytes = status2Answer({
      tapFlow: 5.61,
      pump,
      openThermMember: 11,
      roomOverride: 327.67,
      roomSet: 20.5,
      room: 19.44,
    })

    expect(hexText(bytes)).toBe(`3102${hex}0bff7f02089807ff7fff7fff7fff7f0000ffffffffffffffffffffffff`)
  })
})

describe('countersAnswer', () => {
  it('keeps the upper parts of large counters in bytes 28 to 31', () => {
    const bytes = countersAnswer({
      powerHours: 70_211,
      powerCuts: 12,
      heatingHours: 6120,
      tapHours: 431,
      starts: 70_012,
      ignitionFailed: 3,
      flameLost: 0,
      resets: 1,
      heatingGas: 60_012_345,
      tapGas: 4_400_123,
      tapWater: 655_361,
      tapStarts: 65_540,
    })

    expect(hexText(bytes)).toBe('43120c00e817af017c1103000000010039b79303fb234300010004000a010101')
  })

  it('wraps the hours of 16 bits, and not the others', () => {
    const zero = { powerCuts: 0, ignitionFailed: 0, flameLost: 0, resets: 0, heatingGas: 0, tapGas: 0 }
    const bytes = countersAnswer({
      ...zero,
      powerHours: 1_048_576,
      heatingHours: 65_537,
      tapHours: 3,
      starts: 2_000_000,
      tapWater: 99,
      tapStarts: 1_000_000,
    })

    expect(hexText(bytes)).toBe('0000000001000300808400000000000000000000000000006300404200' + '0f101e')
  })
})

describe('the quiet answers', () => {
  it('has the settings of the document, the lowest outside temperature below zero', () => {
    expect(hexText(Uint8Array.from(SETTINGS))).toBe(
      '01003232030000000000414b19f91905010000011414190123433c000a002800',
    )
  })

  it('has the timing words and the checksums', () => {
    expect(hexText(timingAnswer([1010, 405, 165, 40, 512]))).toBe(
      'f2039501a500280000020000000000000000000000000000b694d25f2da01107',
    )
  })

  it('has the release as text', () => {
    const bytes = releaseAnswer('ic3mk1   *P190517*', 'V2.53')

    expect(Buffer.from(bytes.subarray(0, 24)).toString('latin1')).toBe('ic3mk1   *P190517*V2.53-')
    expect(hexText(bytes.subarray(24))).toBe('b694d25f2da01107')
  })

  it('has 255 for each fault that never was', () => {
    expect(hexText(faultsAnswer(new Map([[4, 3]])))).toBe(`ffffffff03${'ff'.repeat(27)}`)
  })
})
