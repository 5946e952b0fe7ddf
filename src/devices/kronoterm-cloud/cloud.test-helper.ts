import { type Clock, sleep } from '../../core/clock.ts'
import { HearthError } from '../../core/errors.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../core/http.ts'
import { PAGES, type PageName } from './pages.ts'
import { documentPlant, type Plant } from './plant.test-data.ts'

/** What a request meets: an answer, or a failure of the way there. */
export type Fate = HttpAnswer | { readonly fails: HearthError } | { readonly neverAnswers: true }

export interface AskedOf {
  readonly at: number
  readonly page: PageName | 'login'
  readonly method: string
  readonly body: string
  readonly cookie: string | undefined
}

/** A cloud in the hands of a test: it has an account and a plant, and does what the test says. */
export interface HandMadeCloud {
  plant: Plant
  /** Consulted before the cloud answers; undefined lets it answer as it should. */
  fate(page: PageName | 'login', cookie: string | undefined, body: string): Fate | undefined
  /** Ends every session. */
  forget(): void
  readonly asked: AskedOf[]
  readonly client: HttpClient
  readonly user: string
  readonly password: string
}

const DEADLINE_MS = 10_000

export function json(value: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return reply(200, JSON.stringify(value), { headers })
}

export function reply(
  status: number,
  body: string | Uint8Array,
  more: Partial<Pick<HttpAnswer, 'headers' | 'setCookies'>> = {},
): HttpAnswer {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return { status, headers: {}, setCookies: [], body: bytes, ...more }
}

export const LOST: HttpAnswer = json({ result: 'action', js: 'window.location="/"' })

export function unreachable(kind: 'connect' | 'framing' = 'connect'): Fate {
  return { fails: new HearthError('TEST', 'cloud.test/jsoncgi.php cannot be reached', { kind }) }
}

export const NEVER: Fate = { neverAnswers: true }

export function handMadeCloud(clock: Clock): HandMadeCloud {
  const sessions = new Set<string>()
  const asked: AskedOf[] = []

  function answer(page: PageName | 'login', cookie: string | undefined, body: string): HttpAnswer {
    if (page === 'login') {
      const form = new URLSearchParams(body)
      if (form.get('username') !== cloud.user || form.get('password') !== cloud.password)
        return reply(200, '<html>', { setCookies: ['AuthReason=wrong; path=/'] })
      const id = `s${asked.length}`
      sessions.add(id)
      return reply(200, '<html>', {
        setCookies: [`PHPSESSID=${id}; path=/`, 'AuthReason=deleted; Max-Age=0'],
      })
    }
    const session = /PHPSESSID=(\w+)/.exec(cookie ?? '')?.[1] ?? ''
    return sessions.has(session) ? json(cloud.plant[page]) : LOST
  }

  async function ask(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const page = pageOf(request)
    const { method = 'GET', body, headers = {} } = request
    const text = typeof body === 'string' ? body : ''
    const cookie = headers['Cookie']
    asked.push({ at: clock.monotonic(), page, method, body: text, cookie })
    const fate = cloud.fate(page, cookie, text) ?? answer(page, cookie, text)
    if ('neverAnswers' in fate) {
      await sleep(clock, DEADLINE_MS, signal)
      throw new HearthError('TEST', 'cloud.test/jsoncgi.php: no whole answer within 10 s', {
        kind: 'timeout',
      })
    }
    if ('fails' in fate) throw fate.fails
    return fate
  }

  const cloud: HandMadeCloud = {
    plant: documentPlant(),
    fate: () => undefined,
    forget: () => sessions.clear(),
    asked,
    client: { ask, close() {} },
    user: 'me@example.org',
    password: 'pa ss&wörd',
  }
  return cloud
}

function pageOf({ url, method = 'GET' }: HttpRequest): PageName | 'login' {
  const { pathname, search } = new URL(url)
  if (pathname === '/' && search === '?login=1' && method === 'POST') return 'login'
  for (const [page, spec] of Object.entries(PAGES))
    if (pathname === '/jsoncgi.php' && search === `?${spec.query}` && spec.method === method && isPage(page))
      return page
  throw new Error(`the driver asks ${method} ${url}`)
}

function isPage(name: string): name is PageName {
  return name in PAGES
}
