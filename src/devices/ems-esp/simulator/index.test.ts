import { afterEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../../testing/fake-clock.ts'
import { bodyOf, gatewayOf } from './gateway.test-helper.ts'
import { emsEspSimulator } from './index.ts'

const NAMES = emsEspSimulator.scenarios.map(({ name }) => name)

const running: { stop(): void }[] = []
afterEach(() => {
  for (const gateway of running.splice(0)) gateway.stop()
})

describe('emsEspSimulator', () => {
  it('lists every scenario once, each with one line of summary', () => {
    expect(new Set(NAMES).size).toBe(NAMES.length)
    for (const { name, summary } of emsEspSimulator.scenarios) {
      expect(name).toMatch(/^[a-z0-9.-]+$/)
      expect(summary).toMatch(/^[A-Z0-9][^\n]+\.$/)
    }
  })

  it.each([
    ...['demo', 'document', 'firmware-3.6', 'firmware-3.7', 'firmware-3.8', 'heat-pump', 'fourteen-devices'],
    ...['just-booted', 'reboot', 'wrong-length', 'truncated', 'thermostat-failing', 'slow', 'token-required'],
    ...[
      'renamed',
      'masked',
      'unknown-words',
      'wrong-shape',
      'bus-disconnected',
      'low-memory',
      'hang',
      'reset',
    ],
  ])('has %s', name => {
    expect(NAMES).toContain(name)
  })

  it('refuses a scenario it does not have', () => {
    expect(() => gatewayOf('firmware-1')).toThrow(RangeError)
    expect(() => gatewayOf('demo').change('firmware-1')).toThrow(RangeError)
  })

  it('varies the house that was chosen last, and takes the variation away again', () => {
    const gateway = gatewayOf('firmware-3.6', 'german')
    expect(bodyOf(gateway, '/api/boiler')).toContain('"burngas":"an"')
    expect(bodyOf(gateway, '/api/boiler')).toContain('"wwseltemp":52')
    gateway.change('low-memory')
    expect(bodyOf(gateway, '/api/boiler')).toContain('"burngas":"on"')
    gateway.change('firmware-3.8')
    expect(bodyOf(gateway, '/api/system')).toContain('"version":"3.8.0"')
    expect(bodyOf(gateway, '/api/system')).toContain('"freeMem":131')
  })

  it('says the same for the same seed, and moves while time does in the demo', async () => {
    const clock = fakeClock()
    const start = (seed: number) => {
      const gateway = emsEspSimulator.start({ scenario: 'demo', seed, clock, pace: 1 })
      running.push(gateway)
      return gateway
    }
    const [one, other, third] = [start(1), start(1), start(2)]
    await clock.advance(300_000)
    const early = bodyOf(one, '/api/boiler')
    expect(bodyOf(other, '/api/boiler')).toBe(early)
    expect(bodyOf(third, '/api/boiler')).not.toBe(early)
    await clock.advance(86_400_000)
    expect(bodyOf(one, '/api/boiler')).not.toBe(early)
    expect(JSON.parse(bodyOf(one, '/api/boiler'))).toMatchObject({ ubauptime: 3_940_268 + 1445 })
    expect(bodyOf(one, '/api/system')).toContain(`"uptimeSec":${442_573 + 86_700}`)
  })

  it('stands still in every other house', async () => {
    const clock = fakeClock()
    const gateway = emsEspSimulator.start({ scenario: 'firmware-3.8', seed: 1, clock, pace: 1 })
    running.push(gateway)
    const before = bodyOf(gateway, '/api/system')
    await clock.advance(3_600_000)
    expect(bodyOf(gateway, '/api/system')).toBe(before)
  })

  it('has one device of each of the fourteen words', () => {
    const system: unknown = JSON.parse(bodyOf(gatewayOf('fourteen-devices'), '/api/system'))
    const words = [
      ...['boiler', 'thermostat', 'mixer', 'solar', 'heatpump', 'gateway', 'switch', 'connect', 'alert'],
      ...['extension', 'heatsource', 'ventilation', 'water', 'pool'],
    ]
    for (const type of words) {
      expect(system).toHaveProperty('devices', expect.arrayContaining([expect.objectContaining({ type })]))
      expect(gatewayOf('fourteen-devices').answer(`/api/${type}/metrics`).status).toBe(200)
    }
  })
})
