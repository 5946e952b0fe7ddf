import type { FamilyName } from '../../core/families/index.ts'
import type { Labels } from '../../core/series.ts'
import { CIRCLE_PAGES, type CirclePage } from './pages.ts'
import { COUNTED_KEYS, PARTS } from './parts.ts'

/** What the targets of a loop are temperatures of. */
export type Controls = 'flow' | 'room'

export const LOOPS = ['loop_1', 'loop_2', 'loop_3', 'loop_4'] as const
export type Loop = (typeof LOOPS)[number]
export type LoopControls = Readonly<Record<Loop, Controls>>

/** The first loop feeds radiators or a floor by the weather, the others follow a thermostat, in the plants that are known. */
export const USUAL_CONTROLS: LoopControls = { loop_1: 'flow', loop_2: 'room', loop_3: 'room', loop_4: 'room' }

/** A number that becomes one sample by itself. */
export interface Row {
  readonly key: string
  readonly family: FamilyName
  readonly labels: Labels
  /** The page of the loop or part that it belongs to: not shown for one that the plant has not. */
  readonly part?: CirclePage
  /** Stands for "no sensor" or "off": no sample, and no error. */
  isAbsent(value: number): boolean
  /** What it can be in a house, in the cloud's unit. Outside: no sample, and an error. */
  readonly window: readonly [low: number, high: number]
  convert(value: number): number
}

const NO_SENSOR = -60
const NO_THERMOSTAT = -40
/** The cloud says 500 for "off" and for a buffer tank that is not there. */
const HIGHEST_TARGET = 499
const WATER = [-10, 110] as const
const ROOM = [-10, 50] as const
const OUTDOOR = [-50, 60] as const

const isNoSensor = (value: number) => value === NO_SENSOR || value > HIGHEST_TARGET
const isNoThermostat = (value: number) => isNoSensor(value) || value === NO_THERMOSTAT || value === 0
const isNoTarget = (value: number) => isNoSensor(value) || value === 0
const same = (value: number) => value
/** kWh as whole joules: the binary tail of a daily total is far below. */
const joules = (kilowattHours: number) => Math.round(kilowattHours * 3_600_000)

/**
 * The rows of one device. Of two rows for one cell the first that has a value wins.
 * @param controls what the targets of each loop mean, as configured
 */
export function rowsOf(controls: LoopControls): readonly Row[] {
  const review = 'system_review.TemperaturesAndConfig'
  return [
    measured(`${review}.outside_temp`, 'house', 'outdoor_air', { window: OUTDOOR }),
    measured('system_review.CurrentFunctionData[0].dv_temp', 'primary', 'flow'),
    measured(`${review}.tap_water_temp`, 'dhw1', 'dhw_storage', { part: 'tap_water' }),
    measured(`${review}.reservoir_temp`, 'buffer', 'buffer', { part: 'reservoir', isAbsent: isNoTarget }),
    measured('reservoir.HeatingCircleData.circle_calc_temp', 'buffer', 'buffer', {
      part: 'reservoir',
      isAbsent: isNoTarget,
    }),
    measured(`${review}.pool_temp`, 'pool1', 'pool_water', { part: 'pool', isAbsent: isNoTarget }),
    ...LOOPS.flatMap((loop, i) => loopRows(loop, i + 1, controls[loop])),
    ...targets('tap_water', 'dhw_storage', WATER),
    ...targets('pool', 'pool_water', WATER),
    ...targets('reservoir', 'buffer', WATER).slice(0, 1),
    {
      key: 'system_review.CurrentFunctionData[0].heating_system_pressure',
      family: 'hearth_water_pressure_pascals',
      labels: { circuit: 'primary' },
      // Without a sensor it is missing, and -1 or 0 by what stands between.
      isAbsent: value => value === -1 || value === 0,
      window: [0, 6],
      convert: bar => Math.round(bar * 100_000),
    },
    ...PARTS.map(
      ({ key, labels }): Row => ({
        key: `consumption.${COUNTED_KEYS[key]}`,
        family: 'hearth_electric_energy_joules_total',
        labels,
        isAbsent: () => false,
        window: [0, Number.POSITIVE_INFINITY],
        convert: joules,
      }),
    ),
  ]
}

function loopRows(loop: Loop, n: number, controls: Controls): Row[] {
  const circuit = CIRCLE_PAGES[loop]
  const room = measured(`system_review.TemperaturesAndConfig.heating_circle_${n}_temp`, circuit, 'room_air', {
    part: loop,
    window: ROOM,
    isAbsent: isNoThermostat,
  })
  const flow = { part: loop, isAbsent: isNoTarget }
  return [
    // Without a thermostat this can be the temperature of the water: believed only where a room controls.
    ...(controls === 'room' ? [room] : []),
    ...(n === 1 ? [measured('system_review.SystemData[1].circle_temp', circuit, 'flow', flow)] : []),
    measured(`system_review.SystemData[${n}].inlet_temp`, circuit, 'flow', flow),
    ...(controls === 'room' ? targets(loop, 'room_air', ROOM) : targets(loop, 'flow', WATER)),
  ]
}

function measured(key: string, circuit: string, point: string, more: Partial<Row> = {}): Row {
  return {
    key,
    family: 'hearth_temperature_celsius',
    labels: { circuit, point },
    isAbsent: isNoSensor,
    window: WATER,
    convert: same,
    ...more,
  }
}

function targets(page: CirclePage, point: string, window: Row['window']): Row[] {
  const row = (field: string, kind: string): Row => ({
    key: `${page}.HeatingCircleData.${field}`,
    family: 'hearth_temperature_setpoint_celsius',
    labels: { circuit: CIRCLE_PAGES[page], point, kind },
    part: page,
    isAbsent: isNoTarget,
    window,
    convert: same,
  })
  return [row('circle_temp', 'selected'), row('circle_calc_temp', 'effective')]
}

export function isInside({ window: [low, high] }: Row, value: number): boolean {
  return value >= low && value <= high
}

/** A value that no house has. */
export function isImplausible(row: Row, value: number): boolean {
  return !row.isAbsent(value) && !isInside(row, value)
}
