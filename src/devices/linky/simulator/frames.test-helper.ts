import { checksum } from './frame.ts'

/** A group as a test reads it back: plainly, from undamaged captures. */
export interface HeardGroup {
  readonly label: string
  readonly data: string
  readonly horodate: string | undefined
  readonly isValid: boolean
}

export interface HeardFrame {
  readonly bytes: number
  readonly end: 'ETX' | 'EOT' | 'none'
  readonly groups: readonly HeardGroup[]
}

/** Splits a capture at STX; text before the first one is dropped. */
export function framesIn(bytes: Uint8Array): readonly HeardFrame[] {
  const [, ...texts] = Buffer.from(bytes).toString('latin1').split('\x02')
  return texts.map(text => ({
    bytes: text.length + 1,
    end: text.endsWith('\x03') ? 'ETX' : text.endsWith('\x04') ? 'EOT' : 'none',
    groups: [...text.matchAll(/\n([^\n\r\x03\x04]*)\r/g)].map(([, line]) => groupOf(line ?? '')),
  }))
}

/** The data of a label of a frame. */
export function dataOf(frame: HeardFrame | undefined, label: string): string | undefined {
  return frame?.groups.find(group => group.label === label)?.data
}

export function labelsOf(frame: HeardFrame | undefined): readonly string[] {
  return (frame?.groups ?? []).map(({ label }) => label)
}

function groupOf(line: string): HeardGroup {
  const isStandard = line.includes('\t')
  const covered = line.slice(0, isStandard ? -1 : -2)
  const parts = line.slice(0, -2).split(isStandard ? '\t' : ' ')
  const hasHorodate = isStandard && parts.length === 3
  return {
    label: parts[0] ?? '',
    horodate: hasHorodate ? parts[1] : undefined,
    data: parts.slice(hasHorodate ? 2 : 1).join(' '),
    isValid: checksum(covered) === line.at(-1),
  }
}
