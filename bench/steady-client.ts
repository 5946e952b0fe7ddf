import { connect } from 'node:net'

/** Asks for one page over and over on one connection, and makes next to no garbage: its own pauses are not to be measured. */
export interface SteadyClient {
  /** Seconds until the last byte was there. */
  ask(): Promise<number>
  close(): void
}

const BUFFER_BYTES = 1 << 20
const DEADLINE_MS = 5_000
const HEAD_END = '\r\n\r\n'

export function steadyClient(url: string): SteadyClient {
  const { hostname, port, pathname } = new URL(url)
  const request = Buffer.from(
    `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept-Encoding: identity\r\n\r\n`,
  )
  let askedAt = 0
  /** Bytes of the body that are still to come; undefined before its head. */
  let restBytes: number | undefined
  let done:
    | { readonly resolve: (seconds: number) => void; readonly reject: (error: Error) => void }
    | undefined

  function take(count: number, bytes: Uint8Array): boolean {
    let bodyBytes = count
    if (restBytes === undefined) {
      const came = Buffer.from(bytes.buffer, bytes.byteOffset, count)
      const headBytes = came.indexOf(HEAD_END) + HEAD_END.length
      const head = came.toString('latin1', 0, headBytes)
      const length = /^HTTP\/1\.1 200 .*\r\ncontent-length: (\d+)\r\n/is.exec(head)?.[1]
      if (length === undefined) {
        fail(new Error(`${url} answered ${JSON.stringify(head.slice(0, 200))}`))
        return false
      }
      restBytes = Number(length)
      bodyBytes = count - headBytes
    }
    restBytes -= bodyBytes
    if (restBytes > 0) return true
    restBytes = undefined
    done?.resolve((performance.now() - askedAt) / 1000)
    return true
  }

  function fail(error: Error): void {
    done?.reject(error)
  }

  const socket = connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
    onread: { buffer: Buffer.allocUnsafe(BUFFER_BYTES), callback: take },
  })
  socket.setTimeout(DEADLINE_MS, () => fail(new Error(`${url}: no answer in ${DEADLINE_MS} ms`)))
  socket.on('error', fail)
  socket.on('close', () => fail(new Error(`${url}: the connection was closed`)))
  return {
    ask() {
      return new Promise((resolve, reject) => {
        done = { resolve, reject }
        askedAt = performance.now()
        socket.write(request)
      })
    },
    close: () => socket.destroy(),
  }
}
