import { describe, expect, it } from 'vitest'
import type { MonotonicMs } from '../../core/clock.ts'
import { testReport } from '../../testing/use.ts'
import { polled, testGateway } from './gateway.test-helper.ts'
import { createGatewayWatch } from './gateway-watch.ts'
import { readSystem } from './system-document.ts'

describe('the gateway itself', () => {
  it('has uptime, bus, radio and clock in the neutral dialect', async () => {
    const house = polled(testGateway('firmware-3.8'))
    await house.poll()
    const cells = new Map(
      house
        .unified('nefit')
        .map(series => [
          [series.family, ...Object.values(series.labels ?? {})].join(' '),
          'value' in series ? series.value : 0,
        ]),
    )
    expect([...cells.keys()]).toEqual([
      'hearth_device_uptime_seconds',
      'hearth_temperature_celsius house controller_board',
      'hearth_link_signal_dbm',
      'hearth_link_messages_total receive ok',
      'hearth_link_messages_total receive error',
      'hearth_link_messages_total read ok',
      'hearth_link_messages_total read error',
      'hearth_link_messages_total write ok',
      'hearth_link_messages_total write error',
      'hearth_link_quality_ratio receive',
      'hearth_link_quality_ratio transmit',
      'hearth_device_clock_offset_seconds',
    ])
    expect(cells.get('hearth_link_quality_ratio transmit')).toBeLessThanOrEqual(1)
    expect(house.device.identity(house.view())).toMatchObject({
      class: 'gateway',
      vendor: 'EMS-ESP',
      firmware: '3.8.0',
    })
  })
})

describe('a watched gateway', () => {
  function watched() {
    const told: string[] = []
    const watch = createGatewayWatch('http://gateway', 90_000)
    const report = testReport({
      connected: () => void told.push('connected'),
      trouble: (kind, _, times = 1) => void told.push(`${kind} ${times}`),
    })
    const observe = (seconds: number, facts: Readonly<Record<string, unknown>>) => {
      const system = { uptimeSec: seconds, freeMem: 130, maxAlloc: 80, ...facts }
      const { busStatus = 'connected', busTelegramsReceived = seconds } = facts
      const document = {
        system,
        network: { WIFIReconnects: facts['reconnects'] ?? 0 },
        sensor: { temperatureSensorFails: facts['fails'] ?? 0 },
        bus: { busStatus, busTelegramsReceived },
      }
      return watch.observe(
        readSystem({ ...document, devices: [] }, 'x'),
        (seconds * 1000) as MonotonicMs,
        report,
      )
    }
    return { told, observe }
  }

  it('is connected once, and again with each reconnect of its radio', () => {
    const { told, observe } = watched()
    observe(0, { reconnects: 3 })
    observe(60, { reconnects: 5 })
    observe(120, { reconnects: 0 })
    expect(told).toEqual(['connected', 'connected', 'connected'])
  })

  it('counts what its sensors failed to tell', () => {
    const { told, observe } = watched()
    observe(0, { fails: 7 })
    observe(60, { fails: 9 })
    expect(told).toEqual(['connected', 'sensor 2'])
  })

  it('has restarted when its uptime falls', () => {
    const { observe } = watched()
    expect(observe(500, {}).hasRestarted).toBe(false)
    expect(observe(560, {}).hasRestarted).toBe(false)
    expect(observe(20, {}).hasRestarted).toBe(true)
  })

  it('is silent when its bus says so, or when telegrams that came come no more', () => {
    const { observe } = watched()
    expect(observe(0, { busStatus: 'disconnected' }).silence).toBe('the bus is disconnected')
    expect(
      observe(1, { busStatus: 'connected, tx issues - try a different Tx Mode' }).silence,
    ).toBeUndefined()
    observe(60, { busTelegramsReceived: 10 })
    observe(120, { busTelegramsReceived: 20 })
    expect(observe(180, { busTelegramsReceived: 20 }).silence).toBeUndefined()
    expect(observe(240, { busTelegramsReceived: 20 }).silence).toMatch('no telegram')
    expect(observe(300, { busTelegramsReceived: 21 }).silence).toBeUndefined()
  })

  it('is not silent where its telegrams never moved: it may not count them', () => {
    const { observe } = watched()
    for (const seconds of [0, 60, 600]) {
      expect(observe(seconds, { busTelegramsReceived: 5 }).silence).toBeUndefined()
    }
  })

  it('warns of memory each time it falls, not each time it is low', () => {
    const { told, observe } = watched()
    for (const [i, freeMem] of [150, 140, 85, 80, 85, 130, 75].entries()) observe(i * 60, { freeMem })
    expect(told.filter(each => each.startsWith('other'))).toHaveLength(2)
    observe(1_000, { freeMem: 140 })
    observe(1_060, { freeMem: 120, maxAlloc: 30 })
    expect(told.filter(each => each.startsWith('other'))).toHaveLength(3)
  })
})
