import { describe, expect, it } from 'vitest'
import type { Described, Device } from '../core/driver.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { createReadMembers, withMembers } from './read-members.ts'

const described: Described = {
  place: 'http://gateway',
  intervalMs: 30_000,
  staleAfterMs: 90_000,
  identity: () => ({ class: 'boiler' }),
  outcome: () => 'mapped',
  unified: () => [],
  site: { flavour: 'plain', headers: {}, route: () => 'not-found' },
  pages: () => new Map(),
}
const device: Device = { ...described, feed: () => ({ kind: 'listen', run: async () => {} }) }

describe('the machines of a gateway that is read once', () => {
  it('are kept by word, and their readings named with it', () => {
    const members = createReadMembers({ ...device, member: () => described }, fakeClock(), 1_000)
    members.member('boiler').update({ group: 'a', isWhole: true, readings: [{ key: 'flow', value: 55 }] })
    members.member('boiler').update({ group: 'b', isWhole: true, readings: [{ key: 'code', value: '0H' }] })
    const [boiler, ...others] = members.views()
    members.close()

    expect(others).toEqual([])
    expect(boiler?.view.readings.size).toBe(2)
    if (!boiler) return
    const merged = withMembers({ ...boiler.view, readings: new Map() }, [boiler])
    expect([...merged.readings.values()].map(({ key, value }) => [key, value])).toEqual([
      ['boiler/flow', 55],
      ['boiler/code', '0H'],
    ])
  })

  it('are none where the device describes none', () => {
    const members = createReadMembers(device, fakeClock(), 1_000)
    members.member('boiler').update({ group: 'a', isWhole: true, readings: [{ key: 'flow', value: 55 }] })
    expect(members.views()).toEqual([])
  })
})
