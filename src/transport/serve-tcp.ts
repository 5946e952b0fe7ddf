import { createServer, type Socket } from 'node:net'
import { formatListen } from '../core/settings.ts'
import type { SimulatedLine } from '../core/simulator.ts'
import { listening, portOf, reachable } from './serve-listen.ts'
import { simulatedLine } from './simulated-line.ts'

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
  const port = portOf(server, listen.port)
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
