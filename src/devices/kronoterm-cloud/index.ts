import { z } from 'zod'
import { defineDriver } from '../../core/driver.ts'
import { webAddress } from '../../core/settings.ts'
import { accountKey } from './account-key.ts'
import { isTimeZone } from './calendar.ts'
import { KRONOTERM_COMMAND } from './command.ts'
import { CLOUD_URL, SHORTEST_INTERVAL_S } from './defaults.ts'
import { dropInPages, KRONOTERM_SITE } from './drop-in.ts'
import { kronotermFeed } from './feed.ts'
import { FIELD_DOCS } from './field-docs.ts'
import { outcomeOf } from './fields.ts'
import { type Controls, rowsOf, USUAL_CONTROLS } from './rows.ts'
import { identity, unified } from './unified.ts'

const INTERVAL_MS = 30_000

/** Kronoterm heat pumps through the maker's cloud. */
export const kronotermCloud = defineDriver({
  type: 'kronoterm-cloud',
  title: 'Kronoterm heat pumps (cloud)',
  targetKey: 'base_url',
  defaultIntervalMs: INTERVAL_MS,
  settings: kit => ({
    user: z.string().min(1).describe('User of the account at the cloud.'),
    password: kit.secret('Password of the account: { env: NAME }, { file: PATH }, or the text itself.'),
    base_url: webAddress('Address of the cloud.', CLOUD_URL).default(CLOUD_URL),
    timezone: z
      .string()
      .refine(isTimeZone, { error: 'is no time zone; write a name such as Europe/Ljubljana' })
      .optional()
      .describe(
        'Time zone of the heat pump, where its day of energy begins; default: the zone of this machine.',
      ),
    pages: z
      .enum(['all', 'original'])
      .default('all')
      .describe('all: also loops 3 and 4, pool and buffer, in turns; original: only what the relay asked.'),
    circuits: z
      .strictObject({
        loop_1: loop(USUAL_CONTROLS.loop_1),
        loop_2: loop(USUAL_CONTROLS.loop_2),
        loop_3: loop(USUAL_CONTROLS.loop_3),
        loop_4: loop(USUAL_CONTROLS.loop_4),
      })
      .prefault({})
      .describe('What the targets of each loop are temperatures of; unified dialect only.'),
  }),
  create(settings) {
    const { user, password, base_url: baseUrl, timezone, pages, circuits, staleAfterMs } = settings
    const intervalMs = Math.max(settings.intervalMs, SHORTEST_INTERVAL_S * 1000)
    const { loop_1, loop_2, loop_3, loop_4 } = circuits
    const rows = rowsOf({
      loop_1: loop_1.controls,
      loop_2: loop_2.controls,
      loop_3: loop_3.controls,
      loop_4: loop_4.controls,
    })
    return {
      place: baseUrl,
      account: accountKey(baseUrl, user),
      intervalMs,
      staleAfterMs,
      feed: use =>
        kronotermFeed(
          { baseUrl, user, password, timeZone: timezone, pages, rows, intervalMs, staleAfterMs },
          use,
        ),
      identity,
      outcome: outcomeOf,
      unified: view => unified(view, rows),
      site: KRONOTERM_SITE,
      pages: dropInPages,
    }
  },
  fields: FIELD_DOCS,
  dropIn: KRONOTERM_COMMAND,
  simulator: async () => (await import('./simulator/index.ts')).kronotermSimulator,
  demo: {
    name: 'pump',
    scenario: 'demo',
    settings: { user: 'demo@example.org', password: 'demo' },
  },
})

function loop(usual: Controls) {
  return z
    .strictObject({
      controls: z
        .enum(['flow', 'room'])
        .default(usual)
        .describe('flow: water temperatures; room: room temperatures.'),
    })
    .prefault({})
}
