import { ABSENT, ABSENT_HIGH, MARKER } from './answers.ts'
import { frozenBoiler } from './frozen.ts'
import { noTaps, tapsEvery, tapsOfADay } from './house.ts'
import { SETTINGS } from './identity.ts'
import { type LivingPlan, livingBoiler } from './living.ts'
import { type BoilerStart, type Scene, soundScene } from './scene.ts'
import { xtremeBoiler } from './xtreme.ts'

const FIRST_TAP = { fromSecond: 150, openSeconds: 75, everySeconds: 1500 }
const MANY_TAPS = { fromSecond: 0, openSeconds: 90, everySeconds: 120 }
const GAS_IS_CUT_AT_SECOND = 60

/** A house in winter whose room is just too cold, with an outside sensor and without a cylinder. */
export function winterPlan({ seed, startAt }: BoilerStart): LivingPlan {
  return {
    outdoorMean: 4,
    roomAtStart: 20.3,
    isHeated: true,
    tapFlow: tapsOfADay(seed, startAt),
    keepsWarm: false,
    gasIsCutAtSecond: Number.POSITIVE_INFINITY,
    circuitAtStart: 31,
    hasPressureSensor: true,
    fixedSensors: {},
    faultMarker: MARKER.fault,
    openThermMember: 11,
    settings: SETTINGS,
    counters: {
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
    },
  }
}

/** Nobody needs heat: a warm house, all taps closed. */
const SUMMER = {
  outdoorMean: 21,
  roomAtStart: 22,
  isHeated: false,
  tapFlow: noTaps,
  circuitAtStart: 24,
} as const satisfies Partial<LivingPlan>

/** Boilers whose readings move. */
export const LIVING_SCENES: readonly Scene[] = [
  living(
    'demo',
    'A house in winter: heating in cycles, the first tap after two and a half minutes.',
    start => ({
      tapFlow: tapsEvery(start.seed, FIRST_TAP),
      keepsWarm: true,
    }),
  ),
  living('heating-day', 'A house in winter, its people and the wall clock.', () => ({})),
  living('standby', 'Summer: nobody needs heat, nobody taps.', () => SUMMER),
  living('tapping', 'Summer: the hot tap is open three quarters of the time.', start => ({
    ...SUMMER,
    tapFlow: tapsEvery(start.seed, MANY_TAPS),
  })),
  living(
    'fault',
    'The gas is cut after a minute: four failed starts, then fault 4 with marker 0x80.',
    () => ({
      gasIsCutAtSecond: GAS_IS_CUT_AT_SECOND,
    }),
  ),
  living('fault-bit-six', 'The same fault on a board that keeps bit 6 of the marker: 0xC0.', () => ({
    gasIsCutAtSecond: GAS_IS_CUT_AT_SECOND,
    faultMarker: MARKER.fault | MARKER.idle,
  })),
  living('absent-sensors', 'Nothing connected, said in three ways: 327.67, -51.00 and -50.81.', () => ({
    fixedSensors: { return: ABSENT_HIGH, tapWater: ABSENT, cylinder: ABSENT, outside: -50.81 },
  })),
  living(
    'no-pressure-sensor',
    'A board without pressure sensor: its bit is clear, the word says 6 bar.',
    () => ({
      hasPressureSensor: false,
    }),
  ),
  {
    name: 'xtreme',
    summary: 'An Xtreme in the same winter: check bytes, H0, D2, V0 to V3. Not verified on hardware.',
    dialect: 'xor',
    verdict: 'good',
    disturbances: [],
    make: start =>
      xtremeBoiler(
        { ...winterPlan(start), tapFlow: tapsEvery(start.seed, FIRST_TAP), keepsWarm: true },
        start,
      ),
  },
]

/** The boiler of the fault scenarios: the one of `demo`. */
export const makeDemoBoiler: Scene['make'] = start =>
  livingBoiler(
    { ...winterPlan(start), tapFlow: tapsEvery(start.seed, FIRST_TAP), keepsWarm: true },
    frozenBoiler({}),
    start,
  )

function living(name: string, summary: string, differs: (start: BoilerStart) => Partial<LivingPlan>): Scene {
  return soundScene(name, summary, start =>
    livingBoiler({ ...winterPlan(start), ...differs(start) }, frozenBoiler({}), start),
  )
}
