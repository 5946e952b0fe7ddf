import type { View } from '../core/view.ts'
import { shownReadings } from '../expose/status.ts'

/** Readings as a table for people: key, value with unit, the device's own time where it gives one. */
export function readingsTable(view: View): string {
  const rows = shownReadings(view).map(({ key, reading: { value, unit, at } }) => [
    key,
    unit ? `${value} ${unit}` : String(value),
    at === undefined ? '' : new Date(at).toISOString(),
  ])
  const widths = [0, 1].map(column => Math.max(0, ...rows.map(row => row[column]?.length ?? 0)))
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
