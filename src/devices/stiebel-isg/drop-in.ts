import type { Page, PageFamily, PageSample, Route, Site } from '../../core/page.ts'
import type { StoredReading, View } from '../../core/view.ts'
import type { LoginTally } from './feed.ts'
import { metricPart } from './names.ts'
import { inPageOrder } from './page-order.ts'
import { statusBody } from './status.ts'

/** How the original's pages are wanted. */
export interface DropInOptions {
  /** Values carry their unit as a label, as since its release 1.0. */
  readonly hasUnitLabel: boolean
}

const STATUS_PATH = '/status'
const ROUTES: Readonly<Record<string, Route>> = {
  '/metrics': { page: 'metrics' },
  [STATUS_PATH]: { page: 'status' },
  '/ready': { page: 'ready' },
}

/** The original's paths; it answers nothing else. */
export const ISG_SITE: Site = {
  flavour: 'go',
  headers: {},
  hasProcessFamilies: true,
  statusPath: STATUS_PATH,
  requestSummaries: [
    {
      page: 'status',
      name: 'isg_statusduration',
      help: 'The duration is status requests',
      shownOn: 'metrics',
    },
  ],
  route: path => (Object.hasOwn(ROUTES, path) ? (ROUTES[path] ?? 'not-found') : 'not-found'),
}

/** The original's pages of the readings at hand. */
export function dropInPages(
  view: View,
  logins: Readonly<LoginTally>,
  { hasUnitLabel }: DropInOptions,
): ReadonlyMap<string, Page> {
  const readings = inPageOrder(view)
  return new Map<string, Page>([
    [
      'metrics',
      {
        kind: 'metrics',
        families: [...valueFamilies(readings, hasUnitLabel), ...ownFamilies(view, logins)],
      },
    ],
    ['status', statusBody(readings, hasUnitLabel)],
    ['ready', { kind: 'text', body: 'ready', contentType: 'text/plain; charset=utf-8' }],
  ])
}

/**
 * One series for each name: of rows that share one the last counts, in the order of pages and rows. Of states that share one
 * any that is on makes it 1.
 */
function valueFamilies(readings: readonly StoredReading[], hasUnitLabel: boolean): PageFamily[] {
  const families = new Map<string, PageFamily>()
  const on = new Set<string>()
  for (const { name: label, value, unit } of readings) {
    const part = label === undefined ? undefined : metricPart(label)
    if (label === undefined || part === undefined || typeof value === 'string') continue
    const labels: PageSample['labels'] = unit !== undefined && hasUnitLabel ? [['unit', unit]] : []
    const name = `isg_${part}`
    if (value === true) on.add(name)
    if (value === false && on.has(name)) continue
    families.set(name, {
      name,
      help: unit === undefined ? `Metric ${label}` : `Metric ${label} in ${unit}`,
      type: 'gauge',
      samples: [{ labels, value: Number(value) }],
    })
  }
  return [...families.values()]
}

function ownFamilies({ health }: View, logins: Readonly<LoginTally>): PageFamily[] {
  return [
    summary('isg_gatheringduration', 'The duration of data gatherings', health.durations),
    summary('isg_loginduration', 'The duration of login', logins),
    {
      name: 'isg_sgready_error_total',
      help: 'Amount of failed invocations',
      type: 'counter',
      samples: [{ labels: [], value: 0 }],
    },
  ]
}

function summary(
  name: string,
  help: string,
  { sumSeconds, count }: { readonly sumSeconds: number; readonly count: number },
): PageFamily {
  return {
    name,
    help,
    type: 'summary',
    samples: [
      { name: `${name}_sum`, labels: [], value: sumSeconds },
      { name: `${name}_count`, labels: [], value: count },
    ],
  }
}
