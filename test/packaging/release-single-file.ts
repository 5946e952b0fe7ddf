import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeFlags } from '../../scripts/release/project.ts'
import { addonOf, BLOB, FUSE } from '../../scripts/release/single-file.ts'
import { drivers } from '../../src/devices/index.ts'
import { ADDON_ASSET } from '../../src/transport/serial-addon.ts'
import { temporaryFolder } from '../support/clean-up.ts'
import { get, simulate, simulateLinky } from '../support/hearth.ts'
import { type RunningProgram, startProgram } from '../support/program.ts'
import { runOnce } from '../support/run-once.ts'
import { until } from '../support/until.ts'
import {
  CAPTURE,
  emptyRoot,
  HERE,
  inRoot,
  noteOf,
  OTHER,
  putIn,
  type Release,
  runInRoot,
  VERSION_LINE,
} from './release.ts'

/** The pseudo-terminal of a simulated meter, by the name that is the same in the root. */
async function serialPort(): Promise<string> {
  const meter = await simulateLinky('document', '--pace', '10', '--pty', join(temporaryFolder(), 'meter'))
  return realpathSync(meter.place)
}

function start(
  root: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): RunningProgram {
  const [command, args] = inRoot(root, words)
  return startProgram(command, args, { env })
}

const readPort = (root: string, port: string) => runInRoot(root, ['/hearth', 'read', 'linky', port])

/** On this machine's processor, in a root that holds nothing but its C libraries. */
export function describeSingleFile(release: () => Release): void {
  describe(`the single file for ${HERE.name}, in an empty root`, () => {
    let root: string

    beforeAll(() => {
      root = emptyRoot(release().program(HERE))
      for (const folder of ['tmp', 'dev/pts', 'etc/hearth'])
        mkdirSync(join(root, folder), { recursive: true })
    })

    it('starts, and says its version', () => {
      expect(runInRoot(root, ['/hearth', '--version'])).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(VERSION_LINE),
        stderr: '',
      })
    })

    it('reads a meter on a serial line, through the addon that is inside it', async () => {
      const port = await serialPort()
      const { exitCode, stdout } = readPort(root, port)
      expect(exitCode).toBe(0)
      expect(stdout).toMatch(/^PAPP +2610 VA$/m)

      const program = start(
        root,
        ['/hearth', 'linky-exporter', '--listen', '127.0.0.1:0', '--loglevel', 'DEBUG'],
        {
          LINKY_EXPORTER_INTERFACE: port,
        },
      )
      await program.waitFor(/serial port addon loaded from="single file/)
      const [, url = ''] = await program.waitFor(/listening on (\S+)/)
      await until('a page with values', async () => {
        const { text } = await get(`${url}/metrics`)
        return text.includes('linky_papp{') ? text : undefined
      })
      expect(readFileSync(`/proc/${program.pid}/maps`, 'utf8')).toMatch(
        new RegExp(`/tmp/hearth-\\S+/${ADDON_ASSET} \\(deleted\\)$`, 'm'),
      )
      expect(readdirSync(join(root, 'tmp'))).toEqual([])
      expect(await program.stop()).toBe(0)
    })

    it('serves HTTP, is healthy, and opens no debugger when it is asked to', async () => {
      const meter = await simulateLinky('document', '--pace', '10')
      const devices = { meter: { type: 'linky', port: meter.place } }
      writeFileSync(join(root, 'etc/hearth/hearth.yml'), JSON.stringify({ listen: '127.0.0.1:0', devices }))
      const program = start(root, ['/hearth', 'run'], {})
      const [, url = ''] = await program.waitFor(/listening.*?(http:\/\/[^\s/"]+)/)
      await until('the meter is up', async () => {
        const { text } = await get(`${url}/metrics`)
        return text.includes('hearth_device_up{device="meter"} 1') ? text : undefined
      })
      expect((await get(url)).text).toContain('<html')
      expect(runInRoot(root, ['/hearth', 'healthy', `${url}/-/healthy`]).exitCode).toBe(0)

      program.kill('SIGUSR1')
      await sleep(200)
      expect(program.stderr()).not.toContain('Debugger')
      await program.stop()
    })

    it.each(drivers.map(({ dropIn }) => dropIn))('is $name when it is called so', ({ name, helpText }) => {
      symlinkSync('hearth', join(root, name))
      const { exitCode, stdout } = runInRoot(root, [`/${name}`, '--help'])
      expect(exitCode).toBe(0)
      expect(stdout.startsWith(helpText ?? `Usage: hearth ${name} `), stdout).toBe(true)
    })
  })

  describe('the single file where nothing temporary can be written', () => {
    const warned = /serial port addon loaded from its second place from="beside the program/

    it('takes the addon beside it, and says so', async () => {
      const root = emptyRoot(release().program(HERE))
      mkdirSync(join(root, 'dev/pts'), { recursive: true })
      putIn(root, addonOf(HERE), `/${ADDON_ASSET}`)
      const port = await serialPort()
      expect(readPort(root, port)).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(/^PAPP +2610 VA$/m),
      })
      const program = start(root, ['/hearth', 'linky-exporter', '--listen', '127.0.0.1:0'], {
        LINKY_EXPORTER_INTERFACE: port,
      })
      await program.waitFor(warned)
      await program.stop()
    })

    it('takes stty where there is no addon either, and says so', async () => {
      const root = emptyRoot(release().program(HERE))
      mkdirSync(join(root, 'dev/pts'), { recursive: true })
      const port = await serialPort()
      const program = start(root, ['/hearth', 'linky-exporter', '--listen', '127.0.0.1:0'], {
        LINKY_EXPORTER_INTERFACE: port,
      })
      await program.waitFor(/serial ports are set up by stty, without a lock .* why="single file/)
      await program.waitFor(/Name a folder in \$TMPDIR/)
      await program.stop()

      putIn(root, realpathSync('/usr/bin/stty'), '/usr/bin/stty')
      chmodSync(join(root, 'usr/bin/stty'), 0o755)
      const read = readPort(root, port)
      expect(read).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^PAPP +2610 VA$/m) })
    })
  })
}

const MACHINES = { x64: 62, arm64: 183 } as const

export function describeBothFiles(release: () => Release): void {
  describe.each([HERE, OTHER])('the single file for $name', processor => {
    it('is a program for that processor, with hearth and the flags of bin/hearth inside', () => {
      const file = release().program(processor)
      const elf = readFileSync(file)
      expect(elf.toString('latin1', 1, 4)).toBe('ELF')
      expect(elf.readUInt16LE(18)).toBe(MACHINES[processor.name])
      expect(elf.includes(`${FUSE}:1`)).toBe(true)
      const blob = noteOf(file, BLOB)
      expect(blob?.includes('hearth_device_last_success_timestamp_seconds')).toBe(true)
      expect(blob?.includes(readFileSync(addonOf(processor)))).toBe(true)
      for (const flag of nodeFlags()) expect(blob?.includes(flag), flag).toBe(true)
    })

    it('holds nothing of the machine it was made on', () => {
      const blob = noteOf(release().program(processor), BLOB)
      expect(blob?.includes(process.cwd())).toBe(false)
    })
  })

  describe(`the single file for ${OTHER.name}, on an emulated processor`, () => {
    const emulator = OTHER.name === 'arm64' ? 'qemu-aarch64-static' : 'qemu-x86_64-static'
    const emulated = (...words: readonly string[]) =>
      runOnce(emulator, ['-L', `/usr/${OTHER.triplet}`, release().program(OTHER), ...words])

    it('starts, and says its version', () => {
      expect(emulated('--version')).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(VERSION_LINE),
      })
    })

    it('reads a capture as it is read here', () => {
      const words = ['read', 'linky', `file:${CAPTURE}`, '--format', 'drop-in']
      const there = emulated(...words)
      expect(there).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('linky_papp{') })
      expect(there.stdout).toBe(runOnce(release().program(HERE), words).stdout)
    })

    it('reads a serial line, through the addon that is inside it', async () => {
      const program = startProgram(
        emulator,
        [
          '-L',
          `/usr/${OTHER.triplet}`,
          release().program(OTHER),
          'linky-exporter',
          '--listen',
          '127.0.0.1:0',
        ],
        { env: { LINKY_EXPORTER_INTERFACE: await serialPort(), LINKY_EXPORTER_LOGLEVEL: 'DEBUG' } },
      )
      await program.waitFor(/serial port addon loaded from="single file/, 30_000)
      const [, url = ''] = await program.waitFor(/listening on (\S+)/)
      await until('a page with values', async () => {
        const { text } = await get(`${url}/metrics`)
        return text.includes('linky_papp{') ? text : undefined
      })
      await program.stop()
    })

    it('asks a boiler over TCP', async () => {
      const boiler = await simulate('intergas', 'document', '--pace', '10')
      expect(emulated('read', 'intergas', boiler.place).exitCode).toBe(0)
    })
  })
}
