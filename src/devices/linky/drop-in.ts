import type { Page, PageFamily, Site } from '../../core/page.ts'
import type { StoredReading, View } from '../../core/view.ts'
import { LABELS } from './labels.ts'
import { optionOfCalendar } from './tariffs.ts'

type Readings = ReadonlyMap<string, StoredReading>
type LabelPairs = PageFamily['samples'][number]['labels']

/** Series of the original, in the order of the groups in a frame. */
const FAMILIES = [
  { key: 'ISOUSC', name: 'linky_isousc', type: 'gauge', help: 'Intensité Souscrite en A' },
  { key: 'BASE', name: 'linky_base', type: 'counter', help: 'Index Option Base en Wh' },
  { key: 'HCHC', name: 'linky_hchc', type: 'counter', help: 'Index Heure Creuse en Wh' },
  { key: 'HCHP', name: 'linky_hchp', type: 'counter', help: 'Index Heure Pleine en Wh' },
  { key: 'IINST', name: 'linky_iinst', type: 'gauge', help: 'Intensité Instantanée en A' },
  { key: 'PAPP', name: 'linky_papp', type: 'gauge', help: 'Puissance Apparente en VA' },
] as const

/** Labels of every series, sorted by name as the original's library does. */
const HISTORIQUE_LABELS = ['ADCO', 'HHPHC', 'IMAX', 'JOB', 'MOTDETAT', 'OPTARIF', 'PTEC']
const STANDARD_LABELS = ['ADSC', 'JOB', 'LTARF', 'NGTF']
/** Texts, names and bit fields: their characters may all be digits and still count nothing. */
const NO_NUMBERS = new Set(['ADSC', 'ADCO', 'PRM', 'NGTF', 'LTARF', 'STGE', 'MSG1', 'MSG2'])

/** Frames after which a label that never came is taken to be none of this meter's. */
const FRAMES_TO_WAIT = 3

/** In standard mode the dashboards of the historique mode go on with these, on single phase. */
const KILOVOLTAMPERES_TO_AMPERES = 5

const ORDER = new Map(LABELS.filter(label => label.mode === 'standard').map((label, i) => [label.key, i]))

/** How the original answers; what is on its page comes from `dropInPage`. */
export const LINKY_SITE: Site = {
  flavour: 'python',
  headers: {
    Server: '',
    'Cache-Control': 'no-cache, no-store, must-revalidate, max-age=0',
    Pragma: 'no-cache',
    Expires: '0',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Opener-Policy': 'same-site',
  },
  route(path) {
    if (path === '/metrics') return { page: 'metrics' }
    if (path === '/') return { redirect: '/metrics', status: 301 }
    if (path === '/favicon.ico') return { empty: true }
    return 'not-found'
  },
}

/**
 * The original's page of the readings at hand.
 * @param job value of the label `job`
 */
export function dropInPage(view: View, job: string): Page {
  const { readings, health } = view
  const isStandard = readings.has('ADSC')
  const families = isStandard ? standardFamilies(readings, job) : historiqueFamilies(readings, job)
  const labels = isStandard ? STANDARD_LABELS : HISTORIQUE_LABELS
  if (families.length > 0 && !mayLackLabels(view, labels)) return { kind: 'metrics', families }
  const why = health.trouble ? `: ${health.trouble}` : ''
  return { kind: 'unavailable', message: `No complete frame from the meter${why}` }
}

/**
 * Whether a damaged group may have held one of the labels: after a start, until an undamaged frame or the third one.
 * A page without the meter's number would be another meter's.
 */
function mayLackLabels({ readings, health }: View, labels: readonly string[]): boolean {
  const { checksum, framing, parse, implausible } = health.errors
  if (checksum + framing + parse + implausible === 0) return false
  if (health.succeeded + health.failed >= FRAMES_TO_WAIT) return false
  return labels.some(label => label !== 'JOB' && !readings.has(label))
}

function historiqueFamilies(readings: Readings, job: string): PageFamily[] {
  const labels = labelPairs(HISTORIQUE_LABELS, readings, job, reading => reading.raw ?? '')
  return FAMILIES.flatMap(({ key, ...family }) => {
    const value = readings.get(key)?.value
    return typeof value === 'number' ? [{ ...family, samples: [{ labels, value }] }] : []
  })
}

/**
 * Every numeric group of a standard frame, in the style of the other mode. The original accepts this mode and never
 * worked in it, so there is no page to be equal to.
 */
function standardFamilies(readings: Readings, job: string): PageFamily[] {
  const labels = labelPairs(STANDARD_LABELS, readings, job, reading => String(reading.value))
  const own = [...readings.values()]
    .filter(reading => !NO_NUMBERS.has(reading.key) && /^\d+$/.test(reading.raw ?? ''))
    .sort((a, b) => (ORDER.get(a.key) ?? ORDER.size) - (ORDER.get(b.key) ?? ORDER.size))
    .map((reading): PageFamily => {
      const isIndex = reading.unit === 'Wh' || reading.unit === 'varh'
      return {
        name: `linky_${reading.key.toLowerCase().replace(/[^a-z0-9_]/g, '_')}`,
        help: reading.unit ? `${reading.key} en ${reading.unit}` : reading.key,
        type: isIndex ? 'counter' : 'gauge',
        samples: [{ labels, value: Number(reading.raw) }],
      }
    })
  return [...aliases(readings, labels), ...own]
}

/** The names of the original's dashboard, on a single-phase meter. */
function aliases(readings: Readings, labels: LabelPairs): PageFamily[] {
  if (readings.has('IRMS2') || readings.has('IRMS3')) return []
  const isBase = optionOfCalendar(readings.get('NGTF')?.value) === 'base'
  const sources: Readonly<Record<string, readonly [key: string, factor: number] | undefined>> = {
    ISOUSC: ['PREF', KILOVOLTAMPERES_TO_AMPERES],
    BASE: isBase ? ['EAST', 1] : undefined,
    IINST: ['IRMS1', 1],
    PAPP: ['SINSTS', 1],
  }
  return FAMILIES.flatMap(({ key, ...family }) => {
    const [source = '', factor = 1] = sources[key] ?? []
    const value = readings.get(source)?.value
    return typeof value === 'number' ? [{ ...family, samples: [{ labels, value: value * factor }] }] : []
  })
}

/** A label is there only if its group was in the frame. */
function labelPairs(
  keys: readonly string[],
  readings: Readings,
  job: string,
  text: (reading: StoredReading) => string,
): LabelPairs {
  return keys.flatMap(key => {
    if (key === 'JOB') return [['job', job] as const]
    const reading = readings.get(key)
    return reading ? [[key.toLowerCase(), text(reading)] as const] : []
  })
}
