import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXPECTED_GERMAN } from '../../src/devices/stiebel-isg/simulator/expected-german.test-data.ts'
import { EXPECTED_ENGLISH } from '../../src/devices/stiebel-isg/simulator/expected-others.test-data.ts'
import { expectedPage } from '../../src/devices/stiebel-isg/simulator/expected-page.test-data.ts'
import { parseText } from '../../src/testing/exposition-parser.ts'
import { promtool } from '../../src/testing/promtool.ts'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { gatewayPart, type IsgGateway, startGateway, variablesFor } from '../support/gateway.ts'
import { HEARTH, startHearth } from '../support/hearth.ts'
import { startProgram } from '../support/program.ts'
import { runOnce } from '../support/run-once.ts'

/** The options in the original's document: flag, what it says, its variable. */
const DOCUMENTED = [
  ['--port=', 'The address to listen on for HTTP requests. (default: 8080) [$EXPORTER_PORT]'],
  ['--interval=', 'The frequency in seconds in which to gather data (default: 60) [$INTERVAL]'],
  ['--url=', 'URL for ISG [$ISG_URL]'],
  ['--user=', 'username for ISG [$ISG_USER]'],
  ['--password=', 'password for ISG [$ISG_PASSWORD]'],
  ['--skipCircuit2', 'Toogle to skip data for circuit 2 [$SKIP_CIRCUIT_2]'],
] as const

afterAll(cleanUp)

describe('isg_exporter --help', () => {
  it.each(['--help', '-h'])('%s says what the document shows, and ends with 0', flag => {
    const { exitCode, stdout } = runOnce(HEARTH, ['isg_exporter', flag])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Usage:\n {2}isg_exporter \[OPTIONS\]\n\nApplication Options:\n/)
    const application = stdout.slice(
      stdout.indexOf('Application Options:'),
      stdout.indexOf('\n\n', stdout.indexOf('Application Options:')),
    )
    for (const [option, words] of DOCUMENTED) {
      const line = application.split('\n').find(each => each.trimStart().startsWith(option))
      expect(line?.trimStart().replace(/ {2,}/, ' '), option).toBe(`${option} ${words}`)
    }
    expect(application).toMatch(/^ {6}--debug$/m)
    expect(application).not.toContain('noUnitLabel')
    expect(stdout).toMatch(/^Help Options:\n {2}-h, --help +Show this help message$/m)
    expect(stdout).toMatch(/--noUnitLabel/)
  })
})

describe('isg_exporter refuses', () => {
  const [url, user, password] = ['--url=http://127.0.0.1:9', '--user=a', '--password=secret-word'] as const

  it.each([
    ['no address', [user, password], /url/i],
    ['no user', [url, password], /user/i],
    ['no password', [url, user], /password/i],
    ['an unknown flag', [url, user, password, '--nothing'], /nothing/],
    ['an unknown mode', [url, user, password, '--mode=fax'], /mode|fax/],
    ['Modbus', [url, user, password, '--mode=modbus'], /modbus/i],
    ['MQTT', [url, user, password, '--mqttHost=broker'], /mqtt/i],
  ])('%s with exit code 1 and one line', (_name, args, says) => {
    const { exitCode, stdout, stderr } = runOnce(HEARTH, ['isg_exporter', '--port=0', ...args])
    expect(exitCode).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(says)
    expect(stderr).not.toMatch(/secret-word|\n\s+at /)
  })
})

describe('isg_exporter takes', () => {
  it.each([
    [
      'flags with =',
      (place: string) => ({
        args: [`--url=${place}/`, '--user=demo', '--password=demo', '--interval=1', '--port=0'],
        env: {},
      }),
    ],
    [
      'flags with a blank',
      (place: string) => ({
        args: ['--url', place, '--user', 'demo', '--password', 'demo', '--interval', '1', '--port', '0'],
        env: {},
      }),
    ],
    ['variables', (place: string) => ({ args: [], env: { ...variablesFor(place), EXPORTER_PORT: '0' } })],
    [
      'flags before variables',
      (place: string) => ({
        args: ['--url', place],
        env: { ...variablesFor('http://127.0.0.1:9'), EXPORTER_PORT: '0' },
      }),
    ],
    [
      'flags of its newer releases',
      (place: string) => ({
        args: ['--loglevel=info', '--mode=webscraping', '--browserRollover=60', '--debug'],
        env: { ...variablesFor(place), EXPORTER_PORT: '0' },
      }),
    ],
  ])('%s, called by its own name', async (_name, given) => {
    const gateway = await startGateway('german-login')
    const link = join(temporaryFolder(), 'isg_exporter')
    symlinkSync(HEARTH, link)
    const { args, env } = given(gateway.place)
    const program = startProgram(link, args, { env })
    const [, port] = await program.waitFor(/listening on http:\/\/\S+?:(\d+)/)
    await expect
      .poll(async () => gatewayPart(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()), {
        timeout: 10_000,
      })
      .toBe(expectedPage(EXPECTED_GERMAN))
    expect(await program.stop()).toBe(0)
    expect(program.stdout() + program.stderr()).not.toMatch(/pass(word)?["']?[=:] ?["']?demo/)
  })
})

describe('hearth read stiebel-isg', () => {
  let gateway: IsgGateway
  beforeAll(async () => {
    gateway = await startGateway('english')
  })
  const read = async (args: readonly string[], place = gateway.place) => {
    const program = startHearth(['read', 'stiebel-isg', place, ...args])
    const exitCode = await program.ended
    return { exitCode, stdout: program.stdout(), stderr: program.stderr() }
  }

  it('prints a table', async () => {
    const { exitCode, stdout } = await read([])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/outside_temperature +-1\.8 °C$/m)
  })

  it('prints JSON under the normalised labels', async () => {
    const { stdout } = await read(['--format', 'json'])
    const { device, readings } = JSON.parse(stdout)
    expect(device).toMatchObject({ type: 'stiebel-isg' })
    const byKey = new Map(readings.map((each: { key: string }) => [each.key, each]))
    expect(byKey.get('outside_temperature')).toMatchObject({ value: -1.8, unit: '°C' })
  })

  it('prints the page of the original', async () => {
    const { stdout } = await read(['--format', 'drop-in'])
    expect(gatewayPart(stdout)).toBe(expectedPage(EXPECTED_ENGLISH))
  })

  it('prints the unified dialect', async () => {
    const { stdout } = await read(['--format', 'unified'])
    expect(() => parseText(stdout)).not.toThrow()
    expect(promtool(stdout).exitCode).toBe(0)
    expect(stdout).toMatch(/^hearth_temperature_celsius\{.*point="outdoor_air".*\} -1\.8$/m)
  })

  it('logs in with a password from the environment', async () => {
    const locked = await startGateway('french-login')
    const program = startHearth(
      [
        'read',
        'stiebel-isg',
        locked.place,
        '--set',
        'user=demo',
        '--set',
        'password.env=ISG',
        '--format',
        'drop-in',
      ],
      { env: { ISG: 'demo' } },
    )
    expect(await program.ended).toBe(0)
    expect(program.stdout()).toContain('isg_pression_circuit{unit="bar"} 1.55')
    expect(locked.seen()).toMatchObject({ logins: 1, mostAtOnce: 1 })
  })

  it.each([
    ['a wrong password', 'wrong-password', /login/i],
    ['no page', 'gone', /127\.0\.0\.1/],
  ])('ends with 1 and one line for %s', async (_name, scenario, says) => {
    const bad = await startGateway(scenario)
    const { exitCode, stdout, stderr } = await read(
      ['--set', 'user=demo', '--set', 'password=hunter2'],
      bad.place,
    )
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(says)
    expect(stderr).not.toContain('hunter2')
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(bad.seen().logins).toBeLessThanOrEqual(1)
  })
})
