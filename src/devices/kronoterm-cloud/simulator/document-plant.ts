import { hashUnit } from '../../../simulation/random.ts'
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
  type PlantState,
  STATUS,
  TARGET_OFF,
} from './plant.ts'

const LOOP: Circle = {
  target: 50,
  calculated: 36.8,
  status: STATUS.normal,
  mode: MODE.schedule,
  current: 35.6,
  room: NO_SENSOR,
}

/** The plant of the example in the document of the original exporter. */
export const DOCUMENT_STATE: PlantState = {
  identity: {
    hpId: 'FFFFFF',
    location: 'MyHome',
    userLevel: 4,
    pumpModel: 'ADAPT 0416-K3 HT / HK 3F',
    firmware: '3.13-1',
    circleNames: ['Radiators', 'Underfloor'],
  },
  outside: 9,
  flow: 38.5,
  pressure: 1.9,
  workingFunction: FUNCTIONS.heating,
  mainMode: MAIN_MODE.auto,
  loops: [LOOP, { ...LOOP, target: 22, calculated: 22, current: 29.4, room: 22.1 }],
  tapWater: {
    target: 55,
    calculated: TARGET_OFF,
    status: STATUS.off,
    mode: MODE.off,
    current: 54.3,
    room: NO_SENSOR,
  },
  alarms: [],
}

const DOCUMENT_TODAY: DayEnergy = {
  ...NO_ENERGY,
  heating: 6.556233333333337,
  tapWater: 2.0836000000000006,
  pumps: 0.40832638888888895,
}

/** A plant that stands still: the same state at any moment, and the same energy on every day that is today. */
export function stillPlant(
  { seed, calendar }: PlantStart,
  state: PlantState,
  today: DayEnergy = DOCUMENT_TODAY,
): Plant {
  return {
    stateAt: () => state,
    energyOf(day, at) {
      const now = calendar.dayOf(at)
      if (day > now) return NO_ENERGY
      return day === now ? today : scaled(today, 1.2 + hashUnit(seed, day, 50))
    },
  }
}

function scaled(day: DayEnergy, by: number): DayEnergy {
  return {
    heating: day.heating * by,
    cooling: day.cooling * by,
    tapWater: day.tapWater * by,
    pumps: day.pumps * by,
    heater: day.heater * by,
  }
}
