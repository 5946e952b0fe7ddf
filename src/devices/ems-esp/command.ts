import type { DropInCommand } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'

const LONGEST_S = 86_400

/** `ems-esp`: there was no program, the gateway itself answered. Its place on the network is the default. */
export const EMS_ESP_COMMAND: DropInCommand = {
  name: 'ems-esp',
  summary: "take the place of an EMS-ESP gateway's own Prometheus endpoints, of any firmware since 3.4",
  defaultPort: 8084,
  portEnv: 'EMS_ESP_PORT',
  options: [
    {
      name: 'url',
      flag: '--url <address>',
      env: 'EMS_ESP_URL',
      default: 'http://ems-esp.local',
      help: 'address of the gateway',
    },
    {
      name: 'token',
      flag: '--token <token>',
      env: 'EMS_ESP_TOKEN',
      help: 'token for a proxy before the gateway; reading itself needs none',
    },
    {
      name: 'interval',
      flag: '--interval <seconds>',
      env: 'EMS_ESP_INTERVAL',
      default: '30',
      help: 'seconds between readings of the values; the gateway itself is asked for every 60',
    },
  ],
  resolve(texts) {
    const token = texts['token']
    return {
      settings: {
        url: texts['url'] ?? '',
        interval: wholeSeconds(texts['interval'] ?? ''),
        ...(token ? { token } : {}),
      },
    }
  },
}

function wholeSeconds(text: string): number {
  const seconds = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN
  if (seconds >= 1 && seconds <= LONGEST_S) return seconds
  throw new HearthError('HEARTH_SETTING_INVALID', `EMS_ESP_INTERVAL is "${text}"`, {
    hint: 'Set it to a whole number of seconds, such as 30',
  })
}
