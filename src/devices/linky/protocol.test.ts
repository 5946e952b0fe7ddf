import { describe, expect, it } from 'vitest'
import { createDecoder, type Frame, type Mode } from './protocol.ts'

const STX = '\x02'
const ETX = '\x03'

/** A group of a frame whose checksum is given by hand, from the meters' specification. */
const historique = (label: string, data: string, check: string) => `\n${label} ${data} ${check}\r`
const standard = (label: string, data: string, check: string, horodate?: string) =>
  `\n${label}\t${horodate === undefined ? '' : `${horodate}\t`}${data}\t${check}\r`

function decode(text: string, mode: Mode | 'auto' = 'auto', step = Number.POSITIVE_INFINITY): Frame[] {
  const frames: Frame[] = []
  const decoder = createDecoder(mode, frame => frames.push(frame))
  const bytes = Buffer.from(text, 'latin1')
  for (let i = 0; i < bytes.length; i += Math.min(step, bytes.length)) {
    decoder.push(bytes.subarray(i, i + Math.min(step, bytes.length)))
  }
  return frames
}

const BASE = `${historique('OPTARIF', 'BASE', '0')}${historique('PTEC', 'TH..', '$')}${historique('IINST', '003', 'Z')}${historique('HHPHC', 'A', ',')}${historique('MOTDETAT', '000000', 'B')}`
const STANDARD = `${standard('VTIC', '02', 'J')}${standard('IRMS1', '003', '1')}${standard('URMS1', '230', '?')}${standard('PREF', '18', 'H')}${standard('SMAXSN', '04536', 'M', 'E230712084949')}${standard('DATE', '', 'A', 'H260319062210')}`

describe('decoder', () => {
  it('reads a historique frame and finds its mode', () => {
    const [frame] = decode(`${STX}${BASE}${ETX}`)
    expect(frame).toMatchObject({ end: 'complete', mode: 'historique', damaged: { checksum: 0, framing: 0 } })
    expect(frame?.groups.map(group => [group.label, group.data])).toEqual([
      ['OPTARIF', 'BASE'],
      ['PTEC', 'TH..'],
      ['IINST', '003'],
      ['HHPHC', 'A'],
      ['MOTDETAT', '000000'],
    ])
  })

  it('reads a standard frame with horodates and an empty data field', () => {
    const [frame] = decode(`${STX}${STANDARD}${ETX}`)
    expect(frame).toMatchObject({ end: 'complete', mode: 'standard', damaged: { checksum: 0, framing: 0 } })
    expect(frame?.groups.at(4)).toEqual({ label: 'SMAXSN', data: '04536', horodate: 'E230712084949' })
    expect(frame?.groups.at(5)).toEqual({ label: 'DATE', data: '', horodate: 'H260319062210' })
  })

  it.each([1, 2, 7, 64])('gives the same frames when the bytes come %i at a time', step => {
    const stream = `noise${STX}${BASE}${ETX}${STX}${BASE.slice(0, 40)}\x04${STX}${BASE}${ETX}${STX}${STANDARD}${ETX}`
    expect(decode(stream, 'auto', step)).toEqual(decode(stream))
  })

  it('accepts a checksum that is a space', () => {
    const [frame] = decode(`${STX}${historique('IINST', '009', ' ')}${ETX}`, 'historique')
    expect(frame?.groups).toEqual([{ label: 'IINST', data: '009', horodate: undefined }])
  })

  it('keeps a separator inside historique data', () => {
    const sum = [...'MOTDETAT 0000 1'].reduce((total, c) => total + c.charCodeAt(0), 0)
    const check = String.fromCharCode((sum & 0x3f) + 0x20)
    const [frame] = decode(`${STX}${historique('MOTDETAT', '0000 1', check)}${ETX}`, 'historique')
    expect(frame?.groups[0]?.data).toBe('0000 1')
  })

  it('masks the eighth bit of every byte', () => {
    const bytes = Buffer.from(`${STX}${BASE}${ETX}`, 'latin1').map(byte => byte | 0x80)
    const frames: Frame[] = []
    createDecoder('auto', frame => frames.push(frame)).push(bytes)
    expect(frames[0]).toMatchObject({
      end: 'complete',
      mode: 'historique',
      damaged: { checksum: 0, framing: 0 },
    })
    expect(frames[0]?.groups).toHaveLength(5)
  })

  it('drops what comes before the first STX', () => {
    expect(decode(`${BASE}${ETX}${STX}${BASE}${ETX}`)).toHaveLength(1)
  })

  it('loses a group with a wrong checksum and nothing else', () => {
    const [frame] = decode(`${STX}${BASE.replace('003 Z', '004 Z')}${ETX}`)
    expect(frame?.damaged).toEqual({ checksum: 1, framing: 0 })
    expect(frame?.groups.map(group => group.label)).toEqual(['OPTARIF', 'PTEC', 'HHPHC', 'MOTDETAT'])
  })

  it.each([
    ['a group without its CR', BASE.replace('$\r', '$'), 1],
    ['a group without its LF', BASE.replace('\nPTEC', 'PTEC'), 1],
    ['an empty line', BASE.replace('\nPTEC', '\n\r\nPTEC'), 1],
    ['a group without separators', BASE.replace('PTEC TH.. $', 'PTECTH..$'), 1],
    ['a control character inside a group', BASE.replace('TH..', 'TH\x01.'), 1],
    ['letters between groups', BASE.replace('\nPTEC', 'lost\nPTEC'), 1],
  ])('counts %s as framing damage and goes on with the next group', (_name, groups, count) => {
    const [frame] = decode(`${STX}${groups}${ETX}`, 'historique')
    expect(frame?.damaged.framing).toBe(count)
    expect(frame?.groups.map(group => group.label)).toContain('MOTDETAT')
  })

  it('ends a frame that EOT cuts, without calling the group in progress damaged', () => {
    const frames = decode(`${STX}${BASE.slice(0, 30)}\x04${STX}${BASE}${ETX}`)
    expect(frames.map(frame => frame.end)).toEqual(['cut', 'complete'])
    expect(frames[0]?.damaged).toEqual({ checksum: 0, framing: 0 })
  })

  it('ends a frame at an unexpected STX and never joins it with the next', () => {
    const frames = decode(`${STX}${BASE.slice(0, 25)}${STX}${BASE}${ETX}`)
    expect(frames.map(frame => [frame.end, frame.groups.length])).toEqual([
      ['broken', 1],
      ['complete', 5],
    ])
  })

  it('gives up a frame that never ends', () => {
    const frames = decode(`${STX}${'\nIINST 003 Z\r'.repeat(2000)}`, 'historique')
    expect(frames[0]?.end).toBe('broken')
    expect(frames[0]?.groups.length).toBeLessThanOrEqual(128)
  })

  it('gives up a group that never ends', () => {
    const [frame] = decode(`${STX}\n${'A'.repeat(5000)}${BASE}${ETX}`, 'historique')
    expect(frame?.damaged.framing).toBe(1)
    expect(frame?.groups).toHaveLength(5)
  })

  it('refuses the other mode once it is told which to expect', () => {
    expect(decode(`${STX}${STANDARD}${ETX}`, 'historique')[0]?.groups).toEqual([])
    expect(decode(`${STX}${BASE}${ETX}`, 'standard')[0]?.groups).toEqual([])
  })

  it('counts the bytes of the line between frames', () => {
    const frame = `${STX}${BASE}${ETX}`
    const frames = decode(`??${frame}????${frame}`)
    expect(frames.map(each => each.lineBytes)).toEqual([frame.length + 2, frame.length + 4])
  })
})
