import { hashUnit } from '../../../simulation/random.ts'
import { legalTime } from './legal-time.ts'

/** Power stands still for this long, so that its integral is exact. */
export const SLOT_MS = 10_000

/** A load far above the contract that comes again and again. */
export interface Surge {
  readonly phase: number
  readonly watts: number
  /** First start, counted from the start of the simulation. */
  readonly fromMs: number
  readonly lengthMs: number
  readonly everyMs: number
}

export interface HouseholdPlan {
  readonly seed: number
  readonly startAt: number
  readonly phases: 1 | 3
  /** What the contract allows on all phases together: the people of this house keep within it. */
  readonly limitWatts: number
  readonly waterHeaterMinute: number
  /** Best power of the panels on the roof; 0: none. */
  readonly solarWatts: number
  readonly surges: readonly Surge[]
}

/** The power of one slot, per phase. */
export interface SlotPower {
  /** Whole watts, negative while more comes from the roof than is used. Loads are resistive: W is VA. */
  readonly watts: readonly number[]
  readonly volts: readonly number[]
}

/** A house with people in it. Any slot can be asked for in any order; the same seed lives the same life. */
export function createHousehold(plan: HouseholdPlan): (slot: number) => SlotPower {
  const { seed, phases, limitWatts, solarWatts } = plan
  // The newest slot is asked for several times over (frame, ledger, overrun), the others once.
  let known = Number.NaN
  let power: SlotPower = { watts: [], volts: [] }

  function powerOf(slot: number): SlotPower {
    const moment = momentOf(slot)
    const loads = [
      heatPumpWatts(seed, moment),
      waterHeaterWatts(seed, moment, plan.waterHeaterMinute),
      cookingWatts(seed, moment) + livingWatts(seed, moment),
    ]
    const perPhase = phases === 3 ? loads : [loads.reduce((sum, load) => sum + load, 0)]
    const most = (0.94 * limitWatts) / phases
    const solar = solarWatts > 0 ? sunWatts(seed, moment, solarWatts) : 0
    const watts = perPhase.map((load, phase) => {
      const jitter = 1 + 0.03 * (hashUnit(seed, slot, phase) - 0.5)
      const drawn = Math.max(surgeWatts(plan, slot, phase), Math.min(load * jitter, most))
      return Math.round(drawn - (phase === 0 ? solar : 0))
    })
    const volts = watts.map((_, phase) => Math.round(227 + 9 * smooth(seed, slot / 90, 50 + phase)))
    return { watts, volts }
  }

  return slot => {
    if (slot === known) return power
    power = powerOf(slot)
    known = slot
    return power
  }
}

interface Moment {
  readonly slot: number
  readonly dayNumber: number
  readonly hours: number
  readonly outdoorCelsius: number
}

function momentOf(slot: number): Moment {
  const { dayNumber, minuteOfDay, second } = legalTime(slot * SLOT_MS)
  const hours = minuteOfDay / 60 + second / 3600
  const season = 11 - 9 * Math.cos(turn((dayNumber - 15) / 365.25))
  const weather = 8 * (smooth(1, dayNumber + hours / 24, 3) - 0.5)
  return { slot, dayNumber, hours, outdoorCelsius: season + weather - 4 * Math.cos(turn((hours - 3) / 24)) }
}

/** Follows the weather; below its lowest power it runs part of each 20 minutes. */
function heatPumpWatts(seed: number, { slot, outdoorCelsius }: Moment): number {
  const wanted = (16 - outdoorCelsius) * 75
  if (wanted <= 0) return 0
  const cycle = ((slot + Math.floor(hashUnit(seed, 11) * 120)) % 120) / 120
  if (wanted < 550) return cycle < wanted / 550 ? 550 : 0
  return Math.min(wanted, 2600)
}

/** Two to four hours of every night. */
function waterHeaterWatts(seed: number, { hours, dayNumber }: Moment, startMinute: number): number {
  const sinceStart = (hours - startMinute / 60 + 24) % 24
  const night = hours < startMinute / 60 ? dayNumber - 1 : dayNumber
  return sinceStart < 2 + 2 * hashUnit(seed, night, 12) ? 2200 : 0
}

const MEALS = [
  { from: 6.7, to: 8.2, chance: 0.4 },
  { from: 12, to: 13, chance: 0.35 },
  { from: 18.5, to: 20.5, chance: 0.55 },
] as const

/** Plates, oven and kettle round the meals, and one wash a day. */
function cookingWatts(seed: number, { slot, hours, dayNumber }: Moment): number {
  const chance = MEALS.find(({ from, to }) => isWithin(hours, from, to))?.chance ?? 0
  const block = Math.floor(slot / 24)
  const meal = hashUnit(seed, block, 13) < chance ? 900 + 1400 * hashUnit(seed, block, 14) : 0
  const washFrom = 9 + 7 * hashUnit(seed, dayNumber, 15)
  return meal + (isWithin(hours, washFrom, washFrom + 0.4) ? 1900 : 0)
}

/** What is always on, the fridge, and light and screens in the evening. */
function livingWatts(seed: number, { slot, hours }: Moment): number {
  const always = 110 + 60 * smooth(seed, slot / 60, 16)
  const fridge = (slot + Math.floor(hashUnit(seed, 17) * 300)) % 300 < 105 ? 85 : 0
  const evening = isWithin(hours, 17.5, 23.2) ? 150 + 160 * smooth(seed, slot / 120, 18) : 0
  const morning = isWithin(hours, 6.5, 8.5) ? 140 : 0
  return always + fridge + evening + morning
}

/** A bell over the day, wider in summer, with clouds. */
function sunWatts(seed: number, { slot, hours, dayNumber }: Moment, best: number): number {
  const dayHours = 12.2 - 3.8 * Math.cos(turn((dayNumber + 10) / 365.25))
  const height = Math.cos((Math.PI * (hours - 13.2)) / dayHours)
  if (height <= 0 || Math.abs(hours - 13.2) > dayHours / 2) return 0
  const cloud = 0.45 + 0.55 * smooth(seed, slot / 45, 19)
  return best * height ** 1.4 * cloud
}

function surgeWatts({ surges, startAt }: HouseholdPlan, slot: number, phase: number): number {
  const sinceMs = slot * SLOT_MS - startAt
  const running = surges.filter(
    surge =>
      surge.phase === phase &&
      sinceMs >= surge.fromMs &&
      (sinceMs - surge.fromMs) % surge.everyMs < surge.lengthMs,
  )
  return Math.max(0, ...running.map(({ watts }) => watts))
}

/** Noise in [0, 1) without steps. */
function smooth(seed: number, place: number, salt: number): number {
  const left = Math.floor(place)
  const from = hashUnit(seed, left, salt)
  return from + (hashUnit(seed, left + 1, salt) - from) * (place - left)
}

function isWithin(value: number, from: number, to: number): boolean {
  return value >= from && value < to
}

function turn(turns: number): number {
  return 2 * Math.PI * turns
}
