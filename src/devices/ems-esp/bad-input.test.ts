import { describe, expect, it } from 'vitest'
import { HearthError } from '../../core/errors.ts'
import { answerOf, bodyOf, failure, json, polled, testGateway } from './gateway.test-helper.ts'

const INTERVAL_MS = 30_000

/** A gateway that was read well once. */
async function wellRead(scenario = 'firmware-3.8', settings = {}) {
  const gateway = testGateway(scenario)
  const house = polled(gateway, settings)
  await house.poll()
  expect(house.troubles).toEqual([])
  const again = async (polls = 1) => {
    let outcome: unknown
    for (let i = 0; i < polls; i++) {
      await gateway.clock.advance(INTERVAL_MS)
      outcome = await house.poll()
    }
    return outcome
  }
  return { gateway, house, again }
}

describe('a gateway', () => {
  it('that is gone takes everything with it when it is old, and comes back by itself', async () => {
    const { gateway, house, again } = await wellRead()
    gateway.spoil(() => failure('connect'))
    expect(await again()).toMatchObject({ kind: 'connect' })
    expect(house.page('/api/boiler/metrics')).toMatchObject({ kind: 'text' })
    expect(house.view('boiler').health.isUp).toBe(false)
    expect(house.view().health.isUp).toBe(true)

    expect(bodyOf(house.page('/metrics'))).toMatch(/^# HELP/)
    await again(2)
    for (const path of ['/metrics', '/api/boiler/metrics', '/api/pool/metrics', '/api/boiler/dhw/metrics'])
      expect(house.page(path), path).toMatchObject({ kind: 'unavailable' })
    expect(house.unified('boiler')).toEqual([])

    gateway.spoil(() => undefined)
    expect(await again()).toBeUndefined()
    expect(bodyOf(house.page('/api/boiler/metrics'))).toMatch(/^# HELP/)
    expect(house.view('boiler').health.isUp).toBe(true)
  })

  it('that does not answer is asked twice and no more in one poll', async () => {
    const { gateway, again } = await wellRead()
    gateway.spoil(() => failure('timeout'))
    const before = gateway.asked.length
    expect(await again()).toBeInstanceOf(HearthError)
    expect(gateway.asked.length - before).toBeLessThanOrEqual(2)
  })

  it('that has just booted and read nothing is passed on as the 404 that it says', async () => {
    const gateway = testGateway('just-booted')
    const house = polled(gateway)
    expect(await house.poll()).toBeUndefined()
    expect(house.page('/api/thermostat/metrics')).toMatchObject({
      kind: 'text',
      status: 404,
      body: `{"message":"no 'metrics' in thermostat"}`,
    })
    expect(house.troubles).toEqual([])
    gateway.gateway.change('firmware-3.8')
    await gateway.clock.advance(60_000)
    await house.poll()
    expect(bodyOf(house.page('/api/thermostat/metrics'))).toMatch(/^# HELP/)
  })

  it('without the endpoint gives the same texts, made of its JSON', async () => {
    const gateway = testGateway('firmware-3.7')
    const house = polled(gateway)
    await house.poll()
    expect(gateway.asked.some(({ path }) => path.includes('/metrics'))).toBe(false)
    const newer = testGateway('firmware-3.8').gateway
    for (const word of ['boiler', 'thermostat', 'mixer', 'solar', 'water'])
      expect(bodyOf(house.page(`/api/${word}/metrics`)), word).toBe(newer.answer(`/api/${word}/metrics`).body)
    expect(house.troubles).toEqual([])
  })

  it('that has restarted keeps its machines and is said to have restarted', async () => {
    const { gateway, house, again } = await wellRead()
    gateway.gateway.change('no-devices')
    await again(2)
    expect(house.page('/api/boiler/metrics')).toMatchObject({ kind: 'text' })
    expect(house.view('boiler').health.isUp).toBe(false)
    gateway.gateway.change('firmware-3.8')
    await again(2)
    expect(house.view('boiler').health.isUp).toBe(true)
  })

  it('whose bus is silent is up, and its machines are down at once', async () => {
    const { gateway, house, again } = await wellRead()
    gateway.gateway.change('bus-disconnected')
    await again(2)
    expect(house.view().health.isUp).toBe(true)
    for (const word of ['boiler', 'thermostat', 'solar']) {
      expect(house.view(word).health.isUp, word).toBe(false)
      expect(house.unified(word), word).toEqual([])
      expect(house.page(`/api/${word}/metrics`), word).toMatchObject({ kind: 'unavailable' })
    }
    expect(bodyOf(house.page('/api/system/metrics'))).toContain('busstatus="disconnected"')
    gateway.gateway.change('firmware-3.8')
    await again()
    expect(house.view('boiler').health.isUp).toBe(true)
  })

  it('whose bus has trouble with sending only is read', async () => {
    const { gateway, house, again } = await wellRead()
    gateway.gateway.change('bus-tx-issues')
    await again(3)
    expect(house.view('boiler').health.isUp).toBe(true)
  })

  it('behind a proxy that wants a token says so', async () => {
    const gateway = testGateway('firmware-3.8')
    gateway.spoil(() => json({ message: 'authentication failed' }, 401))
    const outcome = await polled(gateway).poll()
    expect(outcome).toMatchObject({ kind: 'auth', hint: expect.stringContaining('token') })
  })

  it.each([
    ['a web page', answerOf('<html>hello</html>', 200, 'text/html'), 'schema'],
    ['nothing', answerOf('', 200), 'schema'],
    ['another service', json({ hello: 'world' }), 'schema'],
    ['a list', json([1, 2]), 'schema'],
    ['half a document', answerOf('{"system":{"version":"3.8', 200, 'application/json'), 'parse'],
    ['no text', { ...answerOf(''), body: Uint8Array.of(0xff, 0xfe, 0x7b) }, 'parse'],
    ['a redirect', answerOf('', 302), 'http_status'],
    ['an error', answerOf('oops', 500), 'http_status'],
  ])('that answers with %s is no gateway', async (_, answer, kind) => {
    const gateway = testGateway('firmware-3.8')
    gateway.spoil(() => answer)
    const house = polled(gateway)
    expect(await house.poll()).toMatchObject({ kind })
    expect(house.page('/metrics')).toMatchObject({ kind: 'unavailable' })
  })
})

describe('one device', () => {
  it.each(['connect', 'timeout', 'framing', 'http_status'] as const)(
    'failing with %s costs that device only',
    async kind => {
      const { gateway, house, again } = await wellRead()
      gateway.spoil(path => (path.startsWith('thermostat') ? failure(kind) : undefined))
      await again(4)
      expect(house.view('thermostat').readings.size).toBe(0)
      expect(house.page('/api/thermostat/metrics')).toMatchObject({ kind: 'unavailable' })
      for (const word of ['boiler', 'mixer', 'water']) {
        expect(house.view(word).health.isUp, word).toBe(true)
        expect(bodyOf(house.page(`/api/${word}/metrics`)), word).toMatch(/^# HELP/)
      }
      expect(house.view('thermostat').health.isUp).toBe(false)
      expect(house.view().health.isUp).toBe(true)
      expect(house.troubles.some(trouble => trouble.includes(` ${kind}:`))).toBe(true)
    },
  )

  it('with a damaged text keeps its last one, is counted, and is then read by its JSON', async () => {
    const { gateway, house, again } = await wellRead()
    const good = bodyOf(house.page('/api/boiler/metrics'))
    gateway.spoil(path => (path === 'boiler/metrics' ? answerOf(`${good}emsesp_x oops\n`) : undefined))
    await again()
    expect(bodyOf(house.page('/api/boiler/metrics'))).toBe(good)
    expect(house.troubles.filter(each => each.startsWith('boiler parse'))).toHaveLength(1)
    await again(2)
    expect(gateway.asked.some(({ path }) => path === 'boiler/entities')).toBe(true)
    expect(house.view('boiler').health.isUp).toBe(true)

    gateway.spoil(() => undefined)
    const texts = () => gateway.asked.filter(({ path }) => path === 'boiler/metrics').length
    const before = texts()
    await again()
    expect(texts()).toBe(before)
    await gateway.clock.advance(600_000)
    await again()
    expect(texts()).toBe(before + 1)
  })

  it('whose entities are of another shape is counted, entity by entity', async () => {
    const gateway = testGateway('firmware-3.7')
    const house = polled(gateway)
    gateway.spoil(path => {
      if (path !== 'boiler/entities') return undefined
      const whole = JSON.parse(gateway.gateway.answer('/api/boiler/entities').body)
      return json({ ...whole, curflowtemp: 12, rettemp: { name: 'rettemp', type: 'number', value: 'hot' } })
    })
    await house.poll()
    const text = bodyOf(house.page('/api/boiler/metrics'))
    expect(text).not.toMatch(/emsesp_(curflowtemp|rettemp) /)
    expect(text).toMatch(/^emsesp_outdoortemp /m)
    expect(house.view('boiler').health.errors.schema).toBe(2)
  })

  it('that the API has no word for is not asked; one of a firmware to come is', async () => {
    const gateway = testGateway('unknown-words')
    const house = polled(gateway)
    await house.poll()
    expect(gateway.asked.some(({ path }) => /^(controller|generic)/.test(path))).toBe(false)
    expect(house.view().health.isUp).toBe(true)
  })

  it('with entities that were renamed and masked is read by their short names', async () => {
    for (const scenario of ['renamed', 'masked']) {
      const gateway = testGateway('firmware-3.8')
      gateway.gateway.change(scenario)
      const house = polled(gateway)
      await house.poll()
      expect(house.view('boiler').readings.get('curflowtemp')?.value).toBeTypeOf('number')
      expect(house.troubles).toEqual([])
    }
  })

  it('that counts backwards for a moment is held back until it stays', async () => {
    const { gateway, house, again } = await wellRead()
    const heat = () => house.view('boiler').readings.get('nrgheat')?.value
    const before = heat()
    expect(before).toBeGreaterThan(0)
    gateway.gateway.change('counters-zero')
    await again()
    expect(heat()).toBeUndefined()
    expect(house.view('boiler').health.errors.implausible).toBeGreaterThan(0)
    gateway.gateway.change('firmware-3.8')
    await again()
    expect(heat()).toBe(before)
    gateway.gateway.change('counters-zero')
    await again(3)
    expect(heat()).toBe(0)
  })
})

describe("the gateway's own devices", () => {
  it('have names that Prometheus takes, whatever their user called them', async () => {
    const gateway = testGateway('firmware-3.8.2')
    const house = polled(gateway)
    await house.poll()
    const text = bodyOf(house.page('/api/temperaturesensor/metrics'))
    expect(text).toMatch(/^emsesp_vorlauf_k_che \d+\.\d$/m)
    expect(text).toContain('# HELP emsesp_vorlauf_k_che Vorlauf Küche, °C, readable')
    expect(house.view().readings.get('temperaturesensor.Vorlauf Küche')).toMatchObject({ unit: '°C' })
  })

  it('lose a sensor that was unplugged', async () => {
    const { gateway, house, again } = await wellRead()
    gateway.gateway.change('sensor-unplugged')
    await again()
    expect(house.view().readings.has('temperaturesensor.Vorlauf Küche')).toBe(false)
    expect(house.page('/api/temperaturesensor/metrics')).toMatchObject({ status: 404 })
  })
})
