import type { Clock } from '../../core/clock.ts'
import { createCookieJar } from '../../core/cookies.ts'
import { HearthError, messageOf } from '../../core/errors.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../core/http.ts'
import type { Secret } from '../../core/secret.ts'
import { decoded } from './charset.ts'
import { CUT, hasEnd, type Page, parsePage } from './page.ts'
import type { PageName } from './page-list.ts'

/** What a read gives: a whole page of somebody who may see it. */
export type ReadPage = Extract<Page, { kind: 'values' | 'other' }>

export interface GatewayOptions {
  /** Base address without a slash at its end. */
  readonly url: string
  readonly user: string | undefined
  readonly password: Secret | undefined
  readonly http: HttpClient
  readonly clock: Clock
  /** Told of each login, refused ones included. */
  onLogin(durationMs: number): void
}

/** The gateway as somebody with one session sees it: one request at a time. */
export interface Gateway {
  /**
   * Reads a page; logs in where the gateway wants it, and reads the page again.
   * Throws a HearthError: of the client, or kind `http_status`, `framing` (cut), `parse` (charset) or `auth`. With code
   * LOGIN_FAILED or kind `auth` nobody is logged in, and asking for the next page would only be one more login.
   */
  read(page: PageName, signal: AbortSignal): Promise<ReadPage>
  /** It may be another one, or have other firmware, when it answers again. */
  wasLost(): void
}

/** Code of a login that came to nothing, by no word of the gateway on user and password. */
export const LOGIN_FAILED = 'HEARTH_LOGIN_FAILED'

/** Code of a page that the gateway says it does not have. */
export const PAGE_MISSING = 'HEARTH_PAGE_MISSING'

/** Where the form is sent, whatever page showed it. */
const LOGIN_PAGE: PageName = '1,0'
const FORBIDDEN: readonly number[] = [401, 403]
/** Pauses after refused logins: soon after a slip, at last every half minute, so that a mended password is found. */
const REFUSAL_PAUSES_MS = [10_000, 20_000, 30_000]

/** Makes the session of one gateway. */
export function createGateway(options: GatewayOptions): Gateway {
  const { url, http, clock } = options
  const place = url.replace(/^https?:\/\//, '')
  const jar = createCookieJar()
  let refusals = 0
  let isKnownUtf8 = false

  const refused = (why: string, hint: string): HearthError => {
    const pause = REFUSAL_PAUSES_MS[Math.min(refusals, REFUSAL_PAUSES_MS.length - 1)]
    refusals++
    jar.clear()
    return new HearthError('HEARTH_LOGIN_REFUSED', `${place}: ${why}`, {
      kind: 'auth',
      hint,
      ...(pause === undefined ? {} : { retryAfterMs: pause }),
    })
  }

  async function ask(page: PageName, form: string | undefined, signal: AbortSignal): Promise<HttpAnswer> {
    const address = `${url}/?s=${page}`
    const request: HttpRequest =
      form === undefined
        ? { url: address, headers: { ...jar.headers() } }
        : {
            method: 'POST',
            url: address,
            headers: { ...jar.headers(), 'Content-Type': 'application/x-www-form-urlencoded' },
            body: form,
          }
    const answer = await http.ask(request, signal).catch((error: unknown) => {
      throw onPage(page, error)
    })
    jar.take(answer.setCookies, clock.now())
    return answer
  }

  function pageOf(page: PageName, { status, headers, body }: HttpAnswer): Page {
    const where = `${place}: page ${page}`
    if (status !== 200)
      throw new HearthError(
        status === 404 ? PAGE_MISSING : 'HEARTH_HTTP_STATUS',
        `${where}: answered with HTTP ${status}`,
        {
          kind: 'http_status',
        },
      )
    if (body.length === 0) throw cut(where, 'it is empty')
    const packing = headers['content-encoding'] ?? 'identity'
    if (packing !== 'identity')
      throw cut(where, `it is packed (${packing.slice(0, 20)}), which nobody asked for`)
    if (!hasEnd(Buffer.from(body).toString('latin1'))) throw cut(where, CUT)
    const read = decoded(body, headers['content-type'], isKnownUtf8)
    if ('damage' in read)
      throw new HearthError('HEARTH_PAGE_DAMAGED', `${where}: ${read.damage}`, { kind: 'parse' })
    const parsed = parsePage(read.text)
    if (parsed.kind === 'damaged') throw cut(where, parsed.what)
    isKnownUtf8 ||= read.isSurelyUtf8
    return parsed
  }

  /** Sends the form. Gives the failure of its answer where that leaves open whether somebody is logged in now. */
  async function logIn(signal: AbortSignal): Promise<HearthError | undefined> {
    const { user, password } = options
    if (!user || !password)
      throw refused('the gateway wants a login', 'Set user and password, or switch its security off')
    const form = new URLSearchParams({ make: 'send', user, pass: password.reveal() }).toString()
    const beganAt = clock.monotonic()
    const answer = await ask(LOGIN_PAGE, form, signal)
      .catch((error: unknown) => {
        throw loginFailed(error)
      })
      .finally(() => options.onLogin(clock.monotonic() - beganAt))
    if (answer.status >= 300 && answer.status < 400) return undefined
    if (!FORBIDDEN.includes(answer.status)) {
      try {
        if (pageOf(LOGIN_PAGE, answer).kind !== 'login') return undefined
      } catch (error) {
        return loginFailed(error)
      }
    }
    throw refused('the gateway refused the login', 'Check user and password')
  }

  return {
    async read(page, signal) {
      const first = pageOf(page, await ask(page, undefined, signal))
      if (first.kind === 'values' || first.kind === 'other') return first
      const doubt = await logIn(signal)
      const second = pageOf(page, await ask(page, undefined, signal))
      if (second.kind === 'login' || second.kind === 'damaged')
        throw (
          doubt ??
          refused('the gateway took the login and forgot it at once', 'Restart the gateway if this goes on')
        )
      refusals = 0
      return second
    },
    wasLost() {
      isKnownUtf8 = false
    },
  }
}

function cut(where: string, what: string): HearthError {
  return new HearthError('HEARTH_PAGE_CUT', `${where}: ${what}`, { kind: 'framing' })
}

function loginFailed(error: unknown): HearthError {
  const { kind, message, hint } =
    error instanceof HearthError ? error : new HearthError(LOGIN_FAILED, messageOf(error))
  return new HearthError(LOGIN_FAILED, `the login came to nothing: ${message}`, {
    kind,
    cause: error,
    ...(hint ? { hint } : {}),
  })
}

/** All pages have one path, and a client never names the query: without this nobody learns which page hangs. */
function onPage(page: PageName, error: unknown): unknown {
  if (!(error instanceof HearthError)) return error
  const { code, kind, hint, message } = error
  return new HearthError(code, `page ${page}: ${message}`, { kind, cause: error, ...(hint ? { hint } : {}) })
}
