import { hashUnit } from '../../../simulation/random.ts'
import type { DayNumber } from './calendar.ts'
import { DOCUMENT_STATE } from './document-plant.ts'
import {
  type Circle,
  type DayEnergy,
  FUNCTIONS,
  MAIN_MODE,
  MODE,
  NO_ENERGY,
  NO_SENSOR,
  type Plant,
  type PlantStart,
  STATUS,
  TARGET_OFF,
} from './plant.ts'

/** A pump's day in small: it goes round in this time, so that somebody who watches sees it work. */
const ROUND_MS = 12 * 60_000
/** How long after midnight the cloud corrects the day before. */
export const CORRECTED_AFTER_MS = 40 * 60_000
/** Day and night of the schedule. */
const DAY_FROM_HOUR = 6
const DAY_TO_HOUR = 22

/** How a living plant differs from others. */
export interface LivingPlan {
  /** Mean of the day outside, °C. */
  readonly outdoorMean: number
  readonly isCooling: boolean
  readonly loopCount: number
  readonly hasPool: boolean
  readonly hasReservoir: boolean
  /** The finished day, kWh on average. */
  readonly ofADay: DayEnergy
}

export const WINTER_PLAN: LivingPlan = {
  outdoorMean: 3,
  isCooling: false,
  loopCount: 2,
  hasPool: false,
  hasReservoir: false,
  ofADay: { heating: 14, cooling: 0, tapWater: 3.2, pumps: 0.9, heater: 0.6 },
}

/** A plant whose temperatures, functions and energy follow the time of the day. */
export function livingPlant({ seed, calendar }: PlantStart, plan: LivingPlan): Plant {
  /** Smooth noise of one channel, about -1 to 1. */
  function drift(at: number, channel: number, slotMs: number): number {
    const slot = Math.floor(at / slotMs)
    const part = at / slotMs - slot
    const [from, to] = [hashUnit(seed, slot, channel), hashUnit(seed, slot + 1, channel)]
    return 2 * (from + (to - from) * part) - 1
  }

  function outsideAt(at: number): number {
    return (
      plan.outdoorMean +
      4 * Math.sin(((calendar.hourOf(at) - 9) / 12) * Math.PI) +
      0.6 * drift(at, 1, 1_800_000)
    )
  }

  /** Heating or cooling, then tap water, the pool where there is one, and a rest. */
  function functionAt(at: number): number {
    const share = (at % ROUND_MS) / ROUND_MS
    if (share < 0.05) return FUNCTIONS.startUp
    if (share < 0.55) return plan.isCooling ? FUNCTIONS.cooling : FUNCTIONS.heating
    if (share < 0.75) return FUNCTIONS.tapWater
    if (share < 0.85 && plan.hasPool) return FUNCTIONS.pool
    return FUNCTIONS.sleep
  }

  function isByDay(at: number): boolean {
    const hour = calendar.hourOf(at)
    return hour >= DAY_FROM_HOUR && hour < DAY_TO_HOUR
  }

  function flowAt(at: number): number {
    const wobble = 0.8 * drift(at, 2, 20_000)
    switch (functionAt(at)) {
      case FUNCTIONS.cooling:
        return 14.5 + wobble
      case FUNCTIONS.tapWater:
        return 52 + wobble
      case FUNCTIONS.sleep:
        return 27 + wobble
      default:
        return 41 - 0.5 * outsideAt(at) + wobble
    }
  }

  function loopAt(at: number, index: number): Circle {
    const isDay = isByDay(at)
    const own = 0.4 * index
    const room = (plan.isCooling ? 25.2 : 21.6) + 0.4 * drift(at, 10 + index, 600_000)
    const base = { status: isDay ? STATUS.comfort : STATUS.eco, mode: MODE.schedule }
    if (plan.isCooling) {
      return {
        ...base,
        target: 24,
        calculated: 18 + own,
        current: 19 + own + 0.3 * drift(at, 20 + index, 30_000),
        room,
      }
    }
    // Loop 1 is led by the water's temperature, the others by the room's.
    const target = index === 0 ? 45 : 21.5
    return {
      ...base,
      target,
      calculated: (index === 0 ? 38 - 0.5 * outsideAt(at) : 21.5) - (isDay ? 0 : 1.5),
      current: 33.5 - 2 * own + 0.6 * drift(at, 20 + index, 30_000),
      ...(index > 0 ? { inlet: 31.5 - own + 0.5 * drift(at, 30 + index, 30_000) } : {}),
      room: index === 0 ? NO_SENSOR : room,
    }
  }

  function tapWaterAt(at: number): Circle {
    const isHeated = functionAt(at) === FUNCTIONS.tapWater
    return {
      target: 50,
      calculated: isHeated ? 50 : TARGET_OFF,
      status: isByDay(at) ? STATUS.normal : STATUS.off,
      mode: MODE.schedule,
      current: 48 + 1.5 * Math.sin((at / ROUND_MS) * 2 * Math.PI) + 0.2 * drift(at, 3, 30_000),
      room: NO_SENSOR,
    }
  }

  function poolAt(at: number): Circle {
    const current = 27.4 + 0.2 * drift(at, 4, 300_000)
    return {
      target: 28,
      calculated: 28,
      status: STATUS.normal,
      mode: MODE.on,
      current,
      room: NO_SENSOR,
    }
  }

  function reservoirAt(at: number): Circle {
    const current = 40.5 + 1.2 * drift(at, 5, 120_000)
    return {
      target: 42,
      calculated: current,
      status: STATUS.normal,
      mode: MODE.on,
      current,
      room: NO_SENSOR,
    }
  }

  /** What a day needed in the end: colder days more. */
  function finished(day: DayNumber): DayEnergy {
    const by = 0.6 + 0.8 * hashUnit(seed, day, 60)
    const { heating, cooling, tapWater, pumps, heater } = plan.ofADay
    return {
      heating: heating * by,
      cooling: cooling * by,
      tapWater: tapWater * (0.7 + 0.6 * hashUnit(seed, day, 61)),
      pumps: pumps * (0.9 + 0.2 * by),
      heater: by > 1 ? heater * by : 0,
    }
  }

  /** What the cloud saw of a day before it corrected itself: the rest is missing from all that the compressor did. */
  function seenShare(day: DayNumber): number {
    return 0.62 + 0.33 * hashUnit(seed, day, 62)
  }

  return {
    stateAt: at => ({
      identity: {
        ...DOCUMENT_STATE.identity,
        hpId: '00A1B2',
        location: 'Simulated house',
        circleNames: ['Radiators', 'Underfloor', 'Studio', 'Cellar'].slice(0, plan.loopCount),
      },
      outside: outsideAt(at),
      flow: flowAt(at),
      pressure: 1.8 + 0.1 * drift(at, 6, 900_000),
      workingFunction: functionAt(at),
      mainMode: isByDay(at) ? MAIN_MODE.auto : MAIN_MODE.eco,
      loops: Array.from({ length: plan.loopCount }, (_, index) => loopAt(at, index)),
      tapWater: tapWaterAt(at),
      ...(plan.hasReservoir ? { reservoir: reservoirAt(at) } : {}),
      ...(plan.hasPool ? { pool: poolAt(at) } : {}),
      alarms: [],
    }),
    energyOf(day, at) {
      const total = finished(day)
      const sinceBegin = at - calendar.beginOf(day)
      if (sinceBegin <= 0) return NO_ENERGY
      const isToday = calendar.dayOf(at) === day
      const isCorrected = at - calendar.beginOf(day + 1) >= CORRECTED_AFTER_MS
      const seen = isCorrected ? 1 : seenShare(day)
      const share = isToday ? calendar.shareOf(at) : 1
      return {
        heating: total.heating * seen * evenly(share),
        cooling: total.cooling * seen * evenly(share),
        tapWater: total.tapWater * seen * twiceADay(share),
        pumps: total.pumps * share,
        heater: total.heater * seen * twiceADay(share),
      }
    },
  }
}

/** A little more by night than by day, and never back. */
function evenly(share: number): number {
  return share + 0.05 * Math.sin(2 * Math.PI * share)
}

/** Showers in the morning and in the evening. */
function twiceADay(share: number): number {
  const step = (from: number, to: number) => Math.min(1, Math.max(0, (share - from) / (to - from)))
  return 0.1 * share + 0.5 * step(0.27, 0.31) + 0.4 * step(0.82, 0.88)
}
