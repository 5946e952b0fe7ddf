import { hashUnit } from '../../../simulation/random.ts'
import { createBurner } from './burner.ts'
import { createHouse, type HousePlan } from './house.ts'
import { createWater, type Way } from './water.ts'

/** What the boiler is about. */
export type Task = 'standby' | 'heating' | 'after-heating' | 'tapping' | 'after-tap' | 'keep-warm'

export interface ModelPlan extends Omit<HousePlan, 'seed' | 'startAt'> {
  /** The hot water is kept warm between taps. */
  readonly keepsWarm: boolean
  /** From this second on there is no gas. */
  readonly gasIsCutAtSecond: number
  readonly circuitAtStart: number
}

/** Times and amounts since the start. */
export interface Grown {
  readonly heatingSeconds: number
  readonly tapSeconds: number
  readonly tapStarts: number
  readonly heatingGas: number
  readonly tapGas: number
  readonly tapWater: number
}

const AFTER_HEATING_SECONDS = 300
const AFTER_TAP_SECONDS = 20
const ANTI_CYCLE_SECONDS = 150
const TOO_HOT_K = 5
const TAP_SET = 58
const COLD_WATER = 11
const KW_PER_LITRE_AND_K = 0.0698
const KEEP_WARM_BELOW = 40
const KEEP_WARM_UP_TO = 55
const KEEP_WARM_KW = 7

export type BoilerModel = ReturnType<typeof createModel>

/** A boiler, its house and the people in it, second by second. */
export function createModel(plan: ModelPlan, seed: number, startAt: number) {
  const house = createHouse({ ...plan, seed, startAt })
  const burner = createBurner({ seed, gasIsCutAtSecond: plan.gasIsCutAtSecond })
  const water = createWater({ circuit: plan.circuitAtStart, tapWater: 44 })
  const grown = { heatingSeconds: 0, tapSeconds: 0, tapStarts: 0, heatingGas: 0, tapGas: 0, tapWater: 0 }
  let task: Task = 'standby'
  let taskSince = 0
  let waitsUntil = 0
  let heatingKw = 0
  let second = 0

  function nextTask(): Task {
    if (burner.state === 'locked') return task
    const lasted = second - taskSince
    if (house.tapFlow > 0) return 'tapping'
    if (task === 'tapping') return 'after-tap'
    if (task === 'after-tap' && lasted < AFTER_TAP_SECONDS) return task
    if (house.wantsHeat) return 'heating'
    if (task === 'heating') return 'after-heating'
    if (task === 'after-heating' && lasted < AFTER_HEATING_SECONDS) return task
    const warmBelow = task === 'keep-warm' ? KEEP_WARM_UP_TO : KEEP_WARM_BELOW
    return plan.keepsWarm && water.tapWater < warmBelow ? 'keep-warm' : 'standby'
  }

  function setPointOf(): number {
    if (task === 'heating') return Math.round(Math.min(60, Math.max(32, 22 + 1.75 * (20 - house.outdoor))))
    return task === 'tapping' || task === 'keep-warm' ? TAP_SET : 0
  }

  function wantedKw(): number {
    if (task === 'tapping') return house.tapFlow * KW_PER_LITRE_AND_K * (TAP_SET - COLD_WATER)
    if (task === 'keep-warm') return KEEP_WARM_KW
    if (task !== 'heating' || second < waitsUntil) return 0
    const over = water.supply - setPointOf()
    if (over > TOO_HOT_K) {
      waitsUntil = second + ANTI_CYCLE_SECONDS
      return 0
    }
    const aim = Math.max(7, Math.min(20, 9 - 1.2 * over))
    heatingKw += Math.max(-0.3, Math.min(0.3, aim - heatingKw))
    return Math.max(7, heatingKw)
  }

  function count(): void {
    const isTap = task === 'tapping' || task === 'keep-warm'
    if (isTap) grown.tapGas += burner.gas
    if (!isTap) grown.heatingGas += burner.gas
    if (isTap && burner.state === 'flame') grown.tapSeconds += 1
    if (task === 'heating') grown.heatingSeconds += 1
    grown.tapWater += (house.tapFlow / 60) * 10
  }

  function step(): void {
    const next = nextTask()
    if (next !== task) taskSince = second
    task = next
    const startsBefore = burner.starts
    burner.step(second, wantedKw())
    if (burner.starts > startsBefore && (task === 'tapping' || task === 'keep-warm')) grown.tapStarts += 1
    if (burner.state !== 'flame') heatingKw = 0
    const way: Way = task === 'tapping' || task === 'keep-warm' ? 'tap' : 'radiators'
    water.step({
      way,
      isPumping: isPumping(),
      pumpPercent: pumpPercent(),
      powerKw: burner.powerKw,
      room: house.room,
    })
    house.step(second, water.radiatorsKw)
    count()
  }

  function isPumping(): boolean {
    return (task === 'heating' || task === 'after-heating') && burner.state !== 'locked'
  }

  function pumpPercent(): number {
    if (!isPumping()) return 0
    return task === 'heating' ? Math.round(Math.min(100, 45 + 2 * burner.powerKw)) : 40
  }

  return {
    house,
    burner,
    water,
    grown: grown as Grown,
    get second() {
      return second
    },
    get task() {
      return task
    },
    get setPoint() {
      return setPointOf()
    },
    get isWaiting() {
      return task === 'heating' && second < waitsUntil
    },
    get isPumping() {
      return isPumping()
    },
    get pumpPercent() {
      return pumpPercent()
    },
    /** What water expands by, and what leaks in months. */
    get pressure() {
      const flicker = 0.02 * (hashUnit(seed, Math.floor(second / 7), 20) - 0.5)
      return Math.max(0.6, 1.45 + 0.006 * (water.circuit - 30) - (0.01 * second) / 86_400 + flicker)
    },
    /** Lives one more second. */
    step() {
      step()
      second += 1
    },
    /** Lets time pass in which nothing happens. */
    skip(seconds: number) {
      second += seconds
    },
  }
}
