import type { Mode } from './protocol.ts'

/** What the characters of a group are, and so what they may be. */
export type LabelKind =
  | 'index'
  | 'number'
  | 'serial'
  | 'text'
  | 'enum'
  | 'hex'
  | 'relays'
  | 'status'
  | 'profile'
  | 'time'
  | 'version'

/** One row of the meters' label tables. */
export interface Label {
  readonly key: string
  readonly mode: Mode
  readonly kind: LabelKind
  /** Exact number of data characters; a list where editions of the specification differ. */
  readonly width: number | readonly number[]
  readonly help: string
  readonly unit?: 'A' | 'V' | 'VA' | 'kVA' | 'W' | 'Wh' | 'varh' | 'min' | 'dal'
  /** Allowed values of an enumeration. */
  readonly values?: RegExp
  /** Highest value that can be true. */
  readonly highest?: number
  /** The unified family it becomes; absent: kept under its own name only. */
  readonly family?: string
  readonly isPersonal?: boolean
}

/** Above 50 kVA no household meter of this kind can be. */
const HIGHEST_VA = 50_000

type Row = Omit<Label, 'mode'>

const energy = 'hearth_meter_energy_joules_total'

function index(key: string, help: string, family?: string): Row {
  return { key, help, kind: 'index', width: 9, unit: 'Wh', ...(family ? { family } : {}) }
}

function amperes(key: string, help: string, family: string): Row {
  return { key, help, kind: 'number', width: 3, unit: 'A', family }
}

function power(key: string, help: string, family: string): Row {
  return { key, help, kind: 'number', width: 5, unit: 'VA', highest: HIGHEST_VA, family }
}

function text(key: string, width: number, help: string): Row {
  return { key, help, kind: 'text', width }
}

function each(phases: readonly number[], row: (phase: number) => Row): readonly Row[] {
  return phases.map(row)
}

const PHASES = [1, 2, 3]

const HISTORIQUE: readonly Row[] = [
  {
    key: 'ADCO',
    help: 'Meter address (serial number)',
    kind: 'serial',
    width: 12,
    family: 'hearth_device_info',
    isPersonal: true,
  },
  {
    key: 'OPTARIF',
    help: 'Tariff option',
    kind: 'enum',
    width: 4,
    values: /^(BASE|HC\.\.|EJP\.|BBR[(-?])$/,
    family: 'hearth_meter_tariff_option',
  },
  {
    key: 'ISOUSC',
    help: 'Subscribed current',
    kind: 'number',
    width: 2,
    unit: 'A',
    family: 'hearth_meter_subscribed_current_amperes',
  },
  index('BASE', 'Index, base option', energy),
  index('HCHC', 'Index, off-peak hours', energy),
  index('HCHP', 'Index, peak hours', energy),
  index('EJPHN', 'Index, normal hours (EJP)', energy),
  index('EJPHPM', 'Index, mobile peak hours (EJP)', energy),
  index('BBRHCJB', 'Index, off-peak hours of blue days (Tempo)', energy),
  index('BBRHPJB', 'Index, peak hours of blue days (Tempo)', energy),
  index('BBRHCJW', 'Index, off-peak hours of white days (Tempo)', energy),
  index('BBRHPJW', 'Index, peak hours of white days (Tempo)', energy),
  index('BBRHCJR', 'Index, off-peak hours of red days (Tempo)', energy),
  index('BBRHPJR', 'Index, peak hours of red days (Tempo)', energy),
  {
    key: 'PEJP',
    help: 'Notice of an EJP peak',
    kind: 'number',
    width: 2,
    unit: 'min',
    family: 'hearth_meter_ejp_notice_active',
  },
  {
    key: 'PTEC',
    help: 'Tariff in force',
    kind: 'enum',
    width: 4,
    values: /^(TH\.\.|HC\.\.|HP\.\.|HN\.\.|PM\.\.|H[CP]J[BWR])$/,
    family: 'hearth_meter_tariff',
  },
  {
    key: 'DEMAIN',
    help: 'Colour of tomorrow (Tempo)',
    kind: 'enum',
    width: 4,
    values: /^(----|BLEU|BLAN|ROUG)$/,
    family: 'hearth_meter_tempo_color',
  },
  amperes('IINST', 'Current now', 'hearth_meter_current_amperes'),
  ...each(PHASES, n => amperes(`IINST${n}`, `Current now, phase ${n}`, 'hearth_meter_current_amperes')),
  amperes('ADPS', 'Overrun warning; present only while it lasts', 'hearth_meter_overload_warning'),
  ...each(PHASES, n =>
    amperes(
      `ADIR${n}`,
      `Overrun warning, phase ${n}; present only while it lasts`,
      'hearth_meter_overload_warning',
    ),
  ),
  amperes('IMAX', 'Highest current', 'hearth_meter_current_max_amperes'),
  ...each(PHASES, n =>
    amperes(`IMAX${n}`, `Highest current, phase ${n}`, 'hearth_meter_current_max_amperes'),
  ),
  {
    key: 'PMAX',
    help: 'Highest power of the day before (in VA on a Linky)',
    kind: 'number',
    width: 5,
    unit: 'W',
  },
  power('PAPP', 'Apparent power now', 'hearth_meter_apparent_power_voltamperes'),
  text('HHPHC', 1, 'Off-peak timetable group'),
  { key: 'MOTDETAT', help: 'Status word of the meter', kind: 'text', width: [6, 10] },
  { key: 'PPOT', help: 'Phases without voltage, bit n for phase n', kind: 'hex', width: 2 },
  { key: 'GAZ', help: 'Gas index of a concentrator', kind: 'number', width: 7, unit: 'dal' },
  { key: 'AUTRE', help: 'Third index of a concentrator', kind: 'number', width: 7, unit: 'dal' },
]

const MAX_FAMILY = 'hearth_meter_max_apparent_power_voltamperes'
const PHASE_POWER = 'hearth_meter_phase_apparent_power_voltamperes'

function watts(key: string, help: string): Row {
  return { key, help, kind: 'number', width: 5, unit: 'W', family: 'hearth_meter_mean_active_power_watts' }
}

function volts(key: string, help: string, family: string): Row {
  return { key, help, kind: 'number', width: 3, unit: 'V', family }
}

function largest(key: string, help: string, family?: string): Row {
  return {
    key,
    help,
    kind: 'number',
    width: 5,
    unit: 'VA',
    highest: HIGHEST_VA,
    ...(family ? { family } : {}),
  }
}

const STANDARD: readonly Row[] = [
  {
    key: 'ADSC',
    help: 'Meter address (serial number)',
    kind: 'serial',
    width: 12,
    family: 'hearth_device_info',
    isPersonal: true,
  },
  { key: 'VTIC', help: 'Version of the output', kind: 'version', width: 2 },
  {
    key: 'DATE',
    help: 'Clock of the meter',
    kind: 'time',
    width: 0,
    family: 'hearth_device_clock_offset_seconds',
  },
  text('NGTF', 16, 'Name of the supplier calendar'),
  text('LTARF', 16, 'Name of the running tariff'),
  index('EAST', 'Energy drawn, total'),
  ...each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], n =>
    index(`EASF${String(n).padStart(2, '0')}`, `Energy drawn, supplier index ${n}`, energy),
  ),
  ...each([1, 2, 3, 4], n =>
    index(
      `EASD0${n}`,
      `Energy drawn, distributor index ${n}`,
      'hearth_meter_energy_distributor_joules_total',
    ),
  ),
  index('EAIT', 'Energy injected, total', energy),
  ...each(
    [1, 2, 3, 4],
    (n): Row => ({
      key: `ERQ${n}`,
      help: `Reactive energy, quadrant ${n}`,
      kind: 'index',
      width: 9,
      unit: 'varh',
    }),
  ),
  ...each(PHASES, n => amperes(`IRMS${n}`, `Current now, phase ${n}`, 'hearth_meter_current_amperes')),
  ...each(PHASES, n => volts(`URMS${n}`, `Voltage now, phase ${n}`, 'hearth_meter_voltage_volts')),
  {
    key: 'PREF',
    help: 'Subscribed power',
    kind: 'number',
    width: 2,
    unit: 'kVA',
    family: 'hearth_meter_subscribed_apparent_power_voltamperes',
  },
  {
    key: 'PCOUP',
    help: 'Power at which the meter cuts',
    kind: 'number',
    width: 2,
    unit: 'kVA',
    family: 'hearth_meter_cutoff_apparent_power_voltamperes',
  },
  power('SINSTS', 'Apparent power drawn now', 'hearth_meter_apparent_power_voltamperes'),
  // Pilot series of the Linky, type codes 67 and 68, spell some labels without their last letter.
  power('SINST1', 'Apparent power drawn now (pilot meters)', 'hearth_meter_apparent_power_voltamperes'),
  ...each(PHASES, n => power(`SINSTS${n}`, `Apparent power drawn now, phase ${n}`, PHASE_POWER)),
  largest('SMAXSN', 'Highest power drawn today', MAX_FAMILY),
  largest('SMAXN', 'Highest power drawn today (pilot meters)', MAX_FAMILY),
  ...each(PHASES, n => largest(`SMAXSN${n}`, `Highest power drawn today, phase ${n}`)),
  largest('SMAXSN-1', 'Highest power drawn yesterday', MAX_FAMILY),
  largest('SMAXN-1', 'Highest power drawn yesterday (pilot meters)', MAX_FAMILY),
  ...each(PHASES, n => largest(`SMAXSN${n}-1`, `Highest power drawn yesterday, phase ${n}`)),
  power('SINSTI', 'Apparent power injected now', 'hearth_meter_apparent_power_voltamperes'),
  largest('SMAXIN', 'Highest power injected today', MAX_FAMILY),
  largest('SMAXIN-1', 'Highest power injected yesterday', MAX_FAMILY),
  watts('CCASN', 'Last point of the load curve, drawn'),
  {
    key: 'CCASN-1',
    help: 'Last but one point of the load curve, drawn',
    kind: 'number',
    width: 5,
    unit: 'W',
  },
  watts('CCAIN', 'Last point of the load curve, injected'),
  {
    key: 'CCAIN-1',
    help: 'Last but one point of the load curve, injected',
    kind: 'number',
    width: 5,
    unit: 'W',
  },
  ...each(PHASES, n =>
    volts(`UMOY${n}`, `Mean voltage of ten minutes, phase ${n}`, 'hearth_meter_mean_voltage_volts'),
  ),
  { key: 'STGE', help: 'Status register', kind: 'status', width: 8, family: 'hearth_meter_overload_warning' },
  ...each(PHASES, n => text(`DPM${n}`, 2, `Start of mobile peak ${n}`)),
  ...each(PHASES, n => text(`FPM${n}`, 2, `End of mobile peak ${n}`)),
  text('MSG1', 32, 'Short message'),
  text('MSG2', 16, 'Ultra short message'),
  { key: 'PRM', help: 'Delivery point number', kind: 'text', width: 14, isPersonal: true },
  {
    key: 'RELAIS',
    help: 'State of the 8 relays',
    kind: 'relays',
    width: 3,
    highest: 255,
    family: 'hearth_meter_relay_active',
  },
  {
    key: 'NTARF',
    help: 'Number of the running index',
    kind: 'number',
    width: 2,
    highest: 10,
    family: 'hearth_meter_tariff',
  },
  { key: 'NJOURF', help: "Number of today's day profile", kind: 'number', width: 2 },
  { key: 'NJOURF+1', help: "Number of tomorrow's day profile", kind: 'number', width: 2 },
  { key: 'PJOURF+1', help: "Tomorrow's day profile", kind: 'profile', width: 98 },
  { key: 'PPOINTE', help: 'Profile of the next peak day', kind: 'profile', width: 98 },
]

/** Every label of both modes, in the order in which meters send them. */
export const LABELS: readonly Label[] = [
  ...HISTORIQUE.map(row => ({ ...row, mode: 'historique' as const })),
  ...STANDARD.map(row => ({ ...row, mode: 'standard' as const })),
]

const BY_MODE: Readonly<Record<Mode, ReadonlyMap<string, Label>>> = {
  historique: new Map(HISTORIQUE.map(row => [row.key, { ...row, mode: 'historique' }])),
  standard: new Map(STANDARD.map(row => [row.key, { ...row, mode: 'standard' }])),
}

/** The table's row for a label of a mode; undefined for a label the table does not know. */
export function labelOf(mode: Mode, key: string): Label | undefined {
  return BY_MODE[mode].get(key)
}
