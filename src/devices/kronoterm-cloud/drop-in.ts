import type { Page, PageFamily, PageSample, Site } from '../../core/page.ts'
import type { StoredReading, View } from '../../core/view.ts'
import { ENUMERATIONS } from './enums.ts'
import { PARTS, TOTAL_KEY } from './parts.ts'

type Readings = ReadonlyMap<string, StoredReading>

/** The release whose pages hearth takes over. */
const ORIGINAL_VERSION = '0.0.26'
const JSON_TYPE = 'application/json'

/** Paths of the original: the page with and without a slash, a greeting, and a control API that hearth does not take over. */
export const KRONOTERM_SITE: Site = {
  flavour: 'python',
  headers: {},
  hasProcessFamilies: true,
  route(path) {
    if (path === '/metrics' || path === '/metrics/') return { page: 'metrics' }
    if (path === '/') return { page: 'root' }
    return { page: /^\/api(?:\/|$)/.test(path) ? 'control' : 'missing' }
  },
}

const ROOT: Page = {
  kind: 'text',
  contentType: JSON_TYPE,
  body: JSON.stringify({ detail: 'kronoterm-cloud-relay', version: ORIGINAL_VERSION }),
}
const CONTROL: Page = {
  kind: 'text',
  status: 404,
  contentType: 'text/plain; charset=utf-8',
  body: "hearth only reads: the relay's control API below /api is not taken over. The series are at /metrics.\n",
}
const MISSING: Page = {
  kind: 'text',
  status: 404,
  contentType: JSON_TYPE,
  body: JSON.stringify({ detail: 'Not Found' }),
}

/** The pages of the original by name, from what is fresh. */
export function dropInPages(view: View): ReadonlyMap<string, Page> {
  const metrics: Page = { kind: 'metrics', families: families(view.readings) }
  return new Map([
    ['metrics', metrics],
    ['root', ROOT],
    ['control', CONTROL],
    ['missing', MISSING],
  ])
}

type Labels = PageSample['labels']
/** A series: its labels as printed, the key of its value, what the original makes of it. */
type Line = readonly [labels: Labels, key: string, value?: (value: number) => number]

const REVIEW = 'system_review.TemperaturesAndConfig'
const FUNCTION_DATA = 'system_review.CurrentFunctionData[0]'
/** The original's name of each loop, with the page that it reads; the hot water tank is its fifth. */
const LOOPS = [
  ['loop_1', 'loop_1'],
  ['loop_2', 'loop_2'],
  ['loop_5', 'tap_water'],
] as const
/** A computed target above this says that the part is off. */
const HIGHEST_TARGET = 499
const MISSING_PRESSURE = -1

const TEMPERATURES: readonly Line[] = [
  [of('system', 'room_temperature'), `${REVIEW}.heating_circle_2_temp`],
  [of('system', 'outlet_temperature'), `${FUNCTION_DATA}.dv_temp`],
  [of('system', 'outside_temperature'), `${REVIEW}.outside_temp`],
  [of('system', 'sanitary_water_temperature'), `${REVIEW}.tap_water_temp`],
  [of('loop_1', 'current_temp'), 'system_review.SystemData[1].circle_temp'],
  ...targets('loop_1', 'loop_1'),
  ...targets('loop_2', 'loop_2'),
  [of('loop_2', 'inlet_temp'), 'system_review.SystemData[2].inlet_temp'],
  ...targets('loop_5', 'tap_water'),
]

const CONSUMPTION: readonly Line[] = [
  ...PARTS.flatMap(({ key, dropIn }): Line[] =>
    dropIn === undefined ? [] : [[[['function', dropIn]], `consumption.${key}`]],
  ),
  [[['function', 'total']], `consumption.${TOTAL_KEY}`],
]

const { HeatingLoopStatus, HeatingLoopMode, WorkingFunction, HeatPumpOperatingMode } = ENUMERATIONS

const FUNCTIONS: readonly Line[] = [
  [doing(HeatPumpOperatingMode.shownAs, 'system'), `${REVIEW}.main_mode`],
  [doing(WorkingFunction.shownAs, 'system'), `${REVIEW}.working_function`],
  ...LOOPS.flatMap(([loop, page]): Line[] => [
    [doing(HeatingLoopStatus.shownAs, loop), `${page}.HeatingCircleData.circle_status`],
    [doing(HeatingLoopMode.shownAs, loop), `${page}.HeatingCircleData.circle_mode`],
  ]),
]

function families(readings: Readings): readonly PageFamily[] {
  return [
    { name: 'heat_pump_basic', help: 'Heat pump information', type: 'info', samples: basicInfo(readings) },
    {
      name: 'heat_pump_temperature_c',
      help: 'Heat pump temperatures [°C]',
      type: 'gauge',
      samples: samples(readings, TEMPERATURES),
    },
    {
      name: 'heat_pump_power_consumption_kwh',
      help: 'Heat pump power consumption [kWh]',
      type: 'gauge',
      samples: samples(readings, CONSUMPTION),
    },
    {
      name: 'heat_pump_pressure_bar',
      help: 'Heat pump system pressure [bar]',
      type: 'gauge',
      samples: pressure(readings),
    },
    {
      name: 'heat_pump_function',
      help: 'Heat pump function',
      type: 'gauge',
      samples: samples(readings, FUNCTIONS),
    },
  ]
}

function samples(readings: Readings, lines: readonly Line[]): PageSample[] {
  return lines.flatMap(([labels, key, value]) => {
    const number = numberAt(readings, key)
    return number === undefined ? [] : [{ labels, value: value ? value(number) : number }]
  })
}

/** `None` is what Python prints for a field that the menu does not have. */
function basicInfo(readings: Readings): PageSample[] {
  const texts = ['hp_id', 'Location', 'user_level'].map(name => readings.get(`menu.${name}`)?.value)
  if (texts.every(text => text === undefined)) return []
  const [id, location, level] = texts.map(text => (text === undefined ? 'None' : String(text)))
  return [
    {
      labels: [
        ['hp_id', id ?? ''],
        ['location_name', location ?? ''],
        ['user_level', level ?? ''],
      ],
      value: 1,
    },
  ]
}

/** The original prints -1 where the review has no pressure; a review without the part that holds it tells nothing. */
function pressure(readings: Readings): PageSample[] {
  const isPartRead = [...readings.keys()].some(key => key.startsWith(`${FUNCTION_DATA}.`))
  const value = numberAt(readings, `${FUNCTION_DATA}.heating_system_pressure`)
  if (value === undefined && !isPartRead) return []
  return [{ labels: [], value: value ?? MISSING_PRESSURE }]
}

function of(loop: string, name: string): Labels {
  return [
    ['heating_loop', loop],
    ['name', name],
  ]
}

function doing(what: string, loop: string): Labels {
  return [
    ['function', what],
    ['heating_loop', loop],
  ]
}

function targets(loop: string, page: string): Line[] {
  const data = `${page}.HeatingCircleData`
  return [
    [of(loop, 'target_temp'), `${data}.circle_temp`],
    [of(loop, 'calc_target_temp'), `${data}.circle_calc_temp`, value => (value > HIGHEST_TARGET ? 0 : value)],
  ]
}

function numberAt(readings: Readings, key: string): number | undefined {
  const value = readings.get(key)?.value
  return typeof value === 'number' ? value : undefined
}
