/*
 * TIC, the customer output of French electricity meters: bytes in, frames out. Pure: no clock, no I/O.
 *
 *   frame      STX group ... ETX            cut frame  STX group ... EOT (the meter was interrupted)
 *   historique LF label SP data SP checksum CR
 *   standard   LF label HT [horodate HT] data HT checksum CR
 *
 * Frames begin and end on STX, ETX and EOT only, never on label names: a three-phase short frame does not start with ADCO.
 * Every byte loses its eighth bit: a 7E1 line read as 8N1 carries the parity there.
 */

const STX = 0x02
const ETX = 0x03
const EOT = 0x04
const HT = 0x09
const LF = 0x0a
const CR = 0x0d
const SP = 0x20
const DEL = 0x7f

/** The longest group is PJOURF+1 with 110 characters; beyond this, the end of the group was lost. */
const LONGEST_GROUP = 192
/** A three-phase standard frame has about 60 groups and 1,300 bytes; beyond these, the end of the frame was lost. */
const MOST_GROUPS = 128
const LONGEST_FRAME = 8192
const LONGEST_LABEL = 16
/** Valid groups of one frame after which `auto` is sure of the mode. */
const GROUPS_TO_BE_SURE = 3

export type Mode = 'historique' | 'standard'

/** A group whose structure and checksum hold. */
export interface Group {
  readonly label: string
  readonly data: string
  /** The 13 characters of the date, where the group has one (standard mode only). */
  readonly horodate: string | undefined
}

export type Damage = 'checksum' | 'framing'

export interface Frame {
  /** `complete` ended with ETX; `cut` with EOT; `broken` lost its end (unexpected STX, or too long). */
  readonly end: 'complete' | 'cut' | 'broken'
  /** undefined while `auto` has not seen enough valid groups. */
  readonly mode: Mode | undefined
  readonly groups: readonly Group[]
  /** Groups of this frame that were dropped, by reason. */
  readonly damaged: Readonly<Record<Damage, number>>
  /** Bytes of the line since the frame before: at a known speed, the time it took. */
  readonly lineBytes: number
}

export interface Decoder {
  /** Takes bytes as they come, split anywhere; calls `onFrame` for each frame they end. */
  push(bytes: Uint8Array): void
}

/** A group as it came last time at the same place of the frame: meters repeat themselves, so most need no new strings. */
interface Remembered {
  readonly bytes: Uint8Array
  readonly group: Group
  readonly mode: Mode
}

/** Makes a decoder for one connection. With `auto` the separator tells the mode, and it stays with the first it is sure of. */
export function createDecoder(wanted: Mode | 'auto', onFrame: (frame: Frame) => void): Decoder {
  const scratch = Buffer.alloc(LONGEST_GROUP)
  const memory: Remembered[] = []
  let settledMode: Mode | undefined = wanted === 'auto' ? undefined : wanted
  let isInFrame = false
  let isInGroup = false
  let isGroupTooLong = false
  let isStrayCounted = false
  let length = 0
  let sum = 0
  let groups: Group[] = []
  let modes = { historique: 0, standard: 0 }
  let damaged = { checksum: 0, framing: 0 }
  let frameBytes = 0
  let lineBytes = 0

  function beginFrame(): void {
    isInFrame = true
    isInGroup = false
    isStrayCounted = false
    groups = []
    modes = { historique: 0, standard: 0 }
    damaged = { checksum: 0, framing: 0 }
    frameBytes = 0
  }

  function endFrame(end: Frame['end']): void {
    isInFrame = false
    isInGroup = false
    if (!settledMode) {
      if (modes.historique >= GROUPS_TO_BE_SURE && modes.historique > modes.standard)
        settledMode = 'historique'
      if (modes.standard >= GROUPS_TO_BE_SURE && modes.standard > modes.historique) settledMode = 'standard'
    }
    const frame: Frame = { end, mode: settledMode, groups, damaged, lineBytes }
    lineBytes = 0
    onFrame(frame)
  }

  function beginGroup(): void {
    isInGroup = true
    isGroupTooLong = false
    isStrayCounted = false
    length = 0
    sum = 0
  }

  function endGroup(): void {
    isInGroup = false
    if (isGroupTooLong || groups.length >= MOST_GROUPS) {
      damaged.framing++
      return
    }
    const known = memory[groups.length]
    if (known && known.mode === (settledMode ?? known.mode) && isSame(known.bytes, scratch, length)) {
      modes[known.mode]++
      groups.push(known.group)
      return
    }
    const mode =
      settledMode ?? (scratch.indexOf(HT) >= 0 && scratch.indexOf(HT) < length ? 'standard' : 'historique')
    const group =
      mode === 'standard' ? standardGroup(scratch, length, sum) : historiqueGroup(scratch, length, sum)
    if (typeof group === 'string') {
      damaged[group]++
      return
    }
    memory[groups.length] = { bytes: Uint8Array.prototype.slice.call(scratch, 0, length), group, mode }
    modes[mode]++
    groups.push(group)
  }

  function control(byte: number): void {
    switch (byte) {
      case STX:
        if (isInFrame) {
          if (isInGroup) damaged.framing++
          endFrame('broken')
        }
        beginFrame()
        return
      case ETX:
        if (isInGroup) damaged.framing++
        endFrame('complete')
        return
      case EOT:
        // The meter stopped by intent: the group in progress is not damage, it is simply not there.
        endFrame('cut')
        return
      case LF:
        if (isInGroup) damaged.framing++
        beginGroup()
        return
      case CR:
        if (isInGroup) endGroup()
        else stray()
        return
      default:
        stray()
    }
  }

  /** Bytes that belong to no group: counted once for each run of them. */
  function stray(): void {
    if (isInGroup) isGroupTooLong = true
    else if (!isStrayCounted) {
      isStrayCounted = true
      damaged.framing++
    }
  }

  return {
    push(bytes) {
      const end = bytes.length
      let i = 0
      while (i < end) {
        if (!isInFrame) {
          while (i < end && ((bytes[i] ?? 0) & DEL) !== STX) {
            i++
            lineBytes++
          }
          if (i === end) return
          i++
          lineBytes++
          beginFrame()
          continue
        }
        if (isInGroup && !isGroupTooLong) {
          const from = i
          while (i < end) {
            const byte = (bytes[i] ?? 0) & DEL
            if ((byte < SP && byte !== HT) || byte === DEL || length === LONGEST_GROUP) break
            scratch[length++] = byte
            sum += byte
            i++
          }
          lineBytes += i - from
          frameBytes += i - from
          if (i === end) break
        }
        const byte = (bytes[i] ?? 0) & DEL
        i++
        lineBytes++
        frameBytes++
        if (byte < SP && byte !== HT) control(byte)
        else stray()
        if (frameBytes > LONGEST_FRAME && isInFrame) {
          damaged.framing++
          endFrame('broken')
        }
      }
    },
  }
}

/** The checksum character of a sum over the covered bytes: six bits, moved into the printable range. */
function checksum(sum: number): number {
  return (sum & 0x3f) + 0x20
}

/**
 * `label SP data SP checksum`, checksum over label, separator and data without the last separator.
 * The checksum may itself be a space, and data may hold one: so it is read from the end, the label to the first separator.
 */
function historiqueGroup(bytes: Buffer, length: number, sum: number): Group | Damage {
  const given = bytes[length - 1] ?? 0
  const separatorAt = bytes.indexOf(SP)
  if (length < 5 || bytes[length - 2] !== SP || separatorAt < 1 || separatorAt >= length - 3) return 'framing'
  if (checksum(sum - given - SP) !== given) return 'checksum'
  const label = bytes.toString('latin1', 0, separatorAt)
  const data = bytes.toString('latin1', separatorAt + 1, length - 2)
  if (!isLabel(label) || data.includes('\t')) return 'framing'
  return { label, data, horodate: undefined }
}

/** `label HT [horodate HT] data HT checksum`, checksum over everything up to and with the last separator. */
function standardGroup(bytes: Buffer, length: number, sum: number): Group | Damage {
  const given = bytes[length - 1] ?? 0
  if (length < 4 || bytes[length - 2] !== HT || given === HT) return 'framing'
  const parts = bytes.toString('latin1', 0, length - 2).split('\t')
  if (parts.length < 2 || parts.length > 3) return 'framing'
  if (checksum(sum - given) !== given) return 'checksum'
  const [label = '', first = '', second] = parts
  if (!isLabel(label)) return 'framing'
  return second === undefined
    ? { label, data: first, horodate: undefined }
    : { label, data: second, horodate: first }
}

function isLabel(label: string): boolean {
  return label.length <= LONGEST_LABEL && /^[A-Za-z0-9][A-Za-z0-9+\-_.]*$/.test(label)
}

function isSame(known: Uint8Array, bytes: Uint8Array, length: number): boolean {
  if (known.length !== length) return false
  for (let i = 0; i < length; i++) if (known[i] !== bytes[i]) return false
  return true
}
