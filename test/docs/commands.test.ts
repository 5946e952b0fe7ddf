import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { installCommands } from '../packaging/install-commands.ts'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { startGateway } from '../support/gateway.ts'
import { get, HEARTH, ROOT, simulate, simulateLinky, startHearth } from '../support/hearth.ts'
import { startProgram } from '../support/program.ts'
import { runOnce } from '../support/run-once.ts'
import { until } from '../support/until.ts'

afterAll(cleanUp)

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'packaging/README.md',
  ...globSync('docs/**/*.md', { cwd: ROOT }),
  ...globSync('src/devices/*/README.md', { cwd: ROOT }),
]

/** Blocks of a page that a reader copies: those marked `sh` and `yaml`. */
function blocks(page: string, language: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(match => match[1] === language)
    .map(match => match[2] ?? '')
}

function commands(): { page: string; command: string }[] {
  return PAGES.flatMap(page =>
    blocks(page, 'sh').flatMap(block =>
      block
        .split('\n')
        .map(line => line.replace(/\s+#.*$/, '').trim())
        .filter(line => line !== '' && !line.startsWith('#'))
        .map(command => ({ page, command })),
    ),
  )
}

/** A meter where the page's reader has his adapter. */
const meter = async () =>
  (await simulateLinky('document', '--pace', '4', '--pty', join(temporaryFolder(), 'ttyUSB0'))).place

/** The README's own configuration, with a port that exists here and listeners that are free. */
async function configuration(): Promise<string> {
  const [text = ''] = blocks('README.md', 'yaml')
  const file = join(temporaryFolder(), 'hearth.yml')
  const here = text
    .replace('/dev/ttyUSB0', await meter())
    .replace('127.0.0.1:10790', '127.0.0.1:0')
    .replace('":8123"', '"127.0.0.1:0"')
  writeFileSync(file, here)
  return file
}

async function serves(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  path: string,
  says: string,
): Promise<void> {
  const program = startHearth(args, { env })
  const [, url = ''] = await program.waitFor(/listening.*?(http:\/\/[^\s/"]+)/)
  const page = await until(`${says} on ${path}`, async () => {
    const { text } = await get(url + path)
    return text.includes(says) ? text : undefined
  })
  expect(page).toContain(says)
  expect(await program.stop()).toBe(0)
}

/** What test/packaging/release.test.ts runs of the README. */
const INSTALL_COMMANDS = installCommands()

/** Each command of the docs, and what shows that it does what its page says. */
const RUNS: Readonly<Record<string, () => Promise<void> | void>> = {
  // A clone is where a newcomer stands: nothing installed, nothing built.
  async 'npm start'() {
    const clone = join(temporaryFolder(), 'clone')
    expect(runOnce('git', ['clone', '-q', ROOT, clone]).exitCode).toBe(0)
    // npm finds its registry by the machine's own settings.
    const env = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']))
    const program = startProgram('npm', ['start', '--', '--listen', '127.0.0.1:0'], {
      folder: clone,
      env,
      isGroup: true,
    })
    const [, url = ''] = await program.waitFor(/all devices, for Prometheus\s+(http:\S+)/, 110_000)
    await until('a reading', async () =>
      (await get(url)).text.includes('hearth_meter_energy_joules_total{') ? true : undefined,
    )
    await program.stop()
  },
  // This test is a part of it.
  'npm test'() {
    expect(readFileSync(join(ROOT, '.ci/run'), 'utf8')).toContain('npm test')
    expect(readFileSync(join(ROOT, 'scripts/test.sh'), 'utf8')).toContain('vitest.mjs run')
  },
  'npm ci && npm run build'() {
    expect(runOnce('npm', ['run', '--silent', 'build'], { timeoutMs: 100_000 }).exitCode).toBe(0)
  },
  // Those that make and install a release take minutes and a machine to throw away; its own tests have both.
  'npm run release'() {
    expect(readFileSync(join(ROOT, 'test/packaging/release.ts'), 'utf8')).toContain("'--silent', 'release'")
  },
  ...Object.fromEntries(
    [
      'sudo install -m 755 hearth-*-linux-x64 /usr/local/bin/hearth',
      'sudo apt install ./hearth_*_amd64.deb',
    ].map(command => [command, () => expect(INSTALL_COMMANDS).toContain(command.replace(/^sudo /, ''))]),
  ),
  async './bin/hearth read linky /dev/ttyUSB0'() {
    const { exitCode, stdout } = runOnce(HEARTH, ['read', 'linky', await meter()])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^PAPP +2610 VA$/m)
  },
  async 'LINKY_EXPORTER_INTERFACE=/dev/ttyUSB0 ./bin/hearth linky-exporter'() {
    const env = { LINKY_EXPORTER_INTERFACE: await meter(), LINKY_EXPORTER_PORT: '0' }
    await serves(['linky-exporter'], env, '/metrics', 'linky_papp{')
  },
  async './bin/hearth intergas-exporter --interface /dev/ttyUSB0'() {
    const boiler = await simulate('intergas', 'document', '--pty', join(temporaryFolder(), 'ttyUSB0'))
    await serves(
      ['intergas-exporter', '--interface', boiler.place, '--listen', '127.0.0.1:0'],
      {},
      '/',
      'intergas_up 1.0',
    )
  },
  async 'KRONOTERM_CLOUD_USER=me@example.org KRONOTERM_CLOUD_PASSWORD=secret ./bin/hearth kronoterm-cloud-relay'() {
    const cloud = await simulate('kronoterm-cloud', 'document')
    const env = {
      KRONOTERM_CLOUD_URL: cloud.place,
      KRONOTERM_CLOUD_USER: 'demo@example.org',
      KRONOTERM_CLOUD_PASSWORD: 'demo',
      KRONOTERM_RELAY_PORT: '0',
    }
    await serves(['kronoterm-cloud-relay'], env, '/metrics', 'heat_pump_pressure_bar 1.9')
  },
  async 'EMS_ESP_URL=http://ems-esp.local ./bin/hearth ems-esp'() {
    const gateway = await simulate('ems-esp', 'document')
    const env = { EMS_ESP_URL: gateway.place, EMS_ESP_PORT: '0' }
    await serves(['ems-esp'], env, '/api/boiler/metrics', 'emsesp_circmode{circuit="dhw"} 1')
  },
  async 'ISG_URL=http://servicewelt ISG_USER=me ISG_PASSWORD=secret ./bin/hearth isg_exporter'() {
    const gateway = await startGateway('document')
    const env = { ISG_URL: gateway.place, ISG_USER: 'me', ISG_PASSWORD: 'secret', EXPORTER_PORT: '0' }
    await serves(['isg_exporter'], env, '/metrics', 'isg_vorlauftemp{')
  },
  async './bin/hearth check --config hearth.yml'() {
    const { exitCode, stdout } = runOnce(HEARTH, ['check', '--config', await configuration()])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/good, 1 device$/m)
  },
  async './bin/hearth run --config hearth.yml'() {
    await serves(
      ['run', '--config', await configuration()],
      {},
      '/metrics',
      'hearth_meter_apparent_power_voltamperes{',
    )
  },
}

/** Pages whose commands change the machine: tests under test/packaging run the parts, test/migration whole pages. */
const isInstallation = (page: string) => page === 'packaging/README.md' || page.startsWith('docs/migration/')

describe('the commands of the docs', () => {
  it.each(commands().filter(({ page }) => !isInstallation(page)))('$page: $command', async ({ command }) => {
    const run = RUNS[command]
    if (!run) throw new Error(`no test runs this command: ${command}`)
    await run()
  })

  it('are all still in the docs', () => {
    const told = new Set(commands().map(({ command }) => command))
    expect(Object.keys(RUNS).filter(command => !told.has(command))).toEqual([])
  })

  it('the devices that the README only hints at are configured as it says', async () => {
    const file = await configuration()
    const secret = join(temporaryFolder(), 'kronoterm')
    writeFileSync(secret, 'secret')
    const all = readFileSync(file, 'utf8')
      .replace(/^ {2}# /gm, '  ')
      .replace('/run/secrets/kronoterm', secret)
    writeFileSync(file, all)
    const finished = runOnce(HEARTH, ['check', '--config', file], { env: { ISG_PASSWORD: 'secret' } })
    expect(finished.stdout).toMatch(/good, 5 devices$/m)
    expect(finished.exitCode).toBe(0)
  })

  it('the Prometheus example of the README is one', () => {
    const [, text = ''] = blocks('README.md', 'yaml')
    const file = join(temporaryFolder(), 'prometheus.yml')
    writeFileSync(file, text)
    expect(runOnce('promtool', ['check', 'config', file])).toMatchObject({ exitCode: 0 })
  })
})

describe('the links of the docs', () => {
  it.each(PAGES)('%s leads nowhere that does not exist', page => {
    const text = readFileSync(join(ROOT, page), 'utf8')
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(match => match[1] ?? '')
    const folder = join(ROOT, page, '..')
    expect(targets.filter(target => globSync(join(folder, target)).length === 0)).toEqual([])
  })
})
