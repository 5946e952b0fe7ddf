import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../testing/fake-clock.ts'
import { toBase } from './convert.ts'
import { createEnergyChoice } from './energy-choice.ts'
import { celsius, isKelvin } from './fahrenheit.ts'
import { createGuard } from './guard.ts'
import { helpWordOf, truthOf, unitOf, withoutCircuit } from './locale.ts'
import { spelled } from './machine-text.ts'
import { meaningOf, stateOf } from './meanings.ts'
import { ownText, readOwn } from './own-text.ts'
import { createRests } from './partition.ts'
import { factAt, readSystem } from './system-document.ts'
import { systemText } from './system-text.ts'
import { circuitsIn, readValues } from './values.ts'
import { abilitiesOf } from './version.ts'
import { canBeAsked, circuitOf, unifiedCircuit } from './words.ts'

describe('firmware', () => {
  it.each([
    ['3.4.4', false, false],
    ['3.6.5', false, false],
    ['3.7.0', false, true],
    ['3.7.2', false, true],
    ['3.7.3-dev.35', false, true],
    ['3.7.3-dev.36', true, true],
    ['3.7.3-dev_36', true, true],
    ['3.8.0', true, true],
    ['3.9.0-dev.4', true, true],
    ['4.0.0', true, true],
    ['unheard of', true, true],
    [undefined, true, true],
  ])('%s can give texts: %s, descriptions: %s', (version, hasMetrics, hasEntities) => {
    expect(abilitiesOf(version)).toEqual({ hasMetrics, hasEntities })
  })
})

describe('words', () => {
  it.each([
    ['hours', 'h'],
    ['Stunden', 'h'],
    ['Uren', 'h'],
    ['minúty', 'min'],
    ['L/min', 'l/min'],
    ['kB', 'KB'],
    ['°C', '°C'],
    [' ', undefined],
    ['pieces', undefined],
    [undefined, undefined],
  ])('%s is the unit %s', (word, unit) => {
    expect(unitOf(word)).toBe(unit)
  })

  it('says units as HELP says them, times in the language of the gateway', () => {
    expect(['h', 'min', 's', 'L/h', 'kB', '%'].map(uom => helpWordOf(uom, 'de'))).toEqual([
      ...['Stunden', 'Minuten', 'Sekunden', 'l/h', 'KB', '%'],
    ])
    expect(helpWordOf('h', 'xx')).toBe('hours')
  })

  it('knows on and off in every format', () => {
    for (const on of ['on', 'AN', 'aan', 'på', 'wł.', 'true', '1', 1, true])
      expect(truthOf(on), String(on)).toBe(true)
    for (const off of ['off', 'AUS', 'uit', 'AV', 'kapalı', 'false', '0', 0, false])
      expect(truthOf(off), String(off)).toBe(false)
    for (const none of ['maybe', 2, null, undefined, {}]) expect(truthOf(none)).toBeUndefined()
  })

  it.each([
    ['hc1 selected room temperature', 'hc1', 'selected room temperature'],
    ['HK2 gewählte Raumtemperatur', 'hc2', 'gewählte Raumtemperatur'],
    ['WWK Solltemperatur', 'dhw', 'Solltemperatur'],
    ['TUV2 teplota', 'dhw2', 'teplota'],
    ['HK2 gewählte Raumtemperatur', 'hc1', 'HK2 gewählte Raumtemperatur'],
    ['my own name', 'hc1', 'my own name'],
    ['hc1 x', '', 'hc1 x'],
  ])('%s of %s is %s', (fullName, circuit, name) => {
    expect(withoutCircuit(fullName, circuit)).toBe(name)
  })

  it('means the same in all languages', () => {
    expect(['off', 'aus', 'uit', 'vyp'].map(meaningOf)).toEqual(Array(4).fill('off'))
    expect(stateOf('hearth_circuit_mode', 'handmatig')).toBe('manual')
    expect(stateOf('hearth_circuit_mode', 'Frostschutz')).toBe('frost')
    expect(stateOf('hearth_circuit_level', 'Heizen')).toBe('comfort')
    expect(stateOf('hearth_dhw_circulation_mode', '3x3min')).toBe('3_per_hour')
    expect(stateOf('hearth_ventilation_mode', 'L2')).toBe('level_2')
    expect(stateOf('hearth_season', 'zomer')).toBe('summer')
    expect(stateOf('hearth_season', true)).toBe('summer')
    expect(stateOf('hearth_circuit_mode', 'something new')).toBeUndefined()
  })

  it('has circuits as the gateway and as hearth call them', () => {
    expect(['hc1', 'dhw1', 'dhw10', 'src16', 'hs16', 'ahs1'].map(circuitOf)).toEqual([
      ...['hc1', 'dhw', 'dhw10', 'src16', 'hs16', 'ahs1'],
    ])
    expect(['hc9', 'dhw11', 'x', ''].map(circuitOf)).toEqual([undefined, undefined, undefined, undefined])
    expect(['dhw', 'dhw2', 'src3', 'hc1', 'hs1'].map(unifiedCircuit)).toEqual([
      ...['dhw1', 'dhw2', 'room3', 'hc1', undefined],
    ])
  })

  it('asks for no word that the API does not know', () => {
    expect(['boiler', 'newthing'].map(canBeAsked)).toEqual([true, true])
    expect(['controller', 'generic', 'system', '../x', ''].map(canBeAsked)).toEqual(Array(5).fill(false))
  })
})

describe('numbers', () => {
  it.each([
    [24, '24'],
    [60.2, '60.20'],
    [-0.5, '-0.50'],
    [0, '0'],
    [136571, '136571'],
  ])('%s is spelled %s', (value, text) => {
    expect(spelled(value)).toBe(text)
  })

  it.each([
    [1.1, 'bar', undefined, 110_000],
    [23972.04, 'kWh', undefined, 86_299_344_000],
    [5, 'kWh', 'Wh', 18_000],
    [60, 'min', undefined, 3_600],
    [2613.07, 'min', undefined, 156_784],
    [55, '%', undefined, 0.55],
    [33.3, 'µA', undefined, 0.0000333],
    [7, 'K', '°C', 7],
    [7, '°C', 'bar', undefined],
  ])('%s %s (said %s) is %s in the base unit', (value, unit, said, base) => {
    expect(toBase(value, unit, said)).toBe(base)
  })

  it('turns Fahrenheit back to the tenth of a degree it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 3500 }), tenths => {
        const fahrenheit = Math.round((tenths / 10) * 18 + 320) / 10
        expect(Math.abs(celsius('boiler', 'curflowtemp', fahrenheit) - tenths / 10)).toBeLessThan(0.1001)
      }),
    )
    expect(celsius('boiler', 'boilhyston', -10.8)).toBe(-6)
    expect(isKelvin('solar', 'heatassiston')).toBe(true)
    expect(isKelvin('boiler', 'curflowtemp')).toBe(false)
  })
})

describe('values', () => {
  it('opens circuits and leaves out commands', () => {
    const document = { curflowtemp: 60.2, reset: '', remote: null, hc1: { seltemp: 20.5, x: null }, dhw: {} }
    expect(readValues(document, false)).toEqual([
      { name: 'curflowtemp', circuit: '', value: 60.2 },
      { name: 'seltemp', circuit: 'hc1', value: 20.5 },
    ])
    expect(circuitsIn(document)).toEqual(['hc1'])
  })

  it('gives hot water of old firmware its names of today', () => {
    const document = { wwseltemp: 52, wwc2: { wwtemp: 48 }, hc1: { seltemp: 20 } }
    expect(readValues(document, true)).toEqual([
      { name: 'seltemp', circuit: 'dhw', value: 52 },
      { name: 'temp', circuit: 'dhw2', value: 48 },
      { name: 'seltemp', circuit: 'hc1', value: 20 },
    ])
  })
})

describe('the document of the gateway', () => {
  const read = (document: Record<string, unknown>) => readSystem(document, '/api/system')

  it('gives the lines of the original document', () => {
    const text = systemText(
      read({
        system: { version: '3.8.0', uptime: '000+01:02:03.004', temperature: 45, psram: true },
        bus: { busStatus: 'connected', busProtocol: 'Buderus' },
        devices: [
          { type: 'boiler', name: 'GB "x"', deviceID: '0x08', productID: 123, brand: '', entities: 3 },
        ],
      }),
    )
    expect(text).toContain(
      '# HELP emsesp_bus_info info\n# TYPE emsesp_bus_info gauge\nemsesp_bus_info{busstatus="connected", busprotocol="Buderus"} 1\n',
    )
    expect(text).toContain('emsesp_system_temperature 45.00\n')
    expect(text).toContain('emsesp_device_productid{type="boiler", name="GB \\"x\\"", deviceid="0x08"} 123\n')
    expect(text).not.toContain('uptime')
  })

  it('has the names of today whatever its firmware', () => {
    const document = read({
      'System Info': {
        version: '3.6.5',
        'uptime (seconds)': 12,
        'free mem': 130,
        'IPv4 address': '192.168.1.2/24',
      },
      'Network Info': { connection: 'WiFi', 'AP ssid': 'ems-esp', RSSI: '-50 dBm' },
      'Bus Info': { 'bus status': 'connected', 'bus reads (tx)': 3 },
      'API Info': { 'API calls': 2 },
      Devices: [{ type: 'dallassensor', name: 'x', 'product id': 5, 'handlers received': '0x10' }],
    })
    expect(document.sections.map(([name]) => name)).toEqual(['system', 'network', 'ap', 'bus', 'api'])
    expect(factAt(document, 'system', 'uptimeSec')).toBe(12)
    expect(factAt(document, 'system', 'freeMem')).toBe(130)
    expect(factAt(document, 'ap', 'ssid')).toBe('ems-esp')
    expect(factAt(document, 'bus', 'busReads')).toBe(3)
    expect(factAt(document, 'api', 'APICalls')).toBe(2)
    expect([...(document.devices[0]?.facts ?? [])]).toEqual([
      ['type', 'temperaturesensor'],
      ['name', 'x'],
      ['productID', 5],
    ])
    expect(JSON.stringify(document.sections.map(([, values]) => [...values]))).not.toContain('192.168')
  })

  it('is none without its sections', () => {
    for (const wrong of [
      ...[{}, { system: {} }, { system: 1, bus: 2 }, { hello: 'world' }],
      // Without its list nobody knows which machines there are.
      ...[
        { system: {}, bus: {} },
        { system: {}, bus: {}, devices: 'none' },
      ],
    ])
      expect(() => read(wrong)).toThrow(expect.objectContaining({ kind: 'schema' }))
  })
})

describe('own devices', () => {
  it('are printed with names that Prometheus takes, each once', () => {
    const document = {
      '28-1': { name: 'Küche oben', value: 21.04, type: 'number', uom: '°C', readable: true, visible: true },
      '28-2': { name: 'küche oben', value: 22, type: 'number', uom: '°C', readable: true, visible: true },
      '28-3': { name: 'none', type: 'number', uom: '°C' },
      odd: 5,
    }
    const { values, damaged } = readOwn(document, 'temperaturesensor')
    expect(damaged).toBe(1)
    expect(ownText(values, 'temperaturesensor')).toBe(
      '# HELP emsesp_k_che_oben Küche oben, °C, readable, visible\n# TYPE emsesp_k_che_oben gauge\nemsesp_k_che_oben 21.0\n',
    )
  })
})

describe('counters', () => {
  it('that fall are held back twice, then believed', () => {
    const guard = createGuard('boiler', fakeClock())
    const pass = (value: number) => guard.pass([{ key: 'burnstarts', value }]).readings.length
    expect([100, 99, 99, 99, 100].map(pass)).toEqual([1, 0, 0, 1, 1])
  })

  it('of energy do not leap', async () => {
    const clock = fakeClock()
    const guard = createGuard('boiler', clock)
    const pass = (value: number) => guard.pass([{ key: 'nrgheat', value, unit: 'kWh' }]).readings.length
    expect([1000, 1001, 5000, 1001].map(pass)).toEqual([1, 1, 0, 1])
    await clock.advance(3_600_000 * 24)
    expect(pass(1300)).toBe(1)
  })

  it('keep the rest of a total from flickering', () => {
    const rests = createRests('boiler')
    const rest = (burnstarts: number | undefined, part: number | undefined) =>
      rests.of([
        ...(burnstarts === undefined ? [] : [{ key: 'burnstarts', value: burnstarts }]),
        ...(part === undefined ? [] : [{ key: 'heatstarts', value: part }]),
      ])[0]?.value
    expect([rest(150, 100), rest(151, 100), rest(151, 101), rest(152, 101)]).toEqual([50, 51, 51, 51])
    expect(rest(20, 5)).toBe(15)
    expect(rest(undefined, 1)).toBeUndefined()
    expect(
      createRests('boiler').of([
        { key: 'burnstarts', value: 10 },
        { key: 'heatstarts', value: 10 },
      ]),
    ).toEqual([])
    // A part that is held back for a moment is not the rest.
    expect([rest(21, undefined), rest(21, undefined), rest(21, undefined)]).toEqual([
      undefined,
      undefined,
      21,
    ])
    expect(rest(22, 6)).toBe(16)
    expect(createRests('solar').of([{ key: 'burnstarts', value: 10 }])).toEqual([])
  })

  it('of energy are those of the machine whose counters move', () => {
    const energy = createEnergyChoice('auto')
    const observe = (word: string, value: number) => energy.observe(word, [{ key: 'nrgheat', value }])
    const shown = () => {
      energy.settle()
      return ['boiler', 'heatpump'].filter(
        word => !energy.elsewhere(word).some(({ key }) => key === 'elsewhere.thermal'),
      )
    }
    expect(shown()).toEqual(['boiler', 'heatpump'])
    observe('boiler', 5)
    observe('heatpump', 7)
    expect(shown()).toEqual(['boiler'])
    observe('heatpump', 8)
    expect(shown()).toEqual(['heatpump'])
    observe('boiler', 6)
    expect(shown()).toEqual(['boiler'])
    expect(createEnergyChoice('heatpump').elsewhere('boiler')).toHaveLength(2)
    expect(createEnergyChoice('heatpump').elsewhere('heatpump')).toEqual([])
  })
})
