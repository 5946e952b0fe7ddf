import { z } from 'zod'
import { defineDriver, type Report, type Use } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { View } from '../../core/view.ts'

const STALE_AFTER_MS = 5_000

/** A thermometer that talks by itself: `T 21.5\n`. */
export const thermometer = defineDriver({
  type: 'thermometer',
  title: 'Thermometer of the tests',
  targetKey: 'port',
  defaultIntervalMs: 0,
  defaultStaleAfterMs: STALE_AFTER_MS,
  settings: () => ({ port: z.string().min(1).describe('Where the thermometer is.') }),
  create: ({ port, intervalMs, staleAfterMs }) => ({
    place: port,
    intervalMs,
    staleAfterMs,
    feed: use => ({ kind: 'listen', run: (report, signal) => listen(port, use, report, signal) }),
    identity: () => ({ class: 'other' }),
    outcome: key => (key === 'T' ? 'mapped' : 'unknown'),
    unified: view =>
      temperatures(view).map(value => ({
        family: 'hearth_temperature_celsius',
        labels: { circuit: 'hc1', point: 'room' },
        value,
      })),
    site: {
      flavour: 'plain',
      headers: {},
      route: path => (path === '/metrics' ? { page: 'metrics' } : 'not-found'),
    },
    pages: view =>
      new Map([
        [
          'metrics',
          {
            kind: 'metrics',
            families: [
              {
                name: 'thermometer_t',
                help: 'Temperature',
                type: 'gauge',
                samples: temperatures(view).map(value => ({ labels: [], value })),
              },
            ],
          },
        ],
      ]),
  }),
  fields: [{ key: 'T', help: 'Temperature', unit: '°C', family: 'hearth_temperature_celsius' }],
  dropIn: {
    name: 'thermometer-exporter',
    summary: 'in place of an exporter that never was',
    defaultPort: 8123,
    options: [
      {
        name: 'port',
        flag: '--interface <port>',
        default: '/dev/thermometer',
        help: 'where the thermometer is',
      },
    ],
    resolve: texts => ({ settings: { port: texts['port'] } }),
  },
  simulator: async () => (await import('./simulator/index.ts')).thermometerSimulator,
  demo: { name: 'attic', scenario: 'warm' },
})

async function listen(port: string, use: Use, report: Report, signal: AbortSignal): Promise<void> {
  const transport = use.line(port)
  const connection = await transport.open(
    { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    signal,
  )
  report.connected()
  let rest = ''
  try {
    for await (const bytes of connection.read(signal)) {
      const lines = (rest + Buffer.from(bytes).toString('latin1')).split('\n')
      rest = (lines.pop() ?? '').slice(0, 100)
      for (const line of lines) take(line, report)
    }
  } finally {
    await connection.close()
  }
  if (!signal.aborted)
    throw new HearthError('HEARTH_LINE_ENDED', `${transport.place}: the line has ended`, { kind: 'connect' })
}

function take(line: string, report: Report): void {
  const [, digits] = /^T (-?\d{1,3}\.\d)$/.exec(line) ?? []
  if (digits === undefined) {
    report.trouble('framing', 'a line that is no temperature')
    return
  }
  report.update({
    group: 'line',
    isWhole: true,
    readings: [{ key: 'T', value: Number(digits), unit: '°C', raw: digits }],
  })
  report.attempt(true, 0)
}

function temperatures(view: View): number[] {
  const value = view.readings.get('T')?.value
  return typeof value === 'number' ? [value] : []
}
