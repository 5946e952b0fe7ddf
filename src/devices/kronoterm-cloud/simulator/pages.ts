import type { Json, JsonObject } from './json.ts'
import { type Circle, NO_CIRCLE, NO_SENSOR, type PlantState } from './plant.ts'

/** Pages that are read with GET, by the query that asks for them. */
const QUERIES = {
  'Menu=1': 'menu',
  'TopPage=1&Subpage=1': 'basic',
  'TopPage=1&Subpage=2': 'review',
  'TopPage=1&Subpage=3': 'shortcuts',
  'TopPage=1&Subpage=4': 'reservoir',
  'TopPage=1&Subpage=5': 'loop-1',
  'TopPage=1&Subpage=6': 'loop-2',
  'TopPage=1&Subpage=7': 'loop-3',
  'TopPage=1&Subpage=8': 'loop-4',
  'TopPage=1&Subpage=9': 'tap-water',
  'TopPage=1&Subpage=10': 'pool',
  'TopPage=1&Subpage=11': 'alarms',
  'TopPage=3&Subpage=11': 'advanced',
  'TopPage=5&Subpage=3': 'registers',
} as const

/** A page that is read with GET. */
export type ReadPage = (typeof QUERIES)[keyof typeof QUERIES]
/** Any page of the cloud. */
export type Page = ReadPage | 'consumption' | 'timeline'

/** The page that a query asks for; its parts may come in any order. */
export function pageOf(query: URLSearchParams): ReadPage | undefined {
  const asked = new Set([...query].map(([key, value]) => `${key}=${value}`))
  const found = Object.entries(QUERIES).find(([parts]) => parts.split('&').every(part => asked.has(part)))
  return found?.[1]
}

/** What a page says of a plant. */
export function pageAnswer(page: ReadPage, state: PlantState): JsonObject {
  switch (page) {
    case 'menu':
      return menu(state)
    case 'basic':
      return {
        result: 'success',
        InfoData: { pumpModel: state.identity.pumpModel, firmware: state.identity.firmware },
        TemperaturesAndConfig: temperaturesAndConfig(state),
      }
    case 'review':
      return {
        result: 'success',
        tableName: 'System review',
        TemperaturesAndConfig: temperaturesAndConfig(state),
        CurrentFunctionData: [functionData(state)],
        SystemData: systemData(state),
      }
    case 'shortcuts':
      return {
        result: 'success',
        ShortcutsData: {
          heatpump_on: 1,
          circulation_on: 0,
          fast_water_heating: 0,
          antilegionella: 0,
          reserve_source: 0,
          additional_source: 1,
        },
        TemperaturesAndConfig: temperaturesAndConfig(state),
      }
    case 'reservoir':
      return circlePage(state.reservoir ?? NO_CIRCLE, state)
    case 'loop-1':
    case 'loop-2':
    case 'loop-3':
    case 'loop-4':
      return circlePage(state.loops[Number(page.slice(-1)) - 1] ?? NO_CIRCLE, state)
    case 'tap-water':
      return circlePage(state.tapWater, state)
    case 'pool':
      return circlePage(state.pool ?? NO_CIRCLE, state)
    case 'alarms':
      return { result: 'success', AlarmsData: state.alarms }
    case 'advanced':
      return {
        result: 'success',
        AdvancedSettings: { main_mode: state.mainMode, system_temperature_correction: 0 },
        TemperaturesAndConfig: temperaturesAndConfig(state),
      }
    case 'registers':
      return { result: 'success', ModbusReg: registers(state) }
    default:
      return page satisfies never
  }
}

function menu({ identity, alarms }: PlantState): JsonObject {
  return {
    result: 'success',
    hp_id: identity.hpId,
    Location: identity.location,
    user_level: identity.userLevel,
    CircleNames: identity.circleNames,
    ActiveErrorsCnt: alarms.length,
  }
}

function temperaturesAndConfig(state: PlantState): JsonObject {
  const { loops, tapWater, reservoir, pool } = state
  const byLoop = [1, 2, 3, 4] as const
  return {
    outside_temp: degrees(state.outside),
    tap_water_temp: degrees(tapWater.current),
    reservoir_temp: degrees(reservoir?.current ?? NO_SENSOR),
    pool_temp: degrees(pool?.current ?? NO_SENSOR),
    ...Object.fromEntries(
      byLoop.map(loop => [`heating_circle_${loop}_temp`, degrees(loops[loop - 1]?.room ?? NO_SENSOR)]),
    ),
    working_function: state.workingFunction,
    main_mode: state.mainMode,
    // Flags come as text, and "0" is false.
    pool_active: flag(pool !== undefined),
    alt_source_temp_visible: flag(false),
    tap_water_installed: flag(true),
    ...Object.fromEntries(
      byLoop.map(loop => [`circle_${loop}_installed`, flag(loops[loop - 1] !== undefined)]),
    ),
  }
}

function functionData({ flow, pressure }: PlantState): JsonObject {
  return {
    dv_temp: degrees(flow),
    ...(pressure === undefined ? {} : { heating_system_pressure: pressure.toFixed(1) }),
  }
}

/** Row 0 is no loop; a pump with one loop has no row 2. */
function systemData({ loops, flow }: PlantState): Json {
  return [
    { circle_id: 0, circle_temp: degrees(flow) },
    ...loops.map(({ current, inlet }, index) => ({
      circle_id: index + 1,
      circle_temp: degrees(current),
      ...(inlet === undefined ? {} : { inlet_temp: degrees(inlet) }),
    })),
  ]
}

function circlePage(circle: Circle, state: PlantState): JsonObject {
  return {
    result: 'success',
    HeatingCircleData: {
      circle_temp: degrees(circle.target),
      circle_calc_temp: degrees(circle.calculated),
      circle_status: circle.status,
      circle_mode: circle.mode,
      circle_eco_offset: '-2.0',
      circle_comfort_offset: '2.0',
    },
    TemperaturesAndConfig: temperaturesAndConfig(state),
  }
}

/** Some registers, those with one word as the cloud shows them: scaled, temperatures with their unit. */
function registers({ flow, outside, tapWater, pressure }: PlantState): Json {
  return [
    { address: 2090, value: 9120 },
    { address: 2091, value: 1840 },
    { address: 2102, value: `${degrees(tapWater.current)} °C` },
    { address: 2103, value: `${degrees(outside)} °C` },
    { address: 2104, value: `${degrees(flow)} °C` },
    ...(pressure === undefined ? [] : [{ address: 2326, value: pressure.toFixed(1) }]),
    { address: 2327, value: 48 },
    { address: 2361, value: 0 },
    { address: 2362, value: 18_204 },
    { address: 2363, value: 11 },
    { address: 2364, value: 5120 },
    { address: 2371, value: 412 },
  ]
}

function degrees(value: number): string {
  // Without -0.0, which no controller with whole tenths can say.
  return (Math.round(value * 10) / 10 + 0).toFixed(1)
}

function flag(isSet: boolean): string {
  return isSet ? '1' : '0'
}
