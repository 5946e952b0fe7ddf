import { connect, type Socket } from 'node:net'

/** For tests: a TCP client that writes what it is told, valid HTTP or not, and keeps what comes back. */
export interface RawClient {
  readonly socket: Socket
  /** Everything received so far. */
  text(): string
  /** Waits until what was received fulfils the claim, or the connection ends. */
  until(claim: (text: string) => boolean): Promise<string>
  /** Resolves with everything received once the connection has ended. */
  ended(): Promise<string>
}

/** For tests: connects to a port of this machine. */
export async function rawClient(port: number, write = ''): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1' })
  let received = ''
  let hasEnded = false
  const watchers = new Set<() => void>()
  const tell = () => {
    for (const watch of watchers) watch()
  }
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    received += chunk
    tell()
  })
  // A reset is one way of being turned away; tests look at what was received before.
  socket.on('error', () => {})
  socket.on('close', () => {
    hasEnded = true
    tell()
  })
  const until = (claim: (text: string) => boolean) =>
    new Promise<string>(resolve => {
      const watch = () => {
        if (!hasEnded && !claim(received)) return
        watchers.delete(watch)
        resolve(received)
      }
      watchers.add(watch)
      watch()
    })
  await new Promise<void>(resolve => socket.once('connect', resolve))
  if (write !== '') socket.write(write)
  return { socket, text: () => received, until, ended: () => until(() => false) }
}
