import { describe, expect, it } from 'vitest'
import { LINKY_COMMAND } from './command.ts'

const defaults = Object.fromEntries(LINKY_COMMAND.options.map(({ name, default: preset }) => [name, preset]))
const resolve = (texts: Record<string, string>) => LINKY_COMMAND.resolve({ ...defaults, ...texts })

describe('linky-exporter', () => {
  it("has the original's defaults", () => {
    expect(resolve({})).toMatchObject({
      settings: { port: '/dev/ttyUSB0', mode: 'historique', frame_timeout: 10, job: 'linky-exporter' },
      logLevel: 'info',
    })
    expect(LINKY_COMMAND).toMatchObject({ defaultPort: 8123, portEnv: 'LINKY_EXPORTER_PORT' })
  })

  it.each([
    ['STANDARD', 'standard'],
    ['AUTO', 'auto'],
  ])('knows the mode %s', (mode, expected) => {
    expect(resolve({ mode }).settings['mode']).toBe(expected)
  })

  it.each([
    [{ mode: 'historique' }, 'LINKY_EXPORTER_MODE is "historique"'],
    [{ interface: '' }, 'LINKY_EXPORTER_INTERFACE is ""'],
    [{ mode: '' }, 'LINKY_EXPORTER_MODE is ""'],
    [{ mode: 'constructor' }, 'LINKY_EXPORTER_MODE is "constructor"'],
    [{ loglevel: 'LOUD' }, 'LINKY_EXPORTER_LOGLEVEL is "LOUD"'],
    [{ frameTimeout: '10s' }, 'LINKY_FRAME_TIMEOUT is "10s"'],
    [{ frameTimeout: '' }, 'LINKY_FRAME_TIMEOUT is ""'],
    [{ frameTimeout: '0' }, 'LINKY_FRAME_TIMEOUT is "0"'],
    [{ timeZone: 'Europe/Lutetia' }, 'TZ is "Europe/Lutetia", which is no time zone'],
  ])('refuses %j with the name of the setting', (texts, message) => {
    expect(() => resolve(texts as unknown as Record<string, string>)).toThrow(message)
  })

  it('takes the log level in any case', () => {
    expect(resolve({ loglevel: 'debug' }).logLevel).toBe('debug')
    expect(resolve({ loglevel: 'Critical' }).logLevel).toBe('error')
  })

  it('reads the line from the network where the container of the original had socat do it', () => {
    expect(resolve({ socatHost: '192.168.1.20:3333' }).settings['port']).toBe('tcp://192.168.1.20:3333')
    expect(resolve({ socatHost: '' }).settings['port']).toBe('/dev/ttyUSB0')
  })

  it("writes log lines in the original's form and time zone", () => {
    const at = new Date('2026-11-21T09:15:00Z')
    expect(resolve({}).logLine?.('warn', 'text', at)).toBe('21/11/2026 10:15:00 - WARNING - text')
    expect(resolve({ timeZone: 'UTC' }).logLine?.('info', 'text', at)).toBe(
      '21/11/2026 09:15:00 - INFO - text',
    )
  })
})
