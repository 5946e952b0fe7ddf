import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanUp } from '../support/clean-up.ts'
import { simulateLinky, startLinkyExporter } from '../support/hearth.ts'
import { type Prometheus, scrape, startPrometheus } from '../support/prometheus.ts'

/**
 * What the original's own dashboard asks of Prometheus, on a contract with one price. `$adco` and `$optarif` are
 * labels of linky_papp there, prices are constants, and the range is the time shown.
 */
const RANGE = '10m'
const UNIT_PRICE = 0.1582
const MONTHLY_PRICE = 10.596666667

const QUERIES: readonly { name: string; expression: string; expected?: number }[] = [
  { name: 'subscribed power in kVA', expression: '(linky_isousc * 200)/1000', expected: 6 },
  { name: 'subscribed current', expression: 'linky_isousc', expected: 30 },
  { name: 'apparent power in kVA', expression: 'linky_papp/1000', expected: 2.61 },
  { name: 'current', expression: 'linky_iinst', expected: 11 },
  { name: 'index', expression: 'linky_base' },
  { name: 'energy of the range', expression: `delta(linky_base[${RANGE}])` },
  { name: 'cost of the range', expression: `(delta(linky_base[${RANGE}])/1000)*${UNIT_PRICE}` },
  { name: 'monthly subscription', expression: String(MONTHLY_PRICE), expected: MONTHLY_PRICE },
  { name: 'price of a kWh', expression: String(UNIT_PRICE), expected: UNIT_PRICE },
]

let prometheus: Prometheus

beforeAll(async () => {
  const meter = await simulateLinky('document', '--pace', '10')
  const dropIn = await startLinkyExporter(meter.place)
  prometheus = await startPrometheus([scrape('meter', dropIn.url)])
  // delta() needs two samples.
  await prometheus.waitForData('delta(linky_base[10m])')
})
afterAll(cleanUp)

describe("the queries of the original's dashboard on a contract with one price", () => {
  it.each(QUERIES)('$name', async ({ expression, expected }) => {
    const samples = await prometheus.query(expression)
    expect(samples).toHaveLength(1)
    const value = samples[0]?.value ?? Number.NaN
    expect(Number.isFinite(value)).toBe(true)
    if (expected !== undefined) expect(value).toBeCloseTo(expected)
  })

  it('the index is the one of the example in its document, under the name without _total', async () => {
    expect((await prometheus.query('linky_base'))[0]?.value).toBe(2_354_780)
    expect(await prometheus.query('linky_base_total')).toEqual([])
  })

  it('its variables are labels of linky_papp, and the meter number is a number', async () => {
    expect(await prometheus.labelValues('optarif', 'linky_papp')).toEqual(['BASE'])
    const [adco = ''] = await prometheus.labelValues('adco', 'linky_papp')
    expect(adco).toMatch(/^\d{12}$/)
    // A panel asks for the bare meter number. One that begins with 0 may be read as octal: that is PromQL.
    expect(await prometheus.query(adco)).toHaveLength(1)
  })

  it("the program's own label job is kept beside Prometheus's", async () => {
    const [sample] = await prometheus.query('linky_papp')
    expect(sample?.labels).toMatchObject({ job: 'meter', exported_job: 'linky-exporter' })
  })
})
