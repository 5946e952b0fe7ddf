/** Rows that are known and become nothing in the vendor-neutral dialect, with the reason. */
export const NATIVE_ONLY: readonly { readonly labels: readonly string[]; readonly why: string }[] = [
  { labels: ['nd_gefiltert'], why: 'a smoothed copy of the low pressure' },
  {
    labels: [
      'p_faktor',
      'i_faktor',
      'd_faktor',
      'dynamik_faktor',
      'pendeln_rel',
      'akt_mode_eve',
      'akt_mode_iws',
      'oeffnung_exv_vorst',
    ],
    why: 'inside the refrigerant controller',
  },
  { labels: ['position_ventil'], why: 'no unit known' },
  {
    labels: ['festwertbetrieb', 'festwertsolltemperatur', 'set_fixed_temperature', 'fixed_value_operation'],
    why: 'off or a temperature: two meanings',
  },
  { labels: ['sg_ready_1', 'sg_ready_2'], why: 'the contacts behind the state set' },
  { labels: ['nhz_1_2', 'bh_1_2'], why: 'time of both stages: it is in those of each' },
  {
    labels: ['verdichtereintrittstemperatur', 'oelsumpftemperatur', 'frostschutztemperatur'],
    why: 'inside the machine',
  },
]

/** The energy manager's debugging page: forecasts and internals. */
const ENERGY_MANAGER =
  /^(?:eigenverbrauchserhoehung|inverter_.*|vorh_.*|akt_.*|dyn_.*|ww_leistung_.*|emi_.*|em_.*|shm_.*|erwartet_.*|fruehester_start|spaetester_start|zieltemperatur|m1e6|letzte_laufzeit|wpm_type|aktuelle_zeit)$/

const LABELS = new Set(NATIVE_ONLY.flatMap(({ labels }) => labels))

/** Whether a value row is known to stay what it is. */
export function isNativeOnly(page: string, label: string): boolean {
  return LABELS.has(label) || (page === '4,7' && ENERGY_MANAGER.test(label)) || label === 'm1e6'
}
