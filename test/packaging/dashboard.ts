import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ROOT } from '../support/hearth.ts'

/** Where the dashboards are that use the names of the originals. */
export const DROP_IN_DASHBOARDS = join(ROOT, 'dashboards/drop-in')

const datasource = z.strictObject({ type: z.string(), uid: z.string() })
/** Only mappings of single values are looked at. */
const mapping = z.object({ type: z.string(), options: z.unknown() })
const shape = z.object({
  __inputs: z.array(z.object({ name: z.string(), pluginId: z.string() })),
  __requires: z.array(z.object({ type: z.string(), id: z.string() })),
  uid: z.string(),
  schemaVersion: z.number(),
  templating: z.object({
    list: z.array(z.object({ name: z.string(), definition: z.string(), datasource })),
  }),
  panels: z.array(
    z.object({
      id: z.number(),
      type: z.string(),
      title: z.string(),
      description: z.string().optional(),
      datasource,
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      fieldConfig: z.object({
        defaults: z.object({
          unit: z.string().optional(),
          mappings: z.array(mapping).optional(),
        }),
        overrides: z.array(
          z.object({
            matcher: z.object({ id: z.string(), options: z.string() }),
            properties: z.array(z.object({ id: z.string(), value: z.unknown() })),
          }),
        ),
      }),
      targets: z.array(z.object({ expr: z.string(), datasource })),
    }),
  ),
})

/** What the tests look at in a dashboard of Grafana. */
export type Dashboard = z.infer<typeof shape>

/** The dashboard of this file, `linky.json`. */
export function readDashboard(file: string): Dashboard {
  return shape.parse(JSON.parse(readFileSync(join(DROP_IN_DASHBOARDS, file), 'utf8')))
}

/** Every query with the title of its panel. */
export function queriesOf({ panels }: Dashboard): readonly { title: string; expr: string }[] {
  return panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr })))
}

/** Units in which its panels show numbers, each once. */
export function unitsOf({ panels }: Dashboard): readonly string[] {
  return [...new Set(panels.flatMap(({ fieldConfig }) => fieldConfig.defaults.unit ?? []))].sort()
}

/** The query behind the first variable: `label_values(series, label)`. */
export function variableOf({ templating }: Dashboard): { series: string; label: string } {
  const [, series = '', label = ''] =
    /^label_values\((\w+), (\w+)\)$/.exec(templating.list[0]?.definition ?? '') ?? []
  return { series, label }
}

const words = z.record(z.string(), z.object({ text: z.string() }))

/** What a panel calls the numbers that it shows. */
export function wordsOf({ fieldConfig }: Dashboard['panels'][number]): Readonly<Record<string, string>> {
  const single = (fieldConfig.defaults.mappings ?? []).filter(({ type }) => type === 'value')
  return Object.fromEntries(
    single.flatMap(({ options }) =>
      Object.entries(words.parse(options)).map(([value, { text }]) => [value, text]),
    ),
  )
}
