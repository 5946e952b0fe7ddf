import type { DropInCommand } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { LogLevel } from '../../core/log.ts'

/** The original's levels, those of Python's logging. */
const LEVELS: Readonly<Record<string, LogLevel>> = {
  NOTSET: 'debug',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  WARNING: 'warn',
  ERROR: 'error',
  FATAL: 'error',
  CRITICAL: 'error',
}
const LEVEL_WORDS: Readonly<Record<LogLevel, string>> = {
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
}
const MODES: Readonly<Record<string, string>> = {
  HISTORIQUE: 'historique',
  STANDARD: 'standard',
  AUTO: 'auto',
}

/** `linky-exporter`: variables, defaults and refusals of the original. */
export const LINKY_COMMAND: DropInCommand = {
  name: 'linky-exporter',
  summary: 'take the place of Linky-Exporter: one Linky meter, its series, its variables',
  defaultPort: 8123,
  portEnv: 'LINKY_EXPORTER_PORT',
  options: [
    {
      name: 'interface',
      flag: '--interface <port>',
      env: 'LINKY_EXPORTER_INTERFACE',
      default: '/dev/ttyUSB0',
      help: 'serial port of the meter, or tcp://host:port',
    },
    {
      name: 'name',
      flag: '--name <text>',
      env: 'LINKY_EXPORTER_NAME',
      default: 'linky-exporter',
      help: 'value of the label job',
    },
    {
      name: 'mode',
      flag: '--mode <mode>',
      env: 'LINKY_EXPORTER_MODE',
      default: 'HISTORIQUE',
      help: 'HISTORIQUE, STANDARD or AUTO',
    },
    {
      name: 'frameTimeout',
      flag: '--frame-timeout <seconds>',
      env: 'LINKY_FRAME_TIMEOUT',
      default: '10',
      help: 'longest time without a frame before the port is opened anew',
    },
    {
      name: 'loglevel',
      flag: '--loglevel <level>',
      env: 'LINKY_EXPORTER_LOGLEVEL',
      default: 'INFO',
      help: 'DEBUG, INFO, WARNING, ERROR or CRITICAL',
    },
    {
      name: 'socatHost',
      env: 'LINKY_SOCAT_HOST',
      help: 'host:port of a serial line on the network, read as tcp://',
    },
    { name: 'socatFile', env: 'LINKY_SOCAT_FILE', help: 'accepted and not needed: no link is made' },
    { name: 'timeZone', env: 'TZ', default: 'Europe/Paris', help: 'time zone of the log' },
  ],
  resolve(texts) {
    const zone = texts['timeZone'] || 'Europe/Paris'
    return {
      settings: {
        port: place(texts),
        mode: oneOf(MODES, texts['mode'] ?? '', 'LINKY_EXPORTER_MODE', 'HISTORIQUE, STANDARD or AUTO'),
        frame_timeout: wholeSeconds(texts['frameTimeout'] ?? ''),
        job: texts['name'] ?? '',
      },
      logLevel: oneOf(
        LEVELS,
        (texts['loglevel'] ?? '').toUpperCase(),
        'LINKY_EXPORTER_LOGLEVEL',
        'DEBUG, INFO, WARNING, ERROR or CRITICAL',
      ),
      logLine: logLine(zone),
    }
  },
}

/** `LINKY_SOCAT_HOST` had the original's container read a line from the network: it wins over the interface. */
function place(texts: Readonly<Record<string, string | undefined>>): string {
  const host = texts['socatHost']
  if (!host && !texts['interface']) {
    throw invalid('LINKY_EXPORTER_INTERFACE is ""', 'Set it to a port such as /dev/ttyUSB0, or leave it out')
  }
  if (!host) return texts['interface'] ?? ''
  return host.includes('://') ? host : `tcp://${host}`
}

function oneOf<T>(words: Readonly<Record<string, T>>, text: string, name: string, allowed: string): T {
  const found = Object.hasOwn(words, text) ? words[text] : undefined
  if (found !== undefined) return found
  throw invalid(`${name} is "${text}"`, `Set it to ${allowed}`)
}

function wholeSeconds(text: string): number {
  const seconds = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : Number.NaN
  if (seconds >= 1 && seconds <= 86_400) return seconds
  throw invalid(`LINKY_FRAME_TIMEOUT is "${text}"`, 'Set it to a whole number of seconds, such as 10')
}

function invalid(message: string, hint: string): HearthError {
  return new HearthError('HEARTH_SETTING_INVALID', message, { hint })
}

/** `21/11/2026 10:15:00 - INFO - text`, in the zone of the variable TZ. */
function logLine(timeZone: string) {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('fr-FR', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  } catch (cause) {
    throw new HearthError('HEARTH_SETTING_INVALID', `TZ is "${timeZone}", which is no time zone`, {
      hint: 'Set it to a name such as Europe/Paris',
      cause,
    })
  }
  return (level: LogLevel, message: string, at: Date) =>
    `${format.format(at)} - ${LEVEL_WORDS[level]} - ${message}`
}
