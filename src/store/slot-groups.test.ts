import { describe, expect, it } from 'vitest'
import { fakeClock } from '../testing/fake-clock.ts'
import { createSlot } from './slot.ts'

function start() {
  const clock = fakeClock()
  const slot = createSlot({ clock, staleAfterMs: 30_000, outcome: () => 'mapped', onChange() {} })
  const say = (group: string, more: { staleAfterMs?: number; rejected?: number } = {}) =>
    slot.update({ group, isWhole: true, readings: [{ key: group, value: 1 }], ...more })
  const keys = () => [...slot.view().readings.keys()]
  return { clock, slot, say, keys }
}

describe('groups of one device', () => {
  it('grow old each on its own clock', async () => {
    const { clock, say, keys } = start()
    say('a')
    say('b')
    await clock.advance(20_000)
    say('b')
    await clock.advance(10_000)
    expect(keys()).toEqual(['b'])
    await clock.advance(20_000)
    expect(keys()).toEqual([])
  })

  it('may be asked at a slower pace than the device, and stay that much longer', async () => {
    const { clock, say, keys } = start()
    say('hourly', { staleAfterMs: 3 * 3_600_000 })
    say('a')
    await clock.advance(30_000)
    expect(keys()).toEqual(['hourly'])
    await clock.advance(3 * 3_600_000 - 30_000)
    expect(keys()).toEqual([])
  })

  it('count what they rejected each for itself', () => {
    const { slot, say } = start()
    say('a', { rejected: 2 })
    say('b', { rejected: 0 })
    expect(slot.view().health.outcomes.rejected).toBe(2)
    say('a', { rejected: 1 })
    expect(slot.view().health.outcomes.rejected).toBe(1)
  })

  it('are withdrawn even when times do not add up in floating point', async () => {
    const { clock, say, keys } = start()
    await clock.advance(100.1)
    say('a')
    for (let i = 0; i < 50; i++) await clock.advance(0.7)
    await clock.advance(30_000)
    expect(keys()).toEqual([])
  })

  it('remember when the last whole reading began', async () => {
    const { clock, slot } = start()
    const began = clock.now()
    await clock.advance(700)
    slot.attempt(true, 700)
    await clock.advance(5_000)
    slot.attempt(false, 400)
    expect(slot.view().health.lastSuccessBeganAt).toBe(began)
  })
})

describe('documents of a group', () => {
  it('live and expire with what the group said last', async () => {
    const { clock, slot } = start()
    slot.update({ group: 'boiler', isWhole: true, readings: [], document: 'emsesp_a 1' })
    await clock.advance(20_000)
    expect(slot.view().documents.get('boiler')).toBe('emsesp_a 1')
    await clock.advance(10_000)
    expect(slot.view().documents.size).toBe(0)
  })

  it('stay when news has none, and go when it takes them back', () => {
    const { slot, say } = start()
    slot.update({ group: 'a', isWhole: true, readings: [], document: 'text' })
    say('a')
    expect(slot.view().documents.get('a')).toBe('text')
    slot.update({ group: 'a', isWhole: true, readings: [], document: '' })
    expect(slot.view().documents.size).toBe(0)
  })

  it('are bounded in number', () => {
    const { slot } = start()
    for (let i = 0; i < 2_000; i++)
      slot.update({ group: `g${i}`, isWhole: true, readings: [], document: 'x' })
    expect(slot.view().documents.size).toBe(500)
  })
})
