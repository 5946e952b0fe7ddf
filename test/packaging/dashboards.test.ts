import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DROP_IN_DASHBOARDS, queriesOf, readDashboard } from './dashboard.ts'

const DATASOURCE = { type: 'prometheus', uid: '$' + '{DS_PROMETHEUS}' }
const FILES = readdirSync(DROP_IN_DASHBOARDS)

it('there is one for each drop-in, and each is known to Grafana by a name of its own', () => {
  expect(FILES.sort()).toEqual([
    'ems-esp.json',
    'intergas.json',
    'kronoterm-cloud.json',
    'linky.json',
    'stiebel-isg.json',
  ])
  expect(new Set(FILES.map(file => readDashboard(file).uid)).size).toBe(FILES.length)
})

describe.each(FILES)('the dashboard %s', file => {
  const dashboard = readDashboard(file)

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

  it('chooses the device of every query by its variable', () => {
    expect(queriesOf(dashboard).length).toBeGreaterThan(10)
    const [variable] = dashboard.templating.list
    for (const { expr } of queriesOf(dashboard)) expect(expr).toContain(`"$${variable?.name}"`)
  })
})
