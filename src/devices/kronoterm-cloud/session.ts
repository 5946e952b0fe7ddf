import type { Clock, MonotonicMs } from '../../core/clock.ts'
import { createCookieJar } from '../../core/cookies.ts'
import { HearthError } from '../../core/errors.ts'
import type { HttpAnswer, HttpClient, HttpRequest } from '../../core/http.ts'
import type { Secret } from '../../core/secret.ts'
import { PAGES, type PageName } from './pages.ts'
import type { Patience } from './patience.ts'
import { failure, judge, plainWords, retryAfterMs, statusError, type Verdict } from './protocol.ts'
import { isObject, type JsonObject, memberOf } from './value.ts'

export interface Account {
  /** Address of the cloud, without a slash at its end. */
  readonly baseUrl: string
  readonly user: string
  readonly password: Secret
}

/** One account's session with the cloud: its cookies, its logins, its questions, one at a time. */
export interface Session {
  isOpen(): boolean
  /**
   * Logs in, once, and reads the menu with the new session. Gives the menu, or undefined when it could not be read and
   * nothing says that the session is not valid. Throws a HearthError when there is no session now.
   */
  logIn(signal: AbortSignal): Promise<JsonObject | undefined>
  /**
   * The page's answer. A lost session is renewed once if a login is allowed now, and the question repeated once.
   * Throws a HearthError when there is no answer.
   * @param form the body of a page that is asked with one
   */
  ask(page: PageName, signal: AbortSignal, form?: string): Promise<JsonObject>
}

export interface SessionUse {
  readonly client: HttpClient
  readonly clock: Clock
  readonly patience: Patience
  /** Told of trouble that does not end what was asked for. */
  onTrouble(error: HearthError): void
  /** A new session is open; with the menu, where it could be read. */
  onOpen(menu: JsonObject | undefined): void
}

const SESSION_COOKIE = 'PHPSESSID'
const REFUSAL_COOKIE = 'AuthReason'
/** A session under which no page comes, but answers that are none, is given up after this time. */
const DOUBTED_AFTER_MS = 300_000
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }
/** Any of these says that an object is the menu. */
const MENU_SIGNS = ['hp_id', 'Location', 'user_level', 'ActiveErrorsCnt', 'CircleNames']

/** Makes the session of an account; nothing is asked yet. The cookie jar is its own: two accounts never share one. */
export function createSession(account: Account, use: SessionUse): Session {
  const { client, clock, patience, onTrouble, onOpen } = use
  const { baseUrl } = account
  const host = new URL(baseUrl).host
  const jar = createCookieJar()
  let isOpen = false
  /** Since when every answer was something else than a page. */
  let silentSince: MonotonicMs | undefined

  async function send(request: Omit<HttpRequest, 'headers'>, signal: AbortSignal): Promise<HttpAnswer> {
    const headers = {
      Accept: '*/*',
      'Accept-Language': 'en-US,en;q=0.5',
      'User-Agent': 'Mozilla/5.0 (compatible; hearth)',
      ...(request.method === 'POST' ? FORM : {}),
      ...jar.headers(),
    }
    const answer = await client.ask({ ...request, headers }, signal)
    jar.take(answer.setCookies, clock.now())
    const pauseMs = retryAfterMs(answer, clock.now())
    if (pauseMs !== undefined || answer.status === 429) patience.leaveAlone(pauseMs)
    return answer
  }

  async function question(page: PageName, signal: AbortSignal, form: string | undefined): Promise<Verdict> {
    const { query, method } = PAGES[page]
    const body = method === 'POST' ? { body: form ?? '' } : {}
    const answer = await send({ method, url: `${baseUrl}/jsoncgi.php?${query}`, ...body }, signal)
    return judge(answer, `${host} (${page})`, baseUrl, isSecret)
  }

  async function logIn(signal: AbortSignal): Promise<JsonObject | undefined> {
    isOpen = false
    silentSince = undefined
    patience.loggingIn()
    jar.clear()
    try {
      checkLogin(await postLogin(signal))
      const menu = await readMenu(signal)
      isOpen = true
      onOpen(menu)
      return menu
    } catch (error) {
      if (!signal.aborted) patience.loginFailed(error instanceof LoginRefused)
      throw error
    }
  }

  function postLogin(signal: AbortSignal): Promise<HttpAnswer> {
    const form = new URLSearchParams({ username: account.user, password: account.password.reveal() })
    return send({ method: 'POST', url: `${baseUrl}/?login=1`, body: form.toString() }, signal)
  }

  function checkLogin({ status }: HttpAnswer): void {
    const reason = jar.get(REFUSAL_COOKIE)
    if (reason !== undefined) throw new LoginRefused(host, plainWords(decoded(reason), isSecret))
    const place = `${host} (login)`
    const hasSession = jar.get(SESSION_COOKIE) !== undefined
    if (status >= 400 || (status >= 300 && !hasSession)) throw statusError(status, place)
    if (!hasSession) throw failure('schema', place, 'no session came with the answer', RETRIED)
  }

  /** What is said in a log must not carry what was sent, in any case of its letters. */
  function isSecret(words: string): boolean {
    const secrets = [account.password.reveal(), account.user, jar.get(SESSION_COOKIE) ?? '']
    return secrets.some(
      secret => secret !== '' && words.toLocaleLowerCase().includes(secret.toLocaleLowerCase()),
    )
  }

  /** A page that only fails says nothing of the session; one that asks for a login does. */
  async function readMenu(signal: AbortSignal): Promise<JsonObject | undefined> {
    try {
      const verdict = await question('menu', signal, undefined)
      if (verdict.kind === 'lost')
        throw failure('auth', `${host} (login)`, 'the new session is not taken', RETRIED)
      if (verdict.kind === 'bad') throw verdict.error
      if (isMenu(verdict.page)) return verdict.page
      throw failure('schema', `${host} (menu)`, 'the answer is no menu')
    } catch (error) {
      if (!(error instanceof HearthError) || error.kind === 'auth' || signal.aborted) throw error
      onTrouble(error)
      return undefined
    }
  }

  /** A cloud may say in its own way that a session is over, with its login page perhaps: then only a new one helps. */
  function doubt({ kind }: HearthError): void {
    if (kind !== 'parse' && kind !== 'schema') return
    silentSince ??= clock.monotonic()
    if (clock.monotonic() - silentSince < DOUBTED_AFTER_MS) return
    isOpen = false
    patience.sessionLost()
  }

  return {
    isOpen: () => isOpen,
    logIn,
    async ask(page, signal, form) {
      let verdict = await question(page, signal, form)
      if (verdict.kind === 'lost') {
        isOpen = false
        patience.sessionLost()
        if (patience.loginWaitMs() > 0) throw sessionError(host, page)
        await logIn(signal)
        verdict = await question(page, signal, form)
      }
      if (verdict.kind === 'page') {
        silentSince = undefined
        return verdict.page
      }
      if (verdict.kind === 'bad') {
        doubt(verdict.error)
        throw verdict.error
      }
      isOpen = false
      patience.sessionLost()
      throw sessionError(host, page)
    },
  }
}

const RETRIED = 'It is tried again by itself'

/** The cloud said that user or password is wrong. */
class LoginRefused extends HearthError {
  constructor(host: string, reason: string | undefined) {
    super('HEARTH_KRONOTERM_LOGIN_REFUSED', `${host} (login): refused${reason ? `: ${reason}` : ''}`, {
      kind: 'auth',
      hint: 'Check user and password; they are tried again ever more seldom, at least every 15 minutes',
    })
  }
}

function sessionError(host: string, page: PageName): HearthError {
  return failure('auth', `${host} (${page})`, 'the session was lost at once', RETRIED)
}

function isMenu(page: JsonObject): boolean {
  return isObject(page) && MENU_SIGNS.some(sign => memberOf(page, sign) !== undefined)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
