import { describe, expect, it } from 'vitest'
import { HearthError } from '../../core/errors.ts'
import { memoryKeep } from '../../core/keep.ts'
import { bodyOf, polled, testGateway } from './gateway.test-helper.ts'

describe('etiquette', () => {
  it('asks one thing at a time, 250 ms after the answer before, and only with GET', async () => {
    const gateway = testGateway('firmware-3.8', { answerMs: 200 })
    const house = polled(gateway)
    await house.poll()
    await gateway.clock.advance(30_000)
    await house.poll()

    expect(gateway.mostOpen()).toBe(1)
    const starts = gateway.asked.map(({ at }) => at)
    const pauses = starts.slice(1).map((at, i) => at - (starts[i] ?? 0) - 200)
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(250)
    expect(gateway.asked.every(({ request }) => request.method === undefined)).toBe(true)
    expect(gateway.asked.every(({ request }) => request.headers?.['Authorization'] === undefined)).toBe(true)
  })

  it('reads values every poll and the gateway itself every other', async () => {
    const gateway = testGateway('firmware-3.8')
    const house = polled(gateway)
    const count = (path: string) => gateway.asked.filter(each => each.path === path).length
    for (let i = 0; i < 4; i++) {
      const startedAt = gateway.clock.monotonic()
      await house.poll()
      await gateway.clock.advance(30_000 - (gateway.clock.monotonic() - startedAt))
    }
    expect(count('boiler/metrics')).toBe(4)
    expect(count('system')).toBe(2)
    expect(count('system/metrics')).toBe(2)
  })

  it.each(['fourteen-devices', 'fourteen-devices-3.7'])(
    'has the first picture of %s within 20 s',
    async scenario => {
      const gateway = testGateway(scenario, { answerMs: 300 })
      const house = polled(gateway)
      await house.poll()
      expect(gateway.clock.monotonic()).toBeLessThan(20_000)
      const machines = house.machines()
      expect(machines).toHaveLength(14)
      for (const word of machines) expect(bodyOf(house.page(`/api/${word}/metrics`))).toMatch(/^# HELP/)
    },
  )

  it('sends a token as Bearer, and never says it', async () => {
    const gateway = testGateway('token-required')
    gateway.spoil(() => ({ status: 401 }))
    const house = polled(gateway, { token: 'hush-hush' })
    const outcome = await house.poll()
    expect(gateway.asked[0]?.request.headers).toEqual({ Authorization: 'Bearer hush-hush' })
    expect(outcome).toBeInstanceOf(HearthError)
    expect(JSON.stringify([outcome, String(outcome), house.troubles])).not.toContain('hush')
  })

  it('warns once when the free memory of the gateway has fallen', async () => {
    const gateway = testGateway('firmware-3.8')
    const house = polled(gateway, { system_interval: '30s' })
    await house.poll()
    expect(house.troubles).toEqual([])
    gateway.gateway.change('low-memory')
    for (let i = 0; i < 3; i++) {
      await gateway.clock.advance(30_000)
      await house.poll()
    }
    expect(house.troubles).toHaveLength(1)
    expect(house.troubles[0]).toMatch(/^nefit other: .*free memory of the gateway has fallen to \d+ kB/)
  })
})

describe('pages', () => {
  it('passes the texts of new firmware on as they are', async () => {
    const gateway = testGateway('firmware-3.8')
    const house = polled(gateway)
    await house.poll()
    for (const path of ['boiler', 'thermostat', 'mixer', 'solar', 'water', 'system', 'thermostat/hc2'])
      expect(bodyOf(house.page(`/api/${path}/metrics`)), path).toBe(
        gateway.gateway.answer(`/api/${path}/metrics`).body,
      )
    expect(bodyOf(house.page('/metrics'))).toBe(gateway.gateway.answer('/api/system/metrics').body)
    expect(house.view('boiler').documents.get('metrics')).toBe(
      gateway.gateway.answer('/api/boiler/metrics').body,
    )
  })

  it('have a page for each circuit, dhw1 being dhw, in any case', async () => {
    const gateway = testGateway('firmware-3.8')
    const house = polled(gateway)
    await house.poll()
    const own = (path: string) => gateway.gateway.answer(`/api/${path}/metrics`).body
    for (const path of [
      'boiler/dhw',
      'thermostat/hc1',
      'thermostat/dhw',
      'mixer/hc1',
      'mixer/hc2',
      'water/dhw2',
    ])
      expect(bodyOf(house.page(`/api/${path}/metrics`)), path).toBe(own(path))
    expect(bodyOf(house.page('/api/Boiler/DHW1/metrics'))).toBe(own('boiler/dhw'))
  })

  it('answer 404 in the words of the gateway for a device that is not there', async () => {
    const gateway = testGateway('firmware-3.8')
    const house = polled(gateway)
    await house.poll()
    for (const path of ['pool', 'pool/hc1'])
      expect(house.page(`/api/${path}/metrics`)).toMatchObject({
        kind: 'text',
        status: 404,
        body: '{"message":"unknown device pool"}',
      })
    expect(house.page('/api/boiler/hc7/metrics')).toMatchObject({ status: 404 })
    expect(house.page('/api/toaster/metrics')).toMatchObject({ status: 404 })
    expect(house.device.site.route('/')).toBe('not-found')
  })

  it('holds the second devices of a type on their circuits only, and all of them as one machine', async () => {
    const gateway = testGateway('firmware-3.7')
    const house = polled(gateway)
    await house.poll()
    expect(bodyOf(house.page('/api/thermostat/metrics'))).not.toContain('hc2')
    expect(bodyOf(house.page('/api/thermostat/hc2/metrics'))).toContain('emsesp_currtemp{circuit="hc2"}')
    const rooms = house
      .unified('thermostat')
      .filter(({ labels }) => labels?.['point'] === 'room_air' && labels['kind'] === undefined)
    expect(rooms.map(({ labels }) => labels?.['circuit'])).toEqual(['hc1', 'hc2'])
  })
})

describe('firmware 3.4 to 3.6', () => {
  it('gives values at once, and the text of 3.8 when all is described', async () => {
    for (const scenario of ['small-3.4', 'small-3.5', 'small-3.6']) {
      const gateway = testGateway(scenario)
      const house = polled(gateway)
      await house.poll()
      expect(house.view('boiler').readings.get('curflowtemp')?.value, scenario).toBeTypeOf('number')
      for (let i = 0; i < 10; i++) {
        await gateway.clock.advance(20_000)
        await house.poll()
      }
      const today = testGateway('small-3.7')
      const other = polled(today)
      await other.poll()
      expect(bodyOf(house.page('/api/boiler/metrics')), scenario).toBe(
        bodyOf(other.page('/api/boiler/metrics')),
      )
      expect(house.troubles).toEqual([])
      const asked = gateway.asked.length
      await gateway.clock.advance(30_000)
      await house.poll()
      expect(gateway.asked.length - asked).toBeLessThan(10)
    }
  })

  it('keeps what was described over a restart, and asks anew when the version changes', async () => {
    const keep = memoryKeep()
    const gateway = testGateway('small-3.6', { keep })
    const house = polled(gateway)
    for (let i = 0; i < 10; i++) {
      await house.poll()
      await gateway.clock.advance(20_000)
    }
    const described = gateway.asked.filter(({ path }) => path === 'boiler/curflowtemp').length
    expect(described).toBe(1)

    const again = testGateway('small-3.6', { keep })
    const restarted = polled(again)
    await restarted.poll()
    await again.clock.advance(30_000)
    await restarted.poll()
    expect(again.asked.some(({ path }) => path === 'boiler/curflowtemp')).toBe(false)
    expect(bodyOf(restarted.page('/api/boiler/metrics'))).toMatch(/^# HELP/)

    again.gateway.change('small-3.5')
    await again.clock.advance(60_000)
    await restarted.poll()
    expect(again.asked.some(({ path }) => path === 'boiler/curflowtemp')).toBe(true)
  })

  it('keeps the old names of hot water where that is wanted', async () => {
    const gateway = testGateway('small-3.6')
    const house = polled(gateway, { old_names: true })
    for (let i = 0; i < 10; i++) {
      await house.poll()
      await gateway.clock.advance(20_000)
    }
    const text = bodyOf(house.page('/api/boiler/metrics'))
    expect(text).toMatch(/^emsesp_wwseltemp \d/m)
    expect(house.view('boiler').readings.has('dhw.seltemp')).toBe(true)
  })
})
