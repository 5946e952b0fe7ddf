import { describe, expect, it } from 'vitest'
import { parseText } from '../../testing/exposition-parser.ts'
import { type OwnTables, ownPage, startReading } from './own-gateway.test-helper.ts'
import { EXPECTED_DOCUMENT, EXPECTED_GERMAN } from './simulator/expected-german.test-data.ts'
import {
  EXPECTED_ENGLISH,
  EXPECTED_FRENCH,
  EXPECTED_HUNGARIAN,
} from './simulator/expected-others.test-data.ts'
import { expectedPage, expectedStatus } from './simulator/expected-page.test-data.ts'
import { documentPages } from './simulator/gateways/document-lwz.ts'
import { ENGLISH_PAGES } from './simulator/gateways/english-wpm.ts'
import { FRENCH_PAGES } from './simulator/gateways/french-wpm.ts'
import type { Pages, Table } from './simulator/gateways/gateway.ts'
import { germanPages } from './simulator/gateways/german-lwz.ts'
import { STILL_HOUSE } from './simulator/gateways/house.ts'
import { HUNGARIAN_PAGES } from './simulator/gateways/hungarian-wpm.ts'

const tablesOf = (tables: readonly Table[] = []): OwnTables =>
  Object.fromEntries(
    tables.map(({ heading, rows }) => [
      heading,
      rows.map(([key, value]) => [key, value === '' ? null : value] as const),
    ]),
  )

/** A reading of a gateway's pages by polls; the pages may differ from poll to poll. */
async function read(pages: (poll: number) => Pages, settings = {}, polls = 1) {
  let poll = 0
  const reading = startReading(({ page }) => {
    if (page === '1,0') poll++
    return ownPage(tablesOf(pages(poll)[page]))
  }, settings)
  await reading.clock.advance((polls - 1) * 60_000)
  await reading.stop()
  return reading
}

/** The families of the gateway's pages, without those of the program. */
function gatewayPart(page: string): string {
  const own = /^(?:# (?:HELP|TYPE) )?(?:isg_(?:gathering|login|status)duration|isg_sgready_|process_)/
  return page
    .split('\n')
    .filter(line => !own.test(line))
    .join('\n')
}

const GATEWAYS: readonly (readonly [string, Pages, typeof EXPECTED_GERMAN])[] = [
  ['german', germanPages(STILL_HOUSE), EXPECTED_GERMAN],
  ['english', ENGLISH_PAGES, EXPECTED_ENGLISH],
  ['french', FRENCH_PAGES, EXPECTED_FRENCH],
  ['hungarian', HUNGARIAN_PAGES, EXPECTED_HUNGARIAN],
]

describe('the drop-in page', () => {
  it.each(GATEWAYS)('of the %s gateway is what the rules say', async (_name, pages, expected) => {
    const reading = await read(() => pages)

    expect(gatewayPart(reading.text('/metrics'))).toBe(expectedPage(expected))
    expect(() => parseText(reading.text('/metrics'))).not.toThrow()
  })

  it.each(GATEWAYS)(
    'of the %s gateway in the form of the document has no units',
    async (_name, pages, expected) => {
      const reading = await read(() => pages, { unit_label: false })

      expect(gatewayPart(reading.text('/metrics'))).toBe(expectedPage(expected, { hasUnits: false }))
      expect(JSON.parse(reading.text('/status'))).toMatchObject(
        Object(expectedStatus(expected, { hasUnits: false })),
      )
    },
  )

  it("has the examples of the original's document", async () => {
    const reading = await read(poll => documentPages(poll === 1), { unit_label: false }, 2)

    expect(gatewayPart(reading.text('/metrics'))).toBe(expectedPage(EXPECTED_DOCUMENT, { hasUnits: false }))
    const names = ['isg_verdichter_ww', 'isg_verdichter_heizen', 'isg_vorlauftemp']
    expect(reading.values().map(line => line.split(' ')[0])).toEqual(expect.arrayContaining(names))
    expect(reading.values()).toEqual(
      expect.arrayContaining([
        'isg_flag_heizkreispumpe 0',
        'isg_flag_schaltprogramm_aktiv 1',
        'isg_flag_status_ok 1',
      ]),
    )
  })

  it('has the summaries of the original and counts its requests', async () => {
    const reading = await read(() => ({}), {}, 3)
    const own = (line: string) => line.startsWith('isg_') || line.includes(' isg_')
    reading.text('/status')
    reading.text('/status')
    const page = reading.text('/metrics').split('\n').filter(own).join('\n')

    expect(
      page.replace(/(duration_sum) .*/g, '$1 T'),
    ).toBe(`# HELP isg_gatheringduration The duration of data gatherings
# TYPE isg_gatheringduration summary
isg_gatheringduration_sum T
isg_gatheringduration_count 3
# HELP isg_loginduration The duration of login
# TYPE isg_loginduration summary
isg_loginduration_sum T
isg_loginduration_count 0
# HELP isg_sgready_error_total Amount of failed invocations
# TYPE isg_sgready_error_total counter
isg_sgready_error_total 0
# HELP isg_statusduration The duration is status requests
# TYPE isg_statusduration summary
isg_statusduration_sum T
isg_statusduration_count 2`)
  })

  it('spells numbers as Go does', async () => {
    const reading = await read(() => ({
      '1,0': [
        {
          heading: 'X',
          rows: [
            ['A', '1234567'],
            ['B', '0,00001'],
            ['C', '1,001MWh'],
            ['D', '-0'],
            ['E', '999999'],
          ],
        },
      ],
    }))

    expect(reading.values()).toEqual([
      'isg_a 1.234567e+06',
      'isg_b 1e-05',
      'isg_c{unit="kWh"} 1000.9999999999999',
      'isg_d -0',
      'isg_e 999999',
    ])
  })

  it('of rows with one name shows the last in the order of pages, whatever was read first', async () => {
    let isFirstGone = true
    const reading = startReading(({ page }) => {
      if (page === '1,0' && isFirstGone) return ''
      if (page === '1,0')
        return ownPage({
          A: [['X', '1']],
          B: [
            ['X', '2'],
            ['NEU', '3'],
          ],
        })
      return ownPage(
        page === '1,1'
          ? {
              C: [
                ['X', '4'],
                ['Y', '5'],
              ],
            }
          : {},
      )
    })
    await reading.clock.advance(0)
    isFirstGone = false
    await reading.clock.advance(60_000)

    expect(reading.values()).toEqual(['isg_neu 3', 'isg_x 4', 'isg_y 5'])
    await reading.stop()
  })

  it('of labels that meet in one name shows the last', async () => {
    const reading = await read(() => ({
      '1,0': [
        {
          heading: 'X',
          rows: [
            ['HÕ', '1'],
            ['HŐ', '2'],
          ],
        },
      ],
    }))

    expect(reading.text('/metrics')).toContain('# HELP isg_h_ Metric hő\n# TYPE isg_h_ gauge\nisg_h_ 2\n')
    expect(JSON.parse(reading.text('/status'))).toEqual({ hõ: [{ Value: 1 }], hő: [{ Value: 2 }] })
  })

  it('has the heading before each name where that is wanted', async () => {
    const pages: Pages = {
      '1,1': [
        { heading: 'AMOUNT OF HEAT', rows: [['COMPRESSOR HEATING DAY', '21,530KWh']] },
        { heading: 'POWER CONSUMPTION ', rows: [['COMPRESSOR HEATING DAY', '5,981KWh']] },
      ],
      '2,0': [{ heading: 'LÜFTUNG', rows: [['LÜFTER', '']] }],
    }
    const reading = await read(() => pages, { section_prefix: true })

    expect(reading.values()).toEqual([
      'isg_amount_of_heat_compressor_heating_day{unit="KWh"} 21.53',
      'isg_flag_lueftung_luefter 1',
      'isg_power_consumption__compressor_heating_day{unit="KWh"} 5.981',
    ])
  })
})

describe('/status', () => {
  it.each(GATEWAYS)(
    'of the %s gateway is the object that the original makes',
    async (name, pages, expected) => {
      const reading = await read(() => pages)
      const body = reading.text('/status')
      // Labels keep their accents here, so that two that meet in a name are two.
      const more = name === 'hungarian' ? { tényleges_hõmérséklet: [{ Value: 45.5, Unit: '°C' }] } : {}

      expect(JSON.parse(body)).toEqual({ ...Object(expectedStatus(expected)), ...more })
    },
  )

  it('is sorted, without flags, units only where there are some', async () => {
    const reading = await read(() => ({
      '1,0': [
        {
          heading: 'X',
          rows: [
            ['B', '2 K'],
            ['10', '7'],
            ['A', '1'],
            ['FLAG', ''],
            ['TEXT', 'x'],
            ['R&D', '1'],
          ],
        },
      ],
    }))

    expect(reading.text('/status')).toBe(
      '{"10":[{"Value":7}],"a":[{"Value":1}],"b":[{"Value":2,"Unit":"K"}],"r\\u0026d":[{"Value":1}]}',
    )
  })
})

describe('paths', () => {
  it('are those of the original', async () => {
    const reading = await read(() => ({}))

    expect(reading.text('/ready')).toBe('ready')
    for (const path of ['/', '/favicon.ico', '/debug/pprof', '/webhooks/alertmanager', '/metrics/'])
      expect(reading.text(path)).toBe('404 page not found\n')
  })
})
