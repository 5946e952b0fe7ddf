import type { ServerResponse } from 'node:http'

/** Pages leave in pieces; none of these lengths spares signs of several bytes. */
const PIECE = 1021
/** The longest flood, so that a reader without a limit does not fill the machine. */
const MOST_FLOOD = 64 * 1024 * 1024

export interface Head {
  readonly status: number
  /** What the Content-Type says; undefined: nothing. */
  readonly charset: string | undefined
  /** A session that the browser has to be told of. */
  readonly cookie: string | undefined
}

/** A whole answer. */
export function send(response: ServerResponse, head: Head, body: Uint8Array): void {
  writeHead(response, head)
  writePieces(response, body)
  response.end()
}

/** Half of an answer, then the connection is reset. */
export function reset(response: ServerResponse, head: Head, body: Uint8Array): void {
  writeHead(response, head)
  response.write(body.subarray(0, body.length >> 1), () => response.socket?.resetAndDestroy())
}

/** Two thirds of an answer, then the connection ends. */
export function breakOff(response: ServerResponse, head: Head, body: Uint8Array): void {
  writeHead(response, head)
  response.write(body.subarray(0, Math.floor((body.length * 2) / 3)), () => response.socket?.destroy())
}

/** The answer over and over, as fast as it is read, up to so many bytes: whoever reads it has to stop. */
export function flood(response: ServerResponse, head: Head, body: Uint8Array): void {
  writeHead(response, head)
  let sent = 0
  const more = () => {
    while (sent < MOST_FLOOD && !response.destroyed) {
      sent += body.length
      if (!response.write(body)) return
    }
    response.socket?.destroy()
  }
  response.on('drain', more)
  more()
}

/** The answer's first part, whose next byte the caller sends with each call of what is given back. */
export function drip(response: ServerResponse, head: Head, body: Uint8Array): () => boolean {
  writeHead(response, head)
  let sent = 0
  return () => {
    response.write(body.subarray(sent, sent + 1))
    sent += 1
    return sent < body.length && !response.destroyed
  }
}

/** No answer: the connection ends. */
export function drop(response: ServerResponse): void {
  response.socket?.destroy()
}

/** The headers of the real thing: chunked, PHP's session. The connection stays open unless the other side closes it. */
function writeHead(response: ServerResponse, { status, charset, cookie }: Head): void {
  response.writeHead(status, {
    Server: 'lighttpd/1.4.19',
    'X-Powered-By': 'PHP/5.3.0',
    'Content-Type': charset === undefined ? 'text/html' : `text/html; charset=${charset}`,
    'Cache-Control': 'no-store, no-cache, must-revalidate, post-check=0, pre-check=0',
    ...(cookie === undefined ? {} : { 'Set-Cookie': `PHPSESSID=${cookie}; path=/` }),
  })
}

function writePieces(response: ServerResponse, body: Uint8Array): void {
  for (let start = 0; start < body.length; start += PIECE) response.write(body.subarray(start, start + PIECE))
}
