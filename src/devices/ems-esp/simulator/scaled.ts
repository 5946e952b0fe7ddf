import type { Entity } from './entity.ts'
import type { Settings } from './settings.ts'

/** The number that the stored one stands for, in celsius where it is a temperature. */
export function scaled({ stored, divisor = 1, factor = 1 }: Entity): number {
  return typeof stored === 'number' ? (stored / divisor) * factor : Number.NaN
}

/** In the metrics text: whole numbers without decimals, all others with two. */
export function metricsNumber(value: number): string {
  return Number.isInteger(value) ? value.toFixed(0) : value.toFixed(2)
}

/** In JSON, with the digits that the firmware loses there. */
export function jsonNumber(entity: Entity, settings: Settings): string {
  const { divisor = 1, factor = 1, width = 16, kind } = entity
  const value = scaled(entity)
  if (settings.isFahrenheit && entity.unit === '°C') {
    return (entity.isDifference === true ? value * 1.8 : value * 1.8 + 32).toFixed(1)
  }
  // A text of four characters holds an 8 bit number times 50: 12200 becomes 1220.
  if (width === 8 && factor > 1) return value.toFixed(0).slice(0, 4)
  if (divisor === 1) return value.toFixed(0)
  // Energy counters keep both decimals; everything else is cut off after the first.
  if (divisor === 100 && width === 24 && kind === 'number') return value.toFixed(2)
  return (Math.trunc(Number((value * 10).toFixed(6))) / 10).toFixed(1)
}
