import { describe, expect, it } from 'vitest'
import type { Described, Device } from '../core/driver.ts'
import type { Log } from '../core/log.ts'
import type { View } from '../core/view.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { createMembers } from './members.ts'

function described(place: string): Described {
  return {
    place,
    intervalMs: 30_000,
    staleAfterMs: 90_000,
    identity: () => ({ class: 'boiler' }),
    outcome: () => 'mapped',
    unified: () => [],
    site: { flavour: 'plain', headers: {}, route: () => 'not-found' },
    pages: () => new Map(),
  }
}

function start(taken: readonly string[] = []) {
  const clock = fakeClock()
  const lines: string[] = []
  const note = (message: string) => void lines.push(message)
  const log: Log = { debug: note, info: note, warn: note, error: note, with: () => log }
  const shown = new Map<string, View>()
  const device: Device = {
    ...described('http://gateway'),
    feed: () => ({ kind: 'listen', run: async () => {} }),
    member: word => described(word),
  }
  const gateway = {
    name: 'nefit',
    type: 'ems-esp',
    title: 'EMS-ESP',
    site: 'home',
    showSerials: false,
    device,
  }
  const members = createMembers({
    gateway: () => gateway,
    device,
    clock,
    log,
    isTaken: name => taken.includes(name),
    show: (exposed, view) => shown.set(exposed.name, view()),
  })
  return { members, shown, lines, clock }
}

describe('machines behind a gateway', () => {
  it('are devices of their own, from their first report on', async () => {
    const { members, shown, clock } = start()
    members
      .member('boiler')
      .update({ group: 'values', isWhole: true, readings: [{ key: 'curflowtemp', value: 60.2 }] })
    await clock.advance(0)

    expect([...shown.keys()]).toEqual(['nefit-boiler'])
    expect(shown.get('nefit-boiler')?.readings.get('curflowtemp')?.value).toBe(60.2)
  })

  it('have health of their own', async () => {
    const { members, shown, clock } = start()
    members.member('boiler').attempt(true, 100)
    members.member('thermostat').attempt(false, 100)
    await clock.advance(0)

    expect(shown.get('nefit-boiler')?.health.isUp).toBe(true)
    expect(shown.get('nefit-thermostat')?.health.isUp).toBe(false)
  })

  it('grow old by themselves', async () => {
    const { members, shown, clock } = start()
    members.member('boiler').update({ group: 'values', isWhole: true, readings: [{ key: 'a', value: 1 }] })
    await clock.advance(90_000)

    expect(shown.get('nefit-boiler')?.readings.size).toBe(0)
  })

  it('do not take the name of a configured device', () => {
    const { members, shown, lines } = start(['nefit-boiler'])
    members.member('boiler').attempt(true, 1)
    members.member('boiler').attempt(true, 1)

    expect(shown.size).toBe(0)
    expect(lines).toEqual([
      '"nefit-boiler" is not shown: a device of this name is configured; give that one another name',
    ])
  })

  it('are bounded in number', () => {
    const { members, shown } = start()
    for (let i = 0; i < 500; i++) members.member(`m${i}`).attempt(true, 1)

    expect(shown.size).toBe(50)
  })

  it('give their name to a device that is configured later, and take it back', async () => {
    const taken: string[] = []
    const { members, shown, lines, clock } = start(taken)
    members.member('toaster').attempt(true, 1)
    await clock.advance(0)
    taken.push('nefit-toaster')
    members.giveUp('nefit-toaster')
    shown.clear()
    members.member('toaster').attempt(true, 1)
    await clock.advance(0)
    expect(shown.size).toBe(0)
    expect(members.names()).toEqual([])
    expect(lines).toHaveLength(1)
    taken.pop()
    members.member('toaster').attempt(true, 1)
    expect([...shown.keys()]).toEqual(['nefit-toaster'])
  })

  it('come no more once their gateway is gone', () => {
    const { members, shown } = start()
    members.close()
    members.member('boiler').attempt(true, 1)
    expect(shown.size).toBe(0)
  })

  it('change no more once their gateway is gone', async () => {
    const { members, shown, clock } = start()
    members.member('boiler').attempt(true, 1)
    await clock.advance(0)
    members.close()
    members.member('boiler').attempt(false, 1)
    await clock.advance(0)

    expect(shown.get('nefit-boiler')?.health.isUp).toBe(true)
  })
})
