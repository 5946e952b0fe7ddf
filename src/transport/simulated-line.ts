import type { Socket } from 'node:net'
import type { Clock } from '../core/clock.ts'
import type { SimulatedLine } from '../core/simulator.ts'

/** What may wait for a reader inside this process before bytes are lost, as on a wire. */
const MOST_WAITING_BYTES = 64 * 1024

export interface SimulatedLineUse {
  readonly socket: Socket
  /** How long a sender waits for room; then it goes on and what does not fit is lost. undefined: until the line ends. */
  readonly patience?: { readonly clock: Clock; readonly ms: number }
}

/** The far end of a line over an open socket or terminal. */
export function simulatedLine({ socket, patience }: SimulatedLineUse): SimulatedLine {
  const gone = new AbortController()
  const listeners: ((bytes: Uint8Array) => void)[] = []
  let room: Promise<void> | undefined

  socket.on('data', (bytes: Uint8Array) => {
    for (const listener of listeners) listener(bytes)
  })
  socket.on('close', () => gone.abort())
  // What went wrong is of no interest here: `close` follows.
  socket.on('error', () => undefined)
  socket.on('end', () => socket.destroy())

  /** Settles for all who wait at once: when there is room, when the line ends, when patience does. */
  function waitForRoom(): Promise<void> {
    room ??= new Promise(resolve => {
      const done = () => {
        cancel()
        socket.off('drain', done)
        gone.signal.removeEventListener('abort', done)
        room = undefined
        resolve()
      }
      const cancel = patience?.clock.after(patience.ms, done) ?? (() => undefined)
      socket.on('drain', done)
      gone.signal.addEventListener('abort', done)
    })
    return room
  }

  return {
    gone: gone.signal,
    async send(bytes) {
      if (gone.signal.aborted) return
      const most = patience ? 0 : MOST_WAITING_BYTES
      if (socket.writableLength > most) await waitForRoom()
      if (gone.signal.aborted || socket.writableLength > most) return
      // A copy: the sender may use its buffer again before the line has taken it.
      if (!socket.write(Buffer.from(bytes)) && !gone.signal.aborted) await waitForRoom()
    },
    onReceive(listener) {
      listeners.push(listener)
    },
    hangUp() {
      socket.destroy()
    },
  }
}
