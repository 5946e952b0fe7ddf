import { describe, expect, it } from 'vitest'
import { hexText } from './bytes.ts'
import type { CommandName } from './commands.ts'
import { sceneOf } from './scenes.ts'

function answer(scenario: string, name: CommandName, elapsedMs = 0): Uint8Array {
  return sceneOf(scenario).make({ seed: 1, startAt: 0 }).answer(name, elapsedMs) ?? new Uint8Array()
}

/** Words as they lie in an answer, signed. */
function words(bytes: Uint8Array, count: number): number[] {
  return Array.from({ length: count }, (_, place) => Buffer.from(bytes).readInt16LE(place * 2))
}

describe('document', () => {
  it('says in S? what the original printed', () => {
    const bytes = answer('document', 'S?')

    expect(words(bytes, 12)).toEqual([6997, 4759, 3657, 2667, -5100, -5100, 170, 5000, 1340, 1340, 82, 733])
    expect([...bytes.subarray(24)]).toEqual([0, 0, 0b1001_1000, 0x40, 0b0010_0101, 255, 0, 255])
  })

  it('says in S2 that nobody taps and the pump runs at 15 %', () => {
    expect([...answer('document', 'S2').subarray(0, 3)]).toEqual([0, 0, 200 - 2 * 15])
  })

  it('says in CRC 200, 135.84 and 25.125', () => {
    expect(words(answer('document', 'CRC'), 3)).toEqual([200 * 5, 135.84 * 6.25, 25.125 * 8])
  })

  it('says in HN hours, times, gas and water', () => {
    const bytes = Buffer.from(answer('document', 'HN'))

    expect([0, 2, 4, 6, 8, 10, 12, 14, 26].map(at => bytes.readUInt16LE(at))).toEqual([
      18_491, 1046, 3849, 246, 52_436, 4, 1, 3, 14_324,
    ])
    expect([bytes.readUInt32LE(16), bytes.readUInt32LE(20)]).toEqual([53_833_816, 5_191_142])
    expect(bytes.readUInt16LE(24) + 65_536 * (bytes[28] ?? 0)).toBe(779_017)
    expect([...bytes.subarray(29)]).toEqual([0, 0, 0])
  })

  it('says in V? the 31 settings', () => {
    expect([...Buffer.from(answer('document', 'V?'))].map(byte => (byte > 127 ? byte - 256 : byte))).toEqual([
      1, 0, 50, 50, 3, 0, 0, 0, 0, 0, 65, 75, 25, -7, 25, 5, 1, 0, 0, 1, 20, 20, 25, 1, 35, 67, 60, 0, 10, 0,
      40, 0,
    ])
  })
})

describe('the pairs', () => {
  it.each([
    ['idle', 'b60dc20db40d210c', 126, 0x80, 0x40, 0x20, 255],
    ['ch_burning', '0d133a113c0eac0f', 0, 0x88, 0x40, 0x25, 255],
    ['dhw', 'd31b921a93139c16', 204, 0x82, 0x40, 0x25, 255],
    ['fault', 'fb0af10ae60a2d0a', 102, 0x24, 0x80, 0x60, 8],
    ['negative', 'fbff6afff4ffffff', 24, 0x08, 0x40, 0x20, 255],
    ['pressure_below_zero', '0410fa0f3c0fb80b', 126, 0x80, 0x40, 0x00, 255],
    ['sensor_absent', '0410fa0fff7f14ec', 231, 0x08, 0x40, 0x20, 255],
    ['float_noise', '07000e001c001d00', 231, 0x00, 0x40, 0x20, 255],
  ])('%s has its temperatures, code, flags and fault', (state, temperatures, ...rest) => {
    const bytes = answer(`pair-${state}`, 'S?')

    expect(hexText(bytes.subarray(0, 8))).toBe(temperatures)
    expect([24, 26, 27, 28, 29].map(at => bytes[at])).toEqual(rest)
  })

  it.each(['S?', 'S2', 'CRC', 'HN', 'V?'] as const)('answer %s with 32 bytes each', name => {
    const lengths = [
      'idle',
      'ch_burning',
      'dhw',
      'fault',
      'negative',
      'pressure_below_zero',
      'sensor_absent',
      'float_noise',
    ].map(state => answer(`pair-${state}`, name).length)

    expect(lengths).toEqual(Array.from({ length: 8 }, () => 32))
  })
})

describe('states', () => {
  it('shows A, B, C and A again, seven seconds each', () => {
    const at = (ms: number) => hexText(answer('states', 'S?', ms))
    const of = (name: string) => hexText(answer(name, 'S?'))

    expect([0, 6999, 7000, 14_000, 21_000].map(at)).toEqual(
      ['state-a', 'state-a', 'state-b', 'state-c', 'state-a'].map(of),
    )
  })

  it.each([
    ['S?', [0, 2, 4, 6, 10, 12, 14, 16, 18, 20, 22]],
    ['S2', [0, 2, 6, 8]],
    ['CRC', [0, 2, 4]],
  ] as const)('share no word of %s', (name, offsets) => {
    for (const offset of offsets) {
      const seen = ['state-a', 'state-b', 'state-c'].map(state =>
        hexText(answer(state, name).subarray(offset, offset + 2)),
      )
      expect(new Set(seen).size, `offset ${offset}`).toBe(3)
    }
  })

  it('share the counters, which cannot go back', () => {
    expect(answer('state-b', 'HN')).toEqual(answer('state-a', 'HN'))
    expect(answer('state-c', 'HN')).toEqual(answer('state-a', 'HN'))
  })
})
