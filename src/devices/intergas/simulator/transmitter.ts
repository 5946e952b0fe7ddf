import type { Cancel, Clock } from '../../../core/clock.ts'
import type { Step } from './disturbance.ts'

/** 9600 baud, start bit, eight data bits, stop bit. */
export const CHARACTER_MS = 10_000 / 9600
/** Bytes come in lumps, as an adapter hands them on. */
const LUMP_BYTES = 8
/** A boiler remembers no more than this; a reader that asks without listening loses the rest. */
const MOST_WAITING_STEPS = 256

export interface TransmitterUse {
  readonly clock: Clock
  readonly pace: number
  readonly push: (bytes: Uint8Array) => void
  readonly hangUp: () => void
}

/** The boiler's end of the wire: one thing after the other, at the speed of the line. */
export interface Transmitter {
  send(steps: readonly Step[]): void
  stop(): void
}

/** A transmitter with nothing to say. */
export function createTransmitter({ clock, pace, push, hangUp }: TransmitterUse): Transmitter {
  let waiting: Step[] = []
  let isBusy = false
  let cancel: Cancel = () => undefined

  function goOn(): void {
    isBusy = true
    for (;;) {
      const step = waiting.shift()
      if (!step) break
      if (step.kind === 'hang-up') {
        hangUp()
        continue
      }
      if (step.kind === 'pause') {
        cancel = clock.after(step.ms, goOn)
        return
      }
      const lump = Number.isFinite(pace) ? step.bytes.subarray(0, LUMP_BYTES) : step.bytes
      const rest = step.bytes.subarray(lump.length)
      if (rest.length > 0) waiting.unshift({ kind: 'bytes', bytes: rest })
      const ms = (lump.length * CHARACTER_MS) / pace
      if (ms > 0) {
        cancel = clock.after(ms, () => {
          push(lump)
          goOn()
        })
        return
      }
      push(lump)
    }
    isBusy = false
  }

  return {
    send(steps) {
      if (waiting.length > MOST_WAITING_STEPS) return
      waiting.push(...steps)
      if (!isBusy) goOn()
    },
    stop() {
      cancel()
      waiting = []
    },
  }
}
