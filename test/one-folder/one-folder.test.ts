import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { drivers } from '../../src/devices/index.ts'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { get, ROOT } from '../support/hearth.ts'
import { startProgram } from '../support/program.ts'
import { runOnce } from '../support/run-once.ts'
import { until } from '../support/until.ts'

afterAll(cleanUp)

/** A copy of the project to which one folder and one line were added. */
let project: string

beforeAll(() => {
  project = temporaryFolder()
  for (const part of ['src', 'scripts', 'bin', 'docs', 'schema', 'package.json', 'tsconfig.json'])
    cpSync(join(ROOT, part), join(project, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'))
  cpSync(join(import.meta.dirname, 'devices/thermometer'), join(project, 'src/devices/thermometer'), {
    recursive: true,
  })
  const list = join(project, 'src/devices/index.ts')
  const text = readFileSync(list, 'utf8')
  writeFileSync(
    list,
    `import { thermometer } from './thermometer/index.ts'\n${text.replace(/\]\s*$/, ', thermometer]\n')}`,
  )
  for (const script of ['build.ts', 'generate.ts', 'check-imports.ts']) {
    const { exitCode, stderr } = runOnce('sh', [
      join(project, 'scripts/with-node.sh'),
      join(project, 'scripts', script),
    ])
    expect(`${exitCode} ${stderr}`).toMatch(/^0 /)
  }
})

const hearth = (...args: string[]) => runOnce(join(project, 'bin/hearth'), args)
const read = (path: string) => readFileSync(join(project, path), 'utf8')

it('--help lists the command of its original', () => {
  expect(hearth('--help').stdout).toContain('thermometer-exporter')
  expect(hearth('thermometer-exporter', '--help').stdout).toContain('--interface <port>')
  expect(hearth('read', '--help').stdout).toContain('thermometer')
})

it('the schema knows its keys, and the check its mistakes', () => {
  expect(read('schema/hearth.schema.json')).toContain('Where the thermometer is.')
  const file = join(project, 'hearth.yml')
  writeFileSync(file, 'devices:\n  attic:\n    type: thermometer\n    prot: /dev/x\n')
  const { exitCode, stdout, stderr } = hearth('check', '--config', file)
  expect(exitCode).toBe(1)
  expect(`${stdout}${stderr}`).toContain(':4:5: ')
  expect(`${stdout}${stderr}`).toContain('did you mean "port"')
})

it('the docs list it with its scenarios, its values and what becomes of them', () => {
  expect(read('docs/devices.md')).toContain(
    '| [Thermometer of the tests](../src/devices/thermometer/README.md) | `thermometer` | serial, TCP | `hearth thermometer-exporter` | 8123 | 1 | 1 |',
  )
  expect(read('docs/metrics.md')).toContain('| `T` | °C | `hearth_temperature_celsius` | Temperature |')
})

it('the demo shows it beside all others, in both dialects and at every endpoint', async () => {
  const program = startProgram(join(project, 'bin/hearth'), ['demo', '--listen', '127.0.0.1:0'])
  const [, url = ''] = await program.waitFor(/all devices, for Prometheus\s+(http:\S+)\/metrics/)
  const [, dropIn = ''] = await program.waitFor(/"attic" as thermometer-exporter shows it\s+(\S+)/)
  const holds = (path: string, text: string) =>
    until(`${text} at ${path}`, async () => ((await get(url + path)).text.includes(text) ? true : undefined))

  await holds('/metrics', 'hearth_temperature_celsius{device="attic",circuit="hc1",point="room"} 21.5')
  await holds('/devices/attic/unified', 'hearth_device_up{device="attic"} 1')
  await holds('/devices/attic/metrics', 'thermometer_t 21.5')
  await holds('/devices/attic/status', '"key":"T"')
  await holds('/sd', '/devices/attic/unified')
  await holds('/', 'attic')
  expect((await get(dropIn)).text).toContain('thermometer_t 21.5')
  for (const { demo } of drivers) await holds('/', demo.name)
  expect(await program.stop()).toBe(0)
})

it('can be read and simulated by hand', async () => {
  const program = startProgram(join(project, 'bin/hearth'), ['simulate', 'thermometer'])
  const [, place = ''] = await program.waitFor(/simulated on (\S+)/)
  const { exitCode, stdout } = hearth('read', 'thermometer', place)
  expect(exitCode).toBe(0)
  expect(stdout).toContain('T  21.5 °C')
  await program.stop()
})
