import { close, constants, fstatSync, open, read } from 'node:fs'
import { Socket } from 'node:net'
import { promisify } from 'node:util'
import type { Clock } from '../core/clock.ts'
import { HearthError } from '../core/errors.ts'
import type { Connection, LineTransport } from '../core/line.ts'
import { createInlet } from './inlet.ts'
import { openWithin } from './open-within.ts'
import { socketConnection } from './socket-connection.ts'
import { codeOf } from './system-error.ts'

const CHUNK_BYTES = 64 * 1024
const OPEN_LIMIT_MS = 5000

const openFile = promisify(open)
const closeFile = promisify(close)

/** Recorded bytes: a file, or a pipe that another program fills. Ends where the recording ends. */
export function captureTransport(
  path: string,
  { place, clock }: { place: string; clock: Clock },
): LineTransport {
  return {
    place,
    open(_settings, signal): Promise<Connection> {
      return openWithin(
        {
          place,
          clock,
          signal,
          limitMs: OPEN_LIMIT_MS,
          hint: 'Check the disk or network that holds the file',
        },
        () => openCapture(path, place, clock),
        late => void late.close(),
      )
    },
  }
}

async function openCapture(path: string, place: string, clock: Clock): Promise<Connection> {
  // Without waiting: opening a pipe that nobody fills yet would otherwise hold a thread of the pool for ever.
  const fd = await openFile(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY).catch(
    cause => {
      throw unreadable(place, path, codeOf(cause) ?? 'unknown', cause)
    },
  )
  const status = fstatSync(fd)
  if (status.isFile()) return fileConnection(fd, place, path)
  if (status.isFIFO()) return pipeConnection(fd, place, clock)
  await closeFile(fd)
  throw status.isDirectory() ? unreadable(place, path, 'EISDIR') : notAFile(place, path)
}

function pipeConnection(fd: number, place: string, clock: Clock): Connection {
  const inlet = createInlet(undefined)
  const socket = new Socket({ fd, readable: true, writable: false, onread: inlet.onread })
  const connection = socketConnection({
    place,
    socket,
    inlet,
    clock,
    isLive: false,
    async release() {
      socket.destroy()
    },
  })
  return { ...connection, write: dropped }
}

function fileConnection(fd: number, place: string, path: string): Connection {
  let ending: Promise<void> | undefined
  let reading: Promise<number> = Promise.resolve(0)
  async function end(): Promise<void> {
    // A number that is closed under a read in progress may already be another file's.
    await reading.catch(() => 0)
    await closeFile(fd).catch(() => undefined)
  }
  return {
    isLive: false,
    async *read(signal) {
      const buffer = new Uint8Array(CHUNK_BYTES)
      while (!signal.aborted && !ending) {
        reading = readChunk(fd, buffer)
        const length = await reading.catch(cause => {
          throw unreadable(place, path, codeOf(cause) ?? 'unknown', cause)
        })
        if (length === 0) return
        yield buffer.subarray(0, length)
      }
    },
    write: dropped,
    async close() {
      ending ??= end()
      await ending
    },
  }
}

function readChunk(fd: number, buffer: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, buffer, 0, buffer.length, null, (error, length) => (error ? reject(error) : resolve(length)))
  })
}

/** A recording does not listen: its answers come whatever it is asked. */
async function dropped(): Promise<void> {}

function unreadable(place: string, path: string, code: string, cause?: unknown): HearthError {
  if (code === 'ENOENT') {
    return new HearthError('HEARTH_CAPTURE_MISSING', `${place}: ${path} does not exist`, {
      kind: 'connect',
      hint: 'Check the path; it counts from the folder hearth was started in',
      cause,
    })
  }
  const reasons: Readonly<Record<string, string>> = { EISDIR: 'it is a folder', EACCES: 'permission denied' }
  return new HearthError('HEARTH_CAPTURE_UNREADABLE', `${place} cannot be read: ${reasons[code] ?? code}`, {
    kind: 'connect',
    hint: 'Name a file of recorded bytes that this user may read',
    cause,
  })
}

function notAFile(place: string, path: string): HearthError {
  return new HearthError('HEARTH_CAPTURE_UNREADABLE', `${place} is neither a file nor a pipe`, {
    kind: 'connect',
    hint: `For a serial port write ${path} without file:`,
  })
}
