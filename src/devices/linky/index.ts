import { z } from 'zod'
import { defineDriver } from '../../core/driver.ts'
import { duration } from '../../core/settings.ts'
import { LINKY_COMMAND } from './command.ts'
import { dropInPage, LINKY_SITE } from './drop-in.ts'
import { linkyFeed } from './feed.ts'
import { LABELS, labelOf } from './labels.ts'
import { identity, unified } from './unified.ts'

const FRAME_TIMEOUT_MS = 10_000
const STALE_AFTER_MS = 60_000
/** The slowest meter of the tables, and the fastest that any adapter is known to offer. */
const SLOWEST_BAUD = 300
const FASTEST_BAUD = 115_200

/** Linky and older French meters: the customer output (TIC), by serial port or TCP. */
export const linky = defineDriver({
  type: 'linky',
  title: 'Linky and older French electricity meters (TIC)',
  targetKey: 'port',
  defaultIntervalMs: 0,
  defaultStaleAfterMs: STALE_AFTER_MS,
  settings: () => ({
    port: z
      .string()
      .min(1)
      .describe('Serial port (/dev/ttyUSB0), tcp://host:port, or file:PATH of a capture.'),
    mode: z
      .enum(['auto', 'historique', 'standard'])
      .default('auto')
      .describe('Mode of the meter; auto tells it from the line.'),
    baud_rate: z
      .number()
      .int()
      .min(SLOWEST_BAUD)
      .max(FASTEST_BAUD)
      .optional()
      .describe("Speed of the port, where an adapter delivers another than the meter's (1200 or 9600)."),
    frame_timeout: duration('Longest time without a frame before the port is opened anew.').optional(),
    job: z.string().default('linky-exporter').describe('Value of the label job on the drop-in page.'),
  }),
  create: ({ port, mode, baud_rate, frame_timeout, job, intervalMs, staleAfterMs }) => ({
    place: port,
    intervalMs,
    staleAfterMs,
    feed: use =>
      linkyFeed({ port, mode, baudRate: baud_rate, frameTimeoutMs: frame_timeout ?? FRAME_TIMEOUT_MS }, use),
    identity,
    outcome,
    unified,
    site: LINKY_SITE,
    pages: view => new Map([['metrics', dropInPage(view, job)]]),
  }),
  fields: LABELS.map(({ key, mode, help, unit, family }) => ({
    key,
    help,
    note: mode,
    ...(unit ? { unit } : {}),
    ...(family ? { family } : {}),
  })),
  dropIn: LINKY_COMMAND,
  simulator: async () => (await import('./simulator/index.ts')).linkySimulator,
  demo: { name: 'meter', scenario: 'demo' },
})

/** Parts of the status register count with the register. */
function outcome(key: string) {
  const label = key.split('.', 1)[0] ?? key
  const row = labelOf('historique', label) ?? labelOf('standard', label)
  if (!row) return 'unknown'
  return row.family ? 'mapped' : 'native_only'
}
