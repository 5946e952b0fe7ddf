/** Numbers of an answer: little endian throughout. A byte that is not there reads as 0; answers have their length checked. */

export function byteAt(bytes: Uint8Array, offset: number): number {
  return bytes[offset] ?? 0
}

export function u16At(bytes: Uint8Array, offset: number): number {
  return byteAt(bytes, offset) + 256 * byteAt(bytes, offset + 1)
}

export function s16At(bytes: Uint8Array, offset: number): number {
  const word = u16At(bytes, offset)
  return word > 0x7fff ? word - 0x1_0000 : word
}

export function u32At(bytes: Uint8Array, offset: number): number {
  return u16At(bytes, offset) + 0x1_0000 * u16At(bytes, offset + 2)
}

export function s8At(bytes: Uint8Array, offset: number): number {
  const byte = byteAt(bytes, offset)
  return byte > 0x7f ? byte - 0x100 : byte
}

export function bitAt(bytes: Uint8Array, offset: number, bit: number): boolean {
  return ((byteAt(bytes, offset) >> bit) & 1) === 1
}

/** Four bytes as hexadecimal text in their order. */
export function hexAt(bytes: Uint8Array, offset: number): string {
  return Buffer.from(bytes.subarray(offset, offset + 4)).toString('hex')
}
