import { describe, expect, it } from 'vitest'
import { bodyOf, gatewayOf } from './gateway.test-helper.ts'

const parsed = (scenario: string, path: string): unknown => JSON.parse(bodyOf(gatewayOf(scenario), path))

describe('the API of a simulated gateway', () => {
  it('describes an enum, a boolean and a number in the order of the firmware', () => {
    const boiler = bodyOf(gatewayOf('firmware-3.8'), '/api/boiler/entities')
    expect(boiler).toContain(
      '"dhw.comfort":{"name":"comfort","fullname":"dhw comfort","circuit":"dhw","index":0,"enum":["hot","eco","intelligent"],"value":"hot","type":"enum","readable":true,"writeable":true,"visible":true}',
    )
    expect(bodyOf(gatewayOf('firmware-3.8'), '/api/boiler/heatingactive')).toBe(
      '{"name":"heatingactive","fullname":"heating active","circuit":"","bool":true,"index":1,"value":"on","type":"boolean","readable":true,"writeable":false,"visible":true}',
    )
    expect(bodyOf(gatewayOf('firmware-3.8'), '/api/thermostat/hc1/seltemp')).toBe(
      '{"name":"seltemp","fullname":"hc1 selected room temperature","circuit":"hc1","value":20.5,"type":"number","min":0,"max":30,"uom":"°C","state_class":"measurement","device_class":"temperature","readable":true,"writeable":true,"visible":true}',
    )
  })

  it('gives values with circuits nested, commands empty or null', () => {
    expect(parsed('firmware-3.8', '/api/boiler')).toMatchObject({
      reset: '',
      emergencytemp: null,
      heatingactive: 'on',
      curflowtemp: 60.2,
      dhw: { comfort: 'hot', seltemp: 52 },
    })
    expect(parsed('firmware-3.8', '/api/boiler')).not.toHaveProperty('exhausttemp')
  })

  it('forgets the second device in entities and metrics, but not in values', () => {
    const gateway = gatewayOf('firmware-3.8')
    for (const word of ['thermostat', 'mixer']) {
      expect(Object.keys(JSON.parse(bodyOf(gateway, `/api/${word}`)))).toContain('hc2')
      expect(bodyOf(gateway, `/api/${word}/entities`)).not.toContain('hc2')
      expect(bodyOf(gateway, `/api/${word}/metrics`)).not.toContain('hc2')
      expect(bodyOf(gateway, `/api/${word}/hc2/metrics`)).toContain('{circuit="hc2"}')
    }
    expect(bodyOf(gateway, '/api/water/metrics')).not.toContain('dhw2')
    expect(bodyOf(gateway, '/api/water/dhw2/entities')).toMatch(
      /^\{"temp":\{"name":"temp","fullname":"dhw2 .*"circuit":"dhw2"/,
    )
    expect(bodyOf(gateway, '/api/water/dhw1/metrics')).toBe(bodyOf(gateway, '/api/water/dhw/metrics'))
  })

  it.each([
    ['/api/thermostat/hc1/seltemp/value', '20.5'],
    ['/api/thermostat/hc1.seltemp/fullname', 'hc1 selected room temperature'],
    ['/api/Boiler/CURFLOWTEMP/value', '60.2'],
    ['/api/system/system/version/value', '3.8.0'],
  ])('gives one attribute as text: %s', (path, body) => {
    expect(gatewayOf('firmware-3.8').answer(path)).toEqual({
      status: 200,
      contentType: 'text/plain; charset=utf-8',
      body,
    })
  })

  it.each([
    ['firmware-3.8', '/api/pool', 404, 'unknown device pool'],
    ['firmware-3.8', '/api/controller', 404, 'unknown device controller'],
    ['firmware-3.8', '/api/boiler/x', 404, "no 'x' in boiler"],
    ['firmware-3.7', '/api/boiler/metrics', 404, "no entity 'metrics' in boiler"],
    ['firmware-3.7.0', '/api/boiler/metrics', 400, 'no metrics in boiler'],
    ['firmware-3.6', '/api/boiler/metrics', 400, "cannot find values for entity 'metrics'"],
    ['firmware-3.6', '/api/system/metrics', 400, 'invalid command'],
    ['firmware-3.6', '/api/pool', 400, 'unknown device pool'],
    ['just-booted', '/api/thermostat/metrics', 404, "no 'metrics' in thermostat"],
    ['firmware-3.8', '/api/temperaturesensor/metrics', 404, "no 'metrics' in temperaturesensor"],
    ['firmware-3.8', '/api/', 400, 'missing command in path'],
    ['firmware-3.8', '/api/system/restart', 401, 'authentication failed'],
  ])('%s answers %s with %i and "%s"', (scenario, path, status, text) => {
    const answer = gatewayOf(scenario).answer(path)
    expect(answer).toMatchObject({ status, contentType: 'application/json; charset=utf-8' })
    expect(JSON.parse(answer.body)).toEqual({ message: text })
  })

  it('answers with nothing for own devices that hold nothing, and for a value that is not there', () => {
    expect(gatewayOf('document').answer('/api/custom/metrics')).toMatchObject({ status: 200, body: '{}' })
    expect(gatewayOf('firmware-3.8').answer('/api/boiler/exhausttemp/value')).toMatchObject({
      status: 404,
      body: '{}',
    })
  })

  it('accepts the old style', () => {
    const gateway = gatewayOf('firmware-3.8')
    expect(bodyOf(gateway, '/api?device=boiler&cmd=values&id=-1')).toBe(bodyOf(gateway, '/api/boiler'))
  })

  it.each([
    [1, 'on', 'off'],
    [2, 'ON', 'OFF'],
    [3, 'true', 'false'],
    [4, true, false],
    [5, '1', '0'],
    [6, 1, 0],
  ])('writes booleans in format %i', (format, on, off) => {
    expect(parsed(`bool-format-${format}`, '/api/boiler')).toMatchObject({ burngas: on, burngas2: off })
  })

  it('speaks German and Dutch', () => {
    expect(parsed('german', '/api/boiler')).toMatchObject({ burngas: 'an', dhw: { comfort: 'Heiss' } })
    expect(parsed('dutch', '/api/boiler')).toMatchObject({ burngas: 'aan', dhw: { comfort: 'Heet' } })
    expect(bodyOf(gatewayOf('german'), '/api/boiler/dhw/entities')).toContain('"fullname":"WWK Komfort"')
    expect(bodyOf(gatewayOf('german'), '/api/thermostat/entities')).toContain('"fullname":"HK1 ')
  })

  it('keeps names of digits where the user put them', () => {
    expect(bodyOf(gatewayOf('firmware-3.8'), '/api/custom/entities')).toMatch(
      /^\{"Pool pump runtime":.*,"7":\{.*"value":"14"\},"seltemp":/,
    )
  })

  it('names hot water with ww before 3.7, and describes one entity at a time', () => {
    expect(parsed('firmware-3.6', '/api/boiler')).toMatchObject({ wwseltemp: 52 })
    expect(parsed('firmware-3.6', '/api/mixer')).toMatchObject({ wwc1: { wwtemp: 51.2 } })
    expect(parsed('firmware-3.6', '/api/boiler/entities')).toMatchObject({
      curflowtemp: ['current flow temperature', '°C'],
      burngas: ['gas'],
      wwseltemp: ['dhw selected temperature', '°C'],
    })
    expect(parsed('firmware-3.6', '/api/boiler/exhausttemp')).toMatchObject({ value: 'not set' })
    expect(parsed('firmware-3.6', '/api/boiler/wwcomfort')).toEqual({
      name: 'wwcomfort',
      fullname: 'dhw comfort',
      circuit: 'ww',
      enum: ['hot', 'eco', 'intelligent'],
      value: 'hot',
      type: 'enum',
      readable: true,
      writeable: true,
      visible: true,
    })
  })

  it('names the sensors as their time did', () => {
    expect(gatewayOf('firmware-3.5').answer('/api/dallassensor').status).toBe(200)
    expect(gatewayOf('firmware-3.5').answer('/api/temperaturesensor').status).toBe(400)
    expect(gatewayOf('firmware-3.8').answer('/api/dallassensor').status).toBe(404)
  })
})

describe('the system document of a simulated gateway', () => {
  it('is ordered as firmware 3.8 orders it', () => {
    expect(Object.keys(JSON.parse(bodyOf(gatewayOf('firmware-3.8'), '/api/system')))).toEqual([
      ...['system', 'network', 'ntp', 'ap', 'mqtt', 'syslog', 'sensor', 'api', 'bus', 'settings', 'devices'],
    ])
    expect(parsed('firmware-3.8', '/api/system')).toMatchObject({
      system: { uptime: '005+02:56:13.000', uptimeSec: 442573, temperature: 45 },
      ntp: { NTPstatus: 'connected', NTPStatus: 'connected' },
    })
  })

  it('has no access point of its own in 3.7, and blanks in its names before', () => {
    expect(parsed('firmware-3.7', '/api/system')).toMatchObject({ network: { APSSID: 'ems-esp' } })
    expect(parsed('firmware-3.7', '/api/system')).not.toHaveProperty('ap')
    expect(parsed('firmware-3.7.0', '/api/system')).toMatchObject({ mqtt: { MQTTConnects: 1 } })
    expect(parsed('firmware-3.6', '/api/system')).toMatchObject({
      'System Info': { 'uptime (seconds)': 442573, 'free mem': 131, 'max alloc': 87 },
      'Network Info': { 'static ip config': false, 'enable MDNS': true, 'AP ssid': 'ems-esp' },
      'MQTT Info': { 'MQTT publish fails': 0, 'MQTT connects': 1 },
      'Bus Info': { 'bus telegrams received (rx)': 118904, 'bus reads (tx)': 29731 },
      Settings: { 'notoken api': false, 'ems bus id': 11 },
    })
    expect(parsed('firmware-3.4', '/api/system')).toHaveProperty(['System Status', 'version'], '3.4.4')
    expect(parsed('firmware-3.4', '/api/system')).not.toHaveProperty(['System Status', 'uptime (seconds)'])
  })

  it('gives a section as texts, and each scalar with its section', () => {
    expect(parsed('firmware-3.8', '/api/system/bus')).toMatchObject({
      busStatus: 'connected',
      busReads: '29731',
    })
    expect(parsed('firmware-3.8', '/api/system/entities')).toHaveProperty(['bus.busReads'], {
      name: 'busReads',
      circuit: 'bus',
      readable: true,
      writeable: false,
      visible: true,
      value: 29731,
      type: 'number',
    })
  })

  it('lists devices that cannot be asked, and counts none of their entities', () => {
    const text = bodyOf(gatewayOf('unknown-words'), '/api/system')
    expect(text).toContain('"type":"heat bank"')
    expect(text).toContain('{"type":"controller","name":"BC25","deviceID":"0x09","productID":125,"brand":"",')
    expect(gatewayOf('unknown-words').answer('/api/heat%20bank').status).toBe(404)
  })
})
