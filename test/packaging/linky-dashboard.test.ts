import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { atCleanUp, cleanUp } from '../support/clean-up.ts'
import { simulateLinky, startLinkyExporter } from '../support/hearth.ts'
import { type Prometheus, scrape, startPrometheus } from '../support/prometheus.ts'
import { queriesOf, readDashboard, unitsOf, variableOf } from './dashboard.ts'

const UNITS = ['amp', 'percentunit', 'voltamp', 'watth']

const dashboard = readDashboard('linky.json')
const QUERIES = queriesOf(dashboard)

/** What Grafana puts in for the variables. */
function substituted(expression: string, meters: string): string {
  return expression.replaceAll('$adco', meters).replaceAll('$__range', '10m')
}

/** A meter that leaves the peak period between two scrapes. */
const CHANGING = '000000000001'

async function changingMeter(): Promise<string> {
  const before = `linky_hchp{adco="${CHANGING}",ptec="HP.."} 1000\n`
  const after = `linky_hchp{adco="${CHANGING}",ptec="HC.."} 1250\n`
  const pages = [before, before, before]
  const server = createServer((_, answer) => answer.end(pages.pop() ?? after))
  atCleanUp(() => server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = z.object({ port: z.number() }).parse(server.address())
  return `http://127.0.0.1:${address.port}`
}

let prometheus: Prometheus

beforeAll(async () => {
  const scenarios = ['document', 'hc', 'historique-three-phase', 'standard-base']
  const jobs = await Promise.all(
    scenarios.map(async (scenario, i) => {
      const meter = await simulateLinky(scenario, '--pace', '10', '--seed', String(i + 1))
      const mode = scenario.startsWith('standard') ? 'STANDARD' : 'HISTORIQUE'
      const dropIn = await startLinkyExporter(meter.place, { LINKY_EXPORTER_MODE: mode })
      return scrape(scenario, dropIn.url)
    }),
  )
  prometheus = await startPrometheus([...jobs, scrape('changing', await changingMeter())])
  for (const scenario of scenarios) {
    await prometheus.waitForData(`count_over_time(linky_papp{job="${scenario}"}[10m]) > 3`, 30_000)
  }
  await prometheus.waitForData(`linky_hchp{adco="${CHANGING}",ptec="HC.."}`)
})
afterAll(cleanUp)

describe('dashboard on the drop-in names', () => {
  it('shows numbers in the units of the original', () => {
    expect(unitsOf(dashboard)).toEqual(UNITS)
  })

  it('lists the meters', async () => {
    const { series, label } = variableOf(dashboard)
    expect(await prometheus.labelValues(label, series)).toHaveLength(3)
  })

  it.each(QUERIES)('$title: $expr', async ({ expr }) => {
    const samples = await prometheus.query(substituted(expr, '.*'))
    expect(samples.length).toBeGreaterThan(0)
    for (const { value } of samples) expect(Number.isFinite(value)).toBe(true)
  })

  it('counts the subscribed power of one phase and of three', async () => {
    const query = QUERIES.find(({ title }) => title === 'Subscribed power')?.expr ?? ''
    for (const job of ['document', 'historique-three-phase', 'standard-base']) {
      const [isousc] = await prometheus.query(`linky_isousc{job="${job}"}`)
      const { adco = '', adsc = '' } = isousc?.labels ?? {}
      const powers = await prometheus.query(substituted(query, adco || '.*'))
      const power = powers.find(
        ({ labels }) => (labels['adco'] ?? '') === adco && (labels['adsc'] ?? '') === adsc,
      )
      expect(power?.value, job).toBe((isousc?.value ?? 0) * (job === 'historique-three-phase' ? 600 : 200))
    }
  })

  it('counts energy across a change of the tariff period, which is a label of the series', async () => {
    const query = QUERIES.find(({ title, expr }) => title.startsWith('Energy in') && expr.includes('hchp'))
    expect(
      await prometheus.query(`count(count_over_time(linky_hchp{adco="${CHANGING}"}[10m]))`),
    ).toMatchObject([{ value: 2 }])
    const energy = await prometheus.query(substituted(query?.expr ?? '', CHANGING))
    expect(energy).toEqual([{ labels: { adco: CHANGING }, value: 250 }])
  })
})
