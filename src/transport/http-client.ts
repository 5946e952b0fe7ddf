import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import type { Agent } from 'node:https'
import { type Clock, deadline } from '../core/clock.ts'
import { HearthError } from '../core/errors.ts'
import type { HttpAnswer, HttpClient, HttpOptions, HttpRequest } from '../core/http.ts'
import { httpFailure } from './http-failure.ts'
import { codeOf } from './system-error.ts'

const MOST_BYTES = 2 * 1024 * 1024

/** Makes the client of one device: `node:http`, one connection, a deadline over the whole of each question. */
export function httpClient(options: HttpOptions, { clock }: { readonly clock: Clock }): HttpClient {
  const { deadlineMs, keepAlive, mostBytes = MOST_BYTES } = options
  const agentOptions = { keepAlive, maxSockets: 1, maxFreeSockets: 1 }
  const plainAgent = new http.Agent(agentOptions)
  let secureAgent: Agent | undefined

  /** TLS with its certificates takes 2 MB of memory: it is loaded for the first address that wants it. */
  function secure() {
    const https = process.getBuiltinModule('node:https')
    secureAgent ??= new https.Agent(agentOptions)
    return { requester: https.request, agent: secureAgent }
  }

  async function once(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const url = new URL(request.url)
    const { requester, agent } =
      url.protocol === 'https:' ? secure() : { requester: http.request, agent: plainAgent }
    const limit = deadline(clock, deadlineMs, signal)
    try {
      const message = await send(
        requester,
        {
          agent,
          method: request.method ?? 'GET',
          headers: headersOf(request, keepAlive),
          signal: limit.signal,
        },
        request,
      )
      return { ...headOf(message), body: await bodyOf(message, mostBytes) }
    } catch (error) {
      throw httpFailure(error, url, { isLate: limit.expired(), isAborted: signal.aborted, deadlineMs })
    } finally {
      limit.release()
    }
  }

  return {
    ask: once,
    close() {
      plainAgent.destroy()
      secureAgent?.destroy()
    },
  }
}

function headersOf({ headers = {}, body }: HttpRequest, keepAlive: boolean): Record<string, string> {
  return {
    'Accept-Encoding': 'identity',
    Connection: keepAlive ? 'keep-alive' : 'close',
    ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    ...headers,
  }
}

type Requester = (
  url: string,
  options: RequestOptions,
  listener: (message: IncomingMessage) => void,
) => http.ClientRequest

/** Resolves with the head of the answer. A kept connection that the other side has closed meanwhile is tried once more, anew. */
function send(requester: Requester, options: RequestOptions, request: HttpRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const attempt = (isSecond: boolean) => {
      const sent = requester(request.url, options, resolve)
      let isRepeated = false
      // An answer that is none may end the connection and be neither a response nor an error: somebody waits for it.
      sent.on('close', () => {
        if (!isRepeated) reject(new NoAnswer())
      })
      sent.on('error', error => {
        const isWorthAnother = sent.reusedSocket && !isSecond && isReset(error) && request.method !== 'POST'
        isRepeated = isWorthAnother
        if (isWorthAnother) attempt(true)
        else reject(error)
      })
      sent.end(request.body)
    }
    attempt(false)
  })
}

function isReset(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

function headOf(message: IncomingMessage): Omit<HttpAnswer, 'body'> {
  const { statusCode = 0, headers } = message
  const plain = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return {
    status: statusCode,
    headers: Object.fromEntries(plain),
    setCookies: headers['set-cookie'] ?? [],
  }
}

/** The whole body; the connection may end before the length or the last chunk that was announced. */
async function bodyOf(message: IncomingMessage, mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of message) {
      if (!(chunk instanceof Uint8Array)) continue
      size += chunk.length
      if (size > mostBytes) throw new TooLong(mostBytes)
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof Error && codeOf(error) === 'ECONNRESET' ? new CutShort(size) : error
  }
  if (!message.complete) throw new CutShort(size)
  return Buffer.concat(chunks, size)
}

/** The answer is longer than any that makes sense. */
class TooLong extends HearthError {
  constructor(mostBytes: number) {
    super('HEARTH_ANSWER_TOO_LONG', `the answer is longer than ${mostBytes} bytes`, { kind: 'framing' })
  }
}

/** The connection ended with something that is no answer, such as a change to another protocol. */
class NoAnswer extends HearthError {
  constructor() {
    super('HEARTH_HTTP_FRAMING', 'what came is no HTTP answer', { kind: 'framing' })
  }
}

/** The connection ended inside the answer. */
class CutShort extends HearthError {
  constructor(size: number) {
    super('HEARTH_ANSWER_CUT', `the answer ended early, after ${size} bytes`, { kind: 'framing' })
  }
}
