import { describe, expect, it } from 'vitest'
import type { UnixMs } from '../../core/clock.ts'
import { activeAlarms } from './alarms.ts'
import { readingsOf } from './readings.ts'

function alarmsOf(list: unknown, count?: unknown) {
  const alarms = readingsOf('alarms', { AlarmsData: list }).readings
  const menu = readingsOf('menu', { ActiveErrorsCnt: count }).readings
  const readings = [...alarms, ...menu].map(
    reading => [reading.key, { ...reading, group: 'g', receivedAt: 0 as UnixMs }] as const,
  )
  return activeAlarms(new Map(readings))
}

const entry = (code: string, severity: string, text: string) => ({ code, severity, text })

describe('alarms', () => {
  it.each([
    ['a text', ['Low "flow" \\ 2'], [entry('unknown', 'unknown', 'Low "flow" \\ 2')]],
    ['usual names', [{ code: 12, text: 'Low', type: 'warning' }], [entry('12', 'warning', 'Low')]],
    ['other names', [{ id: 'E7', desc: 'High', severity: 2 }], [entry('E7', '2', 'High')]],
    [
      'names nobody knows',
      [{ when: '2026-11-21', what: 'Sensor T1 broken' }],
      [entry('unknown', 'unknown', 'Sensor T1 broken')],
    ],
    ['no words', [{ a: 1, b: null }], [entry('unknown', 'unknown', 'unknown')]],
    ['nested parts', [{ text: { en: 'Low' } }], [entry('unknown', 'unknown', '{"en":"Low"}')]],
    ['a number', [17], [entry('unknown', 'unknown', '17')]],
    ['an object with gaps', { 3: 'x' }, [entry('unknown', 'unknown', 'x')]],
    ['the same twice', ['x', 'x'], [entry('unknown', 'unknown', 'x')]],
  ])('of %s become series', (_what, list, expected) => {
    expect(alarmsOf(list, 5)).toEqual({ isActive: true, entries: expected })
  })

  it('are as many as the menu counts: the list may hold those of the past', () => {
    expect(alarmsOf(['new', 'old'], '1')).toEqual({
      isActive: true,
      entries: [entry('unknown', 'unknown', 'new')],
    })
    expect(alarmsOf(['old'], 0)).toEqual({ isActive: false, entries: [] })
    expect(alarmsOf([], 2)).toEqual({ isActive: true, entries: [] })
  })

  it('are those of the list where the menu has no count, and unknown without both', () => {
    expect(alarmsOf(['x'])?.isActive).toBe(true)
    expect(alarmsOf([])).toEqual({ isActive: false, entries: [] })
    expect(alarmsOf('broken')).toBeUndefined()
    expect(alarmsOf(null)).toBeUndefined()
  })

  it('without end are cut', () => {
    const many = Array.from({ length: 5_000 }, (_, i) => ({ text: `${i} ${'x'.repeat(5_000)}` }))
    const found = alarmsOf(many, 5_000)
    expect(found?.entries).toHaveLength(20)
    expect(found?.entries[0]?.text).toHaveLength(300)
  })
})
