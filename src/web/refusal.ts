import type { Duplex } from 'node:stream'
import type { Clock } from '../core/clock.ts'

/** Requests that never reach a handler: broken, too big, too slow. */
export type Refusal = 400 | 408 | 413 | 431

const REASONS: Readonly<Record<Refusal, readonly [phrase: string, text: string]>> = {
  400: ['Bad Request', 'This is not a valid HTTP request.'],
  408: ['Request Timeout', 'The request did not arrive in time.'],
  413: ['Content Too Large', 'hearth takes no request body of this size.'],
  431: ['Request Header Fields Too Large', 'The headers of this request are too large.'],
}

/** More than any client has under way; who goes on sending after this is cut without further ado. */
const MOST_DRAINED_BYTES = 32 * 1024 * 1024

/** The answer to an error of node's HTTP parser. */
export function refusalOf(error: Error): Refusal {
  const code = 'code' in error ? error.code : undefined
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') return 413
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
}

/**
 * Says no and ends the connection.
 *
 * Cutting it at once would reset it while the client still sends, and the client would lose the answer:
 * what it sends is thrown away for a short while instead.
 */
export function refuse(socket: Duplex, refusal: Refusal, clock: Clock, lingerMs: number): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const [phrase, text] = REASONS[refusal]
  let drained = 0
  socket.removeAllListeners('data')
  socket.on('data', (chunk: Uint8Array) => {
    drained += chunk.byteLength
    if (drained > MOST_DRAINED_BYTES) socket.destroy()
  })
  socket.on('end', () => socket.destroy())
  const cancel = clock.after(lingerMs, () => socket.destroy())
  socket.once('close', cancel)
  socket.end(
    `HTTP/1.1 ${refusal} ${phrase}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${text.length + 1}\r\nConnection: close\r\n\r\n${text}\n`,
  )
  socket.resume()
}
