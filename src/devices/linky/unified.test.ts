import { describe, expect, it } from 'vitest'
import type { UnixMs } from '../../core/clock.ts'
import { FAMILIES } from '../../core/families/index.ts'
import type { View } from '../../core/view.ts'
import { viewOf } from './frames.test-helper.ts'
import { LABELS } from './labels.ts'
import { identity, unified } from './unified.ts'

/** Series as short text: `family{label=value} number or state`. */
function lines(view: View): string[] {
  return unified(view).map(series => {
    const labels = Object.entries(series.labels ?? {}).map(([name, value]) => `${name}=${value}`)
    return `${series.family}{${labels.join(',')}} ${'state' in series ? series.state : series.value}`
  })
}

const series = (view: View, family: string) => lines(view).filter(line => line.startsWith(`${family}{`))

describe('unified, historique', () => {
  const base = {
    ADCO: '041476203915',
    OPTARIF: 'BASE',
    ISOUSC: 30,
    BASE: 2_354_780,
    PTEC: 'TH..',
    IINST: 11,
    IMAX: 90,
    PAPP: 2610,
  }

  it("maps the values of the original's document", () => {
    expect(lines(viewOf(base)).sort()).toEqual([
      'hearth_meter_apparent_power_voltamperes{direction=import} 2610',
      'hearth_meter_current_amperes{phase=l1} 11',
      'hearth_meter_current_max_amperes{phase=l1} 90',
      'hearth_meter_energy_joules_total{direction=import,tariff=base} 8477208000',
      'hearth_meter_overload_warning{phase=l1} 0',
      'hearth_meter_subscribed_apparent_power_voltamperes{} 6000',
      'hearth_meter_subscribed_current_amperes{} 30',
      'hearth_meter_tariff_option{} base',
      'hearth_meter_tariff{} base',
    ])
  })

  it.each([
    ['HCHC', 'offpeak'],
    ['HCHP', 'peak'],
    ['EJPHN', 'ejp_normal'],
    ['EJPHPM', 'ejp_peak'],
    ['BBRHCJB', 'tempo_blue_offpeak'],
    ['BBRHPJB', 'tempo_blue_peak'],
    ['BBRHCJW', 'tempo_white_offpeak'],
    ['BBRHPJW', 'tempo_white_peak'],
    ['BBRHCJR', 'tempo_red_offpeak'],
    ['BBRHPJR', 'tempo_red_peak'],
  ])('publishes %s as tariff %s', (key, tariff) => {
    expect(series(viewOf({ [key]: 1000 }), 'hearth_meter_energy_joules_total')).toEqual([
      `hearth_meter_energy_joules_total{direction=import,tariff=${tariff}} 3600000`,
    ])
  })

  it('raises the warning only while the meter sends it', () => {
    expect(series(viewOf({ IINST: 46, ADPS: 46 }), 'hearth_meter_overload_warning')).toEqual([
      'hearth_meter_overload_warning{phase=l1} 1',
    ])
    expect(
      series(viewOf({ IINST1: 40, IINST2: 1, IINST3: 2, ADIR1: 40 }), 'hearth_meter_overload_warning'),
    ).toEqual([
      'hearth_meter_overload_warning{phase=l1} 1',
      'hearth_meter_overload_warning{phase=l2} 0',
      'hearth_meter_overload_warning{phase=l3} 0',
    ])
  })

  it('counts the subscribed power of three phases', () => {
    expect(
      series(viewOf({ ISOUSC: 30, IINST1: 1 }), 'hearth_meter_subscribed_apparent_power_voltamperes'),
    ).toEqual(['hearth_meter_subscribed_apparent_power_voltamperes{} 18000'])
  })

  it.each([
    ['----', 'unknown'],
    ['BLEU', 'blue'],
    ['BLAN', 'white'],
    ['ROUG', 'red'],
  ])('says that tomorrow %s is %s', (data, color) => {
    expect(series(viewOf({ OPTARIF: 'BBR(', DEMAIN: data }), 'hearth_meter_tempo_color')).toEqual([
      `hearth_meter_tempo_color{day=tomorrow} ${color}`,
    ])
  })

  it('gives the EJP notice as 0 and 1, on an EJP contract only', () => {
    const family = 'hearth_meter_ejp_notice_active'
    expect(series(viewOf({ OPTARIF: 'EJP.' }), family)).toEqual([`${family}{} 0`])
    expect(series(viewOf({ OPTARIF: 'EJP.', PEJP: 30 }), family)).toEqual([`${family}{} 1`])
    expect(series(viewOf({ OPTARIF: 'BASE' }), family)).toEqual([])
  })
})

describe('unified, standard', () => {
  const indexes = { EASF01: 100, EASF02: 200, EASF03: 0 }

  it.each([
    ['H PLEINE-CREUSE', 'HEURE  CREUSE', 1, ['offpeak', 'peak']],
    ['H PLEINE-CREUSE', 'HEURE  PLEINE', 2, ['offpeak', 'peak']],
    ['H PLEINE-CREUSE', 'HEURE  PLEINE', 1, ['peak', 'offpeak']],
    ['BASE', 'BASE', 1, ['base', 'index_02']],
    ['TEMPO', 'HP  BLEU', 2, ['tempo_blue_offpeak', 'tempo_blue_peak']],
    ['TEMPO', 'HP  BLEU', 3, ['index_01', 'index_02']],
    ['EJP', 'HEURES NORMALES', 1, ['ejp_normal', 'ejp_peak']],
    ['MON OFFRE', 'SAISON HAUTE', 1, ['index_01', 'index_02']],
    ['H PLEINE-CREUSE', 'WEEK-END', 1, ['index_01', 'index_02']],
  ])('names the indexes of %s while %s runs on %i', (NGTF, LTARF, NTARF, [first, second]) => {
    expect(series(viewOf({ ...indexes, NGTF, LTARF, NTARF }), 'hearth_meter_energy_joules_total')).toEqual([
      `hearth_meter_energy_joules_total{direction=import,tariff=${first}} 360000`,
      `hearth_meter_energy_joules_total{direction=import,tariff=${second}} 720000`,
    ])
  })

  it('says the running tariff by name, or by number where the name proves nothing', () => {
    const family = 'hearth_meter_tariff'
    expect(series(viewOf({ NGTF: 'TEMPO', LTARF: 'HC ROUGE', NTARF: 5 }), family)).toEqual([
      `${family}{} tempo_red_offpeak`,
    ])
    expect(series(viewOf({ NTARF: 7 }), family)).toEqual([`${family}{} index_07`])
    expect(series(viewOf({ NTARF: 0 }), family)).toEqual([])
  })

  it('takes the overrun of all phases from the status register', () => {
    expect(series(viewOf({ 'STGE.over_power': true, IINST: 3 }), 'hearth_meter_overload_warning')).toEqual([
      'hearth_meter_overload_warning{phase=all} 1',
    ])
  })

  it('shows Tempo colours only where there is a Tempo contract', () => {
    const none = { 'STGE.tempo_today': 'unknown', 'STGE.tempo_tomorrow': 'unknown' }
    const family = 'hearth_meter_tempo_color'
    expect(series(viewOf({ ...none, NGTF: 'BASE' }), family)).toEqual([])
    expect(series(viewOf({ ...none, NGTF: 'TEMPO' }), family)).toHaveLength(2)
    expect(series(viewOf({ ...none, 'STGE.tempo_today': 'red', NGTF: 'MON OFFRE' }), family)).toEqual([
      `${family}{day=today} red`,
      `${family}{day=tomorrow} unknown`,
    ])
  })

  it('maps a producer', () => {
    const view = viewOf({ EAIT: 5000, SINSTI: 2000, SINSTS: 0, 'SMAXIN-1': 3000, CCAIN: 1900 })
    expect(lines(view).sort()).toEqual([
      'hearth_meter_apparent_power_voltamperes{direction=export} 2000',
      'hearth_meter_apparent_power_voltamperes{direction=import} 0',
      'hearth_meter_energy_joules_total{direction=export,tariff=base} 18000000',
      'hearth_meter_max_apparent_power_voltamperes{direction=export,day=yesterday} 3000',
      'hearth_meter_mean_active_power_watts{direction=export} 1900',
    ])
  })

  it('shows eight relays', () => {
    const values = series(viewOf({ RELAIS: 0b10000001 }), 'hearth_meter_relay_active').map(line =>
      line.at(-1),
    )
    expect(values).toEqual(['1', '0', '0', '0', '0', '0', '0', '1'])
  })

  it('compares the clock of the meter with that of the host', () => {
    const view = viewOf({ DATE: { value: 'now', at: (Date.UTC(2026, 10, 21, 10, 0, 0) + 2500) as UnixMs } })
    expect(lines(view)).toEqual(['hearth_device_clock_offset_seconds{} 2.5'])
  })

  it('keeps kVA and volts in base units', () => {
    const view = viewOf({ PREF: 6, PCOUP: 6, URMS1: 231, UMOY2: 229, SINSTS3: 700, EASD01: 10 })
    expect(lines(view).sort()).toEqual([
      'hearth_meter_cutoff_apparent_power_voltamperes{} 6000',
      'hearth_meter_energy_distributor_joules_total{direction=import,tariff=index_01} 36000',
      'hearth_meter_mean_voltage_volts{phase=l2} 229',
      'hearth_meter_phase_apparent_power_voltamperes{direction=import,phase=l3} 700',
      'hearth_meter_subscribed_apparent_power_voltamperes{} 6000',
      'hearth_meter_voltage_volts{phase=l1} 231',
    ])
  })
})

describe('identity', () => {
  it('knows a Linky by its standard mode', () => {
    expect(identity(viewOf({ ADSC: '041876097768' }))).toEqual({
      class: 'electricity_meter',
      model: 'Linky',
      serial: '041876097768',
    })
    expect(identity(viewOf({ ADCO: '041476203915' }))).toEqual({
      class: 'electricity_meter',
      serial: '041476203915',
    })
  })
})

describe('the label table', () => {
  it('names only families that exist', () => {
    for (const { family } of LABELS) if (family) expect(Object.keys(FAMILIES)).toContain(family)
  })

  it('gives every series the labels of its family', () => {
    const view = viewOf(Object.fromEntries(LABELS.map(({ key }) => [key, 1])))
    for (const { family, labels } of unified(view)) {
      expect(Object.keys(labels ?? {}).sort(), family).toEqual([...FAMILIES[family].labels].sort())
    }
  })

  it('lists no label twice in one mode', () => {
    const keys = LABELS.map(({ mode, key }) => `${mode} ${key}`)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
