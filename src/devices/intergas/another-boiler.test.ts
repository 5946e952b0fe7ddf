import { describe, expect, it } from 'vitest'
import { startChangeable, type Table } from './boiler.test-helper.ts'
import { STATES } from './simulator/states.ts'

const CHECKSUM_AT = 24

function release(text: string): Uint8Array {
  return Buffer.from(`${text.padEnd(24)}CHECKSUM`, 'latin1')
}

const FIRST: Table = { ...STATES.a, EN: new Uint8Array(32).fill(3), REV: release('ic3mk1   *P190517*V2.53-') }
const OTHER_CRC = Uint8Array.from(STATES.b.CRC ?? [], (byte, at) => (at < CHECKSUM_AT ? byte : byte ^ 0x5a))
const SECOND: Table = { ...STATES.b, CRC: OTHER_CRC, REV: release('ic2mk4   *P110203*V2.71-') }
const { REV: _, ...OLD } = SECOND

describe.each([
  ['on a line that was pulled', true],
  ['behind a bridge that says nothing of it', false],
] as const)('another boiler %s', (_name, isPulled) => {
  it('is asked for its release soon', async () => {
    const { clock, slot, change, pull, stop } = startChangeable(FIRST)
    const told = (key: string) => slot.view().readings.get(key)?.value
    await clock.advance(12_000)
    expect(told('software')).toBe('V2.53')
    change(SECOND)
    if (isPulled) pull()
    await clock.advance(30_000)
    expect([told('t_flow'), told('software'), told('fault_3_count')]).toEqual([48.22, 'V2.71', undefined])
    await stop()
  })

  it('does not keep the release of the one before when it has none', async () => {
    const { clock, slot, change, pull, stop } = startChangeable(FIRST)
    await clock.advance(12_000)
    change(OLD)
    if (isPulled) pull()
    await clock.advance(30_000)
    const { readings } = slot.view()
    expect([readings.get('t_flow')?.value, readings.has('software')]).toEqual([48.22, false])
    await stop()
  })
})
