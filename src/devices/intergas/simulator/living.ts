import { hashUnit } from '../../../simulation/random.ts'
import {
  ABSENT,
  CODES,
  type Counters,
  countersAnswer,
  FLAGS_1,
  FLAGS_2,
  MARKER,
  NO_FAULT,
  type Status,
  status2Answer,
  statusAnswer,
} from './answers.ts'
import { type BoilerModel, createModel, type ModelPlan, type Task } from './boiler-model.ts'
import type { CommandName } from './commands.ts'
import { bytesAnswer, faultsAnswer, timingAnswer } from './identity.ts'
import type { Boiler, BoilerStart } from './scene.ts'

/** A boiler asked after days has lived no more than this; the rest of the time it was switched off. */
const MOST_SECONDS = 86_400
/** No flame signal. */
const FAULT_NO_FLAME = 4

/** What a boiler is equipped with and what it looks like at the start. */
export interface LivingPlan extends ModelPlan {
  readonly hasPressureSensor: boolean
  /** Sensors with a fixed reading, most of all those that are not connected. */
  readonly fixedSensors: Partial<Pick<Status, 'return' | 'tapWater' | 'cylinder' | 'outside'>>
  /** Byte 27 while a fault is active. */
  readonly faultMarker: number
  readonly openThermMember: number
  readonly settings: readonly number[]
  readonly counters: Counters
}

/** The living parts that other boards answer from too. */
export interface Living {
  readonly model: BoilerModel
  status(): Status
  counters(): Counters
  faults(): ReadonlyMap<number, number>
  /** Lives up to this moment. */
  advance(elapsedMs: number): void
}

const SHOWN: Readonly<Record<Task, number>> = {
  standby: CODES.standby,
  heating: CODES.heating,
  'after-heating': CODES.afterHeating,
  tapping: CODES.tapping,
  'after-tap': CODES.afterTap,
  'keep-warm': CODES.keepWarm,
}

/** A boiler that lives by its plan. */
export function createLiving(plan: LivingPlan, { seed, startAt }: BoilerStart): Living {
  const model = createModel(plan, seed, startAt)
  const { house, burner, water, grown } = model
  const sensor = (value: number, channel: number) =>
    value + 0.08 * (hashUnit(seed, model.second, 30 + channel) - 0.5)

  function flags2(): number {
    const { state } = burner
    const isLow = plan.hasPressureSensor && model.pressure < 0.5
    return bits(
      [state === 'spark' || state === 'flame', FLAGS_2.gasValve],
      [state === 'spark', FLAGS_2.spark],
      [state === 'flame', FLAGS_2.ionisation],
      [isLow, FLAGS_2.lowPressure],
      [plan.hasPressureSensor, FLAGS_2.pressureSensor],
      [state === 'locked' || model.isWaiting, FLAGS_2.burnerBlock],
    )
  }

  return {
    model,
    advance(elapsedMs) {
      const until = Math.floor(elapsedMs / 1000)
      if (until - model.second > MOST_SECONDS) model.skip(until - model.second - MOST_SECONDS)
      while (model.second < until) model.step()
    },
    status: () => ({
      exchanger: sensor(water.exchanger, 0),
      supply: sensor(water.supply, 1),
      return: sensor(water.return, 2),
      tapWater: sensor(water.tapWater, 3),
      cylinder: ABSENT,
      outside: sensor(house.outdoor, 4),
      // Boards without the sensor were seen to say 6 bar.
      pressure: plan.hasPressureSensor ? model.pressure : 6,
      setPoint: model.setPoint,
      fanSet: burner.fanSet,
      fan: burner.fan,
      fanPercent: burner.fan > 0 ? Math.max(1, (burner.fan - 900) * 0.018) : 0,
      ionisation: burner.ionisation,
      code: SHOWN[model.task],
      flags1: bits(
        [true, FLAGS_1.openTherm],
        [house.tapFlow > 0, FLAGS_1.tapSwitch],
        [model.isPumping, FLAGS_1.pump],
        [burner.state === 'locked', FLAGS_1.alarm],
      ),
      marker: burner.state === 'locked' ? plan.faultMarker : MARKER.idle,
      flags2: flags2(),
      fault: burner.state === 'locked' ? FAULT_NO_FLAME : NO_FAULT,
      ...plan.fixedSensors,
    }),
    counters: () => {
      const { counters } = plan
      return {
        ...counters,
        powerHours: counters.powerHours + Math.floor(model.second / 3600),
        heatingHours: counters.heatingHours + Math.floor(grown.heatingSeconds / 3600),
        tapHours: counters.tapHours + Math.floor(grown.tapSeconds / 3600),
        starts: counters.starts + burner.starts,
        tapStarts: counters.tapStarts + grown.tapStarts,
        ignitionFailed: counters.ignitionFailed + burner.failedStarts,
        flameLost: counters.flameLost + burner.lostFlames,
        heatingGas: counters.heatingGas + Math.floor(grown.heatingGas),
        tapGas: counters.tapGas + Math.floor(grown.tapGas),
        tapWater: counters.tapWater + Math.floor(grown.tapWater),
      }
    },
    faults: () => new Map([[FAULT_NO_FLAME, burner.state === 'locked' ? 4 : 3]]),
  }
}

/** An HRE that lives by its plan; what never moves comes from `still`. */
export function livingBoiler(plan: LivingPlan, still: Boiler, start: BoilerStart): Boiler {
  const living = createLiving(plan, start)
  return {
    answer(name: CommandName, elapsedMs: number) {
      living.advance(elapsedMs)
      if (name === 'S?') return statusAnswer(living.status())
      if (name === 'S2') return roomAnswer(plan, living)
      if (name === 'CRC') return loadAnswer(start.seed, living)
      if (name === 'HN') return countersAnswer(living.counters())
      if (name === 'V?') return bytesAnswer(plan.settings)
      if (name === 'EN') return faultsAnswer(living.faults())
      return still.answer(name, elapsedMs)
    },
  }
}

/** `S2` of a living boiler. */
export function roomAnswer({ openThermMember }: LivingPlan, { model }: Living): Uint8Array {
  const { tapFlow, roomSet, room } = model.house
  return status2Answer({
    tapFlow,
    pump: model.pumpPercent,
    openThermMember,
    roomOverride: 0,
    roomSet,
    room,
  })
}

/** `CRC` of a living boiler: about 200 between interrupts, more to do with a flame, 50 Hz, a reference of 2.5 V. */
export function loadAnswer(seed: number, { model }: Living): Uint8Array {
  const noise = hashUnit(seed, model.second, 40)
  const isBurning = model.burner.state === 'flame'
  return timingAnswer([
    1000 + Math.floor(16 * noise),
    (isBurning ? 780 : 400) + Math.floor(60 * noise),
    (isBurning ? 190 : 160) + Math.floor(12 * noise),
    40,
    512,
  ])
}

function bits(...pairs: readonly (readonly [isSet: boolean, bit: number])[]): number {
  return pairs.reduce((sum, [isSet, bit]) => (isSet ? sum | bit : sum), 0)
}
