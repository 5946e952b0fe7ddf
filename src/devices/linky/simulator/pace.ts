import type { Clock } from '../../../core/clock.ts'
import type { Audience } from '../../../simulation/audience.ts'
import type { Wire } from './wire.ts'

/** Bytes are handed on this often: six of them at 1200 baud. */
const WAKE_MS = 50
/** A machine that stood still for longer does not repeat what it missed. */
const MOST_BEHIND_MS = 5000
const MOST_BYTES_PER_WAKE = 64 * 1024

/** Plays a wire at `pace` times its true speed, whether or not anybody listens. Returns what ends it. */
export function playPaced(wire: Wire, audience: Audience, clock: Clock, pace: number): () => void {
  const originMs = clock.monotonic()
  let rest: Uint8Array = new Uint8Array()
  /** Line time up to the last byte handed on. */
  let playedMs = 0
  let cancel = clock.after(WAKE_MS, wake)

  function wake(): void {
    const dueMs = (clock.monotonic() - originMs) * pace
    const behindMs = dueMs - playedMs
    if (behindMs > MOST_BEHIND_MS * pace) {
      wire.skip(behindMs)
      playedMs = dueMs
    }
    if (play(dueMs)) cancel = clock.after(WAKE_MS, wake)
  }

  /** Hands on what is due; false when the line has fallen silent for good. */
  function play(dueMs: number): boolean {
    for (let bytes = 0; bytes < MOST_BYTES_PER_WAKE; ) {
      if (rest.length === 0) {
        if (playedMs >= dueMs) return true
        const piece = wire.next()
        if (!piece) return false
        if (piece.kind === 'pause') playedMs += piece.ms
        if (piece.kind === 'hang-up') audience.hangUp()
        if (piece.kind === 'bytes') rest = piece.bytes
        continue
      }
      const count = Math.min(rest.length, Math.floor((dueMs - playedMs) / wire.characterMs))
      if (count <= 0) return true
      audience.push(rest.subarray(0, count))
      rest = rest.subarray(count)
      playedMs += count * wire.characterMs
      bytes += count
    }
    return true
  }

  return () => cancel()
}

/** Plays a wire as fast as its readers take it; without a reader the meter stands still. Returns what ends it. */
export function playUnpaced(wire: Wire, audience: Audience): () => void {
  let isEnded = false

  async function run(): Promise<void> {
    while (!isEnded) {
      if (audience.isEmpty) {
        await audience.somebody()
        continue
      }
      const piece = wire.next()
      if (!piece) return
      if (piece.kind === 'hang-up') audience.hangUp()
      if (piece.kind === 'bytes') await audience.send(piece.bytes)
      // A reader that always has room must not keep everybody else from their turn.
      await new Promise(resolve => setImmediate(resolve))
    }
  }

  void run()
  return () => {
    isEnded = true
  }
}
