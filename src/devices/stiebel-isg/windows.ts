import type { FamilyName } from '../../core/families/index.ts'
import type { Reading } from '../../core/reading.ts'
import type { Labels } from '../../core/series.ts'
import { valueMeaning } from './mapping.ts'
import { trueUnitOf } from './true-unit.ts'

type Window = readonly [least: number, most: number]

/** Values of controllers whose sensor is open (-60) or short (-50). */
const ABSENT_SENSORS: readonly number[] = [-60, -50]

const TEMPERATURES: Readonly<Record<string, Window>> = {
  outdoor_air: [-50, 60],
  source_inlet: [-50, 60],
  room_air: [-10, 50],
  collector: [-50, 350],
  discharge_gas: [-40, 180],
}
const REFRIGERANT: Window = [-60, 180]
const WATER: Window = [-10, 110]
const AIR: Window = [-50, 110]

const FAMILIES: Partial<Record<FamilyName, Window>> = {
  hearth_water_pressure_pascals: [0, 6e5],
  hearth_refrigerant_pressure_pascals: [0, 6e6],
  hearth_water_flow_cubic_meters_per_second: [0, 2e-3],
  hearth_relative_humidity_ratio: [0, 1],
  hearth_modulation_ratio: [0, 1],
  hearth_modulation_setpoint_ratio: [0, 1],
  hearth_operating_seconds_total: [0, Number.MAX_SAFE_INTEGER],
  hearth_starts_total: [0, Number.MAX_SAFE_INTEGER],
}

/** Whether a unified value can be true. */
export function isWithinWindow(family: FamilyName, labels: Labels, value: number): boolean {
  const [least, most] = windowOf(family, labels)
  return value >= least && value <= most
}

/** Whether a temperature is the word of a controller for a sensor that is not there. */
export function isAbsentSensor(family: FamilyName, value: number): boolean {
  return family === 'hearth_temperature_celsius' && ABSENT_SENSORS.includes(value)
}

/** Names of the readings that cannot be true. */
export function implausible(readings: readonly Reading[]): readonly string[] {
  return readings.flatMap(reading => {
    if (typeof reading.value !== 'number') return []
    const means = valueMeaning(reading.key, trueUnitOf(reading) ?? '')
    if (!means) return []
    const value = means.convert(reading.value)
    if (isAbsentSensor(means.family, value) || isWithinWindow(means.family, means.labels, value)) return []
    return [reading.name ?? reading.key]
  })
}

function windowOf(family: FamilyName, { circuit, point = '' }: Labels): Window {
  if (family === 'hearth_temperature_celsius' || family === 'hearth_temperature_setpoint_celsius')
    return (
      TEMPERATURES[point] ?? (circuit === 'refrigerant' ? REFRIGERANT : point === 'dew_point' ? AIR : WATER)
    )
  return FAMILIES[family] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
}
