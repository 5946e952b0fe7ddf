import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { promtool } from '../../src/testing/promtool.ts'
import { cleanUp } from '../support/clean-up.ts'
import { type Gateway, startGateway, textOfNewest } from '../support/ems-esp-gateway.ts'
import { get, type Serving, startDropIn, startRun } from '../support/hearth.ts'
import { until } from '../support/until.ts'

/** A house of old firmware is described one entity after the other; many are read at once here. */
const READ_WITHIN_MS = 40_000

const linesOf = (text: string) => text.split('\n')

/** A gateway, and the house of the newest firmware whose text it has to give. */
interface Case {
  readonly name: string
  readonly house: string
  readonly newest: string
  readonly variation?: string
  readonly paths: readonly string[]
}

const FULL_PATHS = ['boiler', 'thermostat', 'thermostat/hc2', 'mixer', 'solar', 'water', 'water/dhw2']
const SMALL_PATHS = ['boiler', 'thermostat']
const VARIATIONS = [
  ...['german', 'dutch', 'german-bool-format-2', 'dutch-index', 'fahrenheit', 'renamed', 'masked'],
  ...[2, 3, 4, 5, 6].map(format => `bool-format-${format}`),
  'enum-format-2',
]

const caseOf = (house: string, newest: string, paths: readonly string[], variation?: string): Case => ({
  name: [house, variation].filter(Boolean).join('-').replaceAll('.', '-'),
  house,
  newest,
  paths,
  ...(variation === undefined ? {} : { variation }),
})

const CASES: readonly Case[] = [
  caseOf('firmware-3.8', 'firmware-3.8', FULL_PATHS),
  caseOf('firmware-3.8', 'firmware-3.8', FULL_PATHS, 'german'),
  caseOf('firmware-3.8', 'firmware-3.8', FULL_PATHS, 'fahrenheit'),
  caseOf('firmware-3.8.2', 'firmware-3.8', FULL_PATHS),
  caseOf('firmware-3.9', 'firmware-3.8', FULL_PATHS),
  caseOf('heat-pump', 'heat-pump', ['boiler', 'thermostat', 'heatpump']),
  caseOf('firmware-3.7', 'firmware-3.8', FULL_PATHS),
  caseOf('firmware-3.7.0', 'firmware-3.8', FULL_PATHS),
  ...VARIATIONS.map(variation => caseOf('firmware-3.7', 'firmware-3.8', FULL_PATHS, variation)),
  caseOf('firmware-3.8', 'firmware-3.8', FULL_PATHS, 'no-endpoint'),
  ...['3.4', '3.5', '3.6', '3.7'].map(version => caseOf(`small-${version}`, 'document', SMALL_PATHS)),
  ...VARIATIONS.map(variation => caseOf('small-3.6', 'document', SMALL_PATHS, variation)),
]

const gateways = new Map<string, Gateway>()
let run: Serving

const textOf = async (name: string, path: string) =>
  (await get(`${run.url}/devices/${name}/api/${path}/metrics`)).text

beforeAll(async () => {
  const devices: Record<string, unknown> = {}
  for (const { name, house, variation } of CASES) {
    const gateway = await startGateway(house, ...(variation === undefined ? [] : [variation]))
    gateways.set(name, gateway)
    devices[name] = { type: 'ems-esp', url: gateway.url, interval: '5s' }
  }
  run = await startRun(devices)
  // Everything is read before anything is compared; what is missing then, the tests below name.
  const missing = new Set(CASES.flatMap(({ name, paths }) => paths.map(path => `${name} ${path}`)))
  await until(
    'all texts, or as many as come in time',
    async () => {
      for (const each of missing) {
        const [name = '', path = ''] = each.split(' ')
        if ((await textOf(name, path)).startsWith('# HELP ')) missing.delete(each)
      }
      return missing.size === 0 || undefined
    },
    READ_WITHIN_MS,
  ).catch(() => undefined)
})
afterAll(cleanUp)

describe.each(CASES)('the texts of $name', ({ name, newest, variation, paths }) => {
  it.each(paths)('%s, line for line as the newest firmware prints them', async path => {
    const expected = textOfNewest(
      newest,
      variation === 'no-endpoint' ? undefined : variation,
      `/api/${path}/metrics`,
    )
    expect(expected).toContain('# HELP ')
    expect(linesOf(await textOf(name, path))).toEqual(linesOf(expected))
  })
})

describe('the texts of a heat pump on the derived way', () => {
  it('differ from those of the newest firmware where JSON has lost digits, and nowhere else', async () => {
    const pump = await startGateway('heat-pump-3.7')
    const dropIn = await startDropIn('ems-esp', { EMS_ESP_URL: pump.url, EMS_ESP_INTERVAL: '5' })
    const differences = async (word: string) => {
      const text = await until(`text of ${word}`, async () => {
        const answer = await get(`${dropIn.url}/api/${word}/metrics`)
        return answer.status === 200 ? answer.text : undefined
      })
      const expected = linesOf(textOfNewest('heat-pump', undefined, `/api/${word}/metrics`))
      const lines = linesOf(text)
      expect(lines).toHaveLength(expected.length)
      return lines.flatMap((line, index) => (line === expected[index] ? [] : [[expected[index], line]]))
    }
    expect(await differences('boiler')).toEqual([
      ['emsesp_uptimecontrol 2613.07', 'emsesp_uptimecontrol 2613'],
      ['emsesp_hpsetdiffpress 12200', 'emsesp_hpsetdiffpress 1220'],
      ['emsesp_uptimecomp{circuit="dhw"} 160.02', 'emsesp_uptimecomp{circuit="dhw"} 160'],
    ])
    expect(await differences('thermostat')).toEqual([
      ['emsesp_currtemp{circuit="hc1"} 21.57', 'emsesp_currtemp{circuit="hc1"} 21.50'],
    ])
    expect(await differences('heatpump')).toEqual([])
  })
})

describe('the texts of the gateway itself', () => {
  it.each(CASES.filter(({ house }) => house === 'firmware-3.8' || house === 'heat-pump'))(
    '$name: passed through, line for line',
    async ({ name }) => {
      const expected = gateways.get(name)?.textAt('/api/system/metrics') ?? ''
      if (!expected.startsWith('# HELP ')) return
      expect(linesOf(await textOf(name, 'system'))).toEqual(linesOf(expected))
    },
  )

  it.each([
    ['firmware-3-7', 'firmware-3.8', '3.7.2', /^emsesp_ap_/],
    ['firmware-3-7-0', 'firmware-3.8', '3.7.0', /^emsesp_ap_/],
    [
      'small-3-6',
      'document',
      '3.6.5',
      /^emsesp_(ap_|system_(info|freecaps|usedapp|flash|psram|freepsram|temperature)|network_wifirec|mqtt_publishtimewater|settings_(modbus|force|developer|showermin))/,
    ],
  ])(
    '%s: derived; every line is one of the newest firmware, but for what this one does not tell',
    async (name, newest, version, untold) => {
      const expected = linesOf(
        textOfNewest(newest, undefined, '/api/system/metrics').replace(
          'version="3.8.0"',
          `version="${version}"`,
        ),
      ).filter(line => !line.startsWith('#') && line !== '')
      const samples = linesOf(await textOf(name, 'system')).filter(
        line => !line.startsWith('#') && line !== '',
      )
      const isTold = (line: string) => !untold.test(line)
      expect(samples.filter(isTold)).toEqual(expected.filter(isTold))
      expect(samples.find(line => line.startsWith('emsesp_ap_info'))).toMatch(
        /provisionmode="disconnected".*|ssid="ems-esp".*/,
      )
    },
  )
})

describe('all texts', () => {
  it('can be read by promtool', async () => {
    const texts = new Map<string, string>()
    for (const { name, paths } of CASES) {
      for (const path of [...paths, 'system', 'temperaturesensor', 'analogsensor', 'scheduler', 'custom']) {
        const { status, text } = await get(`${run.url}/devices/${name}/api/${path}/metrics`)
        if (status === 200) texts.set(text, `${name} ${path}`)
      }
    }
    expect(texts.size).toBeGreaterThan(30)
    const bad = [...texts].flatMap(([text, what]) => {
      // 3 is advice on names, which are the firmware's.
      const { exitCode, findings } = promtool(text)
      return exitCode === 0 || exitCode === 3 ? [] : [`${what}: ${findings}`]
    })
    expect(bad).toEqual([])
  })

  it('of own sensors have names that Prometheus takes', async () => {
    for (const name of ['firmware-3-8', 'firmware-3-8-2', 'firmware-3-7']) {
      const text = await textOf(name, 'temperaturesensor')
      expect(text).toMatch(/^emsesp_vorlauf_k_+che 31\.40?$/m)
      expect(text).toMatch(/^emsesp_buffer_top 48(\.0+)?$/m)
    }
  })
})

describe('the manners of hearth', () => {
  it('are good with every gateway: one question at a time, 250 ms apart, nothing written', () => {
    for (const [name, gateway] of gateways) {
      const { requests, overlaps, writes, closestMs = 0 } = gateway.manners()
      expect({ name, overlaps, writes }).toEqual({ name, overlaps: 0, writes: 0 })
      // 250 ms where they are sent; a busy machine sees them a little later, one more than the other.
      expect(closestMs, name).toBeGreaterThan(150)
      expect(requests, name).toBeGreaterThan(3)
    }
  })
})
