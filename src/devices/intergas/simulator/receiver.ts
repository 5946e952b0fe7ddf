import type { Cancel, Clock } from '../../../core/clock.ts'
import { type Command, commandsIn, type Dialect } from './commands.ts'

/** A command is sent in one go: what is not whole after this silence never will be. */
export const COMMAND_SILENCE_MS = 100

const CARRIAGE_RETURN = 0x0d
/** `P` parameter value check: the only command that changes something. */
const WRITE = 0x50
const WRITE_BYTES = 4
const MOST_UNKNOWN_BYTES = 64

/** What the boiler made of the bytes it got. */
export type Heard =
  | { readonly kind: 'command'; readonly command: Command }
  /** Somebody tried to change the boiler's settings. */
  | { readonly kind: 'write'; readonly bytes: Uint8Array }
  /** No command begins like this; all up to the next carriage return or silence is dropped. */
  | { readonly kind: 'unknown'; readonly bytes: Uint8Array }
  /** The beginning of a command, then silence. */
  | { readonly kind: 'incomplete'; readonly bytes: Uint8Array }

export interface Receiver {
  take(bytes: Uint8Array): void
  stop(): void
}

/** Puts commands together from the bytes of a line. */
export function createReceiver(dialect: Dialect, clock: Clock, onHeard: (heard: Heard) => void): Receiver {
  let waiting: number[] = []
  let isLost = false
  let cancel: Cancel = () => undefined

  function takeByte(byte: number): void {
    if (waiting.length < MOST_UNKNOWN_BYTES) waiting.push(byte)
    if (isLost) {
      if (byte === CARRIAGE_RETURN) giveUp()
      return
    }
    if (waiting[0] === WRITE) {
      if (waiting.length === WRITE_BYTES) giveUp()
      return
    }
    const possible = commandsIn(dialect).filter(({ bytes }) =>
      waiting.every((each, at) => bytes[at] === each),
    )
    const command = possible.find(({ bytes }) => bytes.length === waiting.length)
    if (command) {
      waiting = []
      onHeard({ kind: 'command', command })
      return
    }
    isLost = possible.length === 0
    if (isLost && byte === CARRIAGE_RETURN) giveUp()
  }

  function giveUp(): void {
    if (waiting.length === 0) return
    const bytes = Uint8Array.from(waiting)
    const kind = isLost ? 'unknown' : bytes[0] === WRITE ? 'write' : 'incomplete'
    waiting = []
    isLost = false
    onHeard({ kind, bytes })
  }

  return {
    take(bytes) {
      cancel()
      for (const byte of bytes) takeByte(byte)
      if (waiting.length > 0) cancel = clock.after(COMMAND_SILENCE_MS, giveUp)
    },
    stop: () => cancel(),
  }
}
