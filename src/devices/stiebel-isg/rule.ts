import type { FamilyName } from '../../core/families/index.ts'
import type { Labels } from '../../core/series.ts'

/** What a table is about, whatever the language of its heading. */
export type SectionKind =
  | 'room'
  | 'heating'
  | 'dhw'
  | 'heat'
  | 'power'
  | 'runtime'
  | 'starts'
  | 'cooling'
  | 'source'

const SECTIONS: Readonly<Record<SectionKind, readonly string[]>> = {
  room: ['raumtemperatur', 'raumtemperaturen', 'room_temperature', 'room_temperatures'],
  heating: ['heizen', 'heizung', 'heating'],
  dhw: ['warmwasser', 'dhw', 'hot_water', 'domestic_hot_water'],
  heat: ['waermemenge', 'waermemengen', 'amount_of_heat', 'heat_quantity'],
  power: ['leistungsaufnahme', 'power_consumption'],
  runtime: ['laufzeit', 'laufzeiten', 'runtime', 'runtimes', 'run_time'],
  starts: ['starts', 'verdichterstarts', 'compressor_starts'],
  cooling: ['kuehlen', 'kuehlung', 'cooling'],
  source: ['quelle', 'waermequelle', 'source', 'heat_source'],
}
const KIND_OF = new Map<string, SectionKind>(
  (Object.keys(SECTIONS) as SectionKind[]).flatMap(kind => SECTIONS[kind].map(name => [name, kind] as const)),
)

/** How a number of the page becomes a sample. Each starts from the page's own steps, so that no noise is shown. */
export interface Unit {
  /** Units of the page that it is for; '' for a number without one. */
  readonly words: readonly string[]
  convert(value: number): number
}

/** A value row in the vendor-neutral dialect. `#` in labels stands for the number of a circuit. */
export interface Rule {
  /** Labels in German and English. */
  readonly labels: readonly string[]
  /** Only in tables of these kinds; absent: in any. */
  readonly sections?: readonly SectionKind[]
  readonly unit: Unit
  readonly family: FamilyName
  readonly to: Labels
  readonly help: string
}

/** Makes a row of a table of rules. */
export function rule(
  help: string,
  labels: readonly string[],
  unit: Unit,
  family: FamilyName,
  to: Labels,
  ...sections: readonly SectionKind[]
): Rule {
  return { help, labels, unit, family, to, ...(sections.length > 0 ? { sections } : {}) }
}

/** What the heading of a table is about. */
export function sectionKind(section: string): SectionKind | undefined {
  return KIND_OF.get(section)
}

/** A label with the number of its circuit taken out. */
export interface Numbered {
  readonly label: string
  readonly number?: string
}

const CIRCUIT = /(^|_)(?:hk|hc|cc|heizkreis|heating_circuit)_?([1-5])(?=_|$)/
const LAST_NUMBER = /_([1-5])$/

/** The spellings under which tables list a label: as it is, with its circuit as `hc#`, with its last number as `#`. */
export function spellings(label: string): readonly Numbered[] {
  const circuit = CIRCUIT.exec(label)
  const last = LAST_NUMBER.exec(label)
  return [
    { label },
    ...(circuit?.[2] ? [{ label: label.replace(CIRCUIT, '$1hc#'), number: circuit[2] }] : []),
    ...(last?.[1] ? [{ label: label.replace(LAST_NUMBER, '_#'), number: last[1] }] : []),
  ]
}

/** Labels with the number of the circuit put in. */
export function filled(labels: Labels, number: string | undefined): Labels {
  if (number === undefined) return labels
  return Object.fromEntries(Object.entries(labels).map(([name, text]) => [name, text.replace('#', number)]))
}

const steps = (value: number, perUnit: number) => Math.round(value * perUnit)

export const CELSIUS: Unit = { words: ['°C'], convert: value => value }
/** Differences: some pages label them °C. */
export const KELVIN: Unit = { words: ['K', '°C'], convert: value => value }
export const PERCENT: Unit = { words: ['%'], convert: value => steps(value, 1000) / 100_000 }
export const BAR: Unit = { words: ['bar'], convert: value => steps(value, 100_000) }
export const LITRES_PER_MINUTE: Unit = { words: ['l/min'], convert: value => steps(value, 1000) / 60_000_000 }
export const CUBIC_METRES_PER_HOUR: Unit = {
  words: ['m³/h'],
  convert: value => steps(value, 1000) / 3_600_000,
}
export const HERTZ: Unit = { words: ['Hz'], convert: value => value }
export const HOURS: Unit = { words: ['h'], convert: value => steps(value, 1000) * 3.6 }
export const LITRES: Unit = { words: ['l'], convert: value => steps(value, 1000) / 1_000_000 }
export const KILOWATT: Unit = { words: ['kW'], convert: value => steps(value, 1_000_000) / 1000 }
export const AMPERE: Unit = { words: ['A'], convert: value => value }
export const NUMBER: Unit = { words: [''], convert: value => value }
