import { energy, type Field, flag, number, target, temperature, text } from './field.ts'
import type { PageName } from './pages.ts'
import { COUNTED_KEYS, PARTS, TOTAL_KEY } from './parts.ts'

const ROOM_NOTE =
  'room temperature where the loop is controlled by room; without a thermostat it can be that of the water'

const REVIEW: readonly Field[] = [
  temperature('TemperaturesAndConfig.outside_temp', 'Outside'),
  temperature('TemperaturesAndConfig.tap_water_temp', 'Hot water tank'),
  temperature('TemperaturesAndConfig.reservoir_temp', 'Buffer tank'),
  temperature('TemperaturesAndConfig.pool_temp', 'Pool'),
  ...[1, 2, 3, 4].map(n =>
    temperature(`TemperaturesAndConfig.heating_circle_${n}_temp`, `Room of loop ${n}`, { note: ROOM_NOTE }),
  ),
  number('TemperaturesAndConfig.working_function', 'What the heat pump does now', {
    enumeration: 'WorkingFunction',
    family: 'hearth_activity',
    note: '4 also sets hearth_disinfection_active, 7 hearth_blocked{reason="remote"}',
  }),
  number('TemperaturesAndConfig.main_mode', 'Chosen mode of the heat pump', {
    enumeration: 'HeatPumpOperatingMode',
    family: 'hearth_operating_mode',
  }),
  ...[1, 2, 3, 4].map(n => flag(`TemperaturesAndConfig.circle_${n}_installed`, `Loop ${n} is installed`)),
  flag('TemperaturesAndConfig.tap_water_installed', 'Hot water is installed'),
  flag('TemperaturesAndConfig.pool_active', 'A pool is installed'),
  flag('TemperaturesAndConfig.alt_source_temp_visible', 'An alternative source is installed'),
  temperature('CurrentFunctionData[].dv_temp', 'Water leaving the heat pump'),
  number('CurrentFunctionData[].heating_system_pressure', 'Pressure of the heating water', {
    unit: 'bar',
    family: 'hearth_water_pressure_pascals',
    note: '-1 in the drop-in where it is missing',
  }),
  temperature('SystemData[].circle_temp', 'Current temperature of the loop with this number', {
    note: 'loop 1 only: its flow; native for the others',
  }),
  temperature('SystemData[].inlet_temp', 'Water entering the loop with this number', {
    note: 'flow of the loop; on some loops only',
  }),
  number('SystemData[].circle_id', 'Number of the loop'),
]

const CIRCLE: readonly Field[] = [
  target('HeatingCircleData.circle_temp', 'Target set by the user'),
  target('HeatingCircleData.circle_calc_temp', 'Target computed by the controller', {
    note: 'above 499: off, 0 in the drop-in, absent in the unified dialect',
  }),
  number('HeatingCircleData.circle_status', 'Level served now, by mode and schedule', {
    enumeration: 'HeatingLoopStatus',
    family: 'hearth_circuit_level',
  }),
  number('HeatingCircleData.circle_mode', 'Mode set by the user', {
    enumeration: 'HeatingLoopMode',
    family: 'hearth_circuit_mode',
  }),
  number('HeatingCircleData.circle_eco_offset', 'Offset of the level eco', { unit: 'K' }),
  number('HeatingCircleData.circle_comfort_offset', 'Offset of the level comfort', { unit: 'K' }),
]

/** On this page the computed target is the measured temperature. */
const RESERVOIR: readonly Field[] = CIRCLE.map(field =>
  field.path.endsWith('circle_calc_temp')
    ? temperature(field.path, 'Temperature of the buffer tank', { note: 'where the system review has none' })
    : field,
)

const MENU: readonly Field[] = [
  text('hp_id', 'Identity of the heat pump', { family: 'hearth_device_info', isPersonal: true }),
  text('Location', 'Name given by the owner', { family: 'hearth_device_info', isPersonal: true }),
  text('user_level', 'Access level of the account'),
  number('ActiveErrorsCnt', 'Active errors', { family: 'hearth_fault_active' }),
  text('CircleNames[]', 'Names of the loops', { isPersonal: true }),
]

const SHORTCUTS: readonly Field[] = [
  flag('ShortcutsData.heatpump_on', 'The heat pump is switched on', { family: 'hearth_enabled' }),
  flag('ShortcutsData.circulation_on', 'Hot water circulation is switched on'),
  flag('ShortcutsData.fast_water_heating', 'Hot water is heated at once', {
    family: 'hearth_special_program_active',
  }),
  flag('ShortcutsData.antilegionella', 'Thermal disinfection is switched on', { family: 'hearth_enabled' }),
  flag('ShortcutsData.reserve_source', 'The reserve source is switched on'),
  flag('ShortcutsData.additional_source', 'The additional source is switched on'),
]

/** Every known field by page. */
export const PAGE_FIELDS: Readonly<Record<PageName, readonly Field[]>> = {
  menu: MENU,
  system_review: REVIEW,
  loop_1: CIRCLE,
  loop_2: CIRCLE,
  loop_3: CIRCLE,
  loop_4: CIRCLE,
  tap_water: CIRCLE,
  pool: CIRCLE,
  reservoir: RESERVOIR,
  alarms: [
    number('AlarmsData.length', 'Entries of the list of alarms'),
    text('AlarmsData[]', 'An entry of the list of alarms; its fields keep the names of the cloud', {
      family: 'hearth_fault_info',
      note: 'while ActiveErrorsCnt is above 0, as many as that',
    }),
  ],
  basic: [
    text('InfoData.pumpModel', 'Model of the heat pump', { family: 'hearth_device_info' }),
    text('InfoData.firmware', 'Firmware of the controller', { family: 'hearth_device_info' }),
  ],
  shortcuts: SHORTCUTS,
  consumption: [
    ...PARTS.flatMap(({ key, help }) => [
      energy(key, `Electricity for ${help} today, as the cloud computes it`),
      energy(COUNTED_KEYS[key], `Electricity for ${help}, counted on from the daily totals`, {
        family: 'hearth_electric_energy_joules_total',
        note: "hearth's own counter",
      }),
    ]),
    energy(
      TOTAL_KEY,
      "The drop-in's sum of today: heating, cooling, hot water and pumps, without the heater",
    ),
  ],
}

const BY_PATTERN: ReadonlyMap<string, Field> = new Map(
  Object.entries(PAGE_FIELDS).flatMap(([page, fields]) =>
    fields.map(field => [`${page}.${field.path}`, field] as const),
  ),
)

/** The field of a reading's key; undefined for a key that the table does not know. */
export function fieldOf(key: string): Field | undefined {
  const pattern = key.replace(/\[\d+\]/g, '[]')
  const known = BY_PATTERN.get(pattern)
  if (known || !pattern.startsWith(ALARM_ENTRY)) return known
  return BY_PATTERN.get(ALARM_ENTRY)
}

const ALARM_ENTRY = 'alarms.AlarmsData[]'
const FLOW_OF_LOOP_1 = 'system_review.SystemData[1].circle_temp'

export function outcomeOf(key: string): 'mapped' | 'native_only' | 'unknown' {
  const field = fieldOf(key)
  if (!field) return 'unknown'
  if (field.path === 'SystemData[].circle_temp') return key === FLOW_OF_LOOP_1 ? 'mapped' : 'native_only'
  return field.family ? 'mapped' : 'native_only'
}
