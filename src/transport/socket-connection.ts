import type { Socket } from 'node:net'
import { type Clock, deadline, sleep } from '../core/clock.ts'
import { HearthError } from '../core/errors.ts'
import type { Connection } from '../core/line.ts'
import type { Inlet } from './inlet.ts'
import { lineLost } from './line-lost.ts'
import { codeOf } from './system-error.ts'

const WRITE_LIMIT_MS = 2000

/** An open socket, terminal or pipe, and what belongs to it. */
export interface SocketUse {
  readonly place: string
  /** Made with the `onread` of the inlet. */
  readonly socket: Socket
  readonly inlet: Inlet
  readonly clock: Clock
  /** False for a recorded line: its end is the end of the recording and no loss. */
  readonly isLive: boolean
  /** As in `LineSettings`; the inlet must have been made with it. */
  readonly gatherMs?: number
  /** Frees the socket and all that was opened for it, in one go; called once. */
  release(): Promise<void>
}

/**
 * Reads and writes a socket as a line.
 *
 * The inlet holds so much and then the socket stops reading, so what nobody asks for waits in the system, whose buffers
 * are bounded.
 */
export function socketConnection(use: SocketUse): Connection {
  const { place, socket, inlet, clock, isLive, gatherMs, release } = use
  let ending: Promise<void> | undefined
  let isClosed = false
  let loss: HearthError | undefined
  let wake = () => {}

  // At once, not at `close()`: an adapter that is plugged in again gets its old name only when nobody holds it.
  function lose(why: string, cause?: unknown): void {
    loss ??= lineLost(place, why, cause)
    ending ??= release()
    wake()
  }

  inlet.onArrival(() => wake())
  socket.on('error', error => lose(codeOf(error) ?? error.message, error))
  socket.on('end', () => lose('the other side ended it'))
  socket.on('close', () => lose('it was closed'))

  function goOn(): void {
    inlet.open()
    socket.read(0)
  }

  async function* read(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const onAbort = () => wake()
    signal.addEventListener('abort', onAbort)
    try {
      // A terminal reads nothing until it is told to.
      goOn()
      while (!signal.aborted && !isClosed) {
        const chunk = inlet.take()
        if (chunk) {
          yield chunk
          if (gatherMs !== undefined && !loss) await sleep(clock, gatherMs, signal)
          if (inlet.isShut()) goOn()
          continue
        }
        if (loss && !isLive) return
        if (loss) throw loss
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  async function write(data: Uint8Array, signal: AbortSignal): Promise<void> {
    if (isClosed || loss) throw loss ?? lineLost(place, 'it was closed')
    const limit = deadline(clock, WRITE_LIMIT_MS, signal)
    try {
      await new Promise<void>((resolve, reject) => {
        const onAbort = () => reject(limit.expired() ? writeTimeout(place) : writeAbandoned(place))
        if (limit.signal.aborted) return onAbort()
        limit.signal.addEventListener('abort', onAbort, { once: true })
        socket.write(data, error => {
          if (error) reject(loss ?? lineLost(place, codeOf(error) ?? error.message, error))
          else resolve()
        })
      })
    } finally {
      // Half a command may be under way: such a line is of no use any more.
      if (limit.expired()) lose('it did not take what was sent')
      limit.release()
    }
  }

  return {
    isLive,
    read,
    write,
    async close() {
      isClosed = true
      ending ??= release()
      wake()
      await ending
    },
  }
}

function writeTimeout(place: string): HearthError {
  return new HearthError(
    'HEARTH_WRITE_TIMEOUT',
    `${place} did not take what was sent within ${WRITE_LIMIT_MS / 1000} s`,
    { kind: 'timeout', hint: 'Check the adapter; unplug it and plug it in again' },
  )
}

function writeAbandoned(place: string): HearthError {
  return new HearthError('HEARTH_WRITE_ABANDONED', `${place}: sending was given up`, { kind: 'timeout' })
}
