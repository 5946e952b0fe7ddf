import { type Field, fieldsOf } from './field.ts'

/** Hardware and software text, before the two checksums. */
const TEXT_BYTES = 24

/** Which list of faults a board has. */
export type Board = 'IC2' | 'IC3'

/** What `REV` says in its first 24 bytes: `ic3mk1   *P190517*V2.53-`. */
export interface Revision {
  readonly hardware: string
  readonly software: string
}

/** The two texts; undefined for bytes that are no such text. Older boards have longer names: the last `V` begins the software. */
export function parseRevision(bytes: Uint8Array): Revision | undefined {
  const text = Buffer.from(bytes.subarray(0, TEXT_BYTES)).toString('latin1')
  const match = /^([ -~]*)V(\d[ -~]*)$/.exec(text)
  const [, hardware, software] = match ?? []
  if (hardware === undefined || software === undefined || !/[A-Za-z]/.test(hardware)) return undefined
  return { hardware: hardware.trim(), software: `V${software}`.replace(/[- ]+$/, '') }
}

/** The board, from the hardware's third letter. */
export function boardOf(hardware: string | undefined): Board | undefined {
  const digit = /^ic([23])/i.exec(hardware ?? '')?.[1]
  if (digit === undefined) return undefined
  return digit === '2' ? 'IC2' : 'IC3'
}

const { any, hex } = fieldsOf('REV')

export const REVISION_FIELDS: readonly Field[] = [
  any(
    'hardware',
    { help: 'Hardware release', family: 'hearth_device_info' },
    bytes => parseRevision(bytes)?.hardware,
  ),
  any(
    'software',
    { help: 'Software release', family: 'hearth_device_info' },
    bytes => parseRevision(bytes)?.software,
  ),
  hex(24, 'rev_checksum_1', 'First checksum of the release'),
  hex(28, 'rev_checksum_2', 'Second checksum of the release'),
]
