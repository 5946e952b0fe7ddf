import { gunzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import type { UnixMs } from '../core/clock.ts'
import { ERROR_KINDS } from '../core/errors.ts'
import type { Series } from '../core/series.ts'
import { parseOpenMetrics, parseText } from '../testing/exposition-parser.ts'
import { promtool } from '../testing/promtool.ts'
import {
  ask,
  exposed,
  someDevice,
  someHealth,
  someProcess,
  someSite,
  someView,
} from './exposition.test-helper.ts'
import { createExposition } from './exposition.ts'
import type { Answer } from './types.ts'

const OPEN_METRICS = { accept: 'application/openmetrics-text;version=1.0.0' }
const make = () => createExposition({ version: '1.2.3', revision: 'abcdef', runtime: 'v24.1.0' })
const bodyOf = (answer: Answer | undefined) => Buffer.from(answer?.body ?? []).toString('utf8')

const meter: readonly Series[] = [
  {
    family: 'hearth_meter_energy_joules_total',
    labels: { direction: 'import', tariff: 'base' },
    value: 3.6e9,
  },
  { family: 'hearth_meter_apparent_power_voltamperes', labels: { direction: 'import' }, value: 930 },
  { family: 'hearth_meter_tariff_option', state: 'base' },
]

describe('the unified page', () => {
  it('is what the golden text says', () => {
    const exposition = make()
    exposition.put(
      exposed('a', someDevice({ series: meter })),
      someView([], someHealth({ lastSuccessAt: 1_700_000_000_123 as UnixMs })),
    )

    const text = bodyOf(exposition.unified('a', ask()))

    expect(text).toContain(
      [
        '# HELP hearth_device_info What the device is. Unknown fields read "unknown"; serial shortened unless the owner allows it.',
        '# TYPE hearth_device_info gauge',
        'hearth_device_info{device="a",class="electricity_meter",driver="linky",vendor="unknown",model="unknown",serial="...3915",firmware="unknown",site="home"} 1',
        '# HELP hearth_device_up 1 if the last attempt produced a complete valid reading, 0 otherwise.',
        '# TYPE hearth_device_up gauge',
        'hearth_device_up{device="a"} 1',
        '# HELP hearth_device_last_success_timestamp_seconds Unix time of the last complete valid reading; absent until there has been one.',
        '# TYPE hearth_device_last_success_timestamp_seconds gauge',
        'hearth_device_last_success_timestamp_seconds{device="a"} 1700000000.123',
        '',
      ].join('\n'),
    )
    expect(text).toContain(
      [
        '# HELP hearth_meter_energy_joules_total Active energy through the meter, one series per supplier index.',
        '# TYPE hearth_meter_energy_joules_total counter',
        'hearth_meter_energy_joules_total{device="a",direction="import",tariff="base"} 3600000000',
        '',
      ].join('\n'),
    )
    expect(text).not.toContain('last_change')
    expect(text).not.toContain('build_info')
  })

  it('has units, state sets and counter names of their own in OpenMetrics', () => {
    const exposition = make()
    exposition.put(exposed('a', someDevice({ series: meter })), someView([]))

    const text = bodyOf(exposition.unified('a', ask(OPEN_METRICS)))

    expect(text).toContain(
      [
        '# TYPE hearth_meter_energy_joules counter',
        '# UNIT hearth_meter_energy_joules joules',
        '# HELP hearth_meter_energy_joules Active energy through the meter, one series per supplier index.',
        'hearth_meter_energy_joules_total{device="a",direction="import",tariff="base"} 3600000000',
        '',
      ].join('\n'),
    )
    expect(text).toContain('# TYPE hearth_device info\n# HELP hearth_device What the device is.')
    expect(text).toContain('Unknown fields read \\"unknown\\"')
    expect(text).toContain('# TYPE hearth_meter_tariff_option stateset\n')
    expect(text.endsWith('# EOF\n')).toBe(true)
  })

  it('groups the samples of all devices under one head', () => {
    const exposition = make()
    for (const name of ['a', 'b']) exposition.put(exposed(name, someDevice({ series: meter })), someView([]))

    const families = parseText(bodyOf(exposition.metrics(ask())))

    const power = families.find(({ name }) => name === 'hearth_meter_apparent_power_voltamperes')
    expect(power?.samples.map(({ labels }) => labels.get('device'))).toEqual(['a', 'b'])
    expect(families[0]).toMatchObject({ name: 'hearth_build_info' })
    expect(families[0]?.samples[0]?.labels).toEqual(
      new Map([
        ['version', '1.2.3'],
        ['revision', 'abcdef'],
        ['runtime', 'v24.1.0'],
      ]),
    )
  })

  it('has the same series in both formats', () => {
    const exposition = make()
    exposition.put(exposed('a', someDevice({ series: meter })), someView([]))
    exposition.putProcess(someProcess())
    const seriesOf = (families: ReturnType<typeof parseText>) =>
      families.flatMap(({ samples }) => samples.map(s => [s.name, [...s.labels], s.value]))

    const text = parseText(bodyOf(exposition.metrics(ask())))
    const openMetrics = parseOpenMetrics(bodyOf(exposition.metrics(ask(OPEN_METRICS))))

    expect(seriesOf(openMetrics)).toEqual(seriesOf(text))
    expect(text.length).toBeGreaterThan(25)
  })

  it('passes promtool without a finding', () => {
    const exposition = make()
    const view = someView([], someHealth({ lastSuccessAt: 1 as UnixMs, lastChangeAt: 1 as UnixMs }))
    for (const name of ['a', 'b']) exposition.put(exposed(name, someDevice({ series: meter })), view)
    exposition.putProcess(someProcess())

    const verdict = promtool(bodyOf(exposition.metrics(ask())))

    expect(verdict).toEqual({ exitCode: 0, findings: '' })
  })

  it('shows health also while the device is down and nothing was ever read', () => {
    const exposition = make()
    const errors = Object.fromEntries(ERROR_KINDS.map(kind => [kind, 0]))
    exposition.put(
      exposed('a', someDevice({ identity: { class: 'other' } }), { site: '' }),
      someView(
        [],
        someHealth({ isUp: false, succeeded: 0, failed: 0, errors: { ...someHealth().errors, ...errors } }),
      ),
    )

    const families = parseText(bodyOf(exposition.unified('a', ask())))

    const samplesOf = (name: string) => families.find(family => family.name === name)?.samples ?? []
    expect(families.map(({ name }) => name)).toEqual([
      'hearth_device_info',
      'hearth_device_up',
      'hearth_device_poll_interval_seconds',
      'hearth_device_stale_after_seconds',
      'hearth_device_poll_duration_seconds',
      'hearth_device_polls_total',
      'hearth_device_errors_total',
      'hearth_device_reconnects_total',
      'hearth_device_series',
    ])
    expect(samplesOf('hearth_device_up')[0]?.value).toBe(0)
    expect(samplesOf('hearth_device_stale_after_seconds')[0]?.value).toBe(60)
    expect(samplesOf('hearth_device_errors_total').map(s => s.labels.get('kind'))).toEqual([...ERROR_KINDS])
    expect(samplesOf('hearth_device_info')[0]?.labels.get('serial')).toBe('unknown')
    expect(samplesOf('hearth_device_info')[0]?.labels.get('site')).toBe('unknown')
  })

  it('shows serials whole when the owner allows it, and hides a short one whole when not', () => {
    const exposition = make()
    exposition.put(exposed('open', someDevice(), { showSerials: true }), someView([]))
    exposition.put(
      exposed('short', someDevice({ identity: { class: 'other', serial: '1234' } })),
      someView([]),
    )

    const text = bodyOf(exposition.metrics(ask()))

    expect(text).toMatch(/device="open".*serial="041476203915"/)
    expect(text).toMatch(/device="short".*serial="\.\.\."/)
  })

  it('counts samples that could not be printed among the other errors', () => {
    const exposition = make()
    const device = someDevice({
      series: [{ family: 'hearth_meter_apparent_power_voltamperes', labels: {}, value: 1 }],
    })

    for (let i = 0; i < 3; i++) {
      exposition.put(exposed('a', device), someView([]))
      exposition.refresh()
    }

    expect(bodyOf(exposition.unified('a', ask()))).toContain('errors_total{device="a",kind="other"} 2\n')
  })
})

describe('kept bodies', () => {
  it('are the same Buffer until something changes', () => {
    const exposition = make()
    const settable = { series: meter }
    const device = someDevice(settable)
    exposition.put(exposed('a', device), someView([]))
    const asks = [
      ask(),
      ask(OPEN_METRICS),
      ask({ acceptEncoding: 'gzip' }),
      ask({ ...OPEN_METRICS, acceptEncoding: 'gzip' }),
    ]

    const first = asks.map(a => exposition.metrics(a).body)
    exposition.put(exposed('a', device), someView([]))
    const second = asks.map(a => exposition.metrics(a).body)
    settable.series = meter.slice(1)
    exposition.put(exposed('a', device), someView([]))
    const third = asks.map(a => exposition.metrics(a).body)

    for (const i of asks.keys()) {
      expect(second[i]).toBe(first[i])
      expect(third[i]).not.toBe(first[i])
    }
    expect(new Set(first).size).toBe(4)
  })

  it('are compressed once, and to the same text', () => {
    const exposition = make()
    exposition.put(exposed('a', someDevice({ series: meter })), someView([]))

    const gzip = exposition.metrics(ask({ acceptEncoding: 'gzip' }))
    const plain = exposition.metrics(ask())

    expect(gzip.headers).toEqual({
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      Vary: 'Accept, Accept-Encoding',
      'Content-Encoding': 'gzip',
    })
    expect(gunzipSync(gzip.body)).toEqual(plain.body)
  })

  it('change with the process and when a device is taken away', () => {
    const exposition = make()
    exposition.put(exposed('a', someDevice()), someView([]))
    exposition.put(exposed('b', someDevice()), someView([]))
    const before = exposition.metrics(ask()).body

    exposition.putProcess(someProcess())
    const withProcess = exposition.metrics(ask())
    exposition.remove('a')
    exposition.remove('never there')
    const withoutDevice = exposition.metrics(ask())

    expect(withProcess.body).not.toBe(before)
    expect(bodyOf(withProcess)).toContain('process_cpu_seconds_total 3.75\n')
    expect(bodyOf(withoutDevice)).not.toContain('device="a"')
    expect(exposition.devices().map(({ exposed: { name } }) => name)).toEqual(['b'])
  })
})

describe('devices', () => {
  it('that are unknown have no answers', () => {
    const exposition = make()

    const answers = [
      exposition.unified('x', ask()),
      exposition.status('x'),
      exposition.dropIn('x', '/metrics', ask()),
    ]

    expect(answers).toEqual([undefined, undefined, undefined])
  })

  it('keep their place and what they show when their own code fails', () => {
    const failures: string[] = []
    const exposition = createExposition({
      version: '1.2.3',
      revision: 'abcdef',
      runtime: 'v24.1.0',
      onFailure: (name, error) => failures.push(`${name}: ${error}`),
    })
    const device = someDevice({ series: meter })
    exposition.put(exposed('a', device), someView([]))
    exposition.put(exposed('b', someDevice()), someView([]))
    const before = bodyOf(exposition.metrics(ask()))
    const pages = vi.spyOn(device, 'pages').mockImplementation(() => {
      throw new Error('broken')
    })

    exposition.put(exposed('a', device), someView([{ key: 'x', value: 1 }]))

    expect(bodyOf(exposition.metrics(ask()))).toBe(before)
    expect(failures).toEqual(['a: Error: broken'])
    pages.mockRestore()
    exposition.put(exposed('a', device), someView([{ key: 'x', value: 1 }]))
    expect(JSON.parse(bodyOf(exposition.status('a'))).readings).toEqual([{ key: 'x', value: 1 }])
    expect(exposition.devices().map(({ exposed: { name } }) => name)).toEqual(['a', 'b'])
  })

  it('that are configured anew are rendered anew in the same place', () => {
    const exposition = make()
    exposition.put(exposed('a', someDevice({ series: meter })), someView([]))
    exposition.put(exposed('b', someDevice()), someView([]))

    exposition.put(exposed('a', someDevice({ site: someSite('go') })), someView([]))

    expect(bodyOf(exposition.metrics(ask()))).not.toContain('hearth_meter')
    expect(bodyOf(exposition.dropIn('a', '/nowhere', ask()))).toBe('404 page not found\n')
    expect(exposition.devices().map(({ exposed: { name } }) => name)).toEqual(['a', 'b'])
  })

  it('give their readings as JSON, masked unless the owner allows it', () => {
    const exposition = make()
    const view = someView([{ key: 'ADCO', value: '041476203915', isPersonal: true }])
    exposition.put(exposed('a', someDevice()), view)
    exposition.put(exposed('b', someDevice(), { showSerials: true }), view)

    const masked = exposition.status('a')
    const open = exposition.status('b')

    expect(masked?.headers).toEqual({ 'Content-Type': 'application/json; charset=utf-8' })
    expect(JSON.parse(bodyOf(masked)).readings).toEqual([{ key: 'ADCO', value: '***' }])
    expect(JSON.parse(bodyOf(open)).readings).toEqual([{ key: 'ADCO', value: '041476203915' }])
    expect(exposition.status('a')?.body).toBe(masked?.body)
  })

  it('show the newest readings as JSON', () => {
    const exposition = make()
    const device = someDevice()
    exposition.put(exposed('a', device), someView([{ key: 'x', value: 1 }]))
    exposition.status('a')

    exposition.put(exposed('a', device), someView([{ key: 'x', value: 2 }]))

    expect(JSON.parse(bodyOf(exposition.status('a'))).readings).toEqual([{ key: 'x', value: 2 }])
  })
})
