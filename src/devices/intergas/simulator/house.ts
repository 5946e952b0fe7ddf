import { hashUnit } from '../../../simulation/random.ts'

const DAY_SECONDS = 86_400
const TAP_SLOT_SECONDS = 600

/** What a house asks of its boiler. */
export interface HousePlan {
  readonly seed: number
  /** Wall time at the start. */
  readonly startAt: number
  /** Mean of the day outside, °C. */
  readonly outdoorMean: number
  readonly roomAtStart: number
  /** False: the thermostat is off. */
  readonly isHeated: boolean
  /** Litres a minute at a second since the start. */
  readonly tapFlow: (second: number) => number
}

/** A house with a thermostat and a tap. Fine for seconds, coarse for hours: cycles should show while somebody watches. */
export interface House {
  readonly outdoor: number
  readonly room: number
  readonly roomSet: number
  readonly wantsHeat: boolean
  readonly tapFlow: number
  /** One second goes by, with so many kW from the radiators. */
  step(second: number, radiatorsKw: number): void
}

/** Heat lost per kelvin to the outside. */
const LOSS_KW_PER_K = 0.2
/** Air and furniture only: walls would make cycles of many hours. */
const ROOM_KWH_PER_K = 1.2
const HYSTERESIS_K = 0.15

/** A house at the start of its plan. */
export function createHouse({
  seed,
  startAt,
  outdoorMean,
  roomAtStart,
  isHeated,
  tapFlow,
}: HousePlan): House {
  let room = roomAtStart
  let wantsHeat = false
  let second = 0
  const hourOf = () => (((startAt / 1000 + second) % DAY_SECONDS) / DAY_SECONDS) * 24
  const roomSetOf = () => (hourOf() >= 6 && hourOf() < 22 ? 20.5 : 18.5)
  const outdoorOf = () => outdoorMean + 4 * Math.sin(((hourOf() - 9) / 12) * Math.PI)
  return {
    get outdoor() {
      return outdoorOf() + 0.2 * (hashUnit(seed, Math.floor(second / 60), 1) - 0.5)
    },
    get room() {
      return room
    },
    get roomSet() {
      return roomSetOf()
    },
    get wantsHeat() {
      return wantsHeat
    },
    get tapFlow() {
      return tapFlow(second)
    },
    step(now, radiatorsKw) {
      second = now
      room += (radiatorsKw - LOSS_KW_PER_K * (room - outdoorOf())) / ROOM_KWH_PER_K / 3600
      if (room < roomSetOf() - HYSTERESIS_K) wantsHeat = isHeated
      if (room > roomSetOf() + HYSTERESIS_K) wantsHeat = false
    },
  }
}

/** Nobody is at home. */
export function noTaps(): number {
  return 0
}

/** Washing hands, doing the dishes, showers: often by day, seldom by night. */
export function tapsOfADay(seed: number, startAt: number): (second: number) => number {
  return second => {
    const moment = startAt / 1000 + second
    const slot = Math.floor(moment / TAP_SLOT_SECONDS)
    const hour = (moment % DAY_SECONDS) / 3600
    const chance = hour >= 6 && hour < 23 ? 0.35 : 0.03
    if (hashUnit(seed, slot, 2) > chance) return 0
    const lengthSeconds = 20 + 300 * hashUnit(seed, slot, 3) ** 2
    const from = hashUnit(seed, slot, 4) * (TAP_SLOT_SECONDS - lengthSeconds)
    const within = moment - slot * TAP_SLOT_SECONDS - from
    if (within < 0 || within >= lengthSeconds) return 0
    return flowOf(seed, slot, second)
  }
}

/** The tap is opened for `openSeconds` every `everySeconds`, for the first time after `fromSecond`. */
export function tapsEvery(
  seed: number,
  {
    fromSecond,
    openSeconds,
    everySeconds,
  }: { fromSecond: number; openSeconds: number; everySeconds: number },
): (second: number) => number {
  return second => {
    if (second < fromSecond) return 0
    const turn = Math.floor((second - fromSecond) / everySeconds)
    return (second - fromSecond) % everySeconds < openSeconds ? flowOf(seed, turn, second) : 0
  }
}

function flowOf(seed: number, turn: number, second: number): number {
  return 3.5 + 4 * hashUnit(seed, turn, 5) + 0.3 * (hashUnit(seed, second, 6) - 0.5)
}
