import { describe, expect, it } from 'vitest'
import {
  DOCUMENT_BOILER,
  DOCUMENT_THERMOSTAT,
  SECOND_THERMOSTAT,
  SOLAR,
  SOLAR_GERMAN,
  THERMOSTAT,
} from './expected.test-data.ts'
import { DOCUMENT_SYSTEM } from './expected-system.test-data.ts'
import { bodyOf, gatewayOf } from './gateway.test-helper.ts'

const linesOf = (text: string) => text.split('\n')

describe('the metrics text of a simulated gateway', () => {
  it.each([
    ['document', '/api/boiler/metrics', DOCUMENT_BOILER],
    ['document', '/api/thermostat/metrics', DOCUMENT_THERMOSTAT],
    ['document', '/api/system/metrics', DOCUMENT_SYSTEM],
    ['firmware-3.8', '/api/thermostat/metrics', THERMOSTAT],
    ['firmware-3.8', '/api/thermostat/hc2/metrics', SECOND_THERMOSTAT],
    ['firmware-3.8', '/api/solar/metrics', SOLAR],
    ['german', '/api/solar/metrics', SOLAR_GERMAN],
  ])('of %s at %s is what the rules say, written by hand', (scenario, path, expected) => {
    expect(linesOf(bodyOf(gatewayOf(scenario), path))).toEqual(linesOf(expected))
  })

  it.each([
    ...[1, 2, 3, 4, 5, 6].map(format => `bool-format-${format}`),
    ...['enum-format-1', 'enum-format-2'],
  ])('does not depend on formats (%s)', scenario => {
    for (const device of ['boiler', 'thermostat', 'solar']) {
      const path = `/api/${device}/metrics`
      expect(bodyOf(gatewayOf(scenario), path)).toBe(bodyOf(gatewayOf('firmware-3.8'), path))
    }
  })

  it('keeps celsius where the gateway is set to Fahrenheit, whatever HELP says', () => {
    const gateway = gatewayOf('fahrenheit')
    const text = bodyOf(gateway, '/api/solar/metrics')
    expect(text).toContain('emsesp_collectortemp 31.70\n')
    expect(text).toContain('emsesp_collectortemp collector temperature (TS1), °F, readable, visible\n')
    expect(text).toContain('heat assistance on, K, readable')
    const json: unknown = JSON.parse(bodyOf(gateway, '/api/solar/entities'))
    expect(json).toMatchObject({
      collectortemp: { value: 89.1, uom: '°F' },
      turnondiff: { value: 14.4, uom: '°F' },
      heatassiston: { value: 5, uom: '°F' },
    })
  })

  it('has masked entities, with the flags that are left', () => {
    const text = bodyOf(gatewayOf('masked'), '/api/boiler/metrics')
    expect(text).toContain('# HELP emsesp_rettemp return temperature, °C, visible\n')
    expect(text).toContain('# HELP emsesp_syspress system pressure, bar\n')
    expect(text).toContain('# HELP emsesp_heatingoff force heating off, boolean\n')
  })

  it('has the names that users gave, and the short name where they gave none', () => {
    const text = bodyOf(gatewayOf('renamed'), '/api/boiler/metrics')
    expect(text).toContain('# HELP emsesp_curflowtemp Flow: upstairs, "attic" \\\\ cellar, °C, readable')
    expect(text).toContain('# HELP emsesp_comfort comfort, enum, (0: hot;')
    expect(text).toContain('# HELP emsesp_burngas hc1 flame, boolean')
  })

  it('leaves out strings, commands, values never read and an index beyond its words', () => {
    const boiler = bodyOf(gatewayOf('firmware-3.8'), '/api/boiler/metrics')
    for (const name of ['servicecode ', 'reset', 'exhausttemp', 'emergencytemp']) {
      expect(boiler).not.toContain(`emsesp_${name}`)
    }
    expect(bodyOf(gatewayOf('heat-pump'), '/api/boiler/metrics')).not.toContain('silentmode')
  })

  it('has the digits that JSON loses', () => {
    const gateway = gatewayOf('heat-pump')
    const text = bodyOf(gateway, '/api/boiler/metrics')
    expect(text).toContain('\nemsesp_uptimecontrol 2613.07\n')
    expect(text).toContain('\nemsesp_hpsetdiffpress 12200\n')
    expect(bodyOf(gateway, '/api/thermostat/metrics')).toContain('emsesp_currtemp{circuit="hc1"} 21.57\n')
    expect(bodyOf(gateway, '/api/boiler/entities')).toContain('"value":2613.0,')
    expect(JSON.parse(bodyOf(gateway, '/api/boiler/entities'))).toMatchObject({
      hpsetdiffpress: { value: 1220 },
    })
    expect(JSON.parse(bodyOf(gateway, '/api/boiler'))).toMatchObject({ uptimecontrol: 2613 })
    expect(JSON.parse(bodyOf(gateway, '/api/thermostat'))).toMatchObject({ hc1: { currtemp: 21.5 } })
  })
})

describe('the metrics text of the gateway itself', () => {
  it('prints an integer that is too large as a float of 32 bits', () => {
    expect(bodyOf(gatewayOf('busy-bus'), '/api/system/metrics')).toContain(
      '\nemsesp_bus_bustelegramsreceived 3000000000.00\n',
    )
  })

  it('escapes texts and leaves out what is empty or switched off', () => {
    const text = bodyOf(gatewayOf('odd-texts'), '/api/system/metrics')
    expect(text).toContain('hostname="ems \\"up\\\\stairs\\""')
    expect(text).toContain('name="MM100 \\"attic\\"", deviceid="0x20", version="24.08"} 160')
    expect(text).toContain('emsesp_syslog_info{sysloglevel="notice", syslogip="192.168.1.9"} 1\n')
    expect(text).not.toContain('mqttpublishes')
  })

  it('shows the state of the bus as a label', () => {
    expect(bodyOf(gatewayOf('bus-disconnected'), '/api/system/metrics')).toContain(
      'emsesp_bus_info{busstatus="disconnected", busprotocol="Buderus"} 1\n',
    )
  })

  it('writes names of own entities as users gave them', () => {
    const gateway = gatewayOf('firmware-3.8.2')
    expect(bodyOf(gateway, '/api/temperaturesensor/metrics')).toContain(
      '# HELP emsesp_Vorlauf Küche Vorlauf Küche, °C, readable, visible\n',
    )
    expect(bodyOf(gateway, '/api/scheduler/metrics')).toContain(
      '# HELP emsesp_night night, boolean, readable, visible, writable\n',
    )
    expect(bodyOf(gateway, '/api/custom/metrics')).toContain('\nemsesp_note filter changed\n')
  })
})
