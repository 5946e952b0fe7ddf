import { inTable } from './table.ts'

/**
 * A gateway set to Fahrenheit converts its JSON, and only that. It says `°F` for three things: temperatures, differences
 * of temperatures, and differences in kelvin that it does not convert at all. JSON does not tell which is which.
 */
const DIFFERENCES: Readonly<Record<string, ReadonlySet<string>>> = lists({
  boiler: 'boilhyston boilhystoff boil2hyston boil2hystoff hyston hystoff flowtempoffset',
  thermostat: 'intoffset offsettemp flowtempoffset roominfluence curroominfl tempdiffboiler',
  solar: 'turnondiff turnoffdiff',
  heatsource: 'blockhyst',
  water: 'difftemp',
})

const KELVIN: Readonly<Record<string, ReadonlySet<string>>> = lists({
  boiler: 'auxmaxlimit auxlimitstart comfdiff ecodiff ecoplusdiff tempdiffheat tempdiffcool',
  thermostat: 'dewoffset instantstart pvlowercool pvraiseheat roomtempdiff',
  solar: 'heatassiston heatassistoff',
  mixer: 'flowtempoffset',
  water: 'deltatret',
})

function lists(table: Readonly<Record<string, string>>): Readonly<Record<string, ReadonlySet<string>>> {
  return Object.fromEntries(Object.entries(table).map(([word, names]) => [word, new Set(names.split(' '))]))
}

/** Whether JSON leaves this value in kelvin and only calls it °F; HELP says K. */
export function isKelvin(word: string, name: string): boolean {
  return inTable(KELVIN, word)?.has(name) ?? false
}

/** Celsius of a JSON value in Fahrenheit, to a tenth: JSON gives no more. */
export function celsius(word: string, name: string, fahrenheit: number): number {
  const degrees = inTable(DIFFERENCES, word)?.has(name) ? fahrenheit / 1.8 : (fahrenheit - 32) / 1.8
  const tenths = Math.round(degrees * 10) / 10
  return tenths === 0 ? 0 : tenths
}
