import type { Identity } from '../../core/reading.ts'
import type { Labels, Series } from '../../core/series.ts'
import type { StoredReading, View } from '../../core/view.ts'
import { activeAlarms } from './alarms.ts'
import { ENUMERATIONS, type EnumerationName, stateOf } from './enums.ts'
import { CIRCLE_PAGES, type CirclePage } from './pages.ts'
import { isInside, type Row } from './rows.ts'

type Readings = ReadonlyMap<string, StoredReading>

const REVIEW = 'system_review.TemperaturesAndConfig'
const FUNCTION_DISINFECTION = 4
const FUNCTION_REMOTE = 7

/** The flag that says whether a plant has the part; for the buffer tank there is none. */
const INSTALLED: Partial<Record<CirclePage, string>> = {
  loop_1: `${REVIEW}.circle_1_installed`,
  loop_2: `${REVIEW}.circle_2_installed`,
  loop_3: `${REVIEW}.circle_3_installed`,
  loop_4: `${REVIEW}.circle_4_installed`,
  tap_water: `${REVIEW}.tap_water_installed`,
  pool: `${REVIEW}.pool_active`,
}

/** Switches of the shortcuts page that say something in every vendor's words. */
export const SWITCHES: readonly (readonly [
  key: string,
  family: 'hearth_enabled' | 'hearth_special_program_active',
  labels: Labels,
])[] = [
  ['heatpump_on', 'hearth_enabled', { circuit: 'primary', function: 'unspecified' }],
  ['antilegionella', 'hearth_enabled', { circuit: 'dhw1', function: 'disinfection' }],
  ['fast_water_heating', 'hearth_special_program_active', { circuit: 'dhw1', program: 'boost' }],
]

/** The heat pump in the vendor-neutral dialect. */
export function unified({ readings }: View, rows: readonly Row[]): readonly Series[] {
  const absent = absentParts(readings, rows)
  return [
    ...numbers(readings, rows, absent),
    ...circles(readings, absent),
    ...working(readings),
    ...state(readings, `${REVIEW}.main_mode`, 'HeatPumpOperatingMode'),
    ...switches(readings),
    ...faults(readings),
  ]
}

/** Who the heat pump is. */
export function identity({ readings }: View): Identity {
  const words = (key: string) => {
    const value = readings.get(key)?.value
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const model = words('basic.InfoData.pumpModel')
  const firmware = words('basic.InfoData.firmware')
  const serial = words('menu.hp_id')
  const site = words('menu.Location')
  return {
    class: 'heat_pump',
    vendor: 'Kronoterm',
    ...(model ? { model } : {}),
    ...(firmware ? { firmware } : {}),
    ...(serial ? { serial } : {}),
    ...(site ? { site } : {}),
  }
}

/**
 * Parts that the plant has not. Flags can be wrong while the part has live data: a part is away when its flag says so and
 * nothing of it is measured.
 */
export function absentParts(readings: Readings, rows: readonly Row[]): ReadonlySet<CirclePage> {
  const alive = new Set(
    rows
      .filter(({ family }) => family === 'hearth_temperature_celsius')
      .filter(row => sampleOf(readings, row) !== undefined)
      .map(({ part }) => part),
  )
  const parts = Object.keys(CIRCLE_PAGES).filter((page): page is CirclePage => page in CIRCLE_PAGES)
  return new Set(
    parts.filter(part => {
      const flag = INSTALLED[part]
      const isSaidAway = flag === undefined ? part === 'reservoir' : readings.get(flag)?.value === false
      return isSaidAway && !alive.has(part)
    }),
  )
}

function numbers(readings: Readings, rows: readonly Row[], absent: ReadonlySet<CirclePage>): Series[] {
  const cells = new Map<string, Series>()
  for (const row of rows) {
    const { family, labels, part } = row
    if (part && absent.has(part)) continue
    const cell = `${family} ${Object.values(labels).join(' ')}`
    const value = sampleOf(readings, row)
    if (value !== undefined && !cells.has(cell)) cells.set(cell, { family, labels, value })
  }
  return [...cells.values()]
}

function sampleOf(readings: Readings, row: Row): number | undefined {
  const value = numberAt(readings, row.key)
  if (value === undefined || row.isAbsent(value) || !isInside(row, value)) return undefined
  return row.convert(value)
}

function circles(readings: Readings, absent: ReadonlySet<CirclePage>): Series[] {
  return Object.entries(CIRCLE_PAGES).flatMap(([page, circuit]) => {
    if ([...absent].some(part => part === page)) return []
    const data = `${page}.HeatingCircleData`
    return [
      ...state(readings, `${data}.circle_status`, 'HeatingLoopStatus', { circuit }),
      ...state(readings, `${data}.circle_mode`, 'HeatingLoopMode', { circuit }),
    ]
  })
}

function state(readings: Readings, key: string, name: EnumerationName, labels: Labels = {}): Series[] {
  const value = numberAt(readings, key)
  const word = value === undefined ? undefined : stateOf(name, value)
  return word === undefined ? [] : [{ family: ENUMERATIONS[name].family, labels, state: word }]
}

function working(readings: Readings): Series[] {
  const key = `${REVIEW}.working_function`
  const value = numberAt(readings, key)
  if (value === undefined || stateOf('WorkingFunction', value) === undefined) return []
  return [
    ...state(readings, key, 'WorkingFunction'),
    {
      family: 'hearth_disinfection_active',
      labels: { circuit: 'dhw1' },
      value: Number(value === FUNCTION_DISINFECTION),
    },
    {
      family: 'hearth_blocked',
      labels: { circuit: 'primary', reason: 'remote' },
      value: Number(value === FUNCTION_REMOTE),
    },
  ]
}

function switches(readings: Readings): Series[] {
  return SWITCHES.flatMap(([name, family, labels]) => {
    const value = readings.get(`shortcuts.ShortcutsData.${name}`)?.value
    return typeof value === 'boolean' ? [{ family, labels, value: Number(value) }] : []
  })
}

function faults(readings: Readings): Series[] {
  const alarms = activeAlarms(readings)
  if (!alarms) return []
  const info = alarms.entries.map((labels): Series => ({ family: 'hearth_fault_info', labels, value: 1 }))
  return [{ family: 'hearth_fault_active', value: Number(alarms.isActive) }, ...info]
}

function numberAt(readings: Readings, key: string): number | undefined {
  const value = readings.get(key)?.value
  return typeof value === 'number' ? value : undefined
}
