import { request } from 'node:http'
import { systemClock } from '../../../core/clock.ts'
import { serveHttp } from '../../../transport/serve-http.ts'
import { isgSimulator, type SimulatedGateway } from './index.ts'

/** The pages that the original reads, in its order. */
export const SEVEN_PAGES = ['1,0', '1,1', '2,0', '2,1', '2,3', '2,4', '4,7']

/** A gateway on a real socket. */
export interface Served extends SimulatedGateway {
  readonly address: string
  close(): Promise<void>
}

/** Switches a gateway on and serves it. */
export async function serveGateway(
  scenario: string,
  { pace = 1, clock = systemClock } = {},
): Promise<Served> {
  const gateway = isgSimulator.start({ scenario, seed: 1, clock, pace })
  const names = isgSimulator.scenarios.map(({ name }) => name)
  const served = await serveHttp({ host: '127.0.0.1', port: 0 }, gateway, names, () => clock.now())
  return {
    ...gateway,
    address: served.address,
    async close() {
      gateway.stop()
      await served.close()
    },
  }
}

/** An answer as it came: its bytes, and whether it ended as HTTP has it. */
export interface Visit {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly bytes: Buffer
  readonly text: string
  readonly isWhole: boolean
}

/** Asks once, with a connection of its own. Throws when there is no answer at all. */
export function visit(
  address: string,
  { form, cookie, timeoutMs = 2000 }: { form?: string; cookie?: string; timeoutMs?: number } = {},
): Promise<Visit> {
  // An answer that has begun is given as far as it came.
  let hasBegun = false
  return new Promise((resolve, reject) => {
    const asked = request(
      address,
      {
        method: form === undefined ? 'GET' : 'POST',
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          Connection: 'close',
          ...(cookie === undefined ? {} : { Cookie: cookie }),
          ...(form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
        },
      },
      answer => {
        hasBegun = true
        const pieces: Buffer[] = []
        const end = () => {
          const bytes = Buffer.concat(pieces)
          const { statusCode: status = 0, headers, complete: isWhole } = answer
          resolve({ status, headers, bytes, text: bytes.toString('utf8'), isWhole })
        }
        answer.on('data', (piece: Buffer) => pieces.push(piece))
        answer.on('error', () => undefined)
        answer.on('close', end)
      },
    )
    asked.on('error', error => {
      if (!hasBegun) reject(error)
    })
    asked.end(form)
  })
}

/** Rows of a page, read without the help of a parser: `[section, key, value]`; a picture is an empty value. */
export function rowsOf(html: string): readonly (readonly [string, string, string])[] {
  const shown = html.replace(/<!--[\s\S]*?-->|<script[\s\S]*?<\/script>/g, '')
  return shown
    .split('<table class="info"')
    .slice(1)
    .flatMap(table => {
      const heading = /<th class="round-top" colspan=2>([^<]*)</.exec(table)?.[1] ?? ''
      const rows = table.matchAll(
        /<td class="key[^"]*">([^<]*)<\/td>\s*<td class="value[^"]*">(?:<img[^>]*>)?([^<]*)<\/td>/g,
      )
      return [...rows].map(([, key = '', value = '']) => [heading, key, value] as const)
    })
}

/** The text of the first row with this key. */
export function textOf(html: string, key: string): string | undefined {
  return rowsOf(html).find(([, each]) => each === key)?.[2]
}

/** The session that an answer sets. */
export function cookieOf({ headers }: Visit): string {
  return /PHPSESSID=\w+/.exec(String(headers['set-cookie']))?.[0] ?? ''
}
