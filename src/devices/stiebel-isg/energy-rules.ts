import type { FamilyName } from '../../core/families/index.ts'
import type { Labels } from '../../core/series.ts'
import type { SectionKind } from './rule.ts'

/** One energy counter: registers of all days and of the day, and the cells that their sum becomes. */
export interface EnergyRule {
  readonly help: string
  readonly day: readonly string[]
  readonly total: readonly string[]
  readonly section?: SectionKind
  readonly cells: readonly { readonly family: FamilyName; readonly to: Labels }[]
}

const heat = (use: string, source: string) => ({
  family: 'hearth_thermal_energy_joules_total' as const,
  to: { function: use, source, method: 'reported' },
})
const power = (use: string, component: string, method: string) => ({
  family: 'hearth_electric_energy_joules_total' as const,
  to: { function: use, component, method },
})
/** Resistive: what it gives is what it takes. */
const resistive = (use: string) => [
  heat(use, 'auxiliary_heater'),
  power(use, 'auxiliary_heater', 'estimated'),
]

/** `TAG` and `SUMME` of a name in both languages. */
const both = (...names: readonly string[]) => ({
  day: names.flatMap(name => [`${name}_tag`, `${name}_day`]),
  total: names.flatMap(name => [`${name}_summe`, `${name}_total`, `${name}_ttl`]),
})

const VENTILATION_UNITS: readonly EnergyRule[] = [
  { help: 'heat for heating', ...both('wm_heizen', 'heat_meter_htg'), cells: [heat('heating', 'heat_pump')] },
  { help: 'heat for hot water', ...both('wm_ww', 'heat_meter_dhw'), cells: [heat('dhw', 'heat_pump')] },
  {
    help: 'heat recovered',
    ...both('wm_wrg', 'heat_m_recovery'),
    cells: [heat('ventilation', 'heat_recovery')],
  },
  {
    help: 'solar heat for heating',
    ...both('wm_solar_hz', 'hm_solar_htg'),
    cells: [heat('heating', 'solar')],
  },
  {
    help: 'solar heat for hot water',
    ...both('wm_solar_ww', 'hm_solar_dhw', 'hm_solar_dwh'),
    cells: [heat('dhw', 'solar')],
  },
  {
    help: 'booster heat for heating',
    ...both('wm_ne_heizen', 'heat_m_boost_htg'),
    cells: resistive('heating'),
  },
  { help: 'booster heat for hot water', ...both('wm_ne_ww', 'heat_m_boost_dhw'), cells: resistive('dhw') },
  {
    help: 'heat removed by cooling',
    ...both('wm_kuehlen', 'hm_cooling'),
    cells: [heat('cooling', 'heat_pump')],
  },
  {
    help: 'electricity for heating, without the auxiliary heater',
    ...both('p_heizung', 'pwr_con_htg'),
    cells: [power('heating', 'compressor', 'reported')],
  },
  {
    help: 'electricity for hot water, without the auxiliary heater',
    ...both('p_ww', 'pwr_con_dhw'),
    cells: [power('dhw', 'compressor', 'reported')],
  },
]

const USES: readonly (readonly [use: string, names: readonly string[]])[] = [
  ['heating', ['vd_heizen', 'verdichter_heizen', 'vd_heating', 'compressor_heating']],
  ['dhw', ['vd_warmwasser', 'verdichter_warmwasser', 'vd_ww', 'vd_dhw', 'compressor_dhw']],
  ['cooling', ['vd_kuehlen', 'verdichter_kuehlen', 'vd_cooling', 'compressor_cooling']],
]

/** The same keys stand for heat and for electricity: the heading tells them apart. */
const HEAT_PUMP_MANAGERS: readonly EnergyRule[] = [
  ...USES.flatMap(([use, names]): EnergyRule[] => [
    { help: `heat, ${use}`, ...both(...names), section: 'heat', cells: [heat(use, 'heat_pump')] },
    {
      help: `electricity of the compressor, ${use}`,
      ...both(...names),
      section: 'power',
      cells: [power(use, 'compressor', 'reported')],
    },
  ]),
  {
    help: 'heat of the auxiliary heater, heating',
    ...both('nhz_heizen', 'nhz_heating', 'bh_heating'),
    section: 'heat',
    cells: resistive('heating'),
  },
  {
    help: 'heat of the auxiliary heater, hot water',
    ...both('nhz_warmwasser', 'nhz_ww', 'nhz_dhw', 'bh_dhw'),
    section: 'heat',
    cells: resistive('dhw'),
  },
]

/** All energy counters of German and English pages. */
export const ENERGY_RULES: readonly EnergyRule[] = [...VENTILATION_UNITS, ...HEAT_PUMP_MANAGERS]

/** Units in which registers stand; `KWh` is what real firmware writes for the day. */
export const ENERGY_UNITS: readonly string[] = ['kWh', 'KWh']
