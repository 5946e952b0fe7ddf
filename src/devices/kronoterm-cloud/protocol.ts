import { type ErrorKind, HearthError } from '../../core/errors.ts'
import type { HttpAnswer } from '../../core/http.ts'
import { isObject, type JsonObject, memberOf } from './value.ts'

/**
 * What the cloud says on the wire, per request:
 *
 *     POST /?login=1            username=..&password=..      -> Set-Cookie: PHPSESSID=..   (a session, if it holds)
 *                                                               Set-Cookie: AuthReason=..  (refused)
 *     GET  /jsoncgi.php?Menu=1  Cookie: PHPSESSID=..         -> {"hp_id":..,"Location":..}
 *     GET  /jsoncgi.php?TopPage=1&Subpage=N                  -> {"TemperaturesAndConfig":{..},"HeatingCircleData":{..}}
 *     POST /jsoncgi.php?TopPage=4&Subpage=4&Action=4         -> {"trend_consumption":{"CompHeating":[..30 numbers..]}}
 *     any data request without a valid session               -> {"result":"action","js":".."}, HTTP 200
 */
export type Verdict =
  | { readonly kind: 'page'; readonly page: JsonObject }
  /** The session is not valid (any more). */
  | { readonly kind: 'lost' }
  | { readonly kind: 'bad'; readonly error: HearthError }

const LONGEST_WORDS = 100
/** Mail addresses, encodings of them, cookies, markup. */
const MAY_HIDE = /[@%&#=<>]/

/**
 * Judges the answer to a data request; never throws.
 * @param place what was asked, for messages
 * @param baseUrl address of the cloud: a redirect to the start of another host does not lead to its login
 * @param isSecret whether words of the cloud hold something that must not be repeated
 */
export function judge(
  answer: HttpAnswer,
  place: string,
  baseUrl: string,
  isSecret: (words: string) => boolean = () => false,
): Verdict {
  const { status, headers, body } = answer
  if (status === 401 || status === 403 || isLoginRedirect(status, headers['location'], baseUrl))
    return { kind: 'lost' }
  if (status !== 200) return bad(statusError(status, place))
  if (body.length === 0) return bad(failure('parse', place, 'the answer is empty'))
  const parsed = parse(body)
  if (parsed === undefined) return bad(failure('parse', place, `the answer is no JSON${htmlWords(body)}`))
  if (!isObject(parsed.value)) return bad(failure('schema', place, 'the answer is JSON, but no object'))
  const result = memberOf(parsed.value, 'result')
  if (result === 'action') return { kind: 'lost' }
  if (typeof result === 'string' && result !== 'success') {
    const words = plainWords(memberOf(parsed.value, 'desc'), isSecret) ?? plainWords(result, isSecret)
    return bad(failure('schema', place, `the cloud answers an error${words ? `: ${words}` : ''}`))
  }
  return { kind: 'page', page: parsed.value }
}

/** A status that is no answer. */
export function statusError(status: number, place: string): HearthError {
  if (status === 429) return failure('rate_limited', place, 'the cloud asks for fewer requests (HTTP 429)')
  if (status >= 300 && status < 400)
    return failure('http_status', place, `redirected elsewhere (HTTP ${status})`)
  const hint =
    status >= 500 ? 'The cloud has trouble or is in maintenance; it is tried again by itself' : undefined
  return failure('http_status', place, `the cloud answers HTTP ${status}`, hint)
}

/**
 * How long the cloud wants to be left alone, in milliseconds: `Retry-After` in seconds or as a date. Undefined when an
 * answer says nothing of it.
 */
export function retryAfterMs({ status, headers }: HttpAnswer, now: number): number | undefined {
  const text = headers['retry-after']?.trim()
  if (text === undefined || status < 300) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  // The date of HTTP only: the runtime makes a date of nearly anything.
  const at = /^[A-Z][a-z]{2,8}, .* GMT$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

/**
 * Words of the cloud that may go into a log: one line, printable, short. Undefined for what may be an account, a cookie or
 * markup, in whatever encoding.
 */
export function plainWords(
  value: unknown,
  isSecret: (words: string) => boolean = () => false,
): string | undefined {
  if (typeof value !== 'string' || MAY_HIDE.test(value) || isSecret(value)) return undefined
  const words = value
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_WORDS)
  return words === '' ? undefined : words
}

export function failure(kind: ErrorKind, place: string, what: string, hint?: string): HearthError {
  return new HearthError(`HEARTH_KRONOTERM_${kind.toUpperCase()}`, `${place}: ${what}`, {
    kind,
    ...(hint ? { hint } : {}),
  })
}

function bad(error: HearthError): Verdict {
  return { kind: 'bad', error }
}

/** The web page sends those without a session to its start, which is the login. */
function isLoginRedirect(status: number, location: string | undefined, baseUrl: string): boolean {
  if (status < 300 || status >= 400 || location === undefined) return false
  if (!URL.canParse(location, baseUrl)) return false
  const { hostname, pathname, search } = new URL(location, baseUrl)
  if (/login/i.test(pathname + search)) return true
  return hostname === new URL(baseUrl).hostname && (pathname === '/' || pathname === '/index.php')
}

function parse(body: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) }
  } catch {
    return undefined
  }
}

function htmlWords(body: Uint8Array): string {
  return /^\s*</.test(Buffer.from(body.subarray(0, 100)).toString('latin1')) ? ' but a web page' : ''
}
