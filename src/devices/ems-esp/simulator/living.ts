import { hashUnit } from '../../../simulation/random.ts'
import type { Entity } from './entity.ts'
import type { BusDevice, House } from './house.ts'

/** Burner and tap follow each other in this time. */
const CYCLE_SECONDS = 900
const SECONDS_PER_DAY = 86_400

/** Where a heating day stands. */
interface Moment {
  readonly seconds: number
  readonly seed: number
  readonly isBurning: boolean
  readonly isTapping: boolean
  /** 0 to 1: how far the burner has come in this cycle. */
  readonly warmth: number
}

type Move = (moment: Moment, stored: number) => number

const wave = (seconds: number, period: number) => Math.sin((2 * Math.PI * seconds) / period)
const noise = ({ seconds, seed }: Moment, channel: number) =>
  hashUnit(seed, Math.floor(seconds / 10), channel) - 0.5
const grown =
  (perHour: number): Move =>
  ({ seconds }, stored) =>
    stored + Math.floor((seconds * perHour) / 3600)

/** By device type and entity; stored values are whole numbers. */
const MOVES: Readonly<Record<string, Move>> = {
  'boiler.heatingactive': ({ isBurning, isTapping }) => (isBurning && !isTapping ? 1 : 0),
  'boiler.tapwateractive': ({ isTapping }) => (isTapping ? 1 : 0),
  'boiler.dhw.active': ({ isTapping }) => (isTapping ? 1 : 0),
  'boiler.burngas': ({ isBurning }) => (isBurning ? 1 : 0),
  'boiler.fanwork': ({ isBurning }) => (isBurning ? 1 : 0),
  'boiler.flamecurr': moment => (moment.isBurning ? 327 + Math.round(8 * noise(moment, 1)) : 0),
  'boiler.curburnpow': ({ isBurning, warmth }) => (isBurning ? Math.round(70 - 45 * warmth) : 0),
  'boiler.absburnpow': ({ isBurning, warmth }) => (isBurning ? Math.round(66 - 43 * warmth) : 0),
  'boiler.curflowtemp': moment => 420 + Math.round(190 * moment.warmth + 4 * noise(moment, 2)),
  'boiler.boiltemp': moment => 423 + Math.round(190 * moment.warmth + 4 * noise(moment, 3)),
  'boiler.rettemp': moment => 360 + Math.round(130 * moment.warmth + 4 * noise(moment, 4)),
  'boiler.outdoortemp': ({ seconds }) => 35 + Math.round(45 * wave(seconds, SECONDS_PER_DAY)),
  'boiler.burnstarts': grown(4),
  'boiler.heatstarts': grown(3),
  'boiler.burnworkmin': grown(35),
  'boiler.heatworkmin': grown(30),
  'boiler.ubauptime': grown(60),
  'boiler.nrgtotal': grown(610),
  'boiler.nrgheat': grown(540),
  'boiler.dhw.nrg': grown(70),
  'boiler.dhw.curflow': ({ isTapping }) => (isTapping ? 62 : 0),
  'thermostat.hc1.currtemp': moment => 218 + Math.round(9 * wave(moment.seconds, 5400) + noise(moment, 5)),
  'thermostat.hc2.currtemp': moment => 192 + Math.round(6 * wave(moment.seconds, 7200) + noise(moment, 6)),
  'mixer.hc1.flowtemphc': ({ warmth }) => 380 + Math.round(40 * warmth),
  'solar.collectortemp': ({ seconds }) => 180 + Math.round(260 * Math.max(0, wave(seconds, SECONDS_PER_DAY))),
}

/** The house so many seconds after its start, when a clock shows `clockSeconds`. */
export function livingHouse(house: House, seconds: number, clockSeconds: number, seed: number): House {
  const phase = (seconds % CYCLE_SECONDS) / CYCLE_SECONDS
  const isTapping = phase > 0.7 && phase < 0.8
  const moment: Moment = {
    seconds,
    seed,
    isBurning: phase < 0.6 || isTapping,
    isTapping,
    warmth: phase < 0.6 ? phase / 0.6 : (1 - phase) / 0.4,
  }
  return {
    ...house,
    devices: house.devices.map(device => living(device, moment)),
    system: {
      ...house.system,
      clockSeconds,
      uptimeSeconds: house.system.uptimeSeconds + Math.floor(seconds),
      freeMemory: house.system.freeMemory + Math.round(4 * noise(moment, 7)),
      rssi: house.system.rssi + Math.round(5 * noise(moment, 8)),
      telegramsReceived: house.system.telegramsReceived + Math.floor(seconds / 3),
    },
  }
}

function living(device: BusDevice, moment: Moment): BusDevice {
  return { ...device, entities: device.entities.map(entity => moved(device.type, entity, moment)) }
}

function moved(type: string, entity: Entity, moment: Moment): Entity {
  const { circuit, name, stored } = entity
  const move = MOVES[circuit === undefined ? `${type}.${name}` : `${type}.${circuit}.${name}`]
  return move === undefined || typeof stored !== 'number'
    ? entity
    : { ...entity, stored: move(moment, stored) }
}
