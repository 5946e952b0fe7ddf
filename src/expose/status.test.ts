import { describe, expect, it } from 'vitest'
import type { UnixMs } from '../core/clock.ts'
import { someHealth, someView } from './exposition.test-helper.ts'
import { readingsJson } from './status.ts'

const owner = {
  name: 'meter',
  type: 'linky',
  identity: { class: 'electricity_meter', serial: '041476203915' },
} as const
const at = Date.UTC(2026, 10, 21, 10, 0, 0) as UnixMs

describe('readings as JSON', () => {
  it('have the shape of the contract', () => {
    const view = someView([
      { key: 'ADCO', value: '041476203915', raw: '041476203915', isPersonal: true, receivedAt: at },
      { key: 'BASE', value: 12345678, unit: 'Wh', raw: '012345678', receivedAt: at },
      { key: 'SMAXSN', value: 5000, unit: 'VA', at: (at - 1000) as UnixMs, receivedAt: (at - 1) as UnixMs },
    ])

    const json = readingsJson(owner, view, { isMasked: false })

    expect(json).toEqual({
      device: { name: 'meter', type: 'linky', info: { class: 'electricity_meter', serial: '041476203915' } },
      at: '2026-11-21T10:00:00.000Z',
      readings: [
        { key: 'ADCO', value: '041476203915', raw: '041476203915' },
        { key: 'BASE', value: 12345678, unit: 'Wh', raw: '012345678' },
        { key: 'SMAXSN', value: 5000, unit: 'VA', at: '2026-11-21T09:59:59.000Z' },
      ],
      errors: someHealth().errors,
    })
  })

  it('hide what identifies the owner when masked', () => {
    const view = someView([{ key: 'ADCO', value: '041476203915', raw: '041476203915', isPersonal: true }])

    const json = readingsJson(owner, view, { isMasked: true })

    expect(json.readings).toEqual([{ key: 'ADCO', value: '***', raw: '***' }])
    expect(json.device.info.serial).toBe('...3915')
    expect(JSON.stringify(json)).not.toContain('041476')
  })

  it('of equal names show the last under it and the others under their keys', () => {
    const view = someView([
      { key: 'heat/day', name: 'day', value: 20 },
      { key: 'heat/total', name: 'total', value: 900 },
      { key: 'power/day', name: 'day', value: 5 },
    ])

    const json = readingsJson(owner, view, { isMasked: false })

    expect(json.readings).toEqual([
      { key: 'heat/day', value: 20 },
      { key: 'total', value: 900 },
      { key: 'day', value: 5 },
    ])
  })

  it('have no time while there are none', () => {
    const json = readingsJson(owner, someView([]), { isMasked: false })

    expect(json).not.toHaveProperty('at')
  })

  it('leave out what JSON cannot say', () => {
    const view = someView([
      { key: 'a', value: Number.NaN },
      { key: 'b', value: Number.POSITIVE_INFINITY },
      { key: 'c', value: 1, at: Number.NaN as UnixMs },
      { key: 'd', value: false, at: 1e300 as UnixMs },
    ])

    const json = readingsJson(owner, view, { isMasked: false })

    expect(json.readings).toEqual([
      { key: 'c', value: 1 },
      { key: 'd', value: false },
    ])
  })
})
