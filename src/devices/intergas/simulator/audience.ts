import type { SimulatedLine } from '../../../core/simulator.ts'

/** What may wait for a reader that does not read; more is lost to it, as on a wire without flow control. */
const MOST_WAITING_BYTES = 64 * 1024

/** The lines attached to one boiler: one wire, all hear the same. */
export interface Audience {
  attach(line: SimulatedLine, onBytes: (bytes: Uint8Array) => void): void
  /** Hands bytes to every line without waiting. */
  push(bytes: Uint8Array): void
  /** Pulls every cable; lines may be attached again. */
  hangUp(): void
}

/** An audience without lines. */
export function createAudience(): Audience {
  const outlets = new Map<SimulatedLine, Outlet>()
  return {
    attach(line, onBytes) {
      if (line.gone.aborted) return
      const outlet = createOutlet(line)
      outlets.set(line, outlet)
      line.onReceive(bytes => {
        if (outlets.has(line)) onBytes(bytes)
      })
      const leave = () => {
        outlets.delete(line)
        outlet.close()
      }
      line.gone.addEventListener('abort', leave, { once: true })
    },
    push(bytes) {
      for (const outlet of outlets.values()) outlet.push(bytes)
    },
    hangUp() {
      const all = [...outlets]
      outlets.clear()
      for (const [line, outlet] of all) {
        outlet.close()
        line.hangUp()
      }
    },
  }
}

interface Outlet {
  push(bytes: Uint8Array): void
  close(): void
}

function createOutlet(line: SimulatedLine): Outlet {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let isSending = false
  let isClosed = false

  async function drain(): Promise<void> {
    isSending = true
    while (waitingBytes > 0 && !isClosed) {
      const bytes = Buffer.concat(waiting)
      waiting = []
      waitingBytes = 0
      // A line that fails is closed by its `gone`.
      await line.send(bytes).catch(() => undefined)
    }
    isSending = false
  }

  return {
    push(bytes) {
      if (isClosed || waitingBytes + bytes.length > MOST_WAITING_BYTES) return
      waiting.push(bytes)
      waitingBytes += bytes.length
      if (!isSending) void drain()
    },
    close() {
      isClosed = true
      waiting = []
      waitingBytes = 0
    },
  }
}
