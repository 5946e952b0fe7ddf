import type { SimulatedLine } from '../core/simulator.ts'

/** What may wait for a reader that does not read; more is lost to it, as on a wire without flow control. */
const MOST_WAITING_BYTES = 64 * 1024

/** The lines attached to one simulated device: one wire, all hear the same. */
export interface Audience {
  readonly isEmpty: boolean
  /** @param onBytes called with what the reader sends, while the line is attached */
  attach(line: SimulatedLine, onBytes?: (bytes: Uint8Array) => void): void
  /** Hands bytes to every line without waiting. */
  push(bytes: Uint8Array): void
  /** Hands bytes to every line and waits until the slowest has room again. */
  send(bytes: Uint8Array): Promise<void>
  /** Resolves when somebody listens, or when the audience is dismissed. */
  somebody(): Promise<void>
  /** Pulls every cable; lines may be attached again. */
  hangUp(): void
}

/** An audience without lines. */
export function createAudience(): Audience {
  const outlets = new Set<Outlet>()
  let welcome: () => void = () => undefined
  return {
    get isEmpty() {
      return outlets.size === 0
    },
    attach(line, onBytes) {
      if (line.gone.aborted) return
      const outlet = createOutlet(line)
      outlets.add(outlet)
      if (onBytes) {
        line.onReceive(bytes => {
          if (outlets.has(outlet)) onBytes(bytes)
        })
      }
      const leave = () => {
        outlets.delete(outlet)
        outlet.close()
      }
      line.gone.addEventListener('abort', leave, { once: true })
      welcome()
    },
    push(bytes) {
      for (const outlet of outlets) outlet.push(bytes)
    },
    async send(bytes) {
      await Promise.all([...outlets].map(outlet => outlet.send(bytes)))
    },
    somebody: () =>
      new Promise(resolve => {
        welcome = resolve
        if (outlets.size > 0) resolve()
      }),
    hangUp() {
      const all = [...outlets]
      outlets.clear()
      for (const outlet of all) outlet.hangUp()
      welcome()
    },
  }
}

interface Outlet {
  push(bytes: Uint8Array): void
  send(bytes: Uint8Array): Promise<void>
  hangUp(): void
  close(): void
}

function createOutlet(line: SimulatedLine): Outlet {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let isSending = false
  let isClosed = false
  let release: () => void = () => undefined

  /** Settles when the line has taken the bytes or is closed; a line that fails is closed by its `gone`. */
  function send(bytes: Uint8Array): Promise<void> {
    if (isClosed) return Promise.resolve()
    return new Promise(resolve => {
      release = resolve
      line.send(bytes).then(resolve, () => resolve())
    })
  }

  async function drain(): Promise<void> {
    isSending = true
    while (waitingBytes > 0 && !isClosed) {
      const bytes = Buffer.concat(waiting)
      waiting = []
      waitingBytes = 0
      await send(bytes)
    }
    isSending = false
  }

  function close(): void {
    isClosed = true
    waiting = []
    waitingBytes = 0
    release()
  }

  return {
    send,
    push(bytes) {
      if (isClosed || waitingBytes + bytes.length > MOST_WAITING_BYTES) return
      waiting.push(bytes)
      waitingBytes += bytes.length
      if (!isSending) void drain()
    },
    hangUp() {
      close()
      line.hangUp()
    },
    close,
  }
}
