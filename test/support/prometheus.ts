import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { temporaryFolder } from './clean-up.ts'
import { get } from './hearth.ts'
import { startProgram } from './program.ts'
import { until } from './until.ts'

/** One value of an instant query. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Prometheus {
  readonly url: string
  /** Values of an instant query now; a scalar is one sample without labels. */
  query(expression: string): Promise<readonly Sample[]>
  /** The same as soon as there is any value; throws when there is none in time. */
  waitForData(expression: string, timeoutMs?: number): Promise<readonly Sample[]>
  /** Values of a label among the series that match. */
  labelValues(label: string, series: string): Promise<readonly string[]>
  stop(): Promise<number | null>
}

const answerOf = <T extends z.ZodType>(data: T) => z.object({ status: z.literal('success'), data })
const point = z.tuple([z.number(), z.string()]).transform(([, text]) => goNumber(text))
const queryAnswer = answerOf(
  z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: point })),
    }),
    z.object({ resultType: z.literal('scalar'), result: point }),
  ]),
)
const labelAnswer = answerOf(z.array(z.string()))

/**
 * A real Prometheus on a free port, which scrapes every second.
 * @param scrapeConfigs the section `scrape_configs` of its configuration
 */
export async function startPrometheus(
  scrapeConfigs: readonly Readonly<Record<string, unknown>>[],
): Promise<Prometheus> {
  const folder = temporaryFolder()
  const file = join(folder, 'prometheus.yml')
  const global = { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' }
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ global, scrape_configs: scrapeConfigs }))
  const program = startProgram('prometheus', [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    '--web.listen-address=127.0.0.1:0',
  ])
  const [, address = ''] = await program.waitFor(/msg="Listening on" address=(127\.0\.0\.1:[1-9]\d*)/)
  await program.waitFor(/Server is ready to receive web requests/)
  const url = `http://${address}`

  async function query(expression: string): Promise<readonly Sample[]> {
    const { text } = await get(`${url}/api/v1/query?${new URLSearchParams({ query: expression })}`)
    const { data } = parse(queryAnswer, text, expression)
    if (data.resultType === 'scalar') return [{ labels: {}, value: data.result }]
    return data.result.map(({ metric, value }) => ({ labels: metric, value }))
  }

  return {
    url,
    query,
    waitForData: (expression, timeoutMs) =>
      until(
        `data for ${expression}`,
        async () => {
          const samples = await query(expression)
          return samples.length > 0 ? samples : undefined
        },
        timeoutMs,
      ),
    async labelValues(label, series) {
      const { text } = await get(
        `${url}/api/v1/label/${label}/values?${new URLSearchParams({ 'match[]': series })}`,
      )
      return parse(labelAnswer, text, series).data
    },
    stop: program.stop,
  }
}

/** An entry of `scrape_configs` for one program. */
export function scrape(job: string, url: string, path = '/metrics'): Readonly<Record<string, unknown>> {
  return { job_name: job, metrics_path: path, static_configs: [{ targets: [new URL(url).host] }] }
}

function parse<T>(shape: z.ZodType<T>, text: string, asked: string): T {
  const parsed = shape.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  throw new Error(`Prometheus answered ${text} to ${asked}`)
}

/** Prometheus writes infinities as Go does. */
function goNumber(text: string): number {
  return Number(text.replace('Inf', 'Infinity'))
}
