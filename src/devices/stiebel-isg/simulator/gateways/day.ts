const HOUR_S = 3600
const DAY_MS = 86_400_000

/** What a heat pump is about. */
export type Task = 'heating' | 'dhw' | 'defrost' | 'rest'

/** Every hour goes like this: until which minute it does what. */
const HOUR_PLAN: readonly (readonly [untilMinute: number, task: Task])[] = [
  [35, 'heating'],
  [38, 'defrost'],
  [46, 'heating'],
  [54, 'dhw'],
  [60, 'rest'],
]

/** kWh of today, three decimals, and of all days before: whole ones. */
export interface Registers {
  readonly day: number
  readonly total: number
}

/** What it does at a moment. */
export function taskAt(at: number): Task {
  const minute = (at / 60_000) % 60
  return HOUR_PLAN.find(([until]) => minute < until)?.[1] ?? 'rest'
}

/** Seconds spent on a task between two moments. */
export function secondsOf(task: Task, from: number, to: number): number {
  return secondsBefore(task, to / 1000) - secondsBefore(task, from / 1000)
}

function secondsBefore(task: Task, second: number): number {
  const hours = Math.floor(second / HOUR_S)
  return hours * secondsWithin(task, HOUR_S) + secondsWithin(task, second - hours * HOUR_S)
}

function secondsWithin(task: Task, end: number): number {
  let from = 0
  let sum = 0
  for (const [untilMinute, each] of HOUR_PLAN) {
    const until = Math.min(end, untilMinute * 60)
    if (each === task) sum += Math.max(0, until - from)
    from = untilMinute * 60
  }
  return sum
}

/**
 * Registers at a moment. At midnight whole kWh move to the total and the fraction stays in the register of the day,
 * so that neither is a clean counter and their sum is.
 */
export function energyRegisters({
  startAt,
  at,
  base,
  kW,
  task,
}: {
  readonly startAt: number
  readonly at: number
  readonly base: Registers
  readonly kW: number
  /** Grows while it does this; absent: always. */
  readonly task?: Task
}): Registers {
  const energyAt = (moment: number) => {
    const seconds = task === undefined ? (moment - startAt) / 1000 : secondsOf(task, startAt, moment)
    return base.total + base.day + (kW * seconds) / HOUR_S
  }
  const midnight = Math.floor(at / DAY_MS) * DAY_MS
  const total = midnight <= startAt ? base.total : Math.floor(energyAt(midnight))
  return { day: energyAt(at) - total, total }
}
