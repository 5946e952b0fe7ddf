import { describe, expect, it } from 'vitest'
import { answerOf, bodyOf, failure, json, polled, testGateway } from './gateway.test-helper.ts'

const INTERVAL_MS = 30_000

function start(scenario: string, settings = {}) {
  const gateway = testGateway(scenario)
  const house = polled(gateway, settings)
  const again = async (polls = 1) => {
    for (let i = 0; i < polls; i++) {
      await gateway.clock.advance(INTERVAL_MS)
      await house.poll()
    }
  }
  const told = (path: string) => gateway.gateway.answer(`/api/${path}`).body
  const times = (path: string) => gateway.asked.filter(each => each.path === path).length
  return { gateway, house, again, told, times }
}

describe('a bus that is silent', () => {
  it('does not silence the sensors on the gateway itself', async () => {
    const { gateway, house, again } = start('firmware-3.8')
    await house.poll()
    gateway.gateway.change('bus-disconnected')
    await again(8)
    expect(house.page('/api/boiler/metrics')).toMatchObject({ kind: 'unavailable' })
    // Machines are taken back before anything else is asked.
    gateway.gateway.change('firmware-3.8')
    await again()
    gateway.gateway.change('bus-disconnected')
    const shown: unknown[] = []
    gateway.spoil(path => {
      if (path.startsWith('temperaturesensor')) shown.push(house.page('/api/boiler/metrics')?.kind)
      return undefined
    })
    await again(2)
    expect(shown.at(-1)).toBe('unavailable')
    expect(bodyOf(house.page('/api/temperaturesensor/metrics'))).toMatch(/^# HELP/)
    expect(house.view().readings.get('temperaturesensor.Vorlauf Küche')?.value).toBeTypeOf('number')
    // Entities that a user made are read off the bus.
    expect(house.page('/api/custom/metrics')).toMatchObject({ kind: 'unavailable' })
  })

  it('from the start on has machines that are down', async () => {
    const { gateway, house } = start('firmware-3.8')
    gateway.gateway.change('bus-disconnected')
    await house.poll()
    expect(house.machines()).toEqual(expect.arrayContaining(['boiler', 'thermostat', 'mixer']))
    expect(house.view('boiler').health).toMatchObject({ isUp: false, failed: 1 })
  })

  it('says of each listed device that there is nothing, also of words of a firmware to come', async () => {
    const { gateway, house } = start('firmware-3.8')
    gateway.spoil(path => {
      if (!path.startsWith('system')) return undefined
      const document = JSON.parse(gateway.gateway.answer('/api/system').body)
      document.bus.busStatus = 'disconnected'
      document.devices.push({ type: 'toaster', name: 'x', productID: 1, entities: 3 })
      return path === 'system' ? json(document) : json({ message: 'no' }, 404)
    })
    await house.poll()
    expect(house.page('/api/toaster/metrics')).toMatchObject({ kind: 'unavailable' })
    expect(house.page('/api/toaster/hc1/metrics')).toMatchObject({ kind: 'unavailable' })
  })
})

describe('a gateway that has just booted', () => {
  it('is looked at in every poll until its machines have values', async () => {
    const { gateway, house, again } = start('just-booted')
    await house.poll()
    gateway.gateway.change('firmware-3.8')
    await again()
    expect(bodyOf(house.page('/api/thermostat/metrics'))).toMatch(/^# HELP/)
  })

  it('has nothing: what it said before its restart is gone from every page and machine', async () => {
    const { gateway, house, again } = start('firmware-3.8', { system_interval: '30s' })
    await house.poll()
    gateway.gateway.change('just-booted')
    await again()
    for (const path of ['boiler', 'boiler/dhw', 'thermostat', 'thermostat/hc2'])
      expect(house.page(`/api/${path}/metrics`), path).toMatchObject({ status: 404 })
    for (const word of ['boiler', 'thermostat']) {
      expect(house.unified(word), word).toEqual([])
      expect(house.view(word).health.isUp, word).toBe(false)
      expect(house.view(word).documents.get('metrics'), word).toBe(`{"message":"no 'metrics' in ${word}"}`)
    }
  })
})

describe('a gateway that falls silent in the middle of a poll', () => {
  it.each(['thermostat/metrics', 'thermostat/values', 'boiler/values'])('is down: at %s', async first => {
    const { gateway, house, again } = start('small-3.7', { system_interval: '10m' })
    gateway.gateway.change('firmware-3.8')
    await house.poll()
    let isGone = false
    gateway.spoil(path => {
      isGone ||= path === first
      return isGone ? failure('timeout') : undefined
    })
    await again()
    expect(house.view().health.isUp).toBe(false)
  })
})

describe('one question that is never answered well', () => {
  it('costs no other: descriptions', async () => {
    const { gateway, house, again, times } = start('firmware-3.8')
    gateway.spoil(path =>
      path.endsWith('/entities') ? answerOf('{"half":', 200, 'application/json') : undefined,
    )
    await house.poll()
    await again(3)
    expect(house.view('boiler').readings.get('servicecode')?.value).toBeTypeOf('string')
    expect(house.view('thermostat').readings.get('hc2.currtemp')?.value).toBeTypeOf('number')
    expect(times('thermostat/entities')).toBe(1)
  })

  it('costs no other: a circuit of a second device', async () => {
    const { gateway, house, again } = start('fourteen-devices')
    gateway.spoil(path => {
      const many = { hc5: { currtemp: 20 }, hc6: { currtemp: 21 }, hc7: { currtemp: 22 } }
      if (path === 'system') {
        const document = JSON.parse(gateway.gateway.answer('/api/system').body)
        const second = document.devices.find(({ type }: { type: string }) => type === 'thermostat')
        document.devices.push({ ...second, deviceID: '0x19' })
        return json(document)
      }
      if (path === 'thermostat/values') return json(many)
      if (path === 'thermostat/hc5/metrics') return failure('framing')
      const circuit = /^thermostat\/(hc[67])\/metrics$/.exec(path)?.[1]
      const line = `# HELP emsesp_currtemp current room temperature, °C, readable, visible\n# TYPE emsesp_currtemp gauge\nemsesp_currtemp{circuit="${circuit}"} 21.50\n`
      return circuit ? answerOf(line) : undefined
    })
    await house.poll()
    await again()
    const { readings } = house.view('thermostat')
    expect([
      readings.has('hc5.currtemp'),
      readings.get('hc6.currtemp')?.value,
      readings.get('hc7.currtemp')?.value,
    ]).toEqual([false, 21.5, 21.5])
  })

  it('costs no other: one description of old firmware', async () => {
    const { gateway, house, again, times } = start('small-3.6')
    gateway.spoil(path => (path === 'boiler/curflowtemp' ? failure('http_status') : undefined))
    await house.poll()
    await again(12)
    const text = bodyOf(house.page('/api/boiler/metrics'))
    expect(text).toMatch(/^emsesp_heatingactive /m)
    expect(text).not.toMatch(/^emsesp_curflowtemp /m)
    expect(times('boiler/curflowtemp')).toBeLessThanOrEqual(3)
  })
})

describe('what was learned of a machine', () => {
  it('is learned anew when another stands in its place, and when the gateway restarts', async () => {
    const { gateway, house, again, told, times } = start('firmware-3.8')
    await house.poll()
    const mode = () => house.view('thermostat').readings.get('dhw.mode')?.value
    const before = mode()
    expect(before).toBeTypeOf('string')
    const asked = times('thermostat/entities')
    expect(asked).toBeGreaterThan(0)
    const entities = JSON.parse(told('thermostat/entities'))
    entities['dhw.mode'].enum = entities['dhw.mode'].enum.map((word: string) => `${word} two`)
    gateway.spoil(path => {
      if (path === 'thermostat/entities') return json(entities)
      if (path !== 'system') return undefined
      const document = JSON.parse(told('system'))
      for (const device of document.devices) if (device.type === 'thermostat') device.version = '99.01'
      return json(document)
    })
    await again(2)
    expect(mode()).toBe(`${before} two`)
  })
})

describe('a counter that is doubted', () => {
  it('is doubted once a poll, also in the poll that asks for descriptions', async () => {
    const { gateway, house, again, told } = start('small-3.6')
    const values = (nrgheat: number) => json({ ...JSON.parse(told('boiler/values')), nrgheat })
    let heat = 500
    gateway.spoil(path => (path === 'boiler/values' ? values(heat) : undefined))
    await house.poll()
    expect(house.view('boiler').readings.get('nrgheat')?.value).toBe(500)
    heat = 3
    for (const expected of [undefined, undefined, 3]) {
      // Descriptions are asked for in each of these polls.
      gateway.gateway.change(expected === undefined ? 'small-3.5' : 'small-3.6')
      await again()
      expect(house.view('boiler').readings.get('nrgheat')?.value).toBe(expected)
    }
  })
})

describe('a heat pump', () => {
  it('is one also while nothing is known of it', async () => {
    const { gateway, house, again } = start('heat-pump')
    const described = house.device.member?.('boiler')
    expect(described?.identity(house.view('boiler'))).toEqual({})
    await house.poll()
    expect(described?.identity(house.view('boiler'))).toMatchObject({ class: 'heat_pump' })
    gateway.gateway.change('bus-disconnected')
    await again(2)
    expect(described?.identity(house.view('boiler'))).not.toHaveProperty('class')
  })
})

describe("the gateway's own devices", () => {
  it.each(['firmware-3.4', 'firmware-3.5', 'firmware-3.6'])(
    'are read by their values where nothing describes them: %s',
    async scenario => {
      const { house } = start(scenario)
      await house.poll()
      expect(house.view().readings.get('temperaturesensor.Vorlauf Küche')).toMatchObject({
        value: 31.4,
        unit: '°C',
      })
      expect(bodyOf(house.page('/api/temperaturesensor/metrics'))).toContain(
        '# HELP emsesp_vorlauf_k_che Vorlauf Küche, °C, readable\n# TYPE emsesp_vorlauf_k_che gauge\nemsesp_vorlauf_k_che 31.4\n',
      )
      expect(bodyOf(house.page('/api/analogsensor/metrics'))).toContain('\nemsesp_gas_meter 1204.5\n')
      expect(bodyOf(house.page('/api/scheduler/metrics'))).toContain('\nemsesp_night 1\n')
      expect(house.troubles).toEqual([])
    },
  )

  it('stay in the order of the gateway, whatever their names', async () => {
    const { gateway, house } = start('firmware-3.8.2')
    const sensor = (name: string) => ({ name, value: 21.5, type: 'number', uom: '°C', visible: true })
    const text = `{"b": ${JSON.stringify(sensor('b'))}, "7": ${JSON.stringify(sensor('7'))}, "a\\"{": ${JSON.stringify(sensor('a"{'))}, "3": ${JSON.stringify(sensor('3'))}}`
    gateway.spoil(path =>
      path === 'temperaturesensor/entities' ? answerOf(text, 200, 'application/json') : undefined,
    )
    await house.poll()
    const names = [...bodyOf(house.page('/api/temperaturesensor/metrics')).matchAll(/^(emsesp_\S+) /gm)]
    expect(names.map(([, name]) => name)).toEqual(['emsesp_b', 'emsesp_7', 'emsesp_a__', 'emsesp_3'])
  })
})

describe('a device list', () => {
  it('that never ends is asked for the first words only', async () => {
    const { gateway, house } = start('firmware-3.8')
    let round = 0
    gateway.spoil(path => {
      if (path !== 'system') return path.startsWith('system') ? undefined : json({ message: 'no' }, 404)
      const document = JSON.parse(gateway.gateway.answer('/api/system').body)
      round++
      document.devices = Array.from({ length: 900 }, (_, i) => ({
        type: `w${round}x${i}`,
        name: 'x',
        entities: 3,
      }))
      return json(document)
    })
    await house.poll()
    expect(gateway.asked.length).toBeLessThan(60)
    let before = 0
    for (let i = 0; i < 6; i++) {
      await gateway.clock.advance(60_000)
      before = house.attempts.length
      await house.poll()
    }
    expect(house.attempts.length - before).toBeLessThan(100)
  })

  it('with words that JavaScript knows is read like any other', async () => {
    const { gateway, house } = start('firmware-3.7')
    gateway.spoil(path => {
      if (path === 'system') {
        const document = JSON.parse(gateway.gateway.answer('/api/system').body)
        document.devices.unshift({ type: 'constructor', name: 'x', entities: 3 })
        document.system.constructor = 'x'
        document.settings.locale = 'constructor'
        return json(document)
      }
      if (path !== 'constructor/entities') return undefined
      const entity = (name: string, value: number) => ({
        name,
        circuit: '',
        value,
        type: 'number',
        uom: 'constructor',
      })
      return json({ valueof: entity('valueof', 1), constructor: { ...entity('constructor', 2), uom: '°F' } })
    })
    expect(await house.poll()).toBeUndefined()
    expect(house.view('boiler').health.isUp).toBe(true)
    expect(bodyOf(house.page('/api/constructor/metrics'))).toContain(
      '# HELP emsesp_valueof valueof, constructor\n',
    )
  })
})

describe('a machine', () => {
  it('that the gateway lists no more is said to be gone, once, and to be there again', async () => {
    const { gateway, house, again, told } = start('firmware-3.8', { system_interval: '30s' })
    await house.poll()
    gateway.spoil(path => {
      if (path !== 'system') return undefined
      const document = JSON.parse(told('system'))
      document.devices = document.devices.filter(({ type }: { type: string }) => type !== 'solar')
      return json(document)
    })
    await again()
    expect(house.page('/api/solar/metrics')).toMatchObject({ status: 404 })
    expect(house.view('solar').documents.size).toBe(0)
    await again(3)
    expect(house.unified('solar')).toEqual([])
    expect(house.view('solar').health.isUp).toBe(false)
    expect(gateway.said).toEqual(['http://gateway: lists no solar any more'])
    gateway.spoil(() => undefined)
    await again()
    expect(gateway.said.slice(1)).toEqual(['http://gateway: lists solar again'])
    expect(house.view('solar').health.isUp).toBe(true)
  })

  it('of another gateway at the same address is read as what it is', async () => {
    const { gateway, house, again } = start('firmware-3.8')
    await house.poll()
    gateway.gateway.change('heat-pump')
    await again(6)
    expect(house.device.member?.('boiler').identity(house.view('boiler'))).toMatchObject({
      class: 'heat_pump',
    })
    for (const word of ['mixer', 'solar']) expect(house.view(word).readings.size, word).toBe(0)
    const fresh = start('heat-pump')
    await fresh.house.poll()
    await fresh.again(2)
    for (const word of ['boiler', 'heatpump', 'thermostat'])
      expect(house.unified(word), word).toEqual(fresh.house.unified(word))
  })
})

describe('words that no firmware knows', () => {
  it.each(['controller', 'generic', 'toaster', 'pump'])('are answered by their name: %s', async word => {
    const { gateway, house, told } = start('unknown-words')
    await house.poll()
    gateway.spoil(() => undefined)
    expect(bodyOf(house.page(`/api/${word}/metrics`))).toBe(told(`${word}/metrics`))
    expect(bodyOf(house.page(`/api/${word}/metrics`))).toBe(`{"message":"unknown device ${word}"}`)
  })
})
