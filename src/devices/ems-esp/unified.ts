import type { Series } from '../../core/series.ts'
import type { StoredReading } from '../../core/view.ts'
import { activitySeries } from './activity.ts'
import { toBase } from './convert.ts'
import { energySeries } from './energy.ts'
import { elsewhereKey } from './energy-choice.ts'
import { circuitIn, rowOf } from './fields.ts'
import { truthOf } from './locale.ts'
import { type Readings, textAt, truthAt } from './look.ts'
import { meaningOf, stateOf } from './meanings.ts'
import { partitionSeries } from './partition.ts'
import { OWN, type Row } from './row.ts'
import { textSeries } from './texts.ts'
import { isPossible } from './windows.ts'
import { unifiedCircuit } from './words.ts'

/** A machine behind the gateway in the vendor-neutral dialect. */
export function unified(word: string, readings: Readings): readonly Series[] {
  const cells = new Map<string, Series>()
  const all = [
    ...rowSeries(word, readings).series,
    ...roomSeries(word, readings),
    ...heaterSeries(word, readings),
    ...activitySeries(word, readings),
    ...textSeries(word, readings),
    ...partitionSeries(word, readings),
    ...energySeries(word, readings, kind => !readings.has(elsewhereKey(kind))),
  ]
  for (const series of all) {
    const cell = `${series.family} ${Object.values(series.labels ?? {}).join(' ')}`
    if (!cells.has(cell)) cells.set(cell, series)
  }
  return [...cells.values()]
}

/** Values that no house can have: left out above, counted by who reads them. */
export function impossible(word: string, readings: Readings): readonly string[] {
  return rowSeries(word, readings).impossible
}

function rowSeries(word: string, readings: Readings) {
  const placed: { order: number; series: readonly Series[] }[] = []
  const refused: string[] = []
  for (const [key, reading] of readings) {
    const found = rowOf(word, key)
    if (!found) continue
    const series = ofRow(found.row, key, reading)
    const possible = series.filter(
      each => !('value' in each) || isPossible(each.family, each.labels ?? {}, each.value),
    )
    if (possible.length < series.length) refused.push(`${key} ${reading.value}`)
    placed.push({ order: found.order, series: possible })
  }
  placed.sort((a, b) => a.order - b.order)
  return { series: placed.flatMap(({ series }) => series), impossible: refused }
}

function ofRow(row: Row, key: string, reading: StoredReading): readonly Series[] {
  const [, , { family, labels: named, isState }] = row
  const labels = { ...named }
  if (labels['circuit'] === OWN) {
    const circuit = unifiedCircuit(circuitIn(key))
    if (circuit === undefined) return []
    labels['circuit'] = circuit
  }
  if (isState) {
    const state = stateOf(family, reading.value)
    return state === undefined ? [] : [{ family, labels, state }]
  }
  if (key.endsWith('hpoperatingstate')) return demands(labels, reading)
  const value = numberOf(row, reading)
  if (value === undefined) return []
  const series: Series[] = [{ family, labels, value }]
  if (row[3] === 'heat_request') {
    const isRunning = meaningOf(String(reading.value)) === 'disinfecting'
    const circuit = labels['circuit'] ?? ''
    series.push({ family: 'hearth_disinfection_active', labels: { circuit }, value: isRunning ? 1 : 0 })
  }
  return series
}

function numberOf([, unit, , rule]: Row, { value, unit: said }: StoredReading): number | undefined {
  switch (rule) {
    case 'not_off':
    case 'on':
    case 'heat_request': {
      if (typeof value === 'boolean') return value ? 1 : 0
      const meaning = typeof value === 'string' ? meaningOf(value) : undefined
      // A list without words is a number; 0 is its first word, which is off.
      if (typeof value === 'number') return rule === 'not_off' ? Number(value !== 0) : undefined
      if (rule === 'heat_request') return typeof value === 'string' ? Number(meaning === rule) : undefined
      return rule === 'on' ? Number(meaning === 'on') : Number(meaning !== 'off' && meaning !== 'none')
    }
    case 'above_zero':
      return typeof value === 'number' ? Number(value > 0) : undefined
    case 'not_zero':
      return typeof value === 'number' && value !== 0 ? toBase(value, unit, said) : undefined
    case 'state':
    case 'with_texts':
      return undefined
    default:
      if (typeof value === 'number') return toBase(value, unit, said)
      return unit === '' && truthOf(value) !== undefined ? Number(truthOf(value)) : undefined
  }
}

/** What a heat pump serves on a circuit: one word, two demands. */
function demands(labels: Record<string, string>, { value }: StoredReading): readonly Series[] {
  const meaning = typeof value === 'string' ? meaningOf(value) : undefined
  if (meaning !== 'heating' && meaning !== 'cooling' && meaning !== 'off') return []
  return ['heating', 'cooling'].map(use => ({
    family: 'hearth_demand_active' as const,
    labels: { ...labels, function: use },
    value: meaning === use ? 1 : 0,
  }))
}

/** The sensor inside a wall unit counts where no circuit has a room temperature. */
function roomSeries(word: string, readings: Readings): Series[] {
  const value = readings.get('inttemp1')?.value
  const hasRoom = [...readings.keys()].some(key => /^hc\d\.currtemp$/.test(key))
  const labels = { circuit: 'primary', point: 'room_air' }
  if (word !== 'thermostat' || typeof value !== 'number' || hasRoom) return []
  return isPossible('hearth_temperature_celsius', labels, value)
    ? [{ family: 'hearth_temperature_celsius', labels, value }]
    : []
}

/** An auxiliary heater is on when one of its stages is. */
function heaterSeries(word: string, readings: Readings): Series[] {
  const stages = [1, 2, 3].map(stage => truthAt(readings, `elheatstep${stage}`))
  if (word !== 'boiler' || stages.every(stage => stage === undefined)) return []
  const labels = { circuit: 'primary', component: 'auxiliary_heater' }
  const isOn = stages.includes(true) || isHeaterSaidOn(readings)
  return [{ family: 'hearth_component_active', labels, value: isOn ? 1 : 0 }]
}

function isHeaterSaidOn(readings: Readings): boolean {
  const word = textAt(readings, 'auxheaterstatus')
  return word !== undefined && meaningOf(word) !== 'off'
}
