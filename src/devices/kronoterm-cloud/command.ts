import type { DropInCommand } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import { isTimeZone } from './calendar.ts'
import { CLOUD_URL, SHORTEST_INTERVAL_S } from './defaults.ts'

const DEFAULT_INTERVAL = '30'
const LONGEST_INTERVAL_S = 86_400
const ZONE_FILES = /^(?:\/(?:[\w.-]+\/)*zoneinfo\/)?(?:posix\/)?/
const POSIX_ZONE = /^(?:[A-Za-z]{3,}|<[\w+-]{3,}>)([+-]?)(\d{1,2})(?::(\d\d))?$/

/** `kronoterm-cloud-relay`: variables, defaults and refusals of the original. */
export const KRONOTERM_COMMAND: DropInCommand = {
  name: 'kronoterm-cloud-relay',
  summary:
    'take the place of kronoterm_cloud_relay: one Kronoterm heat pump through the cloud, its series, its variables',
  defaultPort: 8555,
  portEnv: 'KRONOTERM_RELAY_PORT',
  options: [
    {
      name: 'user',
      flag: '--user <name>',
      env: 'KRONOTERM_CLOUD_USER',
      help: 'account of the cloud',
    },
    {
      name: 'password',
      flag: '--password <text>',
      env: 'KRONOTERM_CLOUD_PASSWORD',
      help: 'its password; better in the variable, where other users do not see it',
    },
    {
      name: 'interval',
      flag: '--interval <seconds>',
      env: 'PROMETHEUS_UPDATE_INTERVAL',
      default: DEFAULT_INTERVAL,
      help: 'seconds between readings, 10 at least',
    },
    {
      name: 'url',
      flag: '--url <address>',
      env: 'KRONOTERM_CLOUD_URL',
      default: CLOUD_URL,
      help: 'address of the cloud',
    },
    { name: 'timeZone', env: 'TZ', help: 'time zone of the heat pump, such as Europe/Ljubljana' },
    { name: 'loggingConfig', env: 'LOGGING_CONFIG', help: 'accepted and not used' },
  ],
  resolve(texts) {
    const zone = timeZone(texts['timeZone'])
    return {
      settings: {
        user: needed(texts['user'], 'KRONOTERM_CLOUD_USER'),
        password: needed(texts['password'], 'KRONOTERM_CLOUD_PASSWORD'),
        base_url: texts['url'] || CLOUD_URL,
        interval: `${intervalSeconds(texts['interval'] ?? '')}s`,
        pages: 'original',
        ...(zone === undefined ? {} : { timezone: zone }),
      },
    }
  },
}

function needed(text: string | undefined, name: string): string {
  if (text) return text
  throw invalid(`${name} is not set`, 'Set user and password of the account at the Kronoterm cloud')
}

/** Empty is the default, and what is too short is raised, as the original's document has it. */
function intervalSeconds(text: string): number {
  if (text.trim() === '') return Number(DEFAULT_INTERVAL)
  const seconds = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : Number.NaN
  if (seconds <= LONGEST_INTERVAL_S) return Math.max(SHORTEST_INTERVAL_S, seconds)
  throw invalid(
    `PROMETHEUS_UPDATE_INTERVAL is "${text}"`,
    'Set it to a whole number of seconds, such as 30; a day at most',
  )
}

function timeZone(text: string | undefined): string | undefined {
  // The C library takes a colon before the name, and the file of the zone in place of it.
  const name = text?.trim().replace(/^:/, '').replace(ZONE_FILES, '')
  if (!name) return undefined
  const zone = isTimeZone(name) ? name : fixedZone(name)
  if (zone !== undefined) return zone
  throw invalid(`TZ is "${text}", which is no time zone`, 'Set it to a name such as Europe/Ljubljana')
}

/** A zone as POSIX writes one without summer time, `CET-1`: hours to add to reach UTC, so the sign is the other way round. */
function fixedZone(text: string): string | undefined {
  const [, sign = '', hours, minutes = '00'] = POSIX_ZONE.exec(text) ?? []
  if (hours === undefined) return undefined
  const isUtc = Number(hours) + Number(minutes) === 0
  const zone = `${sign === '-' || isUtc ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`
  return isTimeZone(zone) ? zone : undefined
}

function invalid(message: string, hint: string): HearthError {
  return new HearthError('HEARTH_SETTING_INVALID', message, { hint })
}
