import type { Page, PageFamily, PageSample, Site } from '../../core/page.ts'
import type { StoredReading, View } from '../../core/view.ts'
import { SETTING_KEYS } from './parameter-fields.ts'
import { FLAGS_26, FLAGS_28 } from './status-fields.ts'

type Readings = ReadonlyMap<string, StoredReading>

/** A sample of the original's page: the value of its one label, the reading behind it, and the original's arithmetic. */
interface Row {
  readonly label?: string
  readonly key: string
  value?(reading: number): number
}

interface Family {
  readonly name: string
  readonly help: string
  readonly labelName?: string
  readonly rows: readonly Row[]
}

/** The original shows a fault when this byte is exactly so, and never when another bit is set beside it. */
const FAULT_MARKER = 0x80
const FAULT_BASE = 256
const NO_FAULT_CODE = 255

/** The original's families in its order, with its spelling. */
const FAMILIES: readonly Family[] = [
  {
    name: 'intergas_temperature_celcius',
    help: 'Temperature in celsius',
    labelName: 'type',
    rows: [
      { label: 'aanvoer', key: 't_aanvoer' },
      { label: 'flow', key: 't_flow' },
      { label: 'retour', key: 't_retour' },
      { label: 'warmwater', key: 't_warmw' },
      { label: 'set', key: 'temp_set' },
    ],
  },
  single('intergas_water_pressure_bar', 'Water pressure in bar', 'ch_pressure'),
  single('intergas_display_code', 'Display code', 'displ_code'),
  {
    name: 'intergas_fanspeed_rpm',
    help: 'Fan speed in rpm',
    labelName: 'type',
    rows: [
      { label: 'set', key: 'fanspeed_set', value: divideAndMultiply },
      { label: 'measured', key: 'fanspeed', value: divideAndMultiply },
    ],
  },
  {
    name: 'intergas_fan_pwm',
    help: 'Fan PWM duty cycle percentage',
    rows: [{ key: 'fan_pwm', value: percent => (Math.round(percent * 10) / 100) * 10 }],
  },
  single('intergas_pump_pwm', 'Pump PWM duty cycle percentage', 'pump_pwm'),
  {
    name: 'intergas_flag',
    help: 'Boolean flags',
    labelName: 'name',
    rows: [...reversed(FLAGS_26), ...reversed(FLAGS_28)],
  },
  single('intergas_ionization_current_microampere', 'Ionization current in µA', 'io_curr'),
  single('intergas_interrupt_time', 'Interupt time', 'interrupt_time'),
  {
    name: 'intergas_load',
    help: 'Load %',
    labelName: 'type',
    rows: [
      { label: 'interrupt', key: 'interrupt_load' },
      { label: 'main', key: 'main_load' },
    ],
  },
  {
    name: 'intergas_hours',
    help: 'Duration in hours',
    labelName: 'type',
    rows: named('line_power', 'ch_function', 'dhw_function'),
  },
  {
    name: 'intergas_stats',
    help: 'Statistics in number of times',
    labelName: 'type',
    rows: named(
      'power_disconnect',
      'burnerstarts',
      'burnerstarts_dhw',
      'ignition_failed',
      'flame_lost',
      'reset',
    ),
  },
  {
    name: 'intergas_gasmeter',
    help: 'Gas usage in m3',
    labelName: 'type',
    rows: [
      { label: 'cv', key: 'gasmeter_cv' },
      { label: 'warmwater', key: 'gasmeter_warmwater' },
    ],
  },
  single('intergas_watermeter', 'Hot water usage in m3', 'watermeter'),
  {
    name: 'intergas_parameter',
    help: 'Setting parameter',
    labelName: 'type',
    rows: named(...SETTING_KEYS),
  },
  single('intergas_tapflow', 'Warm water tap flow', 'tapflow'),
]

/** The original's library answers every path alike, and browsers that ask for an icon with nothing. */
export const INTERGAS_SITE: Site = {
  flavour: 'python',
  headers: {},
  hasProcessFamilies: true,
  route: path => (path === '/favicon.ico' ? { empty: true } : { page: 'metrics' }),
}

/** The original's page of the readings at hand. What is not fresh has no sample; HELP and TYPE stay. */
export function dropInPage({ readings, health }: View): Page {
  const families = FAMILIES.map(
    ({ name, help, labelName, rows }): PageFamily => ({
      name,
      help,
      type: 'gauge',
      samples: rows.flatMap(row => sampleOf(row, labelName, readings)),
    }),
  )
  const began = health.lastSuccessBeganAt
  return {
    kind: 'metrics',
    families: [
      ...families,
      {
        name: 'intergas_updated',
        help: 'Intergas client last updated',
        type: 'gauge',
        samples: began === undefined ? [] : [{ labels: [], value: began / 1000 }],
      },
      {
        name: 'intergas_up',
        help: 'Intergas client status',
        type: 'gauge',
        samples: [{ labels: [], value: health.isUp ? 1 : 0 }],
      },
    ],
  }
}

function sampleOf(
  { label, key, value }: Row,
  labelName: string | undefined,
  readings: Readings,
): PageSample[] {
  const reading = key === 'displ_code' ? displayCode(readings) : numberAt(readings, key)
  if (reading === undefined) return []
  const labels = labelName && label !== undefined ? [[labelName, label] as const] : []
  return [{ labels, value: value ? value(reading) : reading }]
}

/** The fault in place of the status code. */
function displayCode(readings: Readings): number | undefined {
  if (numberAt(readings, 'fault_marker') !== FAULT_MARKER) return numberAt(readings, 'displ_code')
  return FAULT_BASE + (numberAt(readings, 'fault_code') ?? NO_FAULT_CODE)
}

function numberAt(readings: Readings, key: string): number | undefined {
  const value = readings.get(key)?.value
  return value === undefined || typeof value === 'string' ? undefined : Number(value)
}

function single(name: string, help: string, key: string): Family {
  return { name, help, rows: [{ key }] }
}

function named(...keys: readonly string[]): Row[] {
  return keys.map(key => ({ label: key, key }))
}

/**
 * The original reads both bytes of flags from the wrong end: under the name of bit n it shows bit 7-n. A dashboard made for
 * it shows the same here; the unified dialect has the real order.
 */
function reversed(names: readonly string[]): Row[] {
  return names.map((label, bit) => ({ label, key: names[names.length - 1 - bit] ?? label }))
}

/** The original works in hundredths and multiplies again; its binary noise is part of what it prints. */
function divideAndMultiply(rpm: number): number {
  return (rpm / 100) * 100
}
