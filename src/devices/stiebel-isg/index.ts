import { z } from 'zod'
import { defineDriver } from '../../core/driver.ts'
import { webAddress } from '../../core/settings.ts'
import { ISG_COMMAND } from './command.ts'
import { dropInPages, ISG_SITE } from './drop-in.ts'
import { createEnergyJoin } from './energy-join.ts'
import { isgFeed, type LoginTally } from './feed.ts'
import { FIELDS } from './fields.ts'
import { outcomeOf } from './mapping.ts'
import { identity, observe, unified } from './unified.ts'

const INTERVAL_MS = 60_000

/** Stiebel Eltron and Tecalor heat pumps behind an Internet Service Gateway, by its web pages. */
export const stiebelIsg = defineDriver({
  type: 'stiebel-isg',
  title: 'Stiebel Eltron and Tecalor heat pumps (Internet Service Gateway)',
  targetKey: 'url',
  defaultIntervalMs: INTERVAL_MS,
  settings: kit => ({
    url: webAddress('Address of the gateway, http://servicewelt.', 'http://servicewelt'),
    user: z.string().min(1).optional().describe('User name at the gateway, where its security is on.'),
    password: kit.secret('Password at the gateway, where its security is on.').optional(),
    skip_circuit2: z
      .boolean()
      .default(false)
      .describe('Leave out rows of the second circuit as the original does: those with HK2 in their key.'),
    skip_second_circuit: z
      .boolean()
      .default(false)
      .describe('Leave out rows of the second circuit in every spelling (HK2, HK 2, HC 2, CC 2).'),
    section_prefix: z
      .boolean()
      .default(false)
      .describe('Put the heading of its table before each name of the drop-in.'),
    unit_label: z
      .boolean()
      .default(true)
      .describe('Give series of the drop-in a label unit, as the original does since its release 1.0.'),
    compressor_page: z
      .boolean()
      .default(true)
      .describe(
        'Read page 2,2 of heat pump managers too, in turn with pages they do not have: what their compressor does, for the neutral dialect.',
      ),
  }),
  create: ({
    url,
    user,
    password,
    skip_circuit2,
    skip_second_circuit,
    section_prefix,
    unit_label,
    compressor_page,
    ...times
  }) => {
    const logins: LoginTally = { count: 0, sumSeconds: 0 }
    const join = createEnergyJoin()
    const { intervalMs, staleAfterMs } = times
    return {
      place: url,
      intervalMs,
      staleAfterMs,
      feed: use =>
        isgFeed(
          {
            url,
            user,
            password,
            intervalMs,
            staleAfterMs,
            hasSectionPrefix: section_prefix,
            skipsCircuit2: skip_circuit2,
            skipsSecondCircuit: skip_second_circuit,
            readsMachine: compressor_page,
          },
          logins,
          use,
        ),
      observe: view => observe(view, join),
      identity,
      outcome: outcomeOf,
      unified: view => unified(view, join),
      site: ISG_SITE,
      pages: view => dropInPages(view, logins, { hasUnitLabel: unit_label }),
    }
  },
  fields: FIELDS,
  dropIn: ISG_COMMAND,
  simulator: async () => (await import('./simulator/index.ts')).isgSimulator,
  demo: { name: 'lwz', scenario: 'demo-login', settings: { user: 'demo', password: 'demo' } },
})
