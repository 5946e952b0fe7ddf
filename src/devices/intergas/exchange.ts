import type { Dialogue, Patience, Quiet } from '../../core/dialogue.ts'
import { ANSWER_BYTES, type Command, type Dialect, xorOf } from './commands.ts'

/** What a question brought. */
export type Exchange =
  | {
      readonly kind: 'answer'
      readonly bytes: Uint8Array
      readonly dialect: Dialect
      readonly hasEcho: boolean
    }
  | { readonly kind: 'silent'; readonly hasEcho: boolean }
  | {
      readonly kind: 'bad'
      readonly error: 'framing' | 'checksum'
      readonly reason: string
      /** At least two answers came. */
      readonly isCrowded: boolean
      /** Less than an answer came: the rest may follow. */
      readonly isPart: boolean
    }

/** Ample: a whole answer takes at most 155 ms. */
export const ANSWER_LIMIT_MS = 1_000
/** Within an answer: pieces 300 ms apart are still one. */
const PAUSE_LIMIT_MS = 500
/** Silence behind the last byte of an answer that has all of them; USB adapters hold bytes back for up to 16 ms. */
const SETTLE_MS = 50
/** The same while the line may be out of step: an answer to the question itself would come in it, behind a late one. */
const WATCHED_SETTLE_MS = 400
/** A whole answer is there within 155 ms: one that comes sooner may be a late one, with the answer itself behind it. */
const LEAST_MS = 200
const WHOLE_LIMIT_MS = 3_000
/** Silence behind bytes that nobody asked for. */
const STRAY_SETTLE_MS = 200
/** Longest wait for silence before a question. */
const NOISE_LIMIT_MS = 1_500

export interface Asking {
  readonly dialects: readonly Dialect[]
  /** The line may be out of step. */
  readonly isWatched: boolean
}

/** What comes while nobody has asked, until it is over. */
export async function settle(dialogue: Dialogue, signal: AbortSignal): Promise<Uint8Array> {
  return (await dialogue.untilQuiet(STRAY_SETTLE_MS, NOISE_LIMIT_MS, signal)).dropped
}

/** Waits for the silence that a question wants, and throws away what comes before it. */
export function hush(dialogue: Dialogue, quietMs: number, signal: AbortSignal): Promise<Quiet> {
  return dialogue.untilQuiet(quietMs, NOISE_LIMIT_MS, signal, 'last byte')
}

/** Asks once, on a line that is quiet. */
export async function exchange(
  dialogue: Dialogue,
  command: Command,
  { dialects, isWatched }: Asking,
  signal: AbortSignal,
): Promise<Exchange> {
  await dialogue.send(command.bytes, signal)
  const raw = await dialogue.receive(patienceFor(command, dialects, isWatched), signal)
  return parseAnswer(raw, command, dialects)
}

/** Finds the answer in what came: without the echo of the command, of the right length, with the right check byte. */
export function parseAnswer(raw: Uint8Array, command: Command, dialects: readonly Dialect[]): Exchange {
  if (raw.length === 0) return { kind: 'silent', hasEcho: false }
  const whole = answerOf(raw, dialects, false)
  if (whole) return whole
  const echo = command.bytes
  const hasEcho = echo.every((byte, i) => raw[i] === byte)
  if (hasEcho && raw.length === echo.length) return { kind: 'silent', hasEcho: true }
  const rest = raw.subarray(echo.length)
  const afterEcho = hasEcho ? answerOf(rest, dialects, true) : undefined
  if (afterEcho) return afterEcho
  const came = hasEcho ? rest : raw
  const isCrowded = came.length >= 2 * ANSWER_BYTES
  const isPart = came.length < bytesOf(dialects)
  if (came.length === ANSWER_BYTES + 1 && !dialects.includes('plain')) {
    return { kind: 'bad', error: 'checksum', reason: 'wrong XOR byte', isCrowded, isPart }
  }
  const reason = `${came.length} bytes in place of ${bytesOf(dialects)}`
  return { kind: 'bad', error: 'framing', reason, isCrowded, isPart }
}

function answerOf(bytes: Uint8Array, dialects: readonly Dialect[], hasEcho: boolean): Exchange | undefined {
  if (bytes.length === ANSWER_BYTES && dialects.includes('plain')) {
    return { kind: 'answer', bytes, dialect: 'plain', hasEcho }
  }
  // All 33 bytes together come to nothing when the last is the XOR of the others.
  if (bytes.length === ANSWER_BYTES + 1 && dialects.includes('xtreme') && xorOf(bytes) === 0) {
    return { kind: 'answer', bytes: bytes.subarray(0, ANSWER_BYTES), dialect: 'xtreme', hasEcho }
  }
  return undefined
}

function patienceFor({ bytes: echo }: Command, dialects: readonly Dialect[], isWatched: boolean): Patience {
  return {
    firstByteMs: ANSWER_LIMIT_MS,
    limitMs: WHOLE_LIMIT_MS,
    leastMs: LEAST_MS,
    pauseMs(bytes) {
      // Nothing but the echo: the answer itself has not begun.
      const isEchoed = echo.every((byte, i) => bytes[i] === byte)
      if (isEchoed && bytes.length === echo.length) return ANSWER_LIMIT_MS
      const most = ANSWER_BYTES + (dialects.includes('plain') ? 0 : 1) + (isEchoed ? echo.length : 0)
      if (bytes.length < most) return PAUSE_LIMIT_MS
      return isWatched ? WATCHED_SETTLE_MS : SETTLE_MS
    },
  }
}

function bytesOf(dialects: readonly Dialect[]): number {
  return dialects.includes('plain') ? ANSWER_BYTES : ANSWER_BYTES + 1
}
