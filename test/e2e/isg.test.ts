import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  EXPECTED_DOCUMENT,
  EXPECTED_GERMAN,
} from '../../src/devices/stiebel-isg/simulator/expected-german.test-data.ts'
import {
  EXPECTED_ENGLISH,
  EXPECTED_FRENCH,
  EXPECTED_HUNGARIAN,
} from '../../src/devices/stiebel-isg/simulator/expected-others.test-data.ts'
import {
  expectedPage,
  expectedStatus,
} from '../../src/devices/stiebel-isg/simulator/expected-page.test-data.ts'
import { ODD_CREDENTIALS } from '../../src/devices/stiebel-isg/simulator/index.ts'
import { parseText } from '../../src/testing/exposition-parser.ts'
import { promtool } from '../../src/testing/promtool.ts'
import { cleanUp } from '../support/clean-up.ts'
import { pageOf, pageWith, samplesOf, textOf } from '../support/drop-in-page.ts'
import { gatewayPart, type IsgGateway, startGateway, startIsgExporter } from '../support/gateway.ts'
import { get, type Serving, startRun } from '../support/hearth.ts'
import { until } from '../support/until.ts'

const SEVEN = ['1,0', '1,1', '2,0', '2,1', '2,3', '2,4', '4,7']
const GATEWAYS = [
  { scenario: 'german', expected: EXPECTED_GERMAN },
  { scenario: 'document', expected: EXPECTED_DOCUMENT },
  { scenario: 'english', expected: EXPECTED_ENGLISH },
  { scenario: 'french', expected: EXPECTED_FRENCH },
  { scenario: 'hungarian', expected: EXPECTED_HUNGARIAN },
]
/** What `/status` shows besides: its labels keep their accents, so that none meet. */
const MORE_STATUS: Readonly<Record<string, unknown>> = {
  hungarian: { tényleges_hõmérséklet: [{ Value: 45.5, Unit: '°C' }] },
}

afterAll(cleanUp)

/** The page once so many polls have ended. */
const afterPolls = (serving: Serving, polls: number) =>
  until(`${polls} polls`, async () => {
    const page = await pageOf(serving)
    return Number(textOf(page, 'isg_gatheringduration_count')) >= polls ? page : undefined
  })

async function exporter(scenario: string, env = {}): Promise<{ gateway: IsgGateway; serving: Serving }> {
  const gateway = await startGateway(scenario)
  return { gateway, serving: await startIsgExporter(gateway.place, env) }
}

describe.each(GATEWAYS)('isg_exporter on the gateway $scenario', ({ scenario, expected }) => {
  it.each([
    ['without a login', scenario, 0],
    ['with a login', `${scenario}-login`, 1],
  ])('%s prints what the rules say', async (_words, name, logins) => {
    const { gateway, serving } = await exporter(name)
    const page = await afterPolls(serving, 2)

    expect(gatewayPart(page)).toBe(expectedPage(expected))
    expect(() => parseText(page)).not.toThrow()
    expect(promtool(page).exitCode).not.toBe(1)
    const { text } = await get(`${serving.url}/status`)
    expect(JSON.parse(text)).toEqual({
      ...Object(expectedStatus(expected)),
      ...Object(MORE_STATUS[scenario]),
    })
    expect(text).toBe(JSON.stringify(sorted(JSON.parse(text))))

    expect(await serving.program.stop()).toBe(0)
    const seen = gateway.seen()
    expect(seen).toMatchObject({ logins, refusedLogins: 0, mostAtOnce: 1, keptAlive: 0, strange: [] })
    // The page that shows the login form is read again after it.
    const asked = logins === 0 ? seen.pages : seen.pages.slice(1)
    expect(asked.slice(0, 14)).toEqual([...SEVEN, ...SEVEN])
  })

  it('in run, prints the same', async () => {
    const gateway = await startGateway(scenario)
    const run = await startRun({ pump: { type: 'stiebel-isg', url: gateway.place, interval: '1s' } })
    await until('the second poll', () => (gateway.seen().pages.length > 14 ? true : undefined))
    const page = await until(
      'a page that is whole',
      async () => {
        const text = await pageOf(run, '/devices/pump/metrics')
        return gatewayPart(text) === expectedPage(expected) ? text : undefined
      },
      5000,
    ).catch(() => pageOf(run, '/devices/pump/metrics'))
    expect(gatewayPart(page)).toBe(expectedPage(expected))
    const unified = await pageOf(run)
    expect(unified).toContain('hearth_device_up{device="pump"} 1')
    expect(promtool(await pageOf(run, '/devices/pump/unified'))).toEqual({ exitCode: 0, findings: '' })
    expect(gateway.seen()).toMatchObject({ mostAtOnce: 1, keptAlive: 0, strange: [] })
    expect(await run.program.stop()).toBe(0)
  })
})

function sorted(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))
}

describe('a login of odd signs', () => {
  it('is taken', async () => {
    const { user, password } = ODD_CREDENTIALS
    const { gateway, serving } = await exporter('odd-login', { ISG_USER: user, ISG_PASSWORD: password })
    expect(gatewayPart(await afterPolls(serving, 1))).toBe(expectedPage(EXPECTED_GERMAN))
    expect(gateway.seen()).toMatchObject({ logins: 1, refusedLogins: 0 })
  })
})

describe('the pages of isg_exporter', () => {
  let serving: Serving
  let gateway: IsgGateway
  let page = ''
  beforeAll(async () => {
    ;({ gateway, serving } = await exporter('german-login'))
    page = await afterPolls(serving, 2)
  })

  it('are text as Go sends it, whatever is asked for, and packed where that is wanted', async () => {
    for (const accept of ['*/*', 'application/openmetrics-text;version=1.0.0']) {
      const { status, headers } = await get(`${serving.url}/metrics`, {
        accept,
        'accept-encoding': 'identity',
      })
      expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
      expect(headers.get('content-encoding')).toBeNull()
    }
    const packed = await get(`${serving.url}/metrics`, { 'accept-encoding': 'gzip' })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(gatewayPart(packed.text)).toBe(gatewayPart(page))
  })

  it('have the summaries of the original, sorted among the rest', async () => {
    await get(`${serving.url}/status`)
    const text = await afterPolls(serving, 3)
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(
      ([, name = '', type]) => [name, type] as const,
    )
    const names = types.map(([name]) => name)
    expect(names).toEqual([...names].sort())
    const summaries = types.filter(([, type]) => type === 'summary').map(([name]) => name)
    expect(summaries).toEqual(['isg_gatheringduration', 'isg_loginduration', 'isg_statusduration'])
    expect(text).toContain('# HELP isg_gatheringduration The duration of data gatherings\n')
    expect(text).toContain('# HELP isg_loginduration The duration of login\n')
    expect(text).toContain('# HELP isg_statusduration The duration is status requests\n')
    expect(textOf(text, 'isg_loginduration_count')).toBe('1')
    expect(Number(textOf(text, 'isg_statusduration_count'))).toBeGreaterThanOrEqual(1)
    expect(Number(textOf(text, 'isg_gatheringduration_sum'))).toBeGreaterThan(0)
    expect(textOf(text, 'isg_sgready_error_total')).toBe('0')
    expect(names.filter(name => /^(go|promhttp)_/.test(name))).toEqual([])
    expect(names.filter(name => name.startsWith('process_')).length).toBeGreaterThanOrEqual(5)
  })

  it('has /ready, and 404 for what the original does not have', async () => {
    expect(await get(`${serving.url}/ready`)).toMatchObject({ status: 200, text: 'ready' })
    const { headers } = await get(`${serving.url}/status`)
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    for (const path of ['/', '/webhooks/alertmanager', '/debug/pprof/']) {
      const { status, text } = await get(`${serving.url}${path}`)
      expect([status, text.trim()], path).toEqual([404, '404 page not found'])
    }
  })

  it('do not poll the gateway', async () => {
    const before = gateway.seen().pages.length
    for (let time = 0; time < 50; time++) await pageOf(serving)
    expect(gateway.seen().pages.length - before).toBeLessThanOrEqual(14)
  })
})

describe('the forms of isg_exporter', () => {
  afterEach(cleanUp)

  it('has no label unit where that is wanted: the releases 0.x', async () => {
    const { serving } = await exporter('german', { NO_UNIT_LABEL: 'true' })
    expect(gatewayPart(await afterPolls(serving, 1))).toBe(expectedPage(EXPECTED_GERMAN, { hasUnits: false }))
    const { text } = await get(`${serving.url}/status`)
    expect(JSON.parse(text)).toEqual(expectedStatus(EXPECTED_GERMAN, { hasUnits: false }))
  })

  it('leaves out circuit 2, by the letters that the original looks for', async () => {
    const { serving } = await exporter('german', { SKIP_CIRCUIT_2: '' })
    const { values, flags } = EXPECTED_GERMAN
    const expected = { values: values.filter(([label]) => !label.includes('hk2')), flags }
    expect(gatewayPart(await afterPolls(serving, 1))).toBe(expectedPage(expected))
  })

  it('puts the heading before each name, so that no key is lost', async () => {
    const { serving } = await exporter('english', { METRICS_WITH_SECTION_PREFIX: '1' })
    const page = await afterPolls(serving, 1)
    for (const line of [
      'isg_amount_of_heat_compressor_heating_day{unit="KWh"} 21.53',
      'isg_power_consumption_compressor_heating_day{unit="KWh"} 5.981',
      'isg_room_temperature_actual_temperature_hc_1{unit="°C"} 21.4',
      'isg_heating_actual_temperature_hc_1{unit="°C"} 32.6',
      'isg_flag_system_status_hc_1_pump 1',
    ])
      expect(samplesOf(page)).toContain(line)
    expect(samplesOf(page).filter(line => line.startsWith('isg_compressor'))).toEqual([])
  })
})

describe('values that change', () => {
  afterEach(cleanUp)

  it('a row that is a word and a temperature in turn has one line at a time', async () => {
    const { gateway, serving } = await exporter('kind-off')
    await pageWith(serving, 'isg_festwertbetrieb', '0')
    gateway.change('kind-value')
    const page = await pageWith(serving, 'isg_festwertbetrieb{unit="°C"}', '12.3')
    expect(samplesOf(page).filter(line => line.startsWith('isg_festwertbetrieb'))).toHaveLength(1)
    gateway.change('kind-off')
    const again = await pageWith(serving, 'isg_festwertbetrieb', '0')
    expect(samplesOf(again).filter(line => line.startsWith('isg_festwertbetrieb'))).toHaveLength(1)
    gateway.change('german')
    await until('the row is gone', async () =>
      gatewayPart(await pageOf(serving)) === expectedPage(EXPECTED_GERMAN) ? true : undefined,
    )
  })

  it('a state that was on is 0 once a whole page does not have it, and 1 again', async () => {
    const { gateway, serving } = await exporter('german')
    await pageWith(serving, 'isg_flag_heizkreispumpe', '1')
    gateway.change('pump-off')
    await pageWith(serving, 'isg_flag_heizkreispumpe', '0')
    gateway.change('german')
    await pageWith(serving, 'isg_flag_heizkreispumpe', '1')
  })

  it('a row that is gone from a whole page is gone, and back with it', async () => {
    const { gateway, serving } = await exporter('german')
    await pageWith(serving, 'isg_volumenstrom{unit="l/min"}', '14.3')
    gateway.change('rows-gone')
    const page = await until('the rows are gone', async () => {
      const text = await pageOf(serving)
      return text.includes('isg_volumenstrom') ? undefined : text
    })
    expect(page).not.toMatch(/^isg_(druck_heizkreis|abluftfeuchte)/m)
    expect(textOf(page, 'isg_vorlauftemp{unit="°C"}')).toBe('34.6')
    gateway.change('german')
    await pageWith(serving, 'isg_volumenstrom{unit="l/min"}', '14.3')
  })
})
