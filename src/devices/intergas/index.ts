import { z } from 'zod'
import { defineDriver } from '../../core/driver.ts'
import { INTERGAS_COMMAND } from './command.ts'
import { dropInPage, INTERGAS_SITE } from './drop-in.ts'
import { intergasFeed } from './feed.ts'
import { FIELDS, outcomeOf } from './fields.ts'
import { identity, unified } from './unified.ts'

const INTERVAL_MS = 5_000
/** What the board itself takes for a cubic metre; owners who compared with the meter found 11,528 and 11,619. */
const GAS_COUNTS_PER_M3 = 10_000

/** Intergas boilers on their service port, by serial port or TCP. */
export const intergas = defineDriver({
  type: 'intergas',
  title: 'Intergas boilers (service port)',
  targetKey: 'port',
  defaultIntervalMs: INTERVAL_MS,
  settings: () => ({
    port: z
      .string()
      .min(1)
      .describe('Serial port (/dev/ttyUSB0), tcp://host:port, or file:PATH of a capture.'),
    dialect: z
      .enum(['auto', 'plain', 'xtreme'])
      .default('auto')
      .describe('plain for HRE, HReco and Prestige, xtreme for Xtreme; auto tries plain first.'),
    gas_counts_per_m3: z
      .number()
      .min(1_000)
      .max(100_000)
      .default(GAS_COUNTS_PER_M3)
      .describe(
        "Counts of the boiler's gas estimate per cubic metre on the gas meter; unified dialect only.",
      ),
  }),
  create: ({ port, dialect, gas_counts_per_m3, intervalMs, staleAfterMs }) => ({
    place: port,
    intervalMs,
    staleAfterMs,
    feed: use => intergasFeed({ port, dialect, intervalMs, staleAfterMs }, use),
    identity,
    outcome: outcomeOf,
    unified: view => unified(view, gas_counts_per_m3),
    site: INTERGAS_SITE,
    pages: view => new Map([['metrics', dropInPage(view)]]),
  }),
  fields: FIELDS.map(({ key, answer, dialect, help, unit, family }) => ({
    key,
    help,
    note: dialect ? `${answer}, ${dialect}` : answer,
    ...(unit ? { unit } : {}),
    ...(family ? { family } : {}),
  })),
  dropIn: INTERGAS_COMMAND,
  simulator: async () => (await import('./simulator/index.ts')).intergasSimulator,
  demo: { name: 'boiler', scenario: 'demo' },
})
