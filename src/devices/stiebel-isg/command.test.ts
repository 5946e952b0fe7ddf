import { describe, expect, it } from 'vitest'
import { ISG_COMMAND } from './command.ts'

const GIVEN = { url: 'http://isg', user: 'me', password: 'hush' }
const DEFAULTS = Object.fromEntries(ISG_COMMAND.options.map(({ name, default: preset }) => [name, preset]))
const resolve = (texts: Record<string, string | undefined>) =>
  ISG_COMMAND.resolve({ ...DEFAULTS, ...GIVEN, ...texts })

describe('isg_exporter', () => {
  it('has the defaults of the original', () => {
    expect(resolve({})).toEqual({
      settings: {
        ...GIVEN,
        interval: '60s',
        skip_circuit2: false,
        section_prefix: false,
        unit_label: true,
        compressor_page: false,
      },
      logLevel: 'info',
    })
    expect(ISG_COMMAND).toMatchObject({ defaultPort: 8080, portEnv: 'EXPORTER_PORT', usageExitCode: 1 })
  })

  it.each([
    ['interval', 'INTERVAL', '--interval'],
    ['url', 'ISG_URL', '--url'],
    ['user', 'ISG_USER', '--user'],
    ['password', 'ISG_PASSWORD', '--password'],
    ['skipCircuit2', 'SKIP_CIRCUIT_2', '--skipCircuit2'],
    ['debug', undefined, '--debug'],
    ['loglevel', undefined, '--loglevel'],
    ['mode', undefined, '--mode'],
    ['modbusSlaveId', undefined, '--modbusSlaveId'],
    ['browserRollover', undefined, '--browserRollover'],
    ['sectionPrefix', 'METRICS_WITH_SECTION_PREFIX', '--metricsWithSectionPrefix'],
    ['noUnitLabel', 'NO_UNIT_LABEL', '--noUnitLabel'],
  ])('takes %s as %s and %s', (name, env, flag) => {
    const option = ISG_COMMAND.options.find(each => each.name === name)
    expect(option?.env).toBe(env)
    expect(option?.flag?.split(' ')[0]).toBe(flag)
  })

  it.each([
    ['true', true],
    ['1', true],
    ['', true],
    ['false', false],
    ['0', false],
    ['yes', false],
  ])('a switch that is %j is %s', (text, isOn) => {
    const { settings } = resolve({ skipCircuit2: text, sectionPrefix: text, noUnitLabel: text })
    expect(settings).toMatchObject({ skip_circuit2: isOn, section_prefix: isOn, unit_label: !isOn })
  })

  it.each([
    [{ url: undefined }, '--url or ISG_URL is not set'],
    [{ url: '' }, '--url or ISG_URL is not set'],
    [{ user: undefined }, '--user or ISG_USER is not set'],
    [{ password: undefined }, '--password or ISG_PASSWORD is not set'],
    [{ interval: '0' }, '--interval or INTERVAL is "0"'],
    [{ interval: '1.5' }, '--interval or INTERVAL is "1.5"'],
    [{ interval: '' }, '--interval or INTERVAL is ""'],
    [{ mode: 'modbus' }, '--mode is "modbus"'],
    [{ mode: 'other' }, '--mode is "other"'],
    [{ mqttHost: 'x' }, '--mqttHost is set'],
    [{ mqttTls: 'true' }, '--mqttTls is set'],
    [{ loglevel: 'loud' }, '--loglevel is "loud"'],
  ])('refuses %j', (texts, message) => {
    expect(() => resolve(texts)).toThrow(message)
  })

  it.each([
    [{ debug: 'true' }, 'debug'],
    [{ loglevel: 'trace' }, 'debug'],
    [{ loglevel: 'WARN' }, 'warn'],
    [{ loglevel: 'panic' }, 'error'],
  ])('%j logs from %s on', (texts, level) => {
    expect(resolve(texts).logLevel).toBe(level)
  })

  it('never shows the password in a refusal', () => {
    for (const texts of [{ mode: 'x' }, { interval: 'x' }, { loglevel: 'x' }, { url: '' }]) {
      expect(() => resolve(texts)).toThrow(/^(?!.*hush)/)
    }
  })

  it("has a help that begins with the original's own", () => {
    expect(ISG_COMMAND.helpText?.split('\n\nOptions of later releases:')[0]).toBe(`Usage:
  isg_exporter [OPTIONS]

Application Options:
      --port=         The address to listen on for HTTP requests. (default: 8080) [$EXPORTER_PORT]
      --interval=     The frequency in seconds in which to gather data (default: 60) [$INTERVAL]
      --url=          URL for ISG [$ISG_URL]
      --user=         username for ISG [$ISG_USER]
      --password=     password for ISG [$ISG_PASSWORD]
      --skipCircuit2  Toogle to skip data for circuit 2 [$SKIP_CIRCUIT_2]
      --debug

Help Options:
  -h, --help          Show this help message`)
  })
})
