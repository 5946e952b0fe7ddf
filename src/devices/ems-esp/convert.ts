import { inTable } from './table.ts'

/** Factor to the base unit: `[multiply by, divide by]`, whole numbers, so that decimals of the source stay exact. */
const TO_BASE: Readonly<Record<string, readonly [by: number, over: number, base: string]>> = {
  '°C': [1, 1, '°C'],
  K: [1, 1, 'K'],
  '%': [1, 100, 'ratio'],
  bar: [100_000, 1, 'Pa'],
  mbar: [100, 1, 'Pa'],
  µA: [1, 1_000_000, 'A'],
  kWh: [3_600_000, 1, 'J'],
  Wh: [3_600, 1, 'J'],
  W: [1, 1, 'W'],
  kW: [1_000, 1, 'W'],
  s: [1, 1, 's'],
  min: [60, 1, 's'],
  h: [3_600, 1, 's'],
  'l/min': [1, 60_000, 'm³/s'],
  'l/h': [1, 3_600_000, 'm³/s'],
}

/** The gateway gives two decimals at most. */
const STEPS = 100

/**
 * A value in the base unit of its family. The unit that the gateway says counts before the one of the table; undefined when
 * the two are not of one kind: then nobody knows what the number means.
 */
export function toBase(value: number, tableUnit: string, said: string | undefined): number | undefined {
  // Without a unit nothing is converted: a user may call a counter "Starts, h".
  if (tableUnit === '') return value
  const unit = said ?? tableUnit
  if (unit === tableUnit) return scaled(value, unit)
  const isSameKind = baseOf(unit) === baseOf(tableUnit) || (isDegree(unit) && isDegree(tableUnit))
  return isSameKind ? scaled(value, unit) : undefined
}

/** Differences are called °C by some firmwares and K by others. */
function isDegree(unit: string): boolean {
  return unit === '°C' || unit === 'K'
}

function baseOf(unit: string): string | undefined {
  return inTable(TO_BASE, unit)?.[2]
}

function scaled(value: number, unit: string): number {
  const [by, over] = inTable(TO_BASE, unit) ?? [1, 1]
  if (by === 1 && over === 1) return value
  // Heat pumps count seconds and the gateway divides by 60: two decimals of a minute are less than half a second off.
  if (unit === 'min') return Math.round(value * by)
  return (Math.round(value * STEPS) * by) / (STEPS * over)
}
