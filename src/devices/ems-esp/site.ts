import type { Page, Site } from '../../core/page.ts'
import type { View } from '../../core/view.ts'
import { canBeAsked, circuitOf } from './words.ts'

const TEXT = 'text/plain; charset=utf-8'
const JSON_TYPE = 'application/json; charset=utf-8'

/** The page of all words that this gateway has no device of. */
const UNKNOWN = '?'
const DEVICE_PATH = /^\/api\/([a-z][a-z0-9]*)(?:\/([a-z0-9]+))?\/metrics\/?$/

/** The gateway's endpoints: `/api/system/metrics`, `/api/DEVICE/metrics`, `/api/DEVICE/CIRCUIT/metrics`; `/metrics` is the system's. */
export const GATEWAY_SITE: Site = {
  flavour: 'plain',
  headers: {},
  route(path) {
    const lower = path.toLowerCase()
    if (lower === '/metrics') return { page: 'system' }
    const [, word, circuit] = DEVICE_PATH.exec(lower) ?? []
    if (word === undefined) return 'not-found'
    if (circuit === undefined) return { page: word, otherwise: [UNKNOWN] }
    return { page: `${word}/${circuitOf(circuit) ?? circuit}`, otherwise: [`${word}/`, UNKNOWN] }
  },
}

/** A machine has one page. */
export const MACHINE_SITE: Site = {
  flavour: 'plain',
  headers: {},
  route: path => (path === '/metrics' ? { page: 'metrics' } : 'not-found'),
}

/**
 * What the gateway answers instead of a text, in its words. Kept in the place of the text, because it is what the gateway
 * says of the machine now, and goes with it when it is old.
 */
export function message(words: string): string {
  return JSON.stringify({ message: words })
}

function pageOf(document: string): Page {
  return document.startsWith('{')
    ? { kind: 'text', status: 404, body: document, contentType: JSON_TYPE }
    : { kind: 'text', body: document, contentType: TEXT }
}

const UNKNOWN_DEVICE: Page = {
  kind: 'text',
  status: 404,
  body: page => message(`unknown device ${page.split('/', 1)[0]}`),
  contentType: JSON_TYPE,
}

/** All pages of the gateway. Where nothing is fresh each is unavailable: the gateway itself would not answer. */
export function gatewayPages({ readings, documents }: View): ReadonlyMap<string, Page> {
  const pages = new Map<string, Page>()
  const isFresh = readings.size > 0 || documents.size > 0
  const listed = new Set<string>()
  let isSystemFresh = false
  for (const { key, value } of readings.values()) {
    if (/^devices\.\d+\.type$/.test(key) && typeof value === 'string' && canBeAsked(value)) listed.add(value)
    isSystemFresh ||= key.startsWith('bus.')
  }
  const unavailable: Page = {
    kind: 'unavailable',
    message: isFresh
      ? 'hearth has no fresh values of this device.'
      : 'hearth has no fresh values: the EMS-ESP gateway does not answer.',
  }
  pages.set('system', unavailable)
  pages.set(UNKNOWN, isSystemFresh ? UNKNOWN_DEVICE : unavailable)
  for (const word of listed) {
    pages.set(word, unavailable)
    // Any circuit that the machine does not have.
    pages.set(`${word}/`, documents.has(word) ? pageOf(message(`no 'metrics' in ${word}`)) : unavailable)
  }
  for (const [group, document] of documents) pages.set(group, pageOf(document))
  return pages
}

/** The page of one machine. */
export function machinePages({ documents }: View): ReadonlyMap<string, Page> {
  const document = documents.get('metrics')
  const page: Page =
    document === undefined
      ? { kind: 'unavailable', message: 'hearth has no fresh values of this device.' }
      : pageOf(document)
  return new Map([['metrics', page]])
}
