import { describe, expect, it } from 'vitest'
import type { Report } from '../../core/driver.ts'
import type { Update } from '../../core/reading.ts'
import { createSlot } from '../../store/slot.ts'
import { parseText } from '../../testing/exposition-parser.ts'
import { fakeClock } from '../../testing/fake-clock.ts'
import { testReport, testUse } from '../../testing/use.ts'
import { dropInPages } from './drop-in.ts'
import {
  type Asked,
  deviceOf,
  OWN_LOGIN,
  type OwnReply,
  type OwnTables,
  ownGateway,
  ownPage,
  startReading,
} from './own-gateway.test-helper.ts'
import { PAGES } from './page-list.ts'

/** Mutated pages in the ordinary run: most of them damaged as a gateway and a network damage them, some by chance alone. */
const CUT = 80_000
const SCRAMBLED = 20_000

const TABLES: Readonly<Record<string, OwnTables>> = {
  '1,0': {
    HEIZEN: [
      ['VORLAUFTEMP.', '34,6°C'],
      ['RÜCKLAUFTEMP.', '30,1°C'],
      ['AUSSENTEMPERATUR', '-3,4°C'],
      ['DRUCK HEIZKREIS', '1,62bar '],
    ],
  },
  '1,1': {
    WÄRMEMENGE: [
      ['WM HEIZEN TAG', '18,321KWh'],
      ['WM HEIZEN SUMME', '52,907MWh'],
    ],
    LAUFZEITEN: [['VERDICHTER HEIZEN', '16543h']],
  },
  '2,0': {
    BETRIEBSSTATUS: [
      ['HEIZKREISPUMPE', null],
      ['VERDICHTER', null],
      ['HEIZEN', null],
    ],
  },
  '2,1': {
    INBETRIEBNAHME: [
      ['STEIGUNG HK1', '0,45'],
      ['LÜFTERSTUFE TAG', 'Stufe 2'],
    ],
  },
  '2,3': {
    ANALYSE: [
      ['HEIZSTUFE', '1'],
      ['ÖFFNUNG EXV', '31,5%'],
    ],
    STATUS: [['HD-WÄCHTER', null]],
  },
  '2,4': {
    ISG: [
      ['M*1E6', '1234567'],
      ['GERÄT', 'WPL-A 07'],
    ],
  },
  '4,7': {
    ENERGIEMANAGEMENT: [
      ['SG READY 1', 'Ein'],
      ['SG READY 2', 'Aus'],
    ],
  },
}
const WHOLE = new Map(PAGES.map(page => [page, ownPage(TABLES[page] ?? {})]))

type Random = (below: number) => number

function randomNumbers(seed: number): Random {
  let state = seed >>> 0 || 1
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** What a bad line, a busy gateway or a lost session make of a page. Nothing of it is a page of values that says something else. */
function damaged(page: string, random: Random): OwnReply {
  const at = random(page.trimEnd().length)
  const cut = page.slice(0, at)
  switch (random(10)) {
    case 0:
      return cut
    case 1:
      return `${cut}</html>`
    case 2:
      return `${cut}</td></tr></html>`
    case 3:
      return `${cut}</body></html>\n`
    case 4:
      return Buffer.from(page).subarray(0, random(page.length))
    case 5:
      return { status: [500, 502, 503, 404, 302][random(5)] ?? 500, body: Buffer.from(page) }
    case 6:
      return OWN_LOGIN
    case 7:
      return { body: Buffer.from(Array.from({ length: random(300) }, () => random(256))) }
    case 8:
      return `<html><body>${'x'.repeat(random(50))}</body></html>`
    default: {
      // A damaged byte that is no text; the umlauts and degrees of the page say that it is UTF-8.
      const bytes = Buffer.from(page)
      bytes[at] = 0xc0 + random(2)
      return bytes
    }
  }
}

/** Anything at all: bytes changed, pieces doubled, lost, moved or put in. */
function scrambled(page: string, random: Random): string {
  let text = page
  for (let times = 1 + random(4); times > 0; times--) {
    const from = random(text.length)
    const to = from + random(60)
    const pieces = [
      '<td class="value">',
      '</td>',
      '<tr class="odd">',
      '</table>',
      '&#0;',
      '\u0000',
      '9',
      ',',
      '-',
      '"',
      '\\',
      '\n',
      '{',
      '}',
      '\ud800',
      '=',
    ]
    switch (random(4)) {
      case 0:
        text = text.slice(0, from) + text.slice(to)
        break
      case 1:
        text = text.slice(0, to) + text.slice(from)
        break
      case 2:
        text = text.slice(0, from) + pieces[random(pieces.length)] + text.slice(from)
        break
      default:
        text = text.slice(0, from) + String.fromCharCode(random(0x250)) + text.slice(from + 1)
    }
  }
  return text
}

/** Without what the frame says of the gateway: a page cut behind its values may have lost that. */
const said = (readings: Update['readings']) =>
  JSON.stringify(readings.filter(({ key }) => !key.startsWith('gateway/')))

const linesOf = (text: string) => text.split('\n').filter(line => /^isg_(?!.*duration)/.test(line))

describe('mutated pages', () => {
  it(`cut and damaged, of ${CUT}: nothing is ever shown but what the gateway said`, {
    timeout: 60_000,
  }, async () => {
    const random = randomNumbers(20_261_121)
    const clock = fakeClock()
    let mutations = 0
    let isTrue = true
    const { http } = ownGateway(({ page }: Asked) => {
      const whole = WHOLE.get(page as (typeof PAGES)[number]) ?? ''
      if (isTrue || random(3) === 0) return whole
      mutations++
      return damaged(whole, random)
    }, clock)
    const device = deviceOf()
    const feed = device.feed(testUse({ clock, http: () => http }))
    if (feed.kind !== 'poll') throw new Error('a gateway is polled')
    const updates: Update[] = []
    const report: Report = testReport({ update: update => updates.push(update) })
    const poll = () => feed.run(report, new AbortController().signal).catch(() => undefined)

    await poll()
    const truth = new Map(updates.map(({ group, readings }) => [group, said(readings)]))
    expect(truth.size).toBe(7)
    isTrue = false
    const wrong: string[] = []
    while (mutations < CUT) {
      updates.length = 0
      await poll()
      for (const { group, readings } of updates)
        if (said(readings) !== truth.get(group)) wrong.push(`${group}: ${said(readings)}`)
    }
    expect(wrong.slice(0, 5)).toEqual([])
  })

  it(`scrambled, of ${SCRAMBLED}: every page that comes of it is one that a strict reader takes`, {
    timeout: 60_000,
  }, async () => {
    const random = randomNumbers(4711)
    const clock = fakeClock()
    const { http } = ownGateway(({ page }) => {
      const whole = WHOLE.get(page as (typeof PAGES)[number]) ?? ''
      return scrambled(whole, random)
    }, clock)
    const feed = deviceOf().feed(testUse({ clock, http: () => http }))
    if (feed.kind !== 'poll') throw new Error('a gateway is polled')
    let updates: Update[] = []
    const report: Report = testReport({ update: update => updates.push(update) })
    let taken = 0
    for (let done = 0; done < SCRAMBLED; done += 7) {
      updates = []
      await feed.run(report, new AbortController().signal).catch(() => undefined)
      taken += updates.length
      for (const family of familiesOf(updates)) {
        expect(family.name).toMatch(/^isg_[a-zA-Z0-9_:]+$/)
        for (const { value } of family.samples) expect(Number.isFinite(value)).toBe(true)
      }
    }
    expect(taken, 'some of them are still pages').toBeGreaterThan(1000)
  })

  it('shown through all layers are text that Prometheus takes', async () => {
    const random = randomNumbers(99)
    const reading = startReading(({ page }) =>
      scrambled(WHOLE.get(page as (typeof PAGES)[number]) ?? '', random),
    )
    for (let polls = 0; polls < 60; polls++) {
      await reading.clock.advance(60_000)
      expect(() => parseText(reading.text('/metrics'))).not.toThrow()
      expect(() => JSON.parse(reading.text('/status'))).not.toThrow()
    }
    expect(linesOf(reading.text('/metrics')).length).toBeGreaterThan(0)
    await reading.stop()
  })
})

function familiesOf(updates: readonly Update[]) {
  const slot = createSlot({ clock: fakeClock(), staleAfterMs: 1000, outcome: () => 'mapped', onChange() {} })
  for (const update of updates) slot.update(update)
  const pages = dropInPages(slot.view(), { count: 0, sumSeconds: 0 }, { hasUnitLabel: true })
  slot.close()
  const page = pages.get('metrics')
  return page?.kind === 'metrics' ? page.families : []
}
