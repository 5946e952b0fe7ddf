import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../../core/clock.ts'
import type { Asked, Reply } from './reply.ts'

/** A login or a question is a few hundred bytes; who sends more is cut off. */
const MOST_BODY_BYTES = 16 * 1024

/** Reads a request whole and hands it on; one that is too long or breaks off is never answered. */
export function readAsked(request: IncomingMessage, take: (asked: Asked) => void): void {
  const chunks: Buffer[] = []
  let length = 0
  request.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > MOST_BODY_BYTES) request.destroy()
    else chunks.push(chunk)
  })
  request.on('error', () => undefined)
  request.on('end', () => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value ?? '')])
    take({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: Object.fromEntries(headers),
      body: Buffer.concat(chunks).toString('utf8'),
    })
  })
}

/** Puts a reply on the wire, now or later. The function returned forgets one that has not begun. */
export function sendReply(reply: Reply, response: ServerResponse, clock: Clock): () => void {
  if (reply.ending === 'silent') return () => undefined
  if (reply.ending === 'reset') {
    response.socket?.resetAndDestroy()
    return () => undefined
  }
  if (reply.afterMs <= 0) {
    write(reply, response)
    return () => undefined
  }
  const cancel = clock.after(reply.afterMs, () => write(reply, response))
  response.on('close', cancel)
  return cancel
}

function write(reply: Reply, response: ServerResponse): void {
  const body = Buffer.from(reply.body)
  response.writeHead(reply.status, {
    ...reply.headers,
    'Content-Length': body.length,
    ...(reply.setCookies.length > 0 ? { 'Set-Cookie': [...reply.setCookies] } : {}),
  })
  if (reply.ending === 'whole') {
    response.end(body)
    return
  }
  const half = body.subarray(0, Math.floor(body.length / 2))
  response.write(half, () => {
    if (reply.ending === 'cut') response.socket?.destroy()
  })
}
