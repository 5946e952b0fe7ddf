import type { Identity } from '../../core/reading.ts'
import type { Series } from '../../core/series.ts'
import type { StoredReading, View } from '../../core/view.ts'
import type { EnergyJoin } from './energy-join.ts'
import { ENERGY_UNITS, type EnergyRule } from './energy-rules.ts'
import { registerMeaning, valueMeaning } from './mapping.ts'
import { inPageOrder, machineStates } from './page-order.ts'
import { states } from './states.ts'
import { trueUnitOf } from './true-unit.ts'
import { isAbsentSensor, isWithinWindow } from './windows.ts'
import { switchValue } from './words.ts'

const JOULES_PER_WH = 3600
const WH_PER_KWH = 1000

/** The gateway in the vendor-neutral dialect: by heading, label and unit. Of two rows for one cell the first stays. */
export function unified(view: View, join: EnergyJoin): readonly Series[] {
  const readings = inPageOrder(view)
  const cells = new Map<string, Series>()
  const put = (series: Series) => {
    const cell = cellOf(series)
    if (!cells.has(cell)) cells.set(cell, series)
  }
  for (const reading of readings) for (const series of measured(reading)) put(series)
  for (const series of energy(readings, join)) put(series)
  for (const series of states(view, [...readings, ...machineStates(view)])) put(series)
  return [...cells.values()]
}

/** The join must see each reading of the registers. */
export function observe(view: View, join: EnergyJoin): void {
  energy(inPageOrder(view), join)
}

function cellOf({ family, labels = {} }: Series): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
  return [family, ...parts.toSorted()].join('|')
}

function measured(reading: StoredReading): Series[] {
  const { key, value, raw = '' } = reading
  // "Off" is a placeholder for a number that is not there.
  if (typeof value !== 'number' || switchValue(raw) !== undefined) return []
  const means = valueMeaning(key, trueUnitOf(reading) ?? '')
  if (!means) return []
  const { family, labels } = means
  const converted = means.convert(value)
  if (isAbsentSensor(family, converted) || !isWithinWindow(family, labels, converted)) return []
  return [{ family, labels, value: converted }]
}

interface Found {
  day?: StoredReading
  total?: StoredReading
}

function energy(readings: readonly StoredReading[], join: EnergyJoin): Series[] {
  const found = new Map<EnergyRule, Found>()
  for (const reading of readings) {
    const means = registerMeaning(reading.key)
    if (!means) continue
    const registers = found.get(means.rule) ?? {}
    registers[means.register] ??= reading
    found.set(means.rule, registers)
  }
  return [...found].flatMap(([rule, { day, total }]) => {
    const totalWh = total && wattHours(total)
    if (total === undefined || totalWh === undefined) return []
    const dayWh = day && wattHours(day)
    // A register that is there and says no number is not nothing.
    if (day !== undefined && dayWh === undefined) return []
    const sumWh = join.joined(rule.help, { totalWh, dayWh, at: total.receivedAt })
    if (sumWh === undefined) return []
    return rule.cells.map(({ family, to }) => ({ family, labels: to, value: sumWh * JOULES_PER_WH }))
  })
}

/** Registers have three decimals of a kilowatt-hour or fewer. */
function wattHours(reading: StoredReading): number | undefined {
  const { value } = reading
  if (typeof value !== 'number' || value < 0 || !ENERGY_UNITS.includes(trueUnitOf(reading) ?? ''))
    return undefined
  return Math.round(value * WH_PER_KWH)
}

/** Who the gateway is, as far as the frame of its pages says it. */
export function identity({ readings }: View): Identity {
  const text = (word: string) => {
    const value = readings.get(`gateway/${word}`)?.value
    return typeof value === 'string' ? value : undefined
  }
  const firmware = text('firmware')
  const vendor = /tecalor/i.test(text('title') ?? '') ? 'Tecalor' : 'Stiebel Eltron'
  return { class: 'heat_pump', vendor, ...(firmware === undefined ? {} : { firmware }) }
}
