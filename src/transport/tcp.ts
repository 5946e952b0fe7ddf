import { connect, type Socket } from 'node:net'
import type { Clock } from '../core/clock.ts'
import type { Connection, LineTransport } from '../core/line.ts'
import { connectError } from './connect-error.ts'
import { createInlet, type Inlet } from './inlet.ts'
import { openWithin } from './open-within.ts'
import { socketConnection } from './socket-connection.ts'

const CONNECT_LIMIT_MS = 5000
/** The system then asks every second and gives up after ten: a dead bridge is noticed in about 20 s. */
const KEEP_ALIVE_MS = 10_000

/** A serial line behind a network bridge: raw bytes over TCP. The bridge has its own serial settings. */
export function tcpTransport(
  { host, port }: { host: string; port: number },
  { place, clock }: { place: string; clock: Clock },
): LineTransport {
  return {
    place,
    open({ gatherMs }, signal): Promise<Connection> {
      return openWithin(
        { place, clock, signal, limitMs: CONNECT_LIMIT_MS, hint: 'Check the address and the firewall' },
        async limit => {
          const inlet = createInlet(gatherMs)
          const socket = await connected({ host, port, place, signal: limit, inlet })
          return socketConnection({
            place,
            socket,
            inlet,
            clock,
            isLive: true,
            ...(gatherMs === undefined ? {} : { gatherMs }),
            async release() {
              socket.destroy()
            },
          })
        },
        late => void late.close(),
      )
    },
  }
}

interface Wanted {
  readonly host: string
  readonly port: number
  readonly place: string
  readonly signal: AbortSignal
  readonly inlet: Inlet
}

function connected({ host, port, place, signal, inlet }: Wanted): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_MS,
      onread: inlet.onread,
    })
    const onAbort = () => socket.destroy()
    const settle = () => {
      signal.removeEventListener('abort', onAbort)
      socket.off('error', onError).off('close', onClose).off('connect', onConnect)
    }
    function onError(error: Error): void {
      settle()
      reject(connectError(place, error))
    }
    function onClose(): void {
      settle()
      reject(connectError(place, undefined))
    }
    function onConnect(): void {
      settle()
      resolve(socket)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    socket.on('error', onError).on('close', onClose).on('connect', onConnect)
  })
}
