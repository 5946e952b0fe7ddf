import { describe, expect, it } from 'vitest'
import { createIndexGuard } from './index-guard.ts'

function guardAt(value: number) {
  const guard = createIndexGuard()
  guard.setSubscribedPower(6000)
  guard.accepts('BASE', value, 0)
  return guard
}

describe('index guard', () => {
  it('lets an index grow as fast as the contract allows', () => {
    const guard = guardAt(1_000_000)
    // 6 kVA for a minute is 100 Wh; with the headroom of one half and 10 Wh of slack 160 Wh may pass.
    expect(guard.accepts('BASE', 1_000_160, 60_000)).toBe(true)
  })

  it('refuses a step that the contract could not have drawn', () => {
    expect(guardAt(1_000_000).accepts('BASE', 1_000_161, 60_000)).toBe(false)
  })

  it('refuses a step back', () => {
    expect(guardAt(1_000_000).accepts('BASE', 999_999, 60_000)).toBe(false)
  })

  it('goes on from the last good value after a damaged one', () => {
    const guard = guardAt(1_000_000)
    expect(guard.accepts('BASE', 9_000_000, 1_000)).toBe(false)
    expect(guard.accepts('BASE', 1_000_002, 2_000)).toBe(true)
  })

  it('accepts a reading after three refused ones that agree: the meter was exchanged', () => {
    const guard = guardAt(1_000_000)
    expect([12, 12, 13, 13].map((value, i) => guard.accepts('BASE', value, 1_000 * (i + 1)))).toEqual([
      false,
      false,
      false,
      true,
    ])
    expect(guard.accepts('BASE', 14, 5_000)).toBe(true)
  })

  it('does not accept refused readings that contradict one another', () => {
    const guard = guardAt(1_000_000)
    const damaged = [12, 7_000_000, 40, 8_000_000, 3]
    expect(damaged.map((value, i) => guard.accepts('BASE', value, 1_000 * (i + 1)))).toEqual(
      damaged.map(() => false),
    )
  })

  it('allows what an hour without the meter can have drawn', () => {
    expect(guardAt(1_000_000).accepts('BASE', 1_005_900, 3_600_000)).toBe(true)
  })

  it('keeps the indexes of a meter apart', () => {
    const guard = guardAt(1_000_000)
    expect(guard.accepts('HCHP', 5, 1_000)).toBe(true)
  })

  it('assumes the largest contract while the subscribed power is not known', () => {
    const guard = createIndexGuard()
    guard.accepts('EAST', 0, 0)
    expect(guard.accepts('EAST', 910, 60_000)).toBe(true)
    expect(guard.accepts('EAST', 1_900, 120_000)).toBe(false)
  })
})
