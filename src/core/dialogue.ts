import type { Cancel, Clock } from './clock.ts'
import type { Connection } from './line.ts'

/** Bytes kept for who asks for them; beyond this the far end talks without being asked. */
const MOST_BYTES = 4096
const LEAST_WAIT_MS = 1

/** How long to wait for an answer, and when it is over. */
export interface Patience {
  /** For the first byte. */
  readonly firstByteMs: number
  /** For each further byte, given those that came: an answer with all its bytes is over sooner than half of one. */
  pauseMs(bytes: Uint8Array): number
  /** For the whole answer. */
  readonly limitMs: number
  /** The line is listened to at least this long once something came, so that a second answer behind it is not missed. */
  readonly leastMs?: number
}

/** What became of the wish for silence. */
export interface Quiet {
  readonly isQuiet: boolean
  /** What was thrown away: nobody had asked for it. */
  readonly dropped: Uint8Array
}

/** A line on which a device is asked and answers: what comes unasked is thrown away, every wait has an end. */
export interface Dialogue {
  /**
   * Throws away what has come and comes, until nothing came for `forMs`, counted from now or from the last byte.
   * Not quiet when the line still talks after `limitMs`.
   */
  untilQuiet(forMs: number, limitMs: number, signal: AbortSignal, since?: 'now' | 'last byte'): Promise<Quiet>
  /** Waits until something has come, at most `ms`; it stays to be thrown away. True when something has. */
  untilHeard(ms: number, signal: AbortSignal): Promise<boolean>
  /** Throws a HearthError when the line is lost. */
  send(bytes: Uint8Array, signal: AbortSignal): Promise<void>
  /** What came in answer: nothing, a part, or too much. Throws a HearthError when the line is lost. */
  receive(patience: Patience, signal: AbortSignal): Promise<Uint8Array>
  /** Closes the connection; never throws. */
  close(): Promise<void>
}

/**
 * Makes a dialogue of an open connection. The line is read all the time, so a lost one is known at the next question
 * and nothing old waits in the buffers of the system.
 */
export function createDialogue(connection: Connection, clock: Clock): Dialogue {
  const stop = new AbortController()
  const buffer = new Uint8Array(MOST_BYTES)
  let length = 0
  let lastByteAt = clock.monotonic()
  let loss: { readonly error: unknown } | undefined
  let wake = () => {}
  const reading = readOn()

  async function readOn(): Promise<void> {
    try {
      for await (const chunk of connection.read(stop.signal)) {
        const room = chunk.subarray(0, MOST_BYTES - length)
        buffer.set(room, length)
        length += room.length
        lastByteAt = clock.monotonic()
        wake()
      }
    } catch (error) {
      loss = { error }
      wake()
    }
  }

  /**
   * Waits until nothing is left to wait for, looking when something comes and when the time is over; ends at once when the
   * line is lost. Most of what comes puts the end off, and the timer stays then: it finds out for itself.
   */
  function waitOut(restMs: () => number, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      let timerAt = Number.POSITIVE_INFINITY
      let cancel: Cancel = () => {}
      const done = () => {
        cancel()
        signal.removeEventListener('abort', done)
        wake = () => {}
        resolve()
      }
      const look = () => {
        const ms = signal.aborted || loss ? 0 : restMs()
        if (ms <= 0) return done()
        const now = clock.monotonic()
        if (now + ms >= timerAt) return
        cancel()
        timerAt = now + ms
        // What is left of a time in floating point may be too little to move any clock.
        cancel = clock.after(Math.max(LEAST_WAIT_MS, ms), () => {
          timerAt = Number.POSITIVE_INFINITY
          look()
        })
      }
      wake = look
      signal.addEventListener('abort', done)
      look()
    })
  }

  function taken(): Uint8Array {
    const bytes = buffer.slice(0, length)
    length = 0
    return bytes
  }

  function throwIfLost(): void {
    if (loss) throw loss.error
  }

  return {
    async untilQuiet(forMs, limitMs, signal, since = 'now') {
      const startedAt = clock.monotonic()
      let quietSince = since === 'now' ? startedAt : lastByteAt
      let dropped: Uint8Array = taken()
      let isQuiet = false
      const restMs = () => {
        const now = clock.monotonic()
        if (length > 0) {
          dropped = Buffer.concat([dropped, taken()]).subarray(0, MOST_BYTES)
          quietSince = lastByteAt
        }
        isQuiet = now - quietSince >= forMs
        return isQuiet ? 0 : Math.min(forMs - (now - quietSince), limitMs - (now - startedAt))
      }
      throwIfLost()
      if (signal.aborted) return { isQuiet, dropped }
      if (restMs() > 0) await waitOut(restMs, signal)
      if (!signal.aborted) throwIfLost()
      return { isQuiet, dropped }
    },
    async untilHeard(ms, signal) {
      const startedAt = clock.monotonic()
      throwIfLost()
      await waitOut(() => (length > 0 ? 0 : ms - (clock.monotonic() - startedAt)), signal)
      if (!signal.aborted && length === 0) throwIfLost()
      return length > 0
    },
    async send(bytes, signal) {
      throwIfLost()
      length = 0
      await connection.write(bytes, signal)
    },
    async receive({ firstByteMs, pauseMs, limitMs, leastMs = 0 }, signal) {
      const startedAt = clock.monotonic()
      const restMs = () => {
        if (length >= MOST_BYTES) return 0
        const now = clock.monotonic()
        const patienceMs = length === 0 ? firstByteMs : pauseMs(buffer.subarray(0, length))
        const since = length === 0 ? startedAt : lastByteAt
        const patientMs = Math.max(patienceMs - (now - since), leastMs - (now - startedAt))
        return Math.min(patientMs, limitMs - (now - startedAt))
      }
      throwIfLost()
      await waitOut(restMs, signal)
      if (!signal.aborted && length < MOST_BYTES) throwIfLost()
      return taken()
    },
    async close() {
      stop.abort()
      wake()
      await connection.close()
      await reading
    },
  }
}
