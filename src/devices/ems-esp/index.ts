import { z } from 'zod'
import { type Described, defineDriver } from '../../core/driver.ts'
import type { Identity } from '../../core/reading.ts'
import { duration, webAddress } from '../../core/settings.ts'
import type { View } from '../../core/view.ts'
import { EMS_ESP_COMMAND } from './command.ts'
import { emsEspFeed } from './feed.ts'
import { FIELDS, outcomeOf } from './fields.ts'
import { gatewayIdentity, gatewayOutcome, gatewayUnified } from './gateway.ts'
import { hasBurner, isHeatPump, textAt } from './look.ts'
import { GATEWAY_SITE, gatewayPages, MACHINE_SITE, machinePages } from './site.ts'
import { unified } from './unified.ts'
import { BUS_WORDS, classOf } from './words.ts'

const INTERVAL_MS = 30_000
const SYSTEM_INTERVAL_MS = 60_000

/** EMS-ESP gateways with Bosch, Buderus, Nefit, Junkers, Worcester, Sieger and IVT machines behind them. */
export const emsEsp = defineDriver({
  type: 'ems-esp',
  title: 'EMS-ESP gateways (Bosch, Buderus, Nefit, Junkers, Worcester)',
  targetKey: 'url',
  defaultIntervalMs: INTERVAL_MS,
  memberNames: Object.keys(BUS_WORDS),
  settings: kit => ({
    url: webAddress('Address of the gateway.', 'http://ems-esp.local'),
    token: kit
      .secret('Token for a proxy before the gateway, sent as Bearer. Reading itself needs none.')
      .optional(),
    system_interval: duration(
      'Time between readings of the gateway itself and its list of machines.',
    ).optional(),
    energy_from: z
      .enum(['auto', 'boiler', 'heatpump'])
      .default('auto')
      .describe(
        'Which machine counts energy where boiler and heat pump module report the same; auto: the one whose counters move. Unified dialect only.',
      ),
    old_names: z
      .boolean()
      .default(false)
      .describe(
        'On the pages of firmware 3.4 to 3.6, keep hot water under its old names (emsesp_wwseltemp) instead of those of 3.8.',
      ),
  }),
  create({ url, token, system_interval, energy_from, old_names, intervalMs, staleAfterMs }) {
    const timing = { place: url, intervalMs, staleAfterMs }

    function machine(word: string): Described {
      return {
        ...timing,
        identity: view => machineIdentity(word, view),
        outcome: key => outcomeOf(word, key),
        unified: ({ readings }) => unified(word, readings),
        site: MACHINE_SITE,
        pages: machinePages,
      }
    }

    return {
      ...timing,
      feed: use =>
        emsEspFeed(
          {
            url,
            token,
            intervalMs,
            systemIntervalMs: Math.max(intervalMs, system_interval ?? SYSTEM_INTERVAL_MS),
            staleAfterMs,
            hasOldNames: old_names,
            energyFrom: energy_from,
          },
          use,
        ),
      identity: gatewayIdentity,
      outcome: gatewayOutcome,
      unified: gatewayUnified,
      site: GATEWAY_SITE,
      pages: gatewayPages,
      member: machine,
    }
  },
  fields: FIELDS,
  dropIn: EMS_ESP_COMMAND,
  simulator: async () => (await import('./simulator/index.ts')).emsEspSimulator,
  demo: { name: 'nefit', scenario: 'demo' },
})

/** What a machine is: the gateway calls heat pumps boilers. */
function machineIdentity(word: string, { readings }: View): Identity {
  const model = textAt(readings, 'device.name')
  const vendor = textAt(readings, 'device.brand')
  const firmware = textAt(readings, 'device.version')
  // Its own values tell; while there are none it stays what it was.
  const isKnown = word !== 'boiler' || [...readings.values()].some(({ group }) => group === 'metrics')
  const isPump = word === 'boiler' && isHeatPump(readings)
  const ofBoiler = hasBurner(readings) ? 'hybrid' : 'heat_pump'
  return {
    ...(isKnown ? { class: isPump ? ofBoiler : classOf(word) } : {}),
    ...(vendor ? { vendor } : {}),
    ...(model ? { model } : {}),
    ...(firmware ? { firmware } : {}),
  }
}
