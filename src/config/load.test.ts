import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseListen } from '../core/settings.ts'
import { fakeDrivers } from './fake-driver.test-helper.ts'
import { type ConfigResult, type HearthConfig, loadConfig } from './load.ts'
import { formatProblem } from './problem.ts'

const folder = new URL('fixtures/', import.meta.url)
const files = readdirSync(folder)
// After a change of words: HEARTH_REWRITE_FIXTURES=1 writes the new ones, for a person to read before they are kept.
const isRewriting = process.env['HEARTH_REWRITE_FIXTURES'] === '1'

const env = { SET: 'from the environment', EMPTY: '' }

function readFile(path: string): string {
  const failure = (code: string) => Object.assign(new Error(`${code}: ${path}`), { code })
  if (path === 'isg.secret') return 'from a file\r\n'
  if (path === 'empty.secret') return '\n'
  if (path === '/run/closed.secret') throw failure('EACCES')
  if (path === 'odd.secret') throw failure('EIO')
  throw failure('ENOENT')
}

const linked = new Set(['/dev/ttyUSB0', '/dev/serial/by-id/usb-meter'])

function load(text: string, path = 'hearth.yml'): ConfigResult {
  return loadConfig({
    text,
    path,
    drivers: fakeDrivers,
    env,
    readFile,
    isSamePlace: (a, b) => linked.has(a) && linked.has(b),
    lineTrouble: address =>
      address === 'ttyUSB0' ? '"ttyUSB0" is no address of a line. Write /dev/ttyUSB0' : undefined,
  })
}

function problemsIn(text: string): readonly string[] {
  const result = load(text)
  return result.isValid ? [] : result.problems.map(formatProblem)
}

function valid(text: string): HearthConfig {
  const result = load(text)
  if (result.isValid) return result.config
  throw new Error(result.problems.map(formatProblem).join('\n'))
}

describe('files that are refused say all that is wrong, where, in the same words every time', () => {
  it.each(files.filter(file => file.endsWith('.bad.yml')))('%s', file => {
    const text = readFileSync(new URL(file, folder), 'utf8')
    const expected = new URL(file.replace(/yml$/, 'txt'), folder)

    const result = load(text, file)

    const said = result.isValid ? '' : `${result.problems.map(formatProblem).join('\n')}\n`
    if (isRewriting) writeFileSync(expected, said)
    expect(said).toBe(readFileSync(expected, 'utf8'))
    expect(said).not.toBe('')
    expect(said).not.toContain('hunter')
    expect(said).not.toMatch(/Invalid input|Unrecognized|Too small|Too big|undefined/)
  })
})

describe('files that are accepted', () => {
  it.each(files.filter(file => file.endsWith('.good.yml')))('%s', file => {
    expect(problemsIn(readFileSync(new URL(file, folder), 'utf8'))).toEqual([])
  })

  it('gives out what the file says', () => {
    const config = valid(readFileSync(new URL('whole.good.yml', folder), 'utf8'))

    expect(config).toMatchObject({
      listen: { host: undefined, port: 10790 },
      dataDir: '/var/lib/hearth',
      site: 'lake house',
      privacy: { showSerials: true },
    })
    expect(config.devices.map(({ name, type, title }) => [name, type, title])).toEqual([
      ['meter', 'linky', 'A meter that talks by itself'],
      ['no', 'stiebel-isg', 'A gateway with a login'],
      ['2', 'kronoterm-cloud', 'A cloud service'],
    ])
    expect(config.devices[0]).toMatchObject({
      dropIn: { host: undefined, port: 8123 },
      device: { place: '/dev/ttyUSB0', intervalMs: 0, staleAfterMs: 90_000 },
    })
    expect(config.devices[1]?.device).toMatchObject({ intervalMs: 300_000, staleAfterMs: 900_000 })
    // The fake shows how long its secret is.
    expect(config.devices[2]?.device.place).toBe('me@example.org 20')
  })

  it('has a default for everything but the devices', () => {
    const config = valid('devices: { meter: { type: linky, port: /dev/ttyUSB0 } }')

    expect(config).toMatchObject({
      listen: parseListen('127.0.0.1:10790'),
      dataDir: './data',
      site: 'unknown',
      privacy: { showSerials: false },
    })
    expect(config.devices[0]).not.toHaveProperty('dropIn')
  })

  it('keeps the order of the file even for names that are numbers', () => {
    const entry = (port: string) => `{ type: linky, port: ${port} }`

    const { devices } = valid(`devices: { "9": ${entry('a')}, b: ${entry('b')}, "1": ${entry('c')} }`)

    expect(devices.map(({ name }) => name)).toEqual(['9', 'b', '1'])
  })

  it('reads files with a byte order mark and with Windows line ends', () => {
    expect(valid('\uFEFFdevices:\r\n  meter:\r\n    type: linky\r\n    port: COM3\r\n').devices).toHaveLength(
      1,
    )
  })
})

describe('texts that are no configuration at all', () => {
  it.each([
    [
      'a megabyte',
      'a'.repeat(1_000_001),
      'hearth.yml:1:1: the file is larger than 1 MB; this is no configuration',
    ],
    ['ten thousand brackets', '['.repeat(10_000), 'nested too deeply'],
    [
      'thirty levels',
      `devices: ${'{ a: '.repeat(30)}1${' }'.repeat(30)}`,
      'too much is nested or repeated here',
    ],
    ['a long list', `devices: [${'1,'.repeat(20_001)}]`, 'too much is nested or repeated here'],
  ])('%s', (_, text, words) => {
    const problems = problemsIn(text)

    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(words)
  })

  it('cuts a message that quotes a very long value', () => {
    const [problem = ''] = problemsIn(
      `devices: { m: { type: linky, port: a, stale_after: ${'x'.repeat(5000)} } }`,
    )

    expect(problem.length).toBeLessThan(450)
  })

  it('stays on one line whatever a value holds', () => {
    const [problem = ''] = problemsIn(
      'devices: { m: { type: linky, port: a, stale_after: "a\\nb\\u2028c" } }',
    )

    expect(problem).toContain('"a b c" is not a duration')
  })
})

describe('the fingerprint of a device', () => {
  const print = (entry: string, more: Partial<Parameters<typeof loadConfig>[0]> = {}) => {
    const text = `devices: { a: ${entry} }`
    const result = loadConfig({ text, path: 'f.yml', drivers: fakeDrivers, env, readFile, ...more })
    return result.isValid ? result.config.devices[0]?.fingerprint : undefined
  }
  const secret = '{ type: kronoterm-cloud, user: me, password: { env: SET } }'

  it('is the same for the same settings in another order', () => {
    const one = print('{ type: linky, port: x, mode: auto }')

    expect(one).toBeDefined()
    expect(print('{ mode: auto, port: x, type: linky }')).toBe(one)
  })

  it('changes with a setting', () => {
    expect(print('{ type: linky, port: x }')).not.toBe(print('{ type: linky, port: y }'))
    expect(print('{ type: stiebel-isg, url: http://a, rooms: [a] }')).not.toBe(
      print('{ type: stiebel-isg, url: http://a, rooms: [b] }'),
    )
  })

  it('changes with the value of a secret and does not hold it', () => {
    const before = print(secret)
    const after = print(secret, { env: { SET: 'another' } })

    expect(after).not.toBe(before)
    expect(before).toMatch(/^[0-9a-f]{64}$/)
  })
})

it('says what is wrong with the address of a line, at its place', () => {
  expect(problemsIn('devices:\n  meter:\n    type: linky\n    port: ttyUSB0\n')).toEqual([
    'hearth.yml:4:11: meter.port: "ttyUSB0" is no address of a line. Write /dev/ttyUSB0',
  ])
})

it('looks for a relative secret file beside the configuration', () => {
  const asked: string[] = []
  const text = 'devices: { a: { type: kronoterm-cloud, user: me, password: { file: isg } } }'

  loadConfig({
    text,
    path: '/etc/hearth/hearth.yml',
    drivers: fakeDrivers,
    env,
    readFile: path => {
      asked.push(path)
      return 'x'
    },
  })

  expect(asked).toEqual(['/etc/hearth/isg'])
})

it('does not hide a fault of a device driver', () => {
  const [driver] = fakeDrivers
  if (!driver) throw new Error('no driver')
  const broken = {
    ...driver,
    configure: () => {
      throw new TypeError('a bug')
    },
  }

  const run = () =>
    loadConfig({ text: 'devices: { a: { type: linky } }', path: 'f', drivers: [broken], env, readFile })

  expect(run).toThrow('a bug')
})
