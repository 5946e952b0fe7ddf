import { type Clock, deadline } from '../../../core/clock.ts'
import { HearthError } from '../../../core/errors.ts'
import type { HttpAnswer, HttpClient, HttpOptions, HttpRequest } from '../../../core/http.ts'
import type { Cloud } from './cloud.ts'
import type { Reply } from './reply.ts'

/** A question that reached the cloud. */
export interface AskedAt {
  /** Wall time. */
  readonly at: number
  readonly method: string
  /** Path and query. */
  readonly url: string
}

/** A simulated cloud in reach of a client without sockets: time is the clock's alone. */
export interface DirectHttp {
  http(options: HttpOptions): HttpClient
  readonly asked: readonly AskedAt[]
}

const MOST_BYTES = 2 * 1024 * 1024

/** Answers as a client over sockets would, faults as the errors that such a client throws. */
export function directHttp(cloud: Cloud, clock: Clock): DirectHttp {
  const asked: AskedAt[] = []

  async function ask(options: HttpOptions, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const { pathname, search } = new URL(request.url)
    const place = `cloud${pathname}`
    const url = `${pathname}${search}`
    const method = request.method ?? 'GET'
    asked.push({ at: clock.now(), method, url })
    const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])
    const body = Buffer.from(request.body ?? '').toString('utf8')
    const reply = cloud.answer({ method, url, headers: Object.fromEntries(headers), body })
    if (reply.ending === 'reset') throw failure('connect', `${place} reset the connection`)
    await within(options.deadlineMs, reply, place, signal)
    const bytes = Buffer.from(reply.body)
    if (reply.ending === 'cut' || bytes.length > (options.mostBytes ?? MOST_BYTES)) {
      throw failure('framing', `${place} ended early, or is too long`)
    }
    return {
      status: reply.status,
      headers: Object.fromEntries(
        Object.entries(reply.headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      setCookies: reply.setCookies,
      body: bytes,
    }
  }

  /** Resolves when the whole answer would have come; throws when that is too late. */
  async function within(
    deadlineMs: number,
    { afterMs, ending }: Reply,
    place: string,
    signal: AbortSignal,
  ): Promise<void> {
    const isEndless = ending === 'silent' || ending === 'stalled'
    if (afterMs === 0 && !isEndless) return
    const limit = deadline(clock, deadlineMs, signal)
    const isThere = await new Promise<boolean>(resolve => {
      const cancel = isEndless ? () => undefined : clock.after(afterMs, () => resolve(true))
      limit.signal.addEventListener('abort', () => {
        cancel()
        resolve(false)
      })
    })
    limit.release()
    if (isThere) return
    if (signal.aborted) throw failure('other', 'stopped')
    throw failure('timeout', `${place} gave no complete answer within ${deadlineMs / 1000} s`)
  }

  return {
    asked,
    http: options => ({ ask: (request, signal) => ask(options, request, signal), close() {} }),
  }
}

function failure(kind: 'connect' | 'timeout' | 'framing' | 'other', message: string): HearthError {
  return new HearthError('HEARTH_TEST_HTTP', message, { kind })
}
