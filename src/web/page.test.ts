import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { UnixMs } from '../core/clock.ts'
import type { Health } from '../core/view.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { deviceState } from './device-state.ts'
import { exposedDevice, fakeExposition, viewOf } from './fake-exposition.test-helper.ts'
import { pageHandler } from './page.ts'

const clock = fakeClock()
const ago = (ms: number) => (clock.now() - ms) as UnixMs
const READINGS = [
  { key: 'BASE', value: 8_412_377, unit: 'Wh' },
  { key: 'PTEC', value: 'TH..' },
  { key: 'ADCO', value: '041476203915', isPersonal: true },
]

function pageOf(...devices: Parameters<typeof fakeExposition>[0]): string {
  return Buffer.from(pageHandler(fakeExposition(devices), clock)().body).toString()
}

/** The text of the page as a reader sees it. */
function textOf(markup: string): string {
  return markup
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe('the page', () => {
  it('shows state, values with unit and age, and links', () => {
    const page = pageOf({ exposed: exposedDevice('meter'), view: viewOf(READINGS, ago(12_000)) })

    expect(textOf(page)).toContain('The device is up.')
    expect(textOf(page)).toContain('Up. Last heard 12 s ago.')
    expect(textOf(page)).toContain('BASE 8 412 377 Wh 12 s PTEC TH.. 12 s')
    for (const path of ['unified', 'metrics', 'status'])
      expect(page).toContain(`href="devices/meter/${path}"`)
  })

  it('masks personal values unless their owner allows them', () => {
    const view = viewOf(READINGS, ago(0))

    expect(pageOf({ exposed: exposedDevice('meter'), view })).not.toMatch(/041476203915|915/)
    expect(pageOf({ exposed: exposedDevice('meter', { showSerials: true }), view })).toContain('041476203915')
  })

  it('shows the parts of a device under their names', () => {
    const first = viewOf([{ key: 'a', value: 1 }], ago(0), {}, 'S1')
    const second = viewOf([{ key: 'b', value: 2 }], ago(0), {}, 'S2')
    const view = { ...first, readings: new Map([...first.readings, ...second.readings]) }

    expect(textOf(pageOf({ exposed: exposedDevice('boiler'), view }))).toContain('S1 a 1 0 s S2 b 2 0 s')
  })

  it('escapes everything that comes from outside', () => {
    const evil = `"'><img src=x onerror=alert(1)>&\u202e\u0007`
    const view = viewOf(
      [{ key: evil, value: evil, unit: evil }],
      ago(0),
      { isUp: false, trouble: evil },
      evil,
    )
    const two = {
      ...view,
      readings: new Map([...view.readings, ['z', { key: 'z', value: 1, group: 'z', receivedAt: ago(0) }]]),
    }

    const page = pageOf({ exposed: exposedDevice(evil, { title: evil, place: evil }), view: two })

    expect(page).not.toContain('<img')
    expect(page).not.toMatch(/[\u202e\u0007]/)
    expect(
      page.match(/&quot;&#39;&gt;&lt;img src=x onerror=alert\(1\)&gt;&amp;/g)?.length,
    ).toBeGreaterThanOrEqual(8)
  })

  it('has no script and loads nothing from elsewhere', () => {
    const answer = pageHandler(fakeExposition([]), clock)()
    const page = Buffer.from(answer.body).toString()

    const style = /<style>(.*)<\/style>/s.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(answer.headers['Content-Security-Policy']).toContain(
      `default-src 'none'; style-src 'sha256-${hash}'`,
    )
    expect(answer.headers).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
    })
    expect(page).not.toMatch(/<script|style=|https?:|\/\//i)
    expect(page).toContain('<html lang="en">')
    expect(page).toContain('name="viewport"')
  })

  it('says what to do while no device is configured', () => {
    expect(textOf(pageOf())).toContain('No device is configured yet.')
  })

  it('counts the devices that are up', () => {
    const up = { exposed: exposedDevice('a'), view: viewOf(READINGS, ago(0)) }
    const down = {
      exposed: exposedDevice('b'),
      view: viewOf([], ago(0), { isUp: false, failed: 1, trouble: 'cable pulled' }),
    }

    expect(textOf(pageOf(up, down))).toContain('1 of 2 devices are up.')
    expect(textOf(pageOf(up, up))).toContain('All 2 devices are up.')
  })
})

describe('the state of a device', () => {
  const CASES: readonly [
    claim: string,
    health: Omit<Partial<Health>, 'lastSuccessAt'> & { readonly lastSuccessAt?: UnixMs | undefined },
    title: string,
    detail: string,
  ][] = [
    ['talks', {}, 'Up', 'Last heard 5 s ago.'],
    ['talks after trouble with one part', { trouble: 'S3 is silent' }, 'Up', 'Last heard 5 s ago.'],
    [
      'was not tried',
      { isUp: false, succeeded: 0, lastSuccessAt: undefined },
      'Not heard yet',
      'hearth waits for its first answer.',
    ],
    [
      'fell silent',
      { lastSuccessAt: ago(180_000) },
      'Silent',
      'Last heard 3 min ago. Its readings are too old and were withdrawn.',
    ],
    [
      'is in trouble',
      { isUp: false, trouble: 'cable pulled' },
      'Trouble',
      'cable pulled. Last heard 5 s ago.',
    ],
    [
      'was in trouble from the start',
      { isUp: false, succeeded: 0, failed: 3, lastSuccessAt: undefined, trouble: 'no such port' },
      'Trouble',
      'no such port. Never heard so far.',
    ],
    ['failed without words', { isUp: false, failed: 1 }, 'Silent', 'Last heard 5 s ago.'],
  ]
  it.each(CASES)('of one that %s', (_, health, title, detail) => {
    const { lastSuccessAt, ...view } = { ...viewOf([], ago(5000)).health, ...health }
    const state = deviceState(
      {
        readings: new Map(),
        documents: new Map(),
        health: lastSuccessAt === undefined ? view : { ...view, lastSuccessAt },
      },
      60_000,
      clock.now(),
    )

    expect(state.title).toBe(title)
    expect(state.detail).toContain(detail)
  })
})
