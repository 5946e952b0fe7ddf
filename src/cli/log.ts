import type { Logger } from 'pino'
import type { Log, LogFields, LogLevel } from '../core/log.ts'
import { writeToStderr } from './stderr.ts'

export type LogFormat = 'plain' | 'json'

export interface LogOptions {
  readonly level: LogLevel
  readonly format: LogFormat
  /** Writes a line as an original program did; wins over `format`. */
  readonly line?: (level: LogLevel, message: string, at: Date) => string
}

/** The program's log: on stderr, written before the call returns, so that nothing is lost when the program ends. */
export async function createLog({ level, format, line }: LogOptions): Promise<Log> {
  if (format === 'json' && !line) {
    // Half a megabyte in memory: only for those who want it.
    const { default: pino } = await import('pino')
    return wrap(
      pino(
        {
          level,
          base: null,
          timestamp: pino.stdTimeFunctions.isoTime,
          formatters: { level: label => ({ level: label }) },
        },
        { write: writeToStderr },
      ),
    )
  }
  const write = line ?? plainLine
  return plainLog(level, {}, (lineLevel, message, fields) => {
    writeToStderr(`${write(lineLevel, oneLine(`${message}${suffix(fields)}`), new Date())}\n`)
  })
}

function wrap(logger: Logger): Log {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
    with: fields => wrap(logger.child(fields)),
  }
}

type Write = (level: LogLevel, message: string, fields: LogFields) => void

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']

function plainLog(level: LogLevel, bound: LogFields, write: Write): Log {
  const lowest = LEVELS.indexOf(level)
  const at = (lineLevel: LogLevel) => (message: string, fields?: LogFields) => {
    if (LEVELS.indexOf(lineLevel) >= lowest) write(lineLevel, message, { ...bound, ...fields })
  }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: fields => plainLog(level, { ...bound, ...fields }, write),
  }
}

/** Texts of a device may be in a message: they must neither begin a line of their own nor move the cursor of a terminal. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}

/** `2026-11-21T10:15:00.000Z warn  text key=value`. */
function plainLine(level: LogLevel, message: string, at: Date): string {
  return `${at.toISOString()} ${level.padEnd(5)} ${message}`
}

function suffix(fields: LogFields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}=${plainValue(value)}`)
    .join('')
}

function plainValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
  return /^[^\s"=]+$/.test(text) || typeof value !== 'string' ? text : JSON.stringify(text)
}
