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
})
