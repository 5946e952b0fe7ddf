import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { debianVersion } from '../../scripts/release/debian-texts.ts'
import { dropInNames, hasSecret, PROGRAM_NAMES } from '../../scripts/release/names.ts'
import { drivers } from '../../src/devices/index.ts'
import { temporaryFolder } from '../support/clean-up.ts'
import { type Finished, runOnce } from '../support/run-once.ts'
import { installCommands } from './install-commands.ts'
import { HERE, OTHER, type Release, VERSION, VERSION_LINE } from './release.ts'
import { inThrowAwaySystem } from './throw-away-system.ts'

const UNITS = PROGRAM_NAMES.map(name => `${name}.service`)
const CONFFILES = ['/etc/hearth/hearth.yml', ...dropInNames().map(name => `/etc/default/${name}`)]

const deb = (...args: readonly string[]) => {
  const { exitCode, stdout, stderr } = runOnce('dpkg-deb', args)
  if (exitCode !== 0) throw new Error(`dpkg-deb ${args.join(' ')}: ${stderr}`)
  return stdout
}

export function describeDebian(release: () => Release): void {
  describe.each([HERE, OTHER])('the Debian package for $debian', processor => {
    let root: string
    let control: string

    beforeAll(() => {
      root = temporaryFolder()
      deb('--raw-extract', release().debian(processor), root)
      control = join(root, 'DEBIAN')
    })

    const textOf = (path: string) => readFileSync(join(root, path), 'utf8')
    const files = () =>
      readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter(path => !path.startsWith('DEBIAN') && !lstatSync(join(root, path)).isDirectory())
        .map(path => `/${path}`)
        .sort()

    it('says what it is', () => {
      const field = (name: string) => deb('--field', release().debian(processor), name).trim()
      expect(field('Package')).toBe('hearth')
      expect(field('Version')).toBe(VERSION)
      expect(field('Architecture')).toBe(processor.debian)
      expect(field('Maintainer')).toMatch(/^.+ <\S+@\S+>$/)
      const used = files().reduce((sum, path) => sum + lstatSync(join(root, path)).size / 1024, 0)
      expect(Number(field('Installed-Size')) / used).toBeCloseTo(1, 1)
      const description = field('Description')
      for (const name of dropInNames()) expect(description).toContain(name)
      expect(description.split('\n')[0]?.length).toBeLessThan(80)
    })

    it('needs no newer libraries than it says', () => {
      const { stdout } = runOnce('readelf', ['--version-info', '--wide', join(root, 'usr/lib/hearth/hearth')])
      const newest = (library: string) =>
        Math.max(
          ...[...stdout.matchAll(new RegExp(`\\b${library}_\\d+\\.(?:\\d+\\.)?(\\d+)\\b`, 'g'))].map(m =>
            Number(m[1]),
          ),
        )
      // libc6 2.28; GLIBCXX_3.4.21 came with libstdc++6 5.
      expect(newest('GLIBC')).toBeLessThanOrEqual(28)
      expect(newest('GLIBCXX')).toBeLessThanOrEqual(21)
      expect(textOf('DEBIAN/control')).toContain('libc6 (>= 2.28), libgcc-s1 (>= 3.0), libstdc++6 (>= 5.2)')
    })

    it('holds the program, a link and a unit for each of its names, and papers', () => {
      const expected = [
        ...CONFFILES,
        '/usr/lib/hearth/hearth',
        '/usr/lib/hearth/hearth-serialport.node',
        ...PROGRAM_NAMES.map(name => `/usr/bin/${name}`),
        ...UNITS.map(unit => `/usr/lib/systemd/system/${unit}`),
        ...['copyright', 'changelog.gz', 'NOTICES.gz', 'hearth.cdx.json.gz'].map(
          name => `/usr/share/doc/hearth/${name}`,
        ),
        '/usr/share/hearth/hearth.schema.json',
      ]
      expect(files()).toEqual(expect.arrayContaining(expected))
      for (const name of PROGRAM_NAMES)
        expect(readlinkSync(join(root, 'usr/bin', name))).toBe('../lib/hearth/hearth')
    })

    it('leaves /usr/local, /lib and /opt alone; everything is of root and nobody else may write it', () => {
      const lines = deb('--contents', release().debian(processor)).trim().split('\n')
      for (const line of lines) {
        const [mode = '', owner, , , , path = ''] = line.split(/\s+/)
        expect(owner, path).toBe('root/root')
        const secret = dropInNames().some(name => hasSecret(name) && path === `./etc/default/${name}`)
        expect(mode, path).toMatch(
          secret ? /^-rw-r-----$/ : /^(drwxr-xr-x|-rwxr-xr-x|-rw-r--r--|lrwxrwxrwx)$/,
        )
        expect(path).toMatch(/^\.\/($|etc\/|usr\/($|bin\/|lib\/|share\/))/)
      }
    })

    it('knows the checksum of every file that nobody is to edit', () => {
      const sums = new Map(
        [...textOf('DEBIAN/md5sums').matchAll(/^([0-9a-f]{32}) {2}(\S+)$/gm)].map(m => [`/${m[2]}`, m[1]]),
      )
      const plain = files().filter(path => lstatSync(join(root, path)).isFile() && !CONFFILES.includes(path))
      expect([...sums.keys()].sort()).toEqual(plain)
      for (const path of plain)
        expect(
          createHash('md5')
            .update(readFileSync(join(root, path)))
            .digest('hex'),
          path,
        ).toBe(sums.get(path))
      expect(textOf('DEBIAN/conffiles').trim().split('\n')).toEqual(CONFFILES)
    })

    it('has scripts that a shell understands and that name every unit', () => {
      for (const name of ['postinst', 'prerm', 'postrm']) {
        expect(lstatSync(join(control, name)).mode & 0o777, name).toBe(0o755)
        expect(runOnce('sh', ['-n', join(control, name)]), name).toMatchObject({ exitCode: 0, stderr: '' })
        expect(textOf(`DEBIAN/${name}`)).not.toMatch(/@\w+@/)
        expect(textOf(`DEBIAN/${name}`)).toMatch(/^set -e$/m)
      }
      for (const unit of UNITS) expect(textOf('DEBIAN/prerm')).toContain(unit)
    })

    it('has units that systemd accepts and that start what the package brings', () => {
      const system = temporaryFolder()
      cpSync('/usr/lib/systemd/system', join(system, 'usr/lib/systemd/system'), {
        recursive: true,
        verbatimSymlinks: true,
      })
      cpSync(join(root, 'usr'), join(system, 'usr'), { recursive: true, verbatimSymlinks: true })
      mkdirSync(join(system, 'bin'))
      writeFileSync(join(system, 'bin/kill'), '#!/bin/sh\n', { mode: 0o755 })
      const { exitCode, stdout, stderr } = runOnce('systemd-analyze', [
        'verify',
        '--man=no',
        `--root=${system}`,
        ...UNITS,
      ])
      expect({ exitCode, words: stdout + stderr }).toEqual({ exitCode: 0, words: '' })
      for (const name of PROGRAM_NAMES) {
        const unit = textOf(`usr/lib/systemd/system/${name}.service`)
        expect(unit).toMatch(new RegExp(`^ExecStart=/usr/bin/${name}( |$)`, 'm'))
        expect(unit).toMatch(/^SupplementaryGroups=dialout$|^User=hearth$|^PrivateDevices=yes$/m)
        expect(unit).not.toContain('/usr/local')
        expect(unit).not.toContain('checkout')
      }
    })
  })

  it('a version before a release sorts before it', () => {
    expect(debianVersion('1.0.0-rc.1')).toBe('1.0.0~rc.1')
    expect(debianVersion('1.0.0')).toBe('1.0.0')
    expect(runOnce('dpkg', ['--compare-versions', debianVersion('1.0.0-rc.1'), 'lt', '1.0.0']).exitCode).toBe(
      0,
    )
  })

  describe('installing as the README says', () => {
    let steps: ReadonlyMap<string, Finished>
    const at = (step: string) => steps.get(step) ?? { exitCode: null, stdout: '', stderr: 'no such step' }
    const [copy = '', install = ''] = installCommands()

    beforeAll(() => {
      const again = `dpkg --install ${install.split(' ').at(-1)}`
      const states = `systemctl is-enabled ${UNITS.join(' ')}`
      const todo: readonly (readonly [string, string])[] = [
        ['copy', copy],
        ['copied', 'cd / && /usr/local/bin/hearth --version; rm /usr/local/bin/hearth'],
        ['install', install.replace('apt install', 'apt-get install --yes')],
        ['verify', 'dpkg --verify hearth'],
        ['version', 'hearth --version'],
        [
          'names',
          dropInNames()
            .map(name => `${name} --help | head -1`)
            .join('; '),
        ],
        ['user', 'id hearth; stat -c "%a %U:%G" /etc/hearth/hearth.yml'],
        ['units', states],
        ['check', 'hearth check --config /etc/hearth/hearth.yml'],
        [
          'uncommented',
          "sed -i 's/^#  /  /' /etc/hearth/hearth.yml && hearth check --config /etc/hearth/hearth.yml",
        ],
        ['again', `chmod 644 /etc/hearth/hearth.yml; ${again}`],
        ['kept', 'grep -c "^  meter:" /etc/hearth/hearth.yml; stat -c %a /etc/hearth/hearth.yml'],
        ['enable', `systemctl enable hearth.service; ${states}`],
        [
          'remove',
          'dpkg --remove hearth; ls /usr/bin/hearth /usr/lib/hearth; ls /etc/systemd/system/multi-user.target.wants',
        ],
        [
          'purge',
          `mkdir -p /var/lib/hearth; dpkg --purge hearth; ls ${CONFFILES.join(' ')} /etc/hearth /var/lib/hearth`,
        ],
      ]
      const results = inThrowAwaySystem(
        [release().program(HERE), release().debian(HERE)],
        todo.map(([, line]) => line),
      )
      steps = new Map(
        todo.map(([name], i) => [name, results[i] ?? { exitCode: null, stdout: '', stderr: '' }]),
      )
    }, 200_000)

    it('the single file is one command', () => {
      expect(at('copy')).toMatchObject({ exitCode: 0, stderr: '' })
      expect(at('copied').stdout).toMatch(VERSION_LINE)
    })

    it('the package is one command, and says what to do next', () => {
      expect(at('install').exitCode, at('install').stderr).toBe(0)
      expect(at('install').stdout).toContain('then: systemctl enable --now hearth')
      expect(at('verify')).toMatchObject({ exitCode: 0, stdout: '' })
      expect(at('version').stdout).toMatch(VERSION_LINE)
      expect(at('names').stdout.trim().split('\n')).toEqual(
        drivers.map(
          ({ dropIn: { name, helpText } }) =>
            helpText?.split('\n', 1)[0] ?? `Usage: hearth ${name} [options]`,
        ),
      )
    })

    it('the service has a user in the group of serial ports, which alone reads the configuration', () => {
      expect(at('user').stdout).toMatch(/^uid=\d+\(hearth\).*\(dialout\)/)
      expect(at('user').stdout).toMatch(/^640 root:hearth$/m)
    })

    it('enables nothing', () => {
      expect(at('units').stdout.trim().split('\n')).toEqual(UNITS.map(() => 'disabled'))
    })

    it('the configuration says that it wants a device, and is good once the examples are taken', () => {
      expect(at('check').exitCode).toBe(1)
      expect(at('check').stderr).toMatch(/^\/etc\/hearth\/hearth\.yml:\d+:\d+: devices/m)
      expect(at('uncommented')).toMatchObject({ exitCode: 0, stderr: '' })
    })

    it('installing it again keeps what was changed', () => {
      expect(at('again').exitCode, at('again').stderr).toBe(0)
      expect(at('kept').stdout).toBe('1\n644\n')
      expect(at('enable').stdout.trim().split('\n')).toEqual(
        UNITS.map(unit => (unit === 'hearth.service' ? 'enabled' : 'disabled')),
      )
    })

    it('goes without a trace', () => {
      expect(at('remove').stderr).toMatch(/'\/usr\/bin\/hearth': No such file/)
      expect(at('remove').stderr).toMatch(/'\/usr\/lib\/hearth': No such file/)
      expect(at('remove').stdout).not.toContain('hearth.service')
      const gone = at('purge').stderr.match(/No such file/g) ?? []
      expect(gone.length, at('purge').stderr).toBe(CONFFILES.length + 2)
    })

    it('left this machine alone', () => {
      expect(existsSync('/usr/lib/hearth')).toBe(false)
    })
  })
}
