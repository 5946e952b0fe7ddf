import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Flavour, Page, PageFamily } from '../core/page.ts'
import { promtool } from '../testing/promtool.ts'
import { createDropIn } from './drop-in.ts'
import { ask, someSite } from './exposition.test-helper.ts'
import type { Answer } from './types.ts'

const labels = [
  ['adco', '041476203915'],
  ['ptec', 'TH..'],
] as const

const LINKY: readonly PageFamily[] = [
  {
    name: 'linky_isousc',
    help: 'Intensité Souscrite en A',
    type: 'gauge',
    samples: [{ labels, value: 45 }],
  },
  {
    name: 'linky_base',
    help: 'Index Option Base en Wh',
    type: 'counter',
    samples: [{ labels, value: 8412377 }],
  },
]
const ODD: readonly PageFamily[] = [
  { name: 'z_empty', help: 'a\\b "c"\nd', type: 'untyped', samples: [] },
  {
    name: 'b_duration',
    help: 'B',
    type: 'summary',
    samples: [
      { name: 'b_duration_sum', labels: [], value: 0.25 },
      { name: 'b_duration_count', labels: [], value: 2 },
    ],
  },
  { name: 'a_total', help: 'A', type: 'counter', samples: [{ labels: [['l', 'q"\\\n']], value: 1234567 }] },
]

function dropIn(flavour: Flavour, families: readonly PageFamily[]) {
  const made = createDropIn(someSite(flavour))
  made.update(metrics(families))
  return made
}
const metrics = (families: readonly PageFamily[]): ReadonlyMap<string, Page> =>
  new Map([['metrics', { kind: 'metrics', families }]])
const bodyOf = (answer: Answer) => Buffer.from(answer.body).toString('utf8')

describe('a path that may have no page of its own', () => {
  const site = {
    ...someSite('plain'),
    route: (path: string) => ({ page: path, otherwise: [`${path.slice(0, 2)}*`, '*'] }),
  }
  const text = (body: string, status?: number): Page => ({
    kind: 'text',
    body,
    contentType: 'text/plain',
    ...(status === undefined ? {} : { status }),
  })

  it('shows the page that stands for all others', () => {
    const made = createDropIn(site)
    made.update(
      new Map([
        ['/a', text('a')],
        ['*', text('none', 404)],
      ]),
    )
    expect(bodyOf(made.answer('/a', ask()))).toBe('a')
    expect(made.answer('/b', ask())).toMatchObject({ status: 404 })
    expect(bodyOf(made.answer('/b', ask()))).toBe('none')
    made.update(
      new Map<string, Page>([
        ['/c*', text('near')],
        ['*', { kind: 'text', body: page => `no ${page}`, contentType: 'text/plain', status: 404 }],
      ]),
    )
    expect(bodyOf(made.answer('/cat', ask()))).toBe('near')
    expect(bodyOf(made.answer('/b', ask()))).toBe('no /b')
    expect(made.answer('/b', ask())).toMatchObject({ status: 404 })
    made.update(new Map([['/a', text('a')]]))
    expect(bodyOf(made.answer('/b', ask()))).toBe('')
  })
})

describe('the Python flavour', () => {
  it('prints what the Python client prints', () => {
    const answer = dropIn('python', LINKY).answer('/metrics', ask())

    expect(answer.status).toBe(200)
    expect(answer.headers).toEqual({
      'X-Original': 'yes',
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    })
    expect(bodyOf(answer)).toBe(
      [
        '# HELP linky_isousc Intensité Souscrite en A',
        '# TYPE linky_isousc gauge',
        'linky_isousc{adco="041476203915",ptec="TH.."} 45.0',
        '# HELP linky_base_total Index Option Base en Wh',
        '# TYPE linky_base_total counter',
        'linky_base{adco="041476203915",ptec="TH.."} 8.412377e+06',
        '',
      ].join('\n'),
    )
  })

  it('prints OpenMetrics 0.0.1 whatever version and weight are asked', () => {
    const accept = 'text/plain, application/openmetrics-text;version=1.0.0;q=0.1'

    const answer = dropIn('python', LINKY).answer('/metrics', ask({ accept }))

    expect(answer.headers['Content-Type']).toBe('application/openmetrics-text; version=0.0.1; charset=utf-8')
    expect(bodyOf(answer)).toBe(
      [
        '# HELP linky_isousc Intensité Souscrite en A',
        '# TYPE linky_isousc gauge',
        'linky_isousc{adco="041476203915",ptec="TH.."} 45.0',
        '# HELP linky_base Index Option Base en Wh',
        '# TYPE linky_base counter',
        'linky_base{adco="041476203915",ptec="TH.."} 8.412377e+06',
        '# EOF',
        '',
      ].join('\n'),
    )
  })

  it('escapes, keeps the order and prints the head of a family without samples', () => {
    const made = dropIn('python', ODD)

    const text = bodyOf(made.answer('/metrics', ask()))
    const openMetrics = bodyOf(made.answer('/metrics', ask({ accept: 'application/openmetrics-text' })))

    expect(text).toBe(
      [
        '# HELP z_empty a\\\\b "c"\\nd',
        '# TYPE z_empty untyped',
        '# HELP b_duration B',
        '# TYPE b_duration summary',
        'b_duration_sum 0.25',
        'b_duration_count 2.0',
        '# HELP a_total_total A',
        '# TYPE a_total_total counter',
        'a_total{l="q\\"\\\\\\n"} 1.234567e+06',
        '',
      ].join('\n'),
    )
    expect(openMetrics).toContain('# HELP z_empty a\\\\b \\"c\\"\\nd\n# TYPE z_empty unknown\n')
  })

  it.each([
    ['name[]=linky_base', 'linky_base_total', 'linky_isousc'],
    ['name%5B%5D=linky_isousc&x=1', 'linky_isousc', 'linky_base'],
  ])('shows the samples asked for by ?%s', (query, present, absent) => {
    const body = bodyOf(dropIn('python', LINKY).answer('/metrics', ask({ query })))

    expect(body).toContain(present)
    expect(body).not.toContain(absent)
  })

  it('filters by the name of the sample, several names together, and knows an empty result', () => {
    const made = dropIn('python', LINKY)

    const all = bodyOf(made.answer('/metrics', ask({ query: 'name[]=linky_base&name[]=linky_isousc' })))
    const head = bodyOf(made.answer('/metrics', ask({ query: 'name[]=linky_base_total' })))
    const blank = bodyOf(made.answer('/metrics', ask({ query: 'name[]=' })))
    const none = made.answer(
      '/metrics',
      ask({ query: 'name[]=x', accept: 'application/openmetrics-text', acceptEncoding: 'gzip' }),
    )

    expect(all).toBe(blank)
    expect(head).toBe('')
    expect(gunzipSync(none.body).toString()).toBe('# EOF\n')
  })

  it.each([
    ['gzip', true],
    ['deflate, GZIP ;q=0', true],
    ['identity', false],
    ['x-gzip', false],
    [undefined, false],
  ])('compresses when the header has the word: %s', (acceptEncoding, isCompressed) => {
    const made = dropIn('python', LINKY)

    const answer = made.answer('/metrics', ask(acceptEncoding === undefined ? {} : { acceptEncoding }))

    expect(answer.headers['Content-Encoding']).toBe(isCompressed ? 'gzip' : undefined)
    const text = isCompressed ? gunzipSync(answer.body) : answer.body
    expect(text).toEqual(made.answer('/metrics', ask()).body)
  })
})

describe('the Go flavour', () => {
  it('sorts families, spells like Go and never answers OpenMetrics', () => {
    const answer = dropIn('go', ODD).answer('/metrics', ask({ accept: 'application/openmetrics-text' }))

    expect(answer.headers['Content-Type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(bodyOf(answer)).toBe(
      [
        '# HELP a_total A',
        '# TYPE a_total counter',
        'a_total{l="q\\"\\\\\\n"} 1.234567e+06',
        '# HELP b_duration B',
        '# TYPE b_duration summary',
        'b_duration_sum 0.25',
        'b_duration_count 2',
        '',
      ].join('\n'),
    )
  })

  it('passes promtool', () => {
    const answer = dropIn('go', ODD).answer('/metrics', ask())

    expect(promtool(bodyOf(answer))).toEqual({ exitCode: 0, findings: '' })
  })

  it('compresses on request', () => {
    const made = dropIn('go', ODD)

    const answer = made.answer('/metrics', ask({ acceptEncoding: 'gzip' }))

    expect(answer.headers['Content-Encoding']).toBe('gzip')
    expect(gunzipSync(answer.body)).toEqual(made.answer('/metrics', ask()).body)
  })
})

describe('the plain flavour', () => {
  it('passes text through with its content type', () => {
    const made = createDropIn(someSite('plain'))
    made.update(new Map([['metrics', { kind: 'text', body: 'é 1\r\n', contentType: 'text/x' }]]))

    const answer = made.answer('/metrics', ask({ acceptEncoding: 'gzip' }))

    expect(answer.headers).toEqual({ 'X-Original': 'yes', 'Content-Type': 'text/x' })
    expect(bodyOf(answer)).toBe('é 1\r\n')
  })

  it('spells its numbers plainly', () => {
    const answer = dropIn('plain', ODD).answer('/metrics', ask({ acceptEncoding: 'gzip' }))

    expect(bodyOf(answer)).toContain(' 1234567\n')
    expect(answer.headers['Content-Encoding']).toBeUndefined()
  })
})

describe('paths', () => {
  it.each<[Flavour, string, number, string, Record<string, string>]>([
    ['python', '/', 301, '', { Location: '/metrics' }],
    ['python', '/favicon.ico', 200, '', {}],
    ['python', '/other', 404, '', {}],
    ['plain', '/other', 404, '', {}],
    [
      'go',
      '/other',
      404,
      '404 page not found\n',
      { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
    ],
  ])('%s answers %s with %i', (flavour, path, status, body, headers) => {
    const answer = dropIn(flavour, LINKY).answer(path, ask())

    expect(answer).toEqual({
      status,
      headers: { 'X-Original': 'yes', ...headers },
      body: Buffer.from(body),
    })
  })

  it('answers 503 with the reason while there is nothing to show', () => {
    const made = createDropIn(someSite('python'))
    made.update(new Map([['metrics', { kind: 'unavailable', message: 'no frame since 10:00' }]]))

    const answer = made.answer('/metrics', ask({ acceptEncoding: 'gzip' }))

    expect(answer.status).toBe(503)
    expect(answer.headers).toEqual({ 'X-Original': 'yes', 'Content-Type': 'text/plain; charset=utf-8' })
    expect(bodyOf(answer)).toBe('no frame since 10:00\n')
  })

  it('does not find a page that the device does not give', () => {
    const made = createDropIn(someSite('python'))
    made.update(new Map())

    expect(made.answer('/metrics', ask()).status).toBe(404)
  })
})
