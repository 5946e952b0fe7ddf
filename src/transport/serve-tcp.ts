import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { HearthError } from '../core/errors.ts'
import { formatListen } from '../core/settings.ts'
import type { SimulatedLine } from '../core/simulator.ts'
import { simulatedLine } from './simulated-line.ts'
import { codeOf } from './system-error.ts'

/** More readers than anyone has; the next one is turned away. */
const MOST_READERS = 64

/** A simulated line on TCP. */
export interface ServedTcp {
  /** What reaches it from this machine: `tcp://127.0.0.1:41234`. */
  readonly address: string
  readonly port: number
  close(): Promise<void>
  /** Pulls the cable of every reader; they may come back. */
  hangUpAll(): void
}

/** Gives every reader that connects a line to the device. */
export async function serveTcp(
  listen: { readonly host: string; readonly port: number },
  onLine: (line: SimulatedLine) => void,
): Promise<ServedTcp> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 }, socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    onLine(simulatedLine({ socket }))
  })
  server.maxConnections = MOST_READERS
  await listening(server, listen)
  const bound = server.address()
  const port = typeof bound === 'object' && bound ? bound.port : listen.port
  const hangUpAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  let ending: Promise<void> | undefined
  return {
    address: `tcp://${formatListen({ host: reachable(listen.host), port })}`,
    port,
    hangUpAll,
    close() {
      ending ??= new Promise(resolve => {
        server.close(() => resolve())
        hangUpAll()
      })
      return ending
    },
  }
}

async function listening(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  try {
    server.listen({ host, port })
    await once(server, 'listening')
  } catch (cause) {
    const code = codeOf(cause)
    if (host === '::' && code === 'EAFNOSUPPORT') return listening(server, { host: '0.0.0.0', port })
    const place = formatListen({ host, port })
    throw new HearthError('HEARTH_LISTEN_FAILED', `Cannot listen on ${place} (${code ?? 'unknown'})`, {
      hint: 'Choose another address or port',
      cause,
    })
  }
}

function reachable(host: string): string {
  return host === '::' || host === '0.0.0.0' ? '127.0.0.1' : host
}
