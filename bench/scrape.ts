import { type Agent, type IncomingHttpHeaders, request } from 'node:http'
import { createServer } from 'node:net'

/** What Prometheus 3 sends. */
export const SCRAPER_ACCEPT =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,' +
  'application/openmetrics-text;version=0.0.1;q=0.5,' +
  'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2'

export type Coding = 'identity' | 'gzip'

export interface Scraped {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

const DEADLINE_MS = 5_000

/** One request over a connection of its own, or over the one of `agent`. */
export function get(url: string, coding: Coding, agent?: Agent): Promise<Scraped> {
  return new Promise((resolve, reject) => {
    const headers = { Accept: SCRAPER_ACCEPT, 'Accept-Encoding': coding }
    const asked = request(url, { headers, agent: agent ?? false, timeout: DEADLINE_MS }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    asked.once('timeout', () => asked.destroy(new Error(`${url}: no answer in ${DEADLINE_MS} ms`)))
    asked.once('error', reject)
    asked.end()
  })
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
