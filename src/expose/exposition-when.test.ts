import { describe, expect, it, vi } from 'vitest'
import type { Series } from '../core/series.ts'
import { ask, exposed, someDevice, someView } from './exposition.test-helper.ts'
import { createExposition } from './exposition.ts'

const make = () => createExposition({ version: '1.2.3', revision: 'abcdef', runtime: 'v24.1.0' })
const meter: readonly Series[] = [{ family: 'hearth_meter_tariff_option', state: 'base' }]

describe('rendering', () => {
  it('waits for somebody who wants it while nobody asks, and is done once then', () => {
    const exposition = make()
    const device = someDevice({ series: meter })
    const unified = vi.spyOn(device, 'unified')
    const view = vi.fn(() => someView([]))

    for (let i = 0; i < 3; i++) exposition.put(exposed('a', device), view)
    expect(view).not.toHaveBeenCalled()
    for (let i = 0; i < 3; i++) exposition.metrics(ask())

    expect(view).toHaveBeenCalledOnce()
    expect(unified).toHaveBeenCalledOnce()
  })

  it('is done with each change while somebody asks now and then', () => {
    let now = 0
    const exposition = createExposition({
      version: '1',
      revision: 'r',
      runtime: 'v24.1.0',
      stopwatch: () => now,
    })
    const device = someDevice({ series: meter })
    const unified = vi.spyOn(device, 'unified')
    exposition.put(exposed('a', device), someView([]))
    expect(unified).not.toHaveBeenCalled()
    exposition.metrics(ask())

    now = 299_999
    exposition.put(exposed('a', device), someView([]))
    expect(unified).toHaveBeenCalledTimes(2)
    exposition.metrics(ask())
    expect(unified).toHaveBeenCalledTimes(2)

    now += 300_000
    exposition.put(exposed('a', device), someView([]))
    expect(unified).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['its status', 'status'],
    ['the list of devices', 'devices'],
  ] as const)('is done with each change also for who asks for %s', (_name, what) => {
    const exposition = createExposition({
      version: '1',
      revision: 'r',
      runtime: 'v24.1.0',
      stopwatch: () => 0,
    })
    const device = someDevice({ series: meter })
    const unified = vi.spyOn(device, 'unified')
    exposition.put(exposed('a', device), someView([]))
    if (what === 'status') exposition.status('a')
    else exposition.devices()

    exposition.put(exposed('a', device), someView([]))

    expect(unified).toHaveBeenCalledTimes(2)
  })

  it('is done before anybody asks when it is told to', () => {
    const exposition = make()
    const device = someDevice({ series: meter })
    const unified = vi.spyOn(device, 'unified')
    exposition.put(exposed('a', device), someView([]))

    exposition.refresh()

    expect(unified).toHaveBeenCalledOnce()
    exposition.metrics(ask())
    expect(unified).toHaveBeenCalledOnce()
  })

  it('keeps devices in the order in which they were put, whichever is asked for first', () => {
    const exposition = make()
    for (const name of ['a', 'b']) exposition.put(exposed(name, someDevice()), someView([]))

    exposition.unified('b', ask())

    expect(exposition.devices().map(({ exposed: { name } }) => name)).toEqual(['a', 'b'])
  })

  it('gives a device that observes every view, and goes on when its code fails', () => {
    const failures: string[] = []
    const exposition = createExposition({
      version: '1.2.3',
      revision: 'abcdef',
      runtime: 'v24.1.0',
      onFailure: (name, error) => failures.push(`${name}: ${error}`),
    })
    const observe = vi.fn().mockImplementationOnce(() => {
      throw new Error('broken')
    })
    const views = [1, 2, 3].map(value => someView([{ key: 'x', value }]))

    for (const view of views) exposition.put(exposed('a', { ...someDevice(), observe }), () => view)

    expect(observe.mock.calls).toEqual(views.map(view => [view]))
    expect(failures).toEqual(['a: Error: broken'])
    expect(exposition.devices()).toHaveLength(1)
  })
})
