/*
 * What a boiler is asked. A command is its bytes and nothing after them; the answer is 32 bytes without any frame.
 *
 *   plain    S?\r    S2\r    CRC    HN\r    V?\r          -> 32 bytes
 *   xtreme   S?\r x  S2\r x  CRC x  H0\r x  D2\r x        -> 32 bytes x        x: XOR of the bytes before it
 *
 * Every command here reads. The one that writes (P and three bytes) is not in this program.
 */

/** How a boiler is spoken to: without check byte (HRE, HReco, Prestige), or with an XOR byte both ways (Xtreme). */
export type Dialect = 'plain' | 'xtreme'

/** Names of the answers; each is a group of readings with a clock of its own. */
export type AnswerName = 'S?' | 'S2' | 'CRC' | 'HN' | 'V?' | 'EN' | 'REV' | 'D2' | 'V0' | 'V1' | 'V2' | 'V3'

export interface Command {
  readonly name: AnswerName
  readonly bytes: Uint8Array
  /** The boiler counts as read only when this was answered. */
  readonly isRequired: boolean
  /** Pause between two askings; absent: asked in every poll. */
  readonly paceMs?: number
}

export const ANSWER_BYTES = 32

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** The original's five in its order, and two that it does not know. */
const PLAIN: readonly Command[] = [
  required('S?', 'S?\r'),
  required('S2', 'S2\r'),
  required('CRC', 'CRC'),
  required('HN', 'HN\r'),
  { name: 'V?', bytes: ascii('V?\r'), isRequired: false },
  { name: 'EN', bytes: ascii('EN\r'), isRequired: false, paceMs: MINUTE_MS },
  { name: 'REV', bytes: ascii('REV'), isRequired: false, paceMs: HOUR_MS },
]

const XTREME: readonly Command[] = [
  required('S?', 'S?\r', true),
  required('S2', 'S2\r', true),
  required('CRC', 'CRC', true),
  required('HN', 'H0\r', true),
  { name: 'D2', bytes: withXor(ascii('D2\r')), isRequired: false },
  ...(['V0', 'V1', 'V2', 'V3'] as const).map(
    (name): Command => ({
      name,
      bytes: withXor(ascii(`${name}\r`)),
      isRequired: false,
      paceMs: MINUTE_MS,
    }),
  ),
  // The only one that an Xtreme is known to take bare.
  { name: 'REV', bytes: ascii('REV'), isRequired: false, paceMs: HOUR_MS },
]

export const COMMANDS: Readonly<Record<Dialect, readonly Command[]>> = { plain: PLAIN, xtreme: XTREME }

/** XOR over all bytes: the check byte of the Xtreme. */
export function xorOf(bytes: Uint8Array): number {
  let xor = 0
  for (const byte of bytes) xor ^= byte
  return xor
}

function required(name: AnswerName, text: string, hasXor = false): Command {
  return { name, bytes: hasXor ? withXor(ascii(text)) : ascii(text), isRequired: true }
}

function withXor(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(...bytes, xorOf(bytes))
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0))
}
