import type { Calendar, DayNumber } from './calendar.ts'
import type { Json } from './json.ts'

/** Functions of the pump, as it numbers them. */
export const FUNCTIONS = { heating: 0, tapWater: 1, cooling: 2, pool: 3, sleep: 5, startUp: 6 } as const
/** How a circle is run by its schedule. */
export const STATUS = { off: 0, normal: 1, eco: 2, comfort: 3 } as const
/** How the owner set a circle. */
export const MODE = { off: 0, on: 1, schedule: 2 } as const
/** How the owner set the pump. */
export const MAIN_MODE = { auto: 0, eco: 1, comfort: 2 } as const

/** What the pump says where nothing is connected, °C. */
export const NO_SENSOR = -60
/** What the controller computes for a part that is off, °C. */
export const TARGET_OFF = 500

/** Heating loop, tap water, pool or buffer. Temperatures in °C. */
export interface Circle {
  readonly target: number
  /** What the controller makes of the target; on the buffer what it measures. */
  readonly calculated: number
  readonly status: number
  readonly mode: number
  /** Of the water of a loop. */
  readonly current: number
  /** Only some loops have this sensor. */
  readonly inlet?: number
  /** What a thermostat measures in the room. */
  readonly room: number
}

/** Energy of one day by what it was used for, kWh. */
export interface DayEnergy {
  readonly heating: number
  readonly cooling: number
  readonly tapWater: number
  readonly pumps: number
  /** The electric heater. */
  readonly heater: number
}

/** Who the pump is; each part can be missing in the answers of the cloud. */
export interface Identity {
  readonly hpId: string
  readonly location: string
  readonly userLevel: number
  readonly pumpModel: string
  readonly firmware: string
  readonly circleNames: readonly string[]
}

/** Everything that the cloud knows of a plant at one moment. */
export interface PlantState {
  readonly identity: Identity
  readonly outside: number
  readonly flow: number
  /** bar; absent without the sensor. */
  readonly pressure?: number
  readonly workingFunction: number
  readonly mainMode: number
  /** Loop 1 first, up to four. */
  readonly loops: readonly Circle[]
  readonly tapWater: Circle
  readonly reservoir?: Circle
  readonly pool?: Circle
  /** Entries of the alarms page: nobody knows the shape of real ones. */
  readonly alarms: readonly Json[]
}

/** A plant whose state depends on the moment alone, so that any moment can be asked for, in any order. */
export interface Plant {
  stateAt(at: number): PlantState
  /** What the cloud says at the moment `at` of the energy of a day. */
  energyOf(day: DayNumber, at: number): DayEnergy
}

export interface PlantStart {
  readonly seed: number
  readonly calendar: Calendar
}

/** Makes the plant of a scenario. */
export type MakePlant = (start: PlantStart) => Plant

export const NO_ENERGY: DayEnergy = { heating: 0, cooling: 0, tapWater: 0, pumps: 0, heater: 0 }

/** A part that is not there, as its page shows it. */
export const NO_CIRCLE: Circle = {
  target: 0,
  calculated: TARGET_OFF,
  status: STATUS.off,
  mode: MODE.off,
  current: NO_SENSOR,
  room: NO_SENSOR,
}
