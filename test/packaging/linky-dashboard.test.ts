import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { atCleanUp, cleanUp } from '../support/clean-up.ts'
import { ROOT, simulateLinky, startLinkyExporter } from '../support/hearth.ts'
import { type Prometheus, scrape, startPrometheus } from '../support/prometheus.ts'

const DATASOURCE = { type: 'prometheus', uid: '$' + '{DS_PROMETHEUS}' }
const UNITS = ['voltamp', 'amp', 'watth', 'percentunit']

const datasource = z.strictObject({ type: z.string(), uid: z.string() })
const dashboard = z
  .object({
    __inputs: z.array(z.object({ name: z.string(), pluginId: z.string() })),
    __requires: z.array(z.object({ type: z.string(), id: z.string() })),
    schemaVersion: z.number(),
    templating: z.object({
      list: z.array(
        z.object({ name: z.string(), definition: z.string(), allValue: z.string(), datasource: datasource }),
      ),
    }),
    panels: z.array(
      z.object({
        id: z.number(),
        type: z.string(),
        title: z.string(),
        datasource,
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        fieldConfig: z.object({ defaults: z.object({ unit: z.string().optional() }) }),
        targets: z.array(z.object({ expr: z.string(), datasource })),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(ROOT, 'dashboards/drop-in/linky.json'), 'utf8')))

const QUERIES = dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })))

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
  it('asks for its data source when it is imported, and uses no other', () => {
    expect(dashboard.__inputs).toEqual([{ name: 'DS_PROMETHEUS', pluginId: 'prometheus' }])
    const used = [...dashboard.panels, ...dashboard.panels.flatMap(({ targets }) => targets)]
    for (const { datasource } of [...used, ...dashboard.templating.list])
      expect(datasource).toEqual(DATASOURCE)
  })

  it('names the panels that it needs', () => {
    const needed = dashboard.__requires.filter(({ type }) => type === 'panel').map(({ id }) => id)
    expect(needed.sort()).toEqual([...new Set(dashboard.panels.map(({ type }) => type))].sort())
    expect(dashboard.schemaVersion).toBe(39)
  })

  it('has panels with ids of their own that lie on the grid and not on each other', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
    expect(Math.max(...cells.map(cell => Number.parseInt(cell, 10)))).toBe(23)
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
  })

  it('shows numbers in the units of the original', () => {
    const given = dashboard.panels.flatMap(({ fieldConfig }) => fieldConfig.defaults.unit ?? [])
    expect([...new Set(given)].sort()).toEqual([...UNITS].sort())
  })

  it('lists the meters', async () => {
    const [variable] = dashboard.templating.list
    const [, series = '', label = ''] =
      /^label_values\((\w+), (\w+)\)$/.exec(variable?.definition ?? '') ?? []
    expect(await prometheus.labelValues(label, series)).toHaveLength(3)
  })

  it('has queries', () => {
    expect(QUERIES.length).toBeGreaterThan(10)
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
