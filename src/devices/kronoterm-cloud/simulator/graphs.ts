import { dayOfYear } from './calendar.ts'
import type { JsonObject } from './json.ts'
import type { DayEnergy, Plant } from './plant.ts'

/** Days in a list, the last of them the one asked for. */
export const LIST_DAYS = 30
/** What the vendor's own page selects, in its order. */
const CONSUMPTION_SELECTION = ['90', '0', '91', '92', '1', '2', '24', '71']

/** The consumption histogram: a list of days for each use, or a `desc` where the question is not understood. */
export function consumptionAnswer(form: URLSearchParams, plant: Plant, at: number): JsonObject {
  const day = wholeNumber(form.get('d1'))
  const last = dayOfYear(wholeNumber(form.get('year')), day)
  if (last === undefined || form.get('d2') !== '0' || form.get('type') !== 'day')
    return refused('No data for this date')
  const isSelected =
    form.getAll('aValues[]').join(' ') === '17' &&
    form.getAll('dValues[]').join(' ') === CONSUMPTION_SELECTION.join(' ')
  if (!isSelected) return refused('Nothing is selected')
  const days = Array.from({ length: LIST_DAYS }, (_, index) =>
    plant.energyOf(last - LIST_DAYS + 1 + index, at),
  )
  const list = (of: (day: DayEnergy) => number) => days.map(of)
  return {
    result: 'success',
    trend_consumption: {
      CompHeating: list(({ heating }) => heating),
      CompActiveCooling: list(({ cooling }) => cooling),
      CompTapWater: list(({ tapWater }) => tapWater),
      CPLoops: list(({ pumps }) => pumps),
      CPAddSource: list(({ heater }) => heater),
      TapWaterLowTariffPerc: list(() => 40),
      TapWaterHighTariffPerc: list(() => 60),
    },
  }
}

/** Electric power of an hour, W, a value each minute. */
export function timelineAnswer(form: URLSearchParams): JsonObject {
  const isAsked = form.get('type') === 'hour' && form.get('aValues[]') === '29'
  if (!isAsked) return refused('Nothing is selected')
  const seconds = Array.from({ length: 60 }, (_, minute) => minute * 60)
  return { result: 'success', trend_data: { x: seconds, V29: seconds.map(second => 1200 + (second % 420)) } }
}

function refused(desc: string): JsonObject {
  return { result: 'error', desc }
}

function wholeNumber(text: string | null): number {
  return text !== null && /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
}
