import type { Dialogue, Patience } from '../../core/dialogue.ts'
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
  | { readonly kind: 'bad'; readonly error: 'framing' | 'checksum'; readonly reason: string }

/** Ample: a whole answer takes at most 155 ms. */
export const ANSWER_LIMIT_MS = 1_000
/** Within an answer: pieces 300 ms apart are still one. */
const PAUSE_LIMIT_MS = 500
/** Silence behind the last byte of an answer that has all of them; USB adapters hold bytes back for up to 16 ms. */
const SETTLE_MS = 50
const WHOLE_LIMIT_MS = 3_000
/** Silence before a question on a line that behaves. */
const QUIET_MS = 32
/** Longest wait for that silence. */
const NOISE_LIMIT_MS = 1_500

/**
 * Asks once.
 * @param extraQuietMs silence to wait for besides the usual, after something went wrong: late answers end in it
 */
export async function exchange(
  dialogue: Dialogue,
  command: Command,
  { dialects, extraQuietMs }: { readonly dialects: readonly Dialect[]; readonly extraQuietMs: number },
  signal: AbortSignal,
): Promise<Exchange> {
  if (extraQuietMs > 0) await dialogue.untilQuiet(extraQuietMs, 2 * extraQuietMs, signal)
  const isQuiet = await dialogue.untilQuiet(QUIET_MS, NOISE_LIMIT_MS, signal, 'last byte')
  if (!isQuiet) return bad('framing', 'the line does not fall silent')
  await dialogue.send(command.bytes, signal)
  const raw = await dialogue.receive(patienceFor(command, dialects), signal)
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
  if (came.length === ANSWER_BYTES + 1 && !dialects.includes('plain')) {
    return bad('checksum', 'wrong XOR byte')
  }
  return bad('framing', `${came.length} bytes in place of ${bytesOf(dialects)}`)
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

function patienceFor({ bytes: echo }: Command, dialects: readonly Dialect[]): Patience {
  return {
    firstByteMs: ANSWER_LIMIT_MS,
    limitMs: WHOLE_LIMIT_MS,
    pauseMs(bytes) {
      // Nothing but the echo: the answer itself has not begun.
      const isEchoed = echo.every((byte, i) => bytes[i] === byte)
      if (isEchoed && bytes.length === echo.length) return ANSWER_LIMIT_MS
      const most = ANSWER_BYTES + (dialects.includes('plain') ? 0 : 1) + (isEchoed ? echo.length : 0)
      return bytes.length < most ? PAUSE_LIMIT_MS : SETTLE_MS
    },
  }
}

function bytesOf(dialects: readonly Dialect[]): number {
  return dialects.includes('plain') ? ANSWER_BYTES : ANSWER_BYTES + 1
}

function bad(error: 'framing' | 'checksum', reason: string): Exchange {
  return { kind: 'bad', error, reason }
}
