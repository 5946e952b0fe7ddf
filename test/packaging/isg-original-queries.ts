/** Names that the original's own dashboard asks for as `max(isg_NAME)`, panel by panel. */
const GAUGES = [
  // Temperatures
  ...['istwert_hk1', 'sollwert_hk1', 'vorlauftemp', 'ruecklauftemp', 'ww_isttemp', 'ww_solltemp'],
  ...['aussentemperatur', 'verdampferausg_temp', 'kuehlungstemp'],
  // Heat pump
  ...['verdampfertemp', 'verfluessigertemp', 'niederdruck', 'hochdruck', 'heissgastemp', 'druck_heizkreis'],
  ...['nd_gefiltert', 'volumenstrom'],
  // States
  ...['flag_abtauen_ll_wt', 'flag_abtauen_verdampfer', 'flag_heizen', 'flag_heizkreispumpe'],
  ...['flag_warmwasserbereitung', 'flag_evu_sperre', 'flag_verdichter', 'flag_hd_waechter', 'flag_luefter'],
  // Stages
  ...['heizstufe', 'nhz_stufen', 'position_ventil'],
  // Fans
  ...['abluft_soll_volumenstrom', 'zuluft_soll_volumenstrom', 'fortluft_soll_volumenstrom'],
  ...['zuluft_ist_luefterdrehzahl', 'abluft_ist_luefterdrehzahl', 'fortluft_ist_luefterdrehzahl'],
  // Analysis
  ...['p_faktor', 'i_faktor', 'd_faktor', 'oeffnung_exv', 'oeffnung_exv_vorst', 'dynamik_faktor'],
  ...['pendeln_rel', 'akt_mode_eve', 'akt_mode_iws'],
]

/** Those of which it shows how fast they grow. */
const RATES = [
  ...['wm_heizen_tag', 'wm_ww_tag', 'wm_wrg_tag', 'wm_ne_heizen_summe', 'wm_ne_ww_summe'],
  ...['p_heizung_tag', 'p_ww_tag'],
]

/** Heat for electricity. */
const RATIOS = [
  ['wm_heizen_tag', 'p_heizung_tag'],
  ['wm_ww_tag', 'p_ww_tag'],
] as const

/** Every name in it. */
export const ORIGINAL_NAMES: readonly string[] = [...GAUGES, ...RATES].map(name => `isg_${name}`)

/** The queries of the original's own dashboard, which its users have. */
export const ORIGINAL_QUERIES: readonly string[] = [
  ...GAUGES.map(name => `max(isg_${name})`),
  ...RATES.map(name => `max(irate(isg_${name}[5m])*3600)`),
  ...RATIOS.map(([heat, power]) => `max(irate(isg_${heat}[5m])) / max(irate(isg_${power}[5m]))`),
]
