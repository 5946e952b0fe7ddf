/*
 * frame            = STX group... ETX, or EOT where the meter broke off
 * historique group = LF label SP data SP checksum CR
 * standard group   = LF label HT [horodate HT] data HT checksum CR
 */

export const STX = '\x02'
export const ETX = '\x03'
export const EOT = '\x04'

/** A frame before it is bytes: its groups already encoded, and the character that ends it (none: it just stops). */
export interface Frame {
  readonly groups: readonly string[]
  readonly end: typeof ETX | typeof EOT | ''
}

/** One character out of 0x20..0x5F over the text it covers. */
export function checksum(covered: string): string {
  let sum = 0
  for (let place = 0; place < covered.length; place++) sum += covered.charCodeAt(place)
  return String.fromCharCode((sum & 0x3f) + 0x20)
}

/** A group of mode historique; the checksum leaves the last separator out. */
export function historiqueGroup(label: string, data: string): string {
  const covered = `${label} ${data}`
  return `\n${covered} ${checksum(covered)}\r`
}

/** A group of mode standard; the checksum takes the last separator in. */
export function standardGroup(label: string, data: string, horodate?: string): string {
  const covered = horodate === undefined ? `${label}\t${data}\t` : `${label}\t${horodate}\t${data}\t`
  return `\n${covered}${checksum(covered)}\r`
}

/** A frame that was not disturbed. */
export function wholeFrame(groups: readonly string[]): Frame {
  return { groups, end: ETX }
}

/** The characters of a frame as they go out. */
export function frameText({ groups, end }: Frame): string {
  return STX + groups.join('') + end
}

/** Characters of 7 or 8 bits as bytes. */
export function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'latin1')
}

/** A number as the meter prints it: whole, padded with zeros on the left, and rolling over like a mechanical counter. */
export function digits(value: number, width: number): string {
  return String(Math.floor(value) % 10 ** width).padStart(width, '0')
}

/** Text in the middle of a field of fixed width, as calendars are named. */
export function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2)
  return (' '.repeat(left) + text).padEnd(width)
}
