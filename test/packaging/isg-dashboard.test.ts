import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanUp } from '../support/clean-up.ts'
import { pageWith } from '../support/drop-in-page.ts'
import { type IsgGateway, startGateway, startIsgExporter } from '../support/gateway.ts'
import type { Serving } from '../support/hearth.ts'
import { type Prometheus, scrape, startPrometheus } from '../support/prometheus.ts'
import { queriesOf, readDashboard, unitsOf, variableOf } from './dashboard.ts'
import { ORIGINAL_NAMES, ORIGINAL_QUERIES } from './isg-original-queries.ts'

/** A minute of the house in each second: hours of heating and hot water within the test. */
const PACE = 120
const UNITS = [
  'celsius',
  'flowlpm',
  'kwatth',
  'none',
  'percent',
  'pressurebar',
  'rothz',
  's',
  'suffix: h',
  'suffix: m³/h',
]

const dashboard = readDashboard('stiebel-isg.json')
const QUERIES = queriesOf(dashboard)

let prometheus: Prometheus
let gateway: IsgGateway
let serving: Serving
let english: Serving

beforeAll(async () => {
  gateway = await startGateway('every-flag', { pace: PACE })
  serving = await startIsgExporter(gateway.place)
  await pageWith(serving, 'isg_flag_hd_waechter', '1')
  // Every state was on once; from now on the house lives.
  gateway.change('demo')
  english = await startIsgExporter((await startGateway('english')).place)
  prometheus = await startPrometheus([scrape('german', serving.url), scrape('english', english.url)])
  await prometheus.waitForData('changes(isg_wm_heizen_tag[10m]) > 3', 60_000)
  await prometheus.waitForData('changes(isg_wm_ww_tag[10m]) > 2', 60_000)
  // irate() looks at the last two samples.
  await sleep(2500)
})
afterAll(cleanUp)

describe("the queries of the original's own dashboard", () => {
  it('are all carried here', () => {
    expect(ORIGINAL_QUERIES).toHaveLength(53)
    expect(new Set(ORIGINAL_QUERIES).size).toBe(53)
  })

  it.each(ORIGINAL_QUERIES)('%s', async query => {
    const samples = await prometheus.query(query)
    expect(samples).toHaveLength(1)
    // 0/0 is what the original gives as well while nothing grows.
    if (!query.includes(' / ')) expect(Number.isFinite(samples[0]?.value)).toBe(true)
  })

  it('give the true values', async () => {
    const one = async (query: string) => (await prometheus.query(query))[0]?.value
    expect(await one('max(isg_ww_solltemp)')).toBe(49)
    expect(await one('max(isg_flag_hd_waechter)')).toBe(0)
    expect(await one('max(isg_flag_luefter)')).toBe(1)
    // kW of the simulated house, as long as it heats, in each second of which goes a minute and more.
    const kW = (await one('max(max_over_time(rate(isg_wm_wrg_tag[10s])[1m:1s]) * 3600)')) ?? 0
    expect(kW / PACE).toBeGreaterThan(0.3)
    expect(kW / PACE).toBeLessThan(1.2)
  })
})

describe('dashboard of a heat pump on the drop-in names', () => {
  const ask = (expr: string, { url } = serving) =>
    prometheus.query(expr.replaceAll('$instance', new URL(url).host).replaceAll('$__range', '10m'))

  it('shows numbers in units that read well', () => {
    expect(unitsOf(dashboard)).toEqual(UNITS)
  })

  it('lists the gateways, whatever their language', async () => {
    const { series, label } = variableOf(dashboard)
    const hosts = [serving, english].map(({ url }) => new URL(url).host)
    expect([...(await prometheus.labelValues(label, series))].sort()).toEqual(hosts.sort())
  })

  it.each(QUERIES)('$title: $expr', async ({ expr }) => {
    const samples = await ask(expr)
    expect(samples.length).toBeGreaterThan(0)
    for (const { value } of samples) expect(Number.isFinite(value)).toBe(true)
  })

  it("shows every series that the original's own dashboard shows", () => {
    const shown = QUERIES.map(({ expr }) => expr).join(' ')
    const missing = ORIGINAL_NAMES.filter(name => !new RegExp(`\\b${name}\\b`).test(shown))
    // The timeline shows all states there are.
    expect(missing.filter(name => !name.startsWith('isg_flag_'))).toEqual([])
    expect(shown).toContain('{__name__=~"isg_flag_.+"')
  })

  it('counts heat by both registers, without a jump at midnight', async () => {
    const query = QUERIES.find(({ title }) => title === 'Heat per hour')?.expr ?? ''
    const [sample] = await ask(query)
    expect(sample?.value).toBeGreaterThan(0)
    expect(query).toMatch(/isg_wm_heizen_summe.*\+.*isg_wm_heizen_tag/)
  })

  it('has a table and a timeline for every language', async () => {
    const of = async (title: string) => {
      const found = QUERIES.find(each => each.title === title)
      return (await ask(found?.expr ?? '', english)).map(({ labels }) => labels['__name__'])
    }
    expect(await of('States')).toContain('isg_flag_source_pump')
    const all = await of('Everything the gateway shows')
    expect(all).toContain('isg_outside_temperature')
    expect(all.filter(name => /duration|sgready/.test(name ?? ''))).toEqual([])
  })
})
