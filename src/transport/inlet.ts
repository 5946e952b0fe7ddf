import type { OnReadOpts } from 'node:net'

/** Most bytes of one read: more than a device says between two of them. */
const READ_BYTES = 16 * 1024
/** What is kept for a reader that does not come; then the socket stops, and the rest waits in the system. */
const MOST_WAITING_BYTES = 64 * 1024

/**
 * Where a socket puts what it reads: past its own stream, whose machinery costs more than what devices say. Its buffer is
 * used again and again; for each read of a stream one of 64 KiB would be made.
 */
export interface Inlet {
  /** For the constructor of the socket. */
  readonly onread: OnReadOpts
  /** Called when something has come. */
  onArrival(listener: () => void): void
  /** What has come since it was last asked; undefined when nothing has. */
  take(): Uint8Array | undefined
  /** True when the socket has stopped reading: it goes on when it is told to. */
  isShut(): boolean
  open(): void
}

/** @param gatherMs as in `LineSettings`: the socket stops after each read, and the system gathers the rest. */
export function createInlet(gatherMs: number | undefined): Inlet {
  let waiting: Uint8Array | undefined
  let isShut = false
  let arrived = () => {}
  return {
    onread: {
      buffer: new Uint8Array(READ_BYTES),
      callback(length, buffer) {
        const bytes = buffer.slice(0, length)
        waiting = waiting ? Buffer.concat([waiting, bytes]) : bytes
        isShut = gatherMs !== undefined || waiting.length >= MOST_WAITING_BYTES
        arrived()
        return !isShut
      },
    },
    onArrival(listener) {
      arrived = listener
    },
    take() {
      const bytes = waiting
      waiting = undefined
      return bytes
    },
    isShut: () => isShut,
    open() {
      isShut = false
    },
  }
}
