import { type Clock, type MonotonicMs, sleep } from '../../core/clock.ts'
import type { Use } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { HttpAnswer } from '../../core/http.ts'
import type { Secret } from '../../core/secret.ts'
import { isObject, type JsonObject, objectOf, stringAt, textOf } from './json.ts'

/** What the gateway answered. */
export type Got =
  | { readonly kind: 'text'; readonly text: string }
  /** `text`: as it came, for the order of keys that are digits alone (`keysOf`). */
  | { readonly kind: 'json'; readonly object: JsonObject; readonly text: string }
  /** It has no such thing, or nothing yet; in its own words. */
  | { readonly kind: 'none'; readonly message: string }

/** Asks the gateway: one question at a time, a pause after each, never anything but GET. */
export interface Asker {
  /** A path as messages name it, with the gateway before it. */
  nameOf(path: string): string
  /**
   * @param path below `/api/`
   * @throws HearthError of the client, or for statuses and answers that no gateway gives
   */
  get(path: string, signal: AbortSignal): Promise<Got>
  close(): void
}

/** A gateway is an ESP32 that answers out of 100 kB of memory: it gets time to breathe between two questions. */
const PAUSE_MS = 250
const DEADLINE_MS = 10_000
/** Ten times the longest answer of the firmware. */
const MOST_BYTES = 512 * 1024

export interface AskerOptions {
  readonly url: string
  readonly token: Secret | undefined
}

export function createAsker({ url, token }: AskerOptions, use: Pick<Use, 'http' | 'clock'>): Asker {
  const http = use.http({ deadlineMs: DEADLINE_MS, keepAlive: false, mostBytes: MOST_BYTES })
  const headers = headersOf(token)
  let freeAt: MonotonicMs | number = Number.NEGATIVE_INFINITY

  const nameOf = (path: string) => `${new URL(url).host}/api/${path}`

  return {
    nameOf,
    async get(path, signal) {
      await sleep(use.clock, Math.max(0, freeAt - use.clock.monotonic()), signal)
      try {
        return read(await http.ask({ url: `${url}/api/${path}`, headers }, signal), nameOf(path))
      } finally {
        freeAt = afterPause(use.clock)
      }
    },
    close: () => http.close(),
  }
}

function afterPause(clock: Clock): number {
  return clock.monotonic() + PAUSE_MS
}

/** Reading needs no token; a proxy before the gateway may. */
function headersOf(token: Secret | undefined): Readonly<Record<string, string>> {
  const text = token?.reveal() ?? ''
  return text === '' ? {} : { Authorization: `Bearer ${text}` }
}

function read({ status, headers, body }: HttpAnswer, what: string): Got {
  if (status === 200) return readBody(headers['content-type'], textOf(body, what), what)
  if (status === 404 || status === 400) {
    const message = messageIn(textOf(body, what))
    if (message !== undefined) return { kind: 'none', message }
  }
  throw refusal(status, what)
}

function readBody(contentType: string | undefined, text: string, what: string): Got {
  const isJson = text.trimStart().startsWith('{')
  if (isJson) return { kind: 'json', object: objectOf(text, what), text }
  if (/^\s*</.test(text) || contentType?.startsWith('text/html')) {
    throw new HearthError('HEARTH_ANSWER_SHAPE', `${what}: the answer is a web page`, {
      kind: 'schema',
      hint: 'Check the address: it must be that of the EMS-ESP gateway, without a path',
    })
  }
  if (contentType?.startsWith('application/json')) return { kind: 'json', object: objectOf(text, what), text }
  return { kind: 'text', text }
}

/** The message of a refusal; `{}` is one without words. Undefined where the body is none of the gateway's. */
function messageIn(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? (stringAt(value, 'message') ?? '') : undefined
  } catch {
    return undefined
  }
}

function refusal(status: number, what: string): HearthError {
  if (status === 401 || status === 403) {
    return new HearthError('HEARTH_LOGIN_REFUSED', `${what}: answered ${status}`, {
      kind: 'auth',
      hint: 'Something before the gateway wants a token; set "token"',
    })
  }
  if (status === 429) {
    return new HearthError('HEARTH_RATE_LIMITED', `${what}: answered 429, too many questions`, {
      kind: 'rate_limited',
    })
  }
  const hint = status >= 300 && status < 400 ? 'It sends elsewhere: set "url" to that address' : undefined
  return new HearthError('HEARTH_HTTP_STATUS', `${what}: answered ${status}`, {
    kind: 'http_status',
    ...(hint === undefined ? {} : { hint }),
  })
}
