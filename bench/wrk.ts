import { runProgram } from './processes.ts'
import { type Coding, SCRAPER_ACCEPT } from './scrape.ts'

/** What wrk saw of a server. */
export interface Load {
  readonly requests: number
  readonly perSecond: number
  readonly p99Seconds: number
}

const UNITS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60 }
const GRACE_MS = 10_000

/** Scrapes as fast as the server answers. Any answer but 200 and any broken connection is a failure. */
export async function load(
  url: string,
  coding: Coding,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<Load> {
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency']
  const headers = ['-H', `Accept: ${SCRAPER_ACCEPT}`, '-H', `Accept-Encoding: ${coding}`]
  const output = await runProgram('wrk', [...args, ...headers, url], seconds * 1000 + GRACE_MS)
  if (/Non-2xx|Socket errors/.test(output)) throw new Error(`wrk found failures at ${url}:\n${output}`)
  const requests = Number(/(\d+) requests in/.exec(output)?.[1])
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1])
  const p99 = /99%\s+([\d.]+)(us|ms|s|m)\b/.exec(output)
  const p99Seconds = Number(p99?.[1]) * (UNITS[p99?.[2] ?? ''] ?? Number.NaN)
  if (!(requests > 0 && perSecond > 0 && p99Seconds > 0)) throw new Error(`wrk said no figures:\n${output}`)
  return { requests, perSecond, p99Seconds }
}
