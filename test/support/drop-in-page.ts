import { get, type Serving } from './hearth.ts'
import { until } from './until.ts'

/** The page of a drop-in now. */
export async function pageOf(serving: Serving, path = '/metrics'): Promise<string> {
  return (await get(`${serving.url}${path}`)).text
}

/** Its lines with values. */
export function samplesOf(page: string): readonly string[] {
  return page.split('\n').filter(line => line !== '' && !line.startsWith('#'))
}

/** Value of a series as the page prints it; undefined where it has none. */
export function textOf(page: string, series: string): string | undefined {
  const start = `${series} `
  return samplesOf(page)
    .find(line => line.startsWith(start))
    ?.slice(start.length)
}

/** The page as soon as a series has this value; throws when it does not get it in time. */
export function pageWith(
  serving: Serving,
  series: string,
  value: string,
  timeoutMs?: number,
): Promise<string> {
  return until(
    `${series} is ${value}`,
    async () => {
      const page = await pageOf(serving)
      return textOf(page, series) === value ? page : undefined
    },
    timeoutMs,
  )
}
