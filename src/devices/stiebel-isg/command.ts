import type { DropInCommand, DropInOption } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { LogLevel } from '../../core/log.ts'
import { HELP } from './help.ts'

type Texts = Readonly<Record<string, string | undefined>>

/** The original's levels. */
const LEVELS: Readonly<Record<string, LogLevel>> = {
  trace: 'debug',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  fatal: 'error',
  panic: 'error',
}
const LONGEST_INTERVAL_S = 86_400

const MQTT_WITH_VALUE = [
  'Host',
  'Port',
  'User',
  'Password',
  'ClientId',
  'TopicPrefix',
  'DiscoveryTopicPrefix',
]
const MQTT_SWITCHES = ['Tls', 'TlsInsecure']

/** MQTT options: known, so that the refusal can say why. */
const MQTT_OPTIONS: readonly DropInOption[] = [
  ...MQTT_WITH_VALUE.map(word => ({
    name: `mqtt${word}`,
    flag: `--mqtt${word} <text>`,
    help: 'MQTT output, which hearth does not have',
  })),
  ...MQTT_SWITCHES.map(word => ({
    name: `mqtt${word}`,
    flag: `--mqtt${word}`,
    help: 'MQTT output, which hearth does not have',
  })),
]

/** `isg_exporter`: flags, variables, defaults and refusals of the original's web mode. */
export const ISG_COMMAND: DropInCommand = {
  name: 'isg_exporter',
  summary: 'take the place of isg_exporter: one Internet Service Gateway, its series',
  defaultPort: 8080,
  portEnv: 'EXPORTER_PORT',
  helpText: HELP,
  usageExitCode: 1,
  options: [
    {
      name: 'interval',
      flag: '--interval <seconds>',
      env: 'INTERVAL',
      default: '60',
      help: 'pause between polls in seconds',
    },
    { name: 'url', flag: '--url <url>', env: 'ISG_URL', help: 'address of the gateway' },
    { name: 'user', flag: '--user <name>', env: 'ISG_USER', help: 'user name at the gateway' },
    { name: 'password', flag: '--password <text>', env: 'ISG_PASSWORD', help: 'password at the gateway' },
    {
      name: 'skipCircuit2',
      flag: '--skipCircuit2',
      env: 'SKIP_CIRCUIT_2',
      help: 'leave out rows of the second circuit',
    },
    { name: 'debug', flag: '--debug', help: 'log everything' },
    { name: 'browserRollover', flag: '--browserRollover <pages>', help: 'accepted and not needed' },
    { name: 'loglevel', flag: '--loglevel <level>', help: 'lowest level to log' },
    { name: 'mode', flag: '--mode <mode>', default: 'webscraping', help: 'webscraping' },
    { name: 'modbusSlaveId', flag: '--modbusSlaveId <id>', help: 'accepted and not needed' },
    {
      name: 'sectionPrefix',
      flag: '--metricsWithSectionPrefix',
      env: 'METRICS_WITH_SECTION_PREFIX',
      help: 'put the heading of its table before each name',
    },
    {
      name: 'noUnitLabel',
      flag: '--noUnitLabel',
      env: 'NO_UNIT_LABEL',
      help: 'series without the label unit, as before release 1.0',
    },
    ...MQTT_OPTIONS,
  ],
  resolve(texts) {
    refuseModes(texts)
    return {
      settings: {
        url: required(
          texts,
          'url',
          '--url or ISG_URL',
          'the address of the gateway, such as http://servicewelt',
        ),
        user: required(texts, 'user', '--user or ISG_USER', 'any text if the gateway has no login'),
        password: required(
          texts,
          'password',
          '--password or ISG_PASSWORD',
          'any text if the gateway has no login',
        ),
        interval: seconds(texts['interval']),
        skip_circuit2: isOn(texts['skipCircuit2']),
        section_prefix: isOn(texts['sectionPrefix']),
        unit_label: !isOn(texts['noUnitLabel']),
        compressor_page: false,
      },
      logLevel: logLevel(texts),
    }
  },
}

/** As the original's library takes it: set and empty is on, a text that it does not know is off. */
function isOn(text: string | undefined): boolean {
  return text === '' || text === '1' || text?.toLowerCase() === 'true'
}

function refuseModes(texts: Texts): void {
  const mode = texts['mode'] ?? ''
  if (mode === 'modbus') {
    throw invalid('--mode is "modbus"', 'hearth reads the gateway by its web pages only; leave --mode out')
  }
  if (mode !== 'webscraping') throw invalid(`--mode is "${mode}"`, 'Leave it out, or set it to webscraping')
  const mqtt = MQTT_OPTIONS.find(({ name }) => texts[name] !== undefined)
  if (mqtt)
    throw invalid(`--${mqtt.name} is set`, 'hearth has no MQTT output; leave the --mqtt... options out')
}

function required(texts: Texts, name: string, shown: string, what: string): string {
  const text = texts[name]
  if (text) return text
  throw invalid(`${shown} is not set`, `Set it to ${what}`)
}

function seconds(text: string | undefined): string {
  const value = /^\s*\+?\d+\s*$/.test(text ?? '') ? Number(text) : Number.NaN
  if (value >= 1 && value <= LONGEST_INTERVAL_S) return `${value}s`
  throw invalid(
    `--interval or INTERVAL is "${text ?? ''}"`,
    'Set it to a whole number of seconds, such as 60',
  )
}

function logLevel(texts: Texts): LogLevel {
  if (texts['debug'] !== undefined) return 'debug'
  const text = texts['loglevel']
  if (text === undefined) return 'info'
  const level = Object.hasOwn(LEVELS, text.toLowerCase()) ? LEVELS[text.toLowerCase()] : undefined
  if (level) return level
  throw invalid(`--loglevel is "${text}"`, 'Set it to trace, debug, info, warn, error, fatal or panic')
}

function invalid(message: string, hint: string): HearthError {
  return new HearthError('HEARTH_SETTING_INVALID', message, { hint })
}
