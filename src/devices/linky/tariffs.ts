import { TARIFFS, type Tariff } from '../../core/families/index.ts'

type Value = number | boolean | string | undefined

/** PTEC of the historique mode. */
const BY_PERIOD: Readonly<Record<string, Tariff>> = {
  'TH..': 'base',
  'HC..': 'offpeak',
  'HP..': 'peak',
  'HN..': 'ejp_normal',
  'PM..': 'ejp_peak',
  HCJB: 'tempo_blue_offpeak',
  HPJB: 'tempo_blue_peak',
  HCJW: 'tempo_white_offpeak',
  HPJW: 'tempo_white_peak',
  HCJR: 'tempo_red_offpeak',
  HPJR: 'tempo_red_peak',
}

/** Index label of the historique mode. */
export const TARIFF_OF_INDEX: Readonly<Record<string, Tariff>> = {
  BASE: 'base',
  HCHC: 'offpeak',
  HCHP: 'peak',
  EJPHN: 'ejp_normal',
  EJPHPM: 'ejp_peak',
  BBRHCJB: 'tempo_blue_offpeak',
  BBRHPJB: 'tempo_blue_peak',
  BBRHCJW: 'tempo_white_offpeak',
  BBRHPJW: 'tempo_white_peak',
  BBRHCJR: 'tempo_red_offpeak',
  BBRHPJR: 'tempo_red_peak',
}

const TEMPO_ORDER: readonly Tariff[] = [
  'tempo_blue_offpeak',
  'tempo_blue_peak',
  'tempo_white_offpeak',
  'tempo_white_peak',
  'tempo_red_offpeak',
  'tempo_red_peak',
]

/** States of `hearth_meter_tariff_option`. */
export type TariffOption = 'base' | 'peak_offpeak' | 'ejp' | 'tempo' | 'supplier'

const OPTION_OF_OPTARIF: Readonly<Record<string, TariffOption>> = {
  BAS: 'base',
  'HC.': 'peak_offpeak',
  EJP: 'ejp',
  BBR: 'tempo',
}

export function tariffOfPeriod(ptec: Value): Tariff | undefined {
  return typeof ptec === 'string' ? BY_PERIOD[ptec] : undefined
}

/** Contract of a meter in historique mode, from OPTARIF. */
export function optionOfOptarif(optarif: Value): TariffOption | undefined {
  return typeof optarif === 'string' ? OPTION_OF_OPTARIF[optarif.slice(0, 3)] : undefined
}

/** Contract of a meter in standard mode, from the name of the supplier calendar. */
export function optionOfCalendar(ngtf: Value): TariffOption | undefined {
  if (typeof ngtf !== 'string') return undefined
  const name = ngtf.toUpperCase()
  if (name === 'BASE') return 'base'
  if (name.includes('TEMPO') || name.startsWith('BBR')) return 'tempo'
  if (name.includes('EJP')) return 'ejp'
  if (name.includes('CREUSE') || /\bHC\b/.test(name)) return 'peak_offpeak'
  return 'supplier'
}

/**
 * Names of the supplier indexes in standard mode (1 to 10), where the frame itself proves them: the name of the running
 * tariff must agree with its number. Suppliers are free in their calendars, so whatever is not proved stays a number.
 */
export function indexNames(ngtf: Value, ltarf: Value, ntarf: Value): ReadonlyMap<number, Tariff> {
  const option = optionOfCalendar(ngtf)
  const name = typeof ltarf === 'string' ? ltarf.toUpperCase() : ''
  if (typeof ntarf !== 'number' || ntarf < 1) return new Map()
  if (option === 'base' && ntarf === 1) return new Map([[1, 'base']])
  if (option === 'tempo' && tempoTariff(name) === TEMPO_ORDER[ntarf - 1]) {
    return new Map(TEMPO_ORDER.map((tariff, i) => [i + 1, tariff]))
  }
  if (option === 'peak_offpeak') return pair(ntarf, isOffPeak(name), isPeak(name), 'offpeak', 'peak')
  if (option === 'ejp')
    return pair(ntarf, name.includes('NORMAL'), name.includes('POINTE'), 'ejp_normal', 'ejp_peak')
  return new Map()
}

/** Two tariffs on the indexes 1 and 2: the running one names itself and, by exclusion, the other. */
function pair(running: number, isFirst: boolean, isSecond: boolean, first: Tariff, second: Tariff) {
  if (isFirst === isSecond || running > 2) return new Map<number, Tariff>()
  return new Map<number, Tariff>([
    [running, isFirst ? first : second],
    [3 - running, isFirst ? second : first],
  ])
}

function isOffPeak(name: string): boolean {
  return name.includes('CREUSE') || /\bHC\b/.test(name)
}

function isPeak(name: string): boolean {
  return name.includes('PLEINE') || /\bHP\b/.test(name)
}

function tempoTariff(name: string): Tariff | undefined {
  const color = name.includes('BLEU')
    ? 'blue'
    : name.includes('BLAN')
      ? 'white'
      : name.includes('ROUG')
        ? 'red'
        : undefined
  if (!color || isOffPeak(name) === isPeak(name)) return undefined
  return `tempo_${color}_${isOffPeak(name) ? 'offpeak' : 'peak'}`
}

/** `index_01` to `index_10`. */
export function numberedTariff(index: number): Tariff | undefined {
  return NUMBERED[index - 1]
}

const NUMBERED = TARIFFS.filter(tariff => tariff.startsWith('index_'))
