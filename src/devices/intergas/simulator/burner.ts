import { hashUnit } from '../../../simulation/random.ts'

/** Lowest and highest fan speed with a flame. */
export const LEAST_RPM = 1300
export const MOST_RPM = 5000
const START_RPM = 2400
const KW_PER_RPM = 0.0054
const KWH_PER_CUBIC_METRE = 9.77

const PURGE_SECONDS = 4
const LONGEST_SPARK_SECONDS = 4
/** After so many failed starts in a row the boiler gives up. */
const MOST_TRIES = 4
const FAN_SECONDS = 2.5
/** Part of the starts that fail for no reason. */
const BAD_SPARKS = 0.02

/** What the burner does. */
export type BurnerState = 'off' | 'purge' | 'spark' | 'flame' | 'locked'

export interface BurnerPlan {
  readonly seed: number
  /** From this second on no start succeeds and the flame goes out. */
  readonly gasIsCutAtSecond: number
}

/** Fan, spark, gas valve and flame. */
export interface Burner {
  readonly state: BurnerState
  readonly fanSet: number
  readonly fan: number
  /** Zero without a flame. */
  readonly ionisation: number
  readonly powerKw: number
  readonly starts: number
  readonly failedStarts: number
  readonly lostFlames: number
  /** Ten thousandths of a cubic metre in this second. */
  readonly gas: number
  /** One second goes by with so much power wanted; nothing wanted is zero. */
  step(second: number, wantedKw: number): void
}

/** A cold burner. */
export function createBurner({ seed, gasIsCutAtSecond }: BurnerPlan): Burner {
  let state: BurnerState = 'off'
  let since = 0
  let tries = 0
  let fan = 0
  let fanSet = 0
  let starts = 0
  let failedStarts = 0
  let lostFlames = 0
  let now = 0

  function become(next: BurnerState): void {
    state = next
    since = now
  }

  function advance(wantedKw: number): void {
    const hasGas = now < gasIsCutAtSecond
    if (state === 'locked') return
    if (wantedKw <= 0) {
      if (state !== 'off') become('off')
      tries = 0
      return
    }
    if (state === 'off') become('purge')
    const isPurged = state === 'purge' && now - since >= PURGE_SECONDS
    const isLost = state === 'flame' && !hasGas
    if (state === 'spark') ignite(hasGas)
    if (isPurged) become('spark')
    if (!isLost) return
    lostFlames += 1
    become('purge')
  }

  function ignite(hasGas: boolean): void {
    const attempt = starts + failedStarts
    const sparkSeconds = 1 + Math.floor(2 * hashUnit(seed, attempt, 10))
    const isBadSpark = hashUnit(seed, attempt, 13) < BAD_SPARKS
    if (hasGas && !isBadSpark && now - since >= sparkSeconds) {
      starts += 1
      tries = 0
      become('flame')
    }
    if (now - since < LONGEST_SPARK_SECONDS) return
    failedStarts += 1
    tries += 1
    become(tries >= MOST_TRIES ? 'locked' : 'purge')
  }

  function wantedRpm(wantedKw: number): number {
    if (state === 'off' || state === 'locked') return 0
    if (state !== 'flame') return START_RPM
    return Math.round(Math.min(MOST_RPM, Math.max(LEAST_RPM, wantedKw / KW_PER_RPM)) / 10) * 10
  }

  return {
    get state() {
      return state
    },
    get fanSet() {
      return fanSet
    },
    get fan() {
      const flutter = fan > 100 ? 8 * (hashUnit(seed, now, 11) - 0.5) : 0
      return Math.max(0, Math.round(fan + flutter))
    },
    get ionisation() {
      if (state !== 'flame') return 0
      return 1.5 + 5 * (fan / MOST_RPM) + 0.4 * (hashUnit(seed, now, 12) - 0.5)
    },
    get powerKw() {
      return state === 'flame' ? fan * KW_PER_RPM : 0
    },
    get starts() {
      return starts
    },
    get failedStarts() {
      return failedStarts
    },
    get lostFlames() {
      return lostFlames
    },
    get gas() {
      return state === 'flame' ? ((fan * KW_PER_RPM) / KWH_PER_CUBIC_METRE / 3600) * 10_000 : 0
    },
    step(second, wantedKw) {
      now = second
      advance(wantedKw)
      fanSet = wantedRpm(wantedKw)
      fan += (fanSet - fan) / FAN_SECONDS
      if (fanSet === 0 && fan < 50) fan = 0
    },
  }
}
