import type { FamilyName } from '../../core/families/index.ts'
import type { Identity } from '../../core/reading.ts'
import type { Labels, Series } from '../../core/series.ts'
import type { StoredReading, View } from '../../core/view.ts'
import { subscribedPower } from './intake.ts'
import {
  indexNames,
  numberedTariff,
  optionOfCalendar,
  optionOfOptarif,
  TARIFF_OF_INDEX,
  tariffOfPeriod,
} from './tariffs.ts'

const JOULES_PER_WH = 3600
const DIRECTION = { import: { direction: 'import' }, export: { direction: 'export' } } as const

/** Readings that become one sample by themselves: native key, family, labels, factor to the base unit. */
const PLAIN: readonly (readonly [key: string, family: FamilyName, labels: Labels, factor: number])[] = [
  ['ISOUSC', 'hearth_meter_subscribed_current_amperes', {}, 1],
  ['PCOUP', 'hearth_meter_cutoff_apparent_power_voltamperes', {}, 1000],
  ['PAPP', 'hearth_meter_apparent_power_voltamperes', DIRECTION.import, 1],
  ['SINSTS', 'hearth_meter_apparent_power_voltamperes', DIRECTION.import, 1],
  ['SINST1', 'hearth_meter_apparent_power_voltamperes', DIRECTION.import, 1],
  ['SINSTI', 'hearth_meter_apparent_power_voltamperes', DIRECTION.export, 1],
  ['CCASN', 'hearth_meter_mean_active_power_watts', DIRECTION.import, 1],
  ['CCAIN', 'hearth_meter_mean_active_power_watts', DIRECTION.export, 1],
  ...(
    [
      ['SMAXSN', 'import', 'today'],
      ['SMAXN', 'import', 'today'],
      ['SMAXSN-1', 'import', 'yesterday'],
      ['SMAXN-1', 'import', 'yesterday'],
      ['SMAXIN', 'export', 'today'],
      ['SMAXIN-1', 'export', 'yesterday'],
    ] as const
  ).map(
    ([key, direction, day]) =>
      [key, 'hearth_meter_max_apparent_power_voltamperes', { direction, day }, 1] as const,
  ),
  ['IINST', 'hearth_meter_current_amperes', { phase: 'l1' }, 1],
  ['IMAX', 'hearth_meter_current_max_amperes', { phase: 'l1' }, 1],
  ...[1, 2, 3].flatMap(n => {
    const phase = `l${n}`
    return [
      [`IINST${n}`, 'hearth_meter_current_amperes', { phase }, 1],
      [`IRMS${n}`, 'hearth_meter_current_amperes', { phase }, 1],
      [`IMAX${n}`, 'hearth_meter_current_max_amperes', { phase }, 1],
      [`URMS${n}`, 'hearth_meter_voltage_volts', { phase }, 1],
      [`UMOY${n}`, 'hearth_meter_mean_voltage_volts', { phase }, 1],
      [`SINSTS${n}`, 'hearth_meter_phase_apparent_power_voltamperes', { direction: 'import', phase }, 1],
    ] as const
  }),
  ...Object.entries(TARIFF_OF_INDEX).map(
    ([key, tariff]) =>
      [key, 'hearth_meter_energy_joules_total', { direction: 'import', tariff }, JOULES_PER_WH] as const,
  ),
  ['EAIT', 'hearth_meter_energy_joules_total', { direction: 'export', tariff: 'base' }, JOULES_PER_WH],
  ...[1, 2, 3, 4].map(
    n =>
      [
        `EASD0${n}`,
        'hearth_meter_energy_distributor_joules_total',
        { direction: 'import', tariff: `index_0${n}` },
        JOULES_PER_WH,
      ] as const,
  ),
]

/** The meter in the vendor-neutral dialect. */
export function unified({ readings }: View): readonly Series[] {
  const series: Series[] = []
  for (const [key, family, labels, factor] of PLAIN) {
    const value = numberAt(readings, key)
    if (value !== undefined) series.push({ family, labels, value: value * factor })
  }
  const subscribed = subscribedPower(readings)
  if (subscribed !== undefined) {
    series.push({ family: 'hearth_meter_subscribed_apparent_power_voltamperes', value: subscribed })
  }
  return [
    ...series,
    ...supplierIndexes(readings),
    ...contract(readings),
    ...overload(readings),
    ...tempo(readings),
    ...ejpNotice(readings),
    ...relays(readings),
    ...clockOffset(readings),
  ]
}

/** Who the meter is. Only a Linky knows the standard mode; makers and models hide in numbers no public table explains. */
export function identity({ readings }: View): Identity {
  const serial = textAt(readings, 'ADSC') ?? textAt(readings, 'ADCO')
  return {
    class: 'electricity_meter',
    ...(readings.has('ADSC') ? { model: 'Linky' } : {}),
    ...(serial === undefined ? {} : { serial }),
  }
}

type Readings = ReadonlyMap<string, StoredReading>

/** EASF01 to EASF10; an index that never moved is not part of the contract. */
function supplierIndexes(readings: Readings): Series[] {
  const names = namesOf(readings)
  const series: Series[] = []
  for (let index = 1; index <= 10; index++) {
    const wattHours = numberAt(readings, `EASF${String(index).padStart(2, '0')}`)
    const tariff = names.get(index) ?? numberedTariff(index)
    if (!wattHours || !tariff) continue
    const labels = { direction: 'import', tariff }
    series.push({ family: 'hearth_meter_energy_joules_total', labels, value: wattHours * JOULES_PER_WH })
  }
  return series
}

function contract(readings: Readings): Series[] {
  const running = numberAt(readings, 'NTARF')
  const tariff =
    tariffOfPeriod(readings.get('PTEC')?.value) ??
    (running === undefined ? undefined : (namesOf(readings).get(running) ?? numberedTariff(running)))
  const option = optionOf(readings)
  return [
    ...(tariff ? [{ family: 'hearth_meter_tariff', state: tariff } as const] : []),
    ...(option ? [{ family: 'hearth_meter_tariff_option', state: option } as const] : []),
  ]
}

/** A warning that is only sent while it lasts: its absence from a meter that could send it means 0. */
function overload(readings: Readings): Series[] {
  const family = 'hearth_meter_overload_warning'
  const overPower = readings.get('STGE.over_power')?.value
  if (typeof overPower === 'boolean') return [{ family, labels: { phase: 'all' }, value: Number(overPower) }]
  if (readings.has('IINST')) return [{ family, labels: { phase: 'l1' }, value: Number(readings.has('ADPS')) }]
  if (!readings.has('IINST1')) return []
  return [1, 2, 3].map(n => ({ family, labels: { phase: `l${n}` }, value: Number(readings.has(`ADIR${n}`)) }))
}

const TOMORROW: Readonly<Record<string, string>> = {
  '----': 'unknown',
  BLEU: 'blue',
  BLAN: 'white',
  ROUG: 'red',
}

/** Colours of a Tempo contract; other contracts leave the bits of the register at 0, which says nothing. */
function tempo(readings: Readings): Series[] {
  const family = 'hearth_meter_tempo_color'
  const announced = TOMORROW[textAt(readings, 'DEMAIN') ?? '']
  if (announced) return [{ family, labels: { day: 'tomorrow' }, state: announced }]
  const today = textAt(readings, 'STGE.tempo_today')
  const tomorrow = textAt(readings, 'STGE.tempo_tomorrow')
  if (today === undefined || tomorrow === undefined) return []
  if (optionOf(readings) !== 'tempo' && today === 'unknown' && tomorrow === 'unknown') return []
  return [
    { family, labels: { day: 'today' }, state: today },
    { family, labels: { day: 'tomorrow' }, state: tomorrow },
  ]
}

function ejpNotice(readings: Readings): Series[] {
  if (optionOf(readings) !== 'ejp') return []
  const notice = numberAt(readings, 'STGE.peak_notice')
  const isActive = notice === undefined ? readings.has('PEJP') : notice > 0
  return [{ family: 'hearth_meter_ejp_notice_active', value: Number(isActive) }]
}

function relays(readings: Readings): Series[] {
  const bits = numberAt(readings, 'RELAIS')
  if (bits === undefined) return []
  return [1, 2, 3, 4, 5, 6, 7, 8].map(relay => ({
    family: 'hearth_meter_relay_active',
    labels: { relay: String(relay) },
    value: (bits >> (relay - 1)) & 1,
  }))
}

function clockOffset(readings: Readings): Series[] {
  const date = readings.get('DATE')
  if (date?.at === undefined) return []
  return [{ family: 'hearth_device_clock_offset_seconds', value: (date.at - date.receivedAt) / 1000 }]
}

function optionOf(readings: Readings) {
  return optionOfOptarif(readings.get('OPTARIF')?.value) ?? optionOfCalendar(readings.get('NGTF')?.value)
}

function namesOf(readings: Readings) {
  return indexNames(readings.get('NGTF')?.value, readings.get('LTARF')?.value, readings.get('NTARF')?.value)
}

function numberAt(readings: Readings, key: string): number | undefined {
  const value = readings.get(key)?.value
  return typeof value === 'number' ? value : undefined
}

function textAt(readings: Readings, key: string): string | undefined {
  const value = readings.get(key)?.value
  return typeof value === 'string' ? value : undefined
}
