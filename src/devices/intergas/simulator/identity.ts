import { answerOf, type Entry } from './bytes.ts'

/** `V?` of the boiler in the original's document: 31 settings and an unknown byte. */
export const SETTINGS: readonly number[] = [
  1, 0, 50, 50, 3, 0, 0, 0, 0, 0, 65, 75, 25, -7, 25, 5, 1, 0, 0, 1, 20, 20, 25, 1, 35, 67, 60, 0, 10, 0, 40,
  0,
]

/** Two checksums that `CRC` and `REV` share. */
const CHECKSUMS = [0xb6, 0x94, 0xd2, 0x5f, 0x2d, 0xa0, 0x11, 0x07] as const
const CHECKSUMS_AT = 24
const NEVER = 255

/** An answer of bytes, one after the other. */
export function bytesAnswer(bytes: readonly number[]): Uint8Array {
  return answerOf(bytes.map((value, offset): Entry => [offset, 'u8', value]))
}

/** `REV` or `REW`: hardware release of 18 characters, software release of five, a dash, two checksums. */
export function releaseAnswer(hardware: string, software: string): Uint8Array {
  const text = `${hardware.padEnd(18)}${software}-`
  return bytesAnswer([...Buffer.from(text, 'latin1'), ...CHECKSUMS])
}

/** `CRC`: words of the burner controller's timing, then the checksums. */
export function timingAnswer(words: readonly number[]): Uint8Array {
  const sums = CHECKSUMS.map((value, place): Entry => [CHECKSUMS_AT + place, 'u8', value])
  return answerOf([...words.map((value, place): Entry => [place * 2, 'u16', value]), ...sums])
}

/** `EN`: how often each fault has happened. */
export function faultsAnswer(times: ReadonlyMap<number, number>): Uint8Array {
  return bytesAnswer(Array.from({ length: 32 }, (_, fault) => times.get(fault) ?? NEVER))
}

/** `V1` of an HRE: heating flow factor and seven settings behind letters. */
export const SETTINGS_1: readonly number[] = [100, 30, 0, 40, 10, 20, 0, 5, 0]

/** `B?`: a production code in the last seven bytes. */
export const PRODUCTION: Uint8Array = answerOf([
  [25, 'u8', 19],
  [26, 'u8', 5],
  [27, 'u8', 17],
  [28, 'u8', 2],
  [29, 'u8', 4],
  [30, 'u8', 37],
  [31, 'u8', 81],
])
