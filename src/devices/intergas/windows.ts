import type { Reading } from '../../core/reading.ts'

/** An input without a sensor: this, or anything at or below -50.00 (boards show -51.00, some about -50.8). */
const ABSENT = 327.67
const HIGHEST_ABSENT = -50

/** What a value can be in a house, in the vendor's unit. Outside it is not shown in the unified dialect. */
const WINDOWS: Readonly<Record<string, readonly [low: number, high: number]>> = {
  t_aanvoer: [-40, 180],
  t_flow: [-10, 110],
  t_retour: [-10, 110],
  t_warmw: [-10, 110],
  t_boiler: [-10, 110],
  t_koud: [-10, 110],
  t_buiten: [-50, 60],
  t_rookgas: [-50, 350],
  temp_set: [-10, 110],
  ch_set_max: [-10, 110],
  dhw_set: [-10, 110],
  ch_pressure: [0, 6],
  io_curr: [0, 100],
  fan_pwm: [0, 130],
  pump_pwm: [0, 100],
  tapflow: [0, 120],
}

/** A temperature input to which nothing is connected. */
export function isAbsentSensor(celsius: number): boolean {
  return celsius === ABSENT || celsius <= HIGHEST_ABSENT
}

export function isWithinWindow(key: string, value: number): boolean {
  const window = WINDOWS[key]
  return window === undefined || (value >= window[0] && value <= window[1])
}

/** Readings of one answer that no house can have; an absent sensor is none of them. */
export function outsideWindows(readings: readonly Reading[]): readonly Reading[] {
  const hasNoPressureSensor = readings.some(({ key, value }) => key === 'pressure_sensor' && value === false)
  return readings.filter(({ key, value, unit }) => {
    if (typeof value !== 'number' || isWithinWindow(key, value)) return false
    if (unit === '°C' && isAbsentSensor(value)) return false
    return !(key === 'ch_pressure' && hasNoPressureSensor)
  })
}
