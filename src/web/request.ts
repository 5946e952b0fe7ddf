import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Answer, Ask } from '../expose/types.ts'

/** A request as handlers see it. */
export interface WebRequest {
  readonly method: string
  /** Without the query, as it was sent: percent signs are not decoded yet. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** `host:port` at which this very connection reached us; few want to know. */
  reachedAt(): string
}

/** Turns a request into an answer; what it throws becomes a 500. HEAD may be answered like GET: the listener drops the body. */
export type Handler = (request: WebRequest) => Answer | Promise<Answer>

/** Most requests have none; making one costs as much as all else here. Nobody changes it. */
const NO_QUERY = new URLSearchParams()

/** The request of a message as node parsed it. */
export function webRequest(message: IncomingMessage): WebRequest {
  const target = withoutOrigin(message.url ?? '/')
  const mark = target.indexOf('?')
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? NO_QUERY : new URLSearchParams(target.slice(mark + 1)),
    headers: message.headers,
    reachedAt: () => hostAndPort(message.socket.localAddress ?? '127.0.0.1', message.socket.localPort ?? 0),
  }
}

/** The path with its percent-encoding undone; undefined where that is not valid. */
export function decodedPath(path: string): string | undefined {
  if (!path.includes('%')) return path
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** What of a request an exposition looks at. */
export function askOf(request: WebRequest): Ask {
  return {
    accept: request.headers.accept,
    acceptEncoding: firstOf(request.headers['accept-encoding']),
    query: request.query,
  }
}

/** Proxies may send the whole address instead of the path; a fragment never belongs here. */
function withoutOrigin(target: string): string {
  if (target.startsWith('/') && !target.includes('#')) return target
  const path = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/#.*$/s, '')
  return path === '' || path.startsWith('?') ? `/${path}` : path
}

/** An IPv4 client of a dual-stack listener shows as `::ffff:192.168.1.5`. */
function hostAndPort(address: string, port: number): string {
  const host = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function firstOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}
