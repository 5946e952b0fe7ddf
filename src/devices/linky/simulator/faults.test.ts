import { describe, expect, it } from 'vitest'
import { dataOf, framesIn, type HeardFrame } from './frames.test-helper.ts'
import { createWire, simulatedBytes } from './wire.ts'

const START = Date.UTC(2026, 10, 21, 10, 0, 0)
const bytesOfScene = (scenario: string, frames: number, seed = 1) =>
  simulatedBytes({ scenario, seed, startAt: START, frames })
const hear = (scenario: string, frames: number, seed = 1) => framesIn(bytesOfScene(scenario, frames, seed))
const badGroups = ({ groups }: HeardFrame) => groups.filter(({ isValid }) => !isValid).length

describe('bad-checksum', () => {
  it('damages one group of one frame in four', () => {
    const damage = hear('bad-checksum', 80).map(badGroups)

    expect(damage.filter(count => count === 1)).toHaveLength(20)
    expect(damage.filter(count => count === 0)).toHaveLength(60)
  })
})

describe('every-frame-bad', () => {
  it.each([1, 2, 3])('damages one group of every frame, whatever the seed (%d)', seed => {
    expect(new Set(hear('every-frame-bad', 200, seed).map(badGroups))).toEqual(new Set([1]))
  })
})

describe('cut', () => {
  it('cuts one frame in three, after a group and inside one', () => {
    const frames = hear('cut', 60)
    const texts = Buffer.from(bytesOfScene('cut', 60)).toString('latin1').split('\x02').slice(1)
    const cut = texts.filter(text => text.endsWith('\x04'))

    expect(frames.filter(({ end }) => end === 'EOT')).toHaveLength(20)
    expect(cut.filter(text => text.endsWith('\r\x04'))).toHaveLength(10)
  })
})

describe('glitch', () => {
  it('disturbs every other frame, each in its own way', () => {
    const texts = Buffer.from(bytesOfScene('glitch', 14)).toString('latin1').split('\x02').slice(1)
    const disturbed = texts.filter((_, place) => place % 2 === 1)

    expect(disturbed[0]).toMatch(/[^\r](\n|\x03)/)
    expect(disturbed[1]).toHaveLength(149)
    expect(disturbed[2]).toContain('\n\r')
    expect(disturbed[3]?.length).toBeLessThan(151)
    expect(disturbed[4]).toHaveLength(149)
    expect(disturbed[5]).toContain('\xff')
    expect(disturbed[6]?.endsWith('\x03')).toBe(false)
  })

  it('leaves the other frames alone', () => {
    const frames = hear('glitch', 100).filter((_, place) => place % 2 === 0)

    expect(frames).toHaveLength(50)
    for (const frame of frames) expect([frame.bytes, badGroups(frame)]).toEqual([152, 0])
  })
})

describe('index-jump', () => {
  const frames = hear('index-jump', 60)
  const indexes = frames.map(frame => Number(dataOf(frame, 'BASE')))

  it('has impossible indexes with a good checksum, and true ones between', () => {
    expect(frames.every(frame => badGroups(frame) === 0)).toBe(true)
    const old = indexes.slice(0, 36)
    const jumps = old.filter(wh => Math.abs(wh - 8_412_377) > 1000)
    expect(jumps).toHaveLength(6)
    expect(
      old.filter((_, place) => (place + 1) % 6 !== 0).every(wh => wh >= 8_412_377 && wh < 8_412_500),
    ).toBe(true)
  })

  it('ends with another meter after a minute', () => {
    expect(new Set(frames.map(frame => dataOf(frame, 'ADCO'))).size).toBe(2)
    expect(indexes.at(-1)).toBeLessThan(100)
  })
})

describe('parity', () => {
  it('carries an even number of ones in every byte, over true frames', () => {
    const bytes = bytesOfScene('parity', 5)

    for (const byte of bytes) expect(byte.toString(2).replaceAll('0', '').length % 2).toBe(0)
    expect(bytes.map(byte => byte & 0x7f)).toEqual(bytesOfScene('base', 5))
  })
})

describe('noise', () => {
  it('uses all byte values', () => {
    expect(new Set(bytesOfScene('noise', 100)).size).toBe(256)
  })
})

describe('lines that fall silent', () => {
  it('sends nothing when silent', () => {
    expect(bytesOfScene('silent', 10)).toHaveLength(0)
  })

  it('stalls in the middle of the fourth frame', () => {
    const frames = hear('stall', 10)

    expect(frames.map(({ bytes, end }) => [bytes, end])).toEqual([
      [152, 'ETX'],
      [152, 'ETX'],
      [152, 'ETX'],
      [76, 'none'],
    ])
  })
})

describe('demo', () => {
  it('has a fault now and then and a true index throughout', () => {
    const frames = hear('demo', 800)
    const seconds = frames.reduce((sum, { bytes }) => sum + bytes / 120 + 0.025, 0)
    const cut = frames.filter(({ end }) => end === 'EOT').length
    const bad = frames.filter(frame => badGroups(frame) > 0).length

    expect(bad / (seconds / 120)).toBeGreaterThan(0.7)
    expect(bad / (seconds / 120)).toBeLessThan(1.4)
    expect(cut / (seconds / 300)).toBeGreaterThan(0.7)
    expect(cut / (seconds / 300)).toBeLessThan(1.4)
  })

  it('draws what its power says', () => {
    const frames = hear('demo', 800)
    const valid = (frame: HeardFrame | undefined, label: string) =>
      frame?.groups.find(group => group.label === label && group.isValid)?.data
    const total = (frame: HeardFrame | undefined) =>
      ['BBRHCJB', 'BBRHPJB', 'BBRHCJW', 'BBRHPJW', 'BBRHCJR', 'BBRHPJR'].reduce(
        (sum, label) => sum + Number(valid(frame, label)),
        0,
      )
    const drawnWh = total(frames.at(-1)) - total(frames[0])
    const powers = frames.flatMap(frame => valid(frame, 'PAPP') ?? []).map(Number)
    const seconds = frames.reduce((sum, { bytes }) => sum + bytes / 120 + 0.025, 0)
    const meanVa = powers.reduce((sum, va) => sum + va, 0) / powers.length

    expect(drawnWh).toBeGreaterThan(100)
    expect((meanVa * seconds) / 3600 / drawnWh).toBeCloseTo(1, 1)
  })
})

describe('createWire', () => {
  it('names the scenarios there are', () => {
    expect(() => createWire({ scenario: 'nonsense', seed: 1, startAt: START })).toThrow(
      /no scenario "nonsense"/,
    )
  })

  it('hangs up in mid-frame every 20 s of line time', () => {
    const wire = createWire({ scenario: 'unplug', seed: 1, startAt: START })
    let lineMs = 0
    const hungUpAt: number[] = []
    while (lineMs < 65_000) {
      const piece = wire.next()
      if (piece?.kind === 'bytes') lineMs += piece.bytes.length * wire.characterMs
      if (piece?.kind === 'pause') lineMs += piece.ms
      if (piece?.kind === 'hang-up') hungUpAt.push(lineMs)
    }

    expect(hungUpAt.map(ms => Math.floor(ms / 2000))).toEqual([10, 20, 30])
  })

  it('has gaps of 16.7 to 33.4 ms between frames', () => {
    const wire = createWire({ scenario: 'standard', seed: 1, startAt: START })
    const pieces = Array.from({ length: 200 }, () => wire.next())
    const gaps = pieces.flatMap(piece => (piece?.kind === 'pause' ? [piece.ms] : []))

    expect(gaps).toHaveLength(100)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(16.7)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(33.4)
  })
})
