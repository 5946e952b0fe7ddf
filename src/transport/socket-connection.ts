import type { Socket } from 'node:net'
import { type Clock, deadline, sleep } from '../core/clock.ts'
import { HearthError } from '../core/errors.ts'
import type { Connection } from '../core/line.ts'
import { lineLost } from './line-lost.ts'
import { codeOf } from './system-error.ts'

const WRITE_LIMIT_MS = 2000

/** An open socket, terminal or pipe, and what belongs to it. */
export interface SocketUse {
  readonly place: string
  readonly socket: Socket
  readonly clock: Clock
  /** False for a recorded line: its end is the end of the recording and no loss. */
  readonly isLive: boolean
  /** As in `LineSettings`; the socket must have been made with `gathering(gatherMs)`. */
  readonly gatherMs?: number
  /** Frees the socket and all that was opened for it, in one go; called once. */
  release(): Promise<void>
}

/**
 * Reads and writes a socket as a line.
 *
 * The socket is never let flow: it holds what its high-water mark allows and then stops reading, so what nobody
 * asks for waits in the system, whose buffers are bounded.
 */
export function socketConnection(use: SocketUse): Connection {
  const { place, socket, clock, isLive, gatherMs, release } = use
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

  socket.on('readable', () => wake())
  socket.on('error', error => lose(codeOf(error) ?? error.message, error))
  socket.on('end', () => lose('the other side ended it'))
  socket.on('close', () => lose('it was closed'))

  async function* read(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const onAbort = () => wake()
    signal.addEventListener('abort', onAbort)
    try {
      while (!signal.aborted && !isClosed) {
        const chunk: unknown = socket.read()
        if (chunk instanceof Uint8Array) {
          yield chunk
          if (gatherMs !== undefined && !loss) await sleep(clock, gatherMs, signal)
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

/** Options of a socket that holds one chunk at most: it stops reading until that is taken, and the system gathers the rest. */
export function gathering(gatherMs: number | undefined): { readonly readableHighWaterMark?: number } {
  return gatherMs === undefined ? {} : { readableHighWaterMark: 1 }
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
