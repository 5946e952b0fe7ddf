import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { EMS_ESP_COMMAND } from '../../src/devices/ems-esp/command.ts'
import { INTERGAS_COMMAND } from '../../src/devices/intergas/command.ts'
import { KRONOTERM_COMMAND } from '../../src/devices/kronoterm-cloud/command.ts'
import { LINKY_COMMAND } from '../../src/devices/linky/command.ts'
import { ISG_COMMAND } from '../../src/devices/stiebel-isg/command.ts'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { ROOT } from '../support/hearth.ts'
import { runOnce } from '../support/run-once.ts'

/** Exposure by systemd's own count, in tenths. A unit without any hardening has 9.6; these have 1.8 by systemd 252. */
const MOST_EXPOSURE_TENTHS = 20

const UNITS = [
  { unit: 'hearth.service', hasPorts: true, programs: ['/usr/local/bin/hearth', '/bin/kill'] },
  { unit: 'linky-exporter.service', hasPorts: true, programs: ['/usr/local/bin/linky-exporter'] },
  { unit: 'intergas-exporter.service', hasPorts: true, programs: ['/usr/local/bin/intergas-exporter'] },
  {
    unit: 'kronoterm-cloud-relay.service',
    hasPorts: false,
    programs: ['/usr/local/bin/kronoterm-cloud-relay'],
  },
  { unit: 'isg_exporter.service', hasPorts: false, programs: ['/usr/local/bin/isg_exporter'] },
  { unit: 'ems-esp.service', hasPorts: false, programs: ['/usr/local/bin/ems-esp'] },
]

afterAll(cleanUp)

const pathOf = (unit: string) => join(ROOT, 'packaging/systemd', unit)

/** A root with systemd's own units, the programs that a unit starts, and the unit. */
function stagedRoot(unit: string, text: string, programs: readonly string[]): string {
  const root = temporaryFolder()
  cpSync('/usr/lib/systemd/system', join(root, 'usr/lib/systemd/system'), {
    recursive: true,
    verbatimSymlinks: true,
  })
  stage(root, `/etc/systemd/system/${unit}`, text, 0o644)
  for (const program of programs) stage(root, program, '#!/bin/sh\n', 0o755)
  return root
}

function stage(root: string, path: string, content: string, mode: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
  chmodSync(join(root, path), mode)
}

function verify(unit: string, text: string, programs: readonly string[]) {
  const root = stagedRoot(unit, text, programs)
  return runOnce('systemd-analyze', ['verify', '--man=no', `--root=${root}`, unit])
}

describe.each(UNITS)('$unit', ({ unit, programs }) => {
  const text = readFileSync(pathOf(unit), 'utf8')

  it('passes systemd-analyze verify without a word', () => {
    const { exitCode, stdout, stderr } = verify(unit, text, programs)
    expect({ exitCode, words: stdout + stderr }).toEqual({ exitCode: 0, words: '' })
  })

  it('would not pass with a program that is not there, or a key that systemd does not know', () => {
    expect(verify(unit, text, []).exitCode).not.toBe(0)
    expect(verify(unit, text.replace('NoNewPrivileges', 'NoNewPrivilege'), programs).stderr).toContain(
      'Unknown key',
    )
  })

  it('is hardened', () => {
    const security = ['security', '--no-pager', '--offline=true']
    const { exitCode, stdout } = runOnce('systemd-analyze', [
      ...security,
      `--threshold=${MOST_EXPOSURE_TENTHS}`,
      pathOf(unit),
    ])
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 })
    const stricter = runOnce('systemd-analyze', [...security, '--threshold=10', pathOf(unit)])
    expect(stricter.exitCode).not.toBe(0)
  })

  it('lets V8 make machine code', () => {
    expect(text).not.toMatch(/^MemoryDenyWriteExecute=/m)
  })
})

describe.each(UNITS.filter(({ hasPorts }) => hasPorts))(
  '$unit, whose devices are on serial ports',
  ({ unit }) => {
    const text = readFileSync(pathOf(unit), 'utf8')

    it('may open serial ports, also those whose driver is loaded later', () => {
      const allowed = [...text.matchAll(/^DeviceAllow=char-(\S+) rw$/gm)].map(([, device]) => device)
      expect(allowed).toEqual(['ttyUSB', '188', 'ttyACM', '166', 'ttyAMA', '204', 'ttyS', '4'])
      expect(text).toMatch(/^SupplementaryGroups=dialout$/m)
      expect(text).not.toMatch(/^PrivateDevices=/m)
    })
  },
)

describe.each(UNITS.filter(({ hasPorts }) => !hasPorts))(
  '$unit, whose devices are on the network',
  ({ unit }) => {
    const text = readFileSync(pathOf(unit), 'utf8')

    it('may open no device', () => {
      expect(text).toMatch(/^PrivateDevices=yes$/m)
      expect(text).not.toMatch(/^(DeviceAllow|SupplementaryGroups)=/m)
    })
  },
)

/** Files of variables; `unused` ones are accepted and do nothing. Where some are `needed`, so is the file. */
const DEFAULTS = [
  { command: LINKY_COMMAND, unused: ['LINKY_SOCAT_FILE'], needed: [] },
  { command: INTERGAS_COMMAND, unused: [], needed: [] },
  { command: KRONOTERM_COMMAND, unused: ['LOGGING_CONFIG'], needed: [] },
  { command: EMS_ESP_COMMAND, unused: [], needed: [] },
  { command: ISG_COMMAND, unused: [], needed: ['ISG_URL', 'ISG_USER', 'ISG_PASSWORD'] },
].map(each => ({ ...each, name: each.command.name }))

describe.each(DEFAULTS)('/etc/default/$name', ({ name, command, unused, needed }) => {
  const text = readFileSync(join(ROOT, 'packaging/default', name), 'utf8')
  const shown = new Map(
    [...text.matchAll(/^#?([A-Z_0-9]+)=(.*)$/gm)].map(([, key = '', value]) => [key, value]),
  )

  it('shows every variable of the command that does something, with its default', () => {
    const known = command.options.filter(({ env }) => env !== undefined && !unused.some(each => each === env))
    const variables = [command.portEnv, ...known.map(({ env }) => env)]
    expect([...shown.keys()].sort()).toEqual(variables.sort())
    for (const { env, default: preset } of known) {
      if (preset !== undefined) expect(shown.get(env ?? ''), env).toBe(preset)
    }
    expect(shown.get(command.portEnv ?? '')).toBe(String(command.defaultPort))
  })

  it('changes nothing until somebody edits it', () => {
    expect(text.split('\n').filter(line => line !== '' && !line.startsWith('#'))).toEqual([])
  })

  it('says what is needed', () => {
    for (const env of needed) expect([...shown.keys()]).toContain(env)
    if (needed.length > 0) expect(text).toMatch(/ needed\./)
  })

  it('is what the unit reads', () => {
    expect(readFileSync(pathOf(`${name}.service`), 'utf8')).toContain(
      `EnvironmentFile=${needed.length > 0 ? '' : '-'}/etc/default/${name}\nExecStart=/usr/local/bin/${name}\n`,
    )
  })
})
