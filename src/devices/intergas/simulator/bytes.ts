/** An answer is always this long, before the check byte of the Xtreme. */
export const ANSWER_BYTES = 32

/** How a number lies in an answer: signed ones are two's complement, all are little endian. */
export type Kind = 'u8' | 'u16' | 'u32'

/** One number of an answer: offset, kind, value in the unit of the wire. */
export type Entry = readonly [offset: number, kind: Kind, value: number]

const WIDTHS: Readonly<Record<Kind, number>> = { u8: 1, u16: 2, u32: 4 }

/** 32 bytes that hold these numbers; what no entry says is `fill`. */
export function answerOf(entries: readonly Entry[], fill = 0): Uint8Array {
  const bytes = new Uint8Array(ANSWER_BYTES).fill(fill)
  for (const [offset, kind, value] of entries) {
    for (let place = 0; place < WIDTHS[kind]; place++) {
      bytes[offset + place] = Math.floor(value / 256 ** place) & 0xff
    }
  }
  return bytes
}

/** The bytes of a row of hexadecimal digits; blanks between them are for the eye. */
export function hexBytes(text: string): Uint8Array {
  return Uint8Array.from(text.match(/[0-9a-f]{2}/gi) ?? [], digits => Number.parseInt(digits, 16))
}

/** Two hexadecimal digits a byte, without blanks. */
export function hexText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** A temperature, pressure, flow or current as the wire has it. */
export function hundredths(value: number): number {
  return Math.round(value * 100)
}

/** XOR of all bytes: the check byte of the Xtreme. */
export function xorOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0)
}
