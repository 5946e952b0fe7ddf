import { describe, expect, it } from 'vitest'
import type { View } from '../core/view.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { createSlot } from './slot.ts'

function start() {
  const clock = fakeClock()
  const views: View[] = []
  const slot = createSlot({
    clock,
    staleAfterMs: 60_000,
    outcome: key => (key.startsWith('X') ? 'unknown' : 'mapped'),
    onChange: view => views.push(view()),
  })
  const keys = () => [...slot.view().readings.keys()]
  return { clock, views, slot, keys }
}

describe('slot', () => {
  it('withdraws a reading at stale_after without any other event', async () => {
    const { clock, slot, views, keys } = start()
    slot.update({ group: 'frame', readings: [{ key: 'PAPP', value: 100 }], isWhole: true })

    await clock.advance(59_999)
    expect(keys()).toEqual(['PAPP'])
    await clock.advance(1)

    expect(keys()).toEqual([])
    expect(views.at(-1)?.readings.size).toBe(0)
  })

  it('keeps each group on its own clock', async () => {
    const { clock, slot, keys } = start()
    slot.update({ group: 'long', readings: [{ key: 'BASE', value: 1 }], isWhole: true })
    await clock.advance(40_000)
    slot.update({ group: 'short', readings: [{ key: 'IINST1', value: 2 }], isWhole: true })
    await clock.advance(20_000)
    expect(keys()).toEqual(['IINST1'])
  })

  it('drops what a whole update does not name, and only from its group', () => {
    const { slot, keys } = start()
    slot.update({
      group: 'a',
      readings: [
        { key: 'ADPS', value: 31 },
        { key: 'PAPP', value: 1 },
      ],
      isWhole: true,
    })
    slot.update({ group: 'b', readings: [{ key: 'V', value: 1 }], isWhole: true })
    slot.update({ group: 'a', readings: [{ key: 'PAPP', value: 1 }], isWhole: true })
    expect(keys()).toEqual(['PAPP', 'V'])
  })

  it('keeps what a partial update does not name', () => {
    const { slot, keys } = start()
    slot.update({
      group: 'a',
      readings: [
        { key: 'BASE', value: 31 },
        { key: 'PAPP', value: 1 },
      ],
      isWhole: true,
    })
    slot.update({ group: 'a', readings: [{ key: 'PAPP', value: 1 }], isWhole: false })
    expect(keys()).toEqual(['BASE', 'PAPP'])
  })

  it('tells of everything that changed together once', async () => {
    const { clock, slot, views } = start()
    slot.update({ group: 'a', readings: [{ key: 'PAPP', value: 1 }], isWhole: true })
    slot.trouble('checksum', 'damaged', 2)
    slot.attempt(true, 100)
    await clock.advance(0)
    expect(views).toHaveLength(1)
  })

  it('never edits a view it handed out', async () => {
    const { slot } = start()
    slot.update({ group: 'a', readings: [{ key: 'PAPP', value: 1 }], isWhole: true })
    const before = slot.view()
    slot.update({ group: 'a', readings: [{ key: 'PAPP', value: 2 }], isWhole: true })
    slot.trouble('timeout', 'silent')
    expect(before.readings.get('PAPP')?.value).toBe(1)
    expect(before.health.errors.timeout).toBe(0)
  })

  it('knows when a value last changed', async () => {
    const { clock, slot } = start()
    slot.update({ group: 'a', readings: [{ key: 'PAPP', value: 1 }], isWhole: true })
    const changedAt = clock.now()
    await clock.advance(5000)
    slot.update({ group: 'a', readings: [{ key: 'PAPP', value: 1 }], isWhole: true })
    expect(slot.view().health.lastChangeAt).toBe(changedAt)
    slot.update({ group: 'a', readings: [{ key: 'PAPP', value: 2 }], isWhole: true })
    expect(slot.view().health.lastChangeAt).toBe(clock.now())
  })

  it('keeps the time of the last success while the device is down', async () => {
    const { clock, slot } = start()
    slot.attempt(true, 10)
    const succeededAt = clock.now()
    await clock.advance(100_000)
    slot.attempt(false, 10)
    expect(slot.view().health).toMatchObject({
      isUp: false,
      lastSuccessAt: succeededAt,
      succeeded: 1,
      failed: 1,
    })
  })

  it('calls a device down that has not delivered for stale_after, though its last attempt was good', async () => {
    const { clock, slot } = start()
    slot.update({ group: 'a', readings: [{ key: 'PAPP', value: 1 }], isWhole: true })
    slot.attempt(true, 10)
    await clock.advance(59_999)
    expect(slot.view().health.isUp).toBe(true)
    await clock.advance(1)
    expect(slot.view().health).toMatchObject({ isUp: false, succeeded: 1, failed: 0 })
    expect(slot.view().health.lastSuccessAt).toBeDefined()
  })

  it('leaves a device up while some of its groups are fresh', async () => {
    const { clock, slot } = start()
    slot.update({ group: 'a', readings: [{ key: 'BASE', value: 1 }], isWhole: true })
    await clock.advance(40_000)
    slot.update({ group: 'b', readings: [{ key: 'PAPP', value: 1 }], isWhole: true })
    slot.attempt(true, 10)
    await clock.advance(20_000)
    expect(slot.view().health.isUp).toBe(true)
  })

  it('measures age on a clock that cannot be set back', async () => {
    const { clock, slot, keys } = start()
    slot.update({ group: 'a', readings: [{ key: 'PAPP', value: 1 }], isWhole: true })
    clock.setWall(clock.now() - 3_600_000)
    await clock.advance(60_000)
    expect(keys()).toEqual([])
  })

  it('counts what became of the native values', () => {
    const { slot } = start()
    slot.update({
      group: 'a',
      readings: [
        { key: 'PAPP', value: 1 },
        { key: 'XYZ', value: 1 },
      ],
      isWhole: true,
      rejected: 3,
    })
    expect(slot.view().health.outcomes).toEqual({ mapped: 1, native_only: 0, unknown: 1, rejected: 3 })
  })

  it('puts durations into the bucket they belong to', () => {
    const { slot } = start()
    slot.attempt(true, 50)
    slot.attempt(true, 51)
    slot.attempt(true, 99_000)
    const { bounds, counts, count, sumSeconds } = slot.view().health.durations
    expect(counts.slice(0, 2)).toEqual([1, 1])
    expect(counts).toHaveLength(bounds.length)
    expect([count, Math.round(sumSeconds * 1000)]).toEqual([3, 99_101])
  })

  it('counts reconnections after the first connection', () => {
    const { slot } = start()
    slot.connected()
    expect(slot.view().health.reconnects).toBe(0)
    slot.connected()
    expect(slot.view().health.reconnects).toBe(1)
  })

  it('leaves no timer and says nothing after it was closed', async () => {
    const { clock, slot, views } = start()
    slot.update({ group: 'a', readings: [{ key: 'PAPP', value: 1 }], isWhole: true })
    slot.close()
    await clock.advance(120_000)
    expect(views).toEqual([])
    expect(clock.pending).toBe(0)
  })
})
