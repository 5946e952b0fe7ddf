import { describe, expect, it } from 'vitest'
import type { Page } from '../core/page.ts'
import { createDropIn } from './drop-in.ts'
import { ask, exposed, someDevice, someSite, someView } from './exposition.test-helper.ts'
import { createExposition } from './exposition.ts'

const INFO: Page = {
  kind: 'metrics',
  families: [
    {
      name: 'heat_pump_basic',
      help: 'Heat pump information',
      type: 'info',
      samples: [{ labels: [['hp_id', '7']], value: 1 }],
    },
  ],
}
const bodyOf = (answer: { body: Uint8Array } | undefined) => Buffer.from(answer?.body ?? '').toString()

describe('kinds of drop-in pages', () => {
  it('an info family is a gauge in text and an info in OpenMetrics, as Python prints it', () => {
    const dropIn = createDropIn(someSite('python'))
    dropIn.update(new Map([['metrics', INFO]]))

    expect(bodyOf(dropIn.answer('/metrics', ask()))).toBe(
      '# HELP heat_pump_basic_info Heat pump information\n' +
        '# TYPE heat_pump_basic_info gauge\n' +
        'heat_pump_basic_info{hp_id="7"} 1.0\n',
    )
    expect(bodyOf(dropIn.answer('/metrics', ask({ accept: 'application/openmetrics-text' })))).toBe(
      '# HELP heat_pump_basic Heat pump information\n' +
        '# TYPE heat_pump_basic info\n' +
        'heat_pump_basic_info{hp_id="7"} 1.0\n' +
        '# EOF\n',
    )
  })

  it('a text has the status that its device gave it', () => {
    const dropIn = createDropIn(someSite('plain'))
    const body = '{"message":"no \'metrics\' in thermostat"}'
    dropIn.update(
      new Map([['metrics', { kind: 'text', body, contentType: 'application/json', status: 404 }]]),
    )

    const answer = dropIn.answer('/metrics', ask())

    expect(answer.status).toBe(404)
    expect(bodyOf(answer)).toBe(body)
    expect(answer.headers['Content-Type']).toBe('application/json')
  })

  it('a device whose original has a status page answers with it', () => {
    const exposition = createExposition({ version: '1', revision: 'r', runtime: 'node' })
    const site = {
      ...someSite('go'),
      statusPath: '/status',
      route: (path: string) => (path === '/status' ? { page: 'status' } : ('not-found' as const)),
    }
    const pages = new Map<string, Page>([
      ['status', { kind: 'text', body: '{"A":[]}', contentType: 'application/json' }],
    ])
    exposition.put(exposed('lwz', someDevice({ site, pages })), someView([]))

    expect(bodyOf(exposition.status('lwz'))).toBe('{"A":[]}')
  })

  it('a counter has its ending on HELP and TYPE too, as Go prints it', () => {
    const dropIn = createDropIn(someSite('go'))
    const counter = (name: string) => ({
      name,
      help: 'Done',
      type: 'counter' as const,
      samples: [{ name: 'done_total', labels: [], value: 1 }],
    })
    for (const name of ['done', 'done_total']) {
      dropIn.update(new Map([['metrics', { kind: 'metrics', families: [counter(name)] }]]))
      expect(bodyOf(dropIn.answer('/metrics', ask()))).toBe(
        '# HELP done_total Done\n# TYPE done_total counter\ndone_total 1\n',
      )
    }
  })

  it('a page may count the requests for another one', () => {
    let now = 0
    const site = {
      ...someSite('go'),
      requestSummaries: [{ name: 'asked', help: 'Asked', page: 'status', shownOn: 'metrics' }],
      route: (path: string) => ({ page: path.slice(1) }),
    }
    const dropIn = createDropIn(site, () => {
      now += 250
      return now
    })
    const pages = new Map<string, Page>([
      ['metrics', { kind: 'metrics', families: [] }],
      ['status', { kind: 'text', body: '{}', contentType: 'application/json' }],
    ])
    const shown = () => bodyOf(dropIn.answer('/metrics', ask()))
    dropIn.update(pages)
    expect(shown()).toBe('# HELP asked Asked\n# TYPE asked summary\nasked_sum 0\nasked_count 0\n')

    dropIn.answer('/status', ask())
    dropIn.answer('/status', ask())
    dropIn.update(pages)

    expect(shown()).toContain('asked_sum 0.5\nasked_count 2\n')
  })
})
