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
  const unit = said ?? tableUnit
  if (tableUnit === '' || unit === tableUnit) return scaled(value, unit)
  const isSameKind = TO_BASE[unit]?.[2] === TO_BASE[tableUnit]?.[2] || (isDegree(unit) && isDegree(tableUnit))
  return isSameKind ? scaled(value, unit) : undefined
}

/** Differences are called °C by some firmwares and K by others. */
function isDegree(unit: string): boolean {
  return unit === '°C' || unit === 'K'
}

function scaled(value: number, unit: string): number {
  const [by, over] = TO_BASE[unit] ?? [1, 1]
  if (by === 1 && over === 1) return value
  return (Math.round(value * STEPS) * by) / (STEPS * over)
}
