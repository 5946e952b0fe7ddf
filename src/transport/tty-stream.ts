import { closeSync, constants, fstatSync, open } from 'node:fs'
import type { SocketConstructorOpts } from 'node:net'
import type { DuplexOptions } from 'node:stream'
import { isatty, ReadStream } from 'node:tty'
import { promisify } from 'node:util'

const openFile = promisify(open)

/** Opens a terminal device without waiting for a carrier; throws the system's error, or one with the code `ENOTTY`. */
export async function openTerminal(path: string): Promise<number> {
  const fd = await openFile(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
  if (isatty(fd)) return fd
  closeSync(fd)
  throw Object.assign(new Error(`${path} is no terminal`), { code: 'ENOTTY' })
}

/** A terminal device that is read and written without blocking. */
export interface TtyStream {
  /** Also writable. A `WriteStream` would write blocking, and stop the whole program on a stuck adapter. */
  readonly stream: ReadStream
  /** Closes every descriptor that was opened for it, each exactly once. */
  close(): void
}

/**
 * Reads and writes an open terminal; owns the descriptor from here on. The terminal must ignore its carrier by now.
 *
 * The event loop opens a terminal a second time by its name and then owns the new descriptor, not the given one.
 * Where it may not (no name, no permission any more), it owns the given one. Nothing says which.
 */
export function ttyStream(fd: number, options: SocketConstructorOpts & DuplexOptions = {}): TtyStream {
  let stream: ReadStream
  try {
    stream = new ReadStream(fd, options)
  } catch (error) {
    closeSync(fd)
    throw error
  }
  const device = identityOf(fd)
  let isClosed = false
  return {
    stream,
    close() {
      if (isClosed) return
      isClosed = true
      // Closes the descriptor of the event loop before it returns, so no other file can get its number before we look.
      stream.destroy()
      if (identityOf(fd) === device) closeQuietly(fd)
    },
  }
}

function identityOf(fd: number): string | undefined {
  try {
    const { dev, ino, rdev } = fstatSync(fd)
    return `${dev}:${ino}:${rdev}`
  } catch {
    // Not open: there is nothing to close.
    return undefined
  }
}

function closeQuietly(fd: number): void {
  try {
    closeSync(fd)
  } catch {
    // An unplugged adapter may answer with an error; the descriptor is gone all the same.
  }
}
