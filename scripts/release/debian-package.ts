import { createHash } from 'node:crypto'
import {
  chmodSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ADDON_ASSET } from '../../src/transport/serial-addon.ts'
import {
  COPYRIGHT_TEXT,
  changelogText,
  controlText,
  debianVersion,
  maintainerScript,
  ours,
  unitText,
} from './debian-texts.ts'
import { dropInNames, hasSecret, PROGRAM_NAMES } from './names.ts'
import type { Processor } from './processors.ts'
import { ROOT } from './project.ts'
import { addonOf } from './single-file.ts'
import { tool } from './tool.ts'

/** What a package is made of. */
export interface PackageParts {
  readonly version: string
  readonly processor: Processor
  /** The single file for that processor. */
  readonly program: string
  readonly notices: string
  readonly bom: string
  /** Seconds since 1970 that its files are dated with. */
  readonly date: number
}

/** Makes `hearth_VERSION_ARCH.deb` in a folder and gives its path. */
export function makeDebianPackage(parts: PackageParts, folder: string): string {
  const { version, processor, date } = parts
  const root = mkdtempSync(join(tmpdir(), 'hearth-deb-'))
  try {
    chmodSync(root, 0o755)
    stage(root, parts)
    const configured = ['/etc/hearth/hearth.yml', ...dropInNames().map(name => `/etc/default/${name}`)]
    const control: readonly [string, string, number?][] = [
      ['control', controlText(version, processor.debian, kilobytesOf(root))],
      ['conffiles', configured.map(path => `${path}\n`).join('')],
      ['md5sums', md5sumsOf(root, configured)],
      ['postinst', maintainerScript('postinst'), 0o755],
      ['prerm', maintainerScript('prerm'), 0o755],
      ['postrm', maintainerScript('postrm'), 0o755],
    ]
    for (const [name, text, mode] of control) put(root, `DEBIAN/${name}`, text, mode)
    const target = join(folder, `hearth_${debianVersion(version)}_${processor.debian}.deb`)
    // Debian since 12 and Ubuntu since 22.04 read this; a seventh larger than the quickest xz in a quarter of its time.
    tool('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z6', '--build', root, target], {
      env: { SOURCE_DATE_EPOCH: String(date) },
    })
    return target
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Links for /usr/bin lead to one program; /usr/local belongs to the owner of the machine and is left alone. */
function stage(root: string, { version, processor, program, notices, bom, date }: PackageParts): void {
  put(root, 'usr/lib/hearth/hearth', readFileSync(program), 0o755)
  put(root, `usr/lib/hearth/${ADDON_ASSET}`, readFileSync(addonOf(processor)))
  mkdirSync(join(root, 'usr/bin'), { recursive: true })
  for (const name of PROGRAM_NAMES) {
    symlinkSync('../lib/hearth/hearth', join(root, 'usr/bin', name))
    put(root, `usr/lib/systemd/system/${name}.service`, unitText(name))
  }
  put(root, 'etc/hearth/hearth.yml', ours('packaging/debian/hearth.yml'))
  for (const name of dropInNames())
    put(root, `etc/default/${name}`, ours(`packaging/default/${name}`), hasSecret(name) ? 0o640 : 0o644)
  put(root, 'usr/share/hearth/hearth.schema.json', ours('schema/hearth.schema.json'))
  for (const path of globSync('dashboards/**/*.json', { cwd: ROOT }))
    put(root, `usr/share/hearth/${path}`, ours(path))
  const doc = 'usr/share/doc/hearth'
  put(root, `${doc}/copyright`, COPYRIGHT_TEXT)
  put(root, `${doc}/NOTICES.gz`, gzip(notices))
  put(root, `${doc}/hearth.cdx.json.gz`, gzip(bom))
  put(root, `${doc}/changelog.gz`, gzip(changelogText(version, date)))
  put(root, `${doc}/CHANGELOG.md.gz`, gzip(ours('CHANGELOG.md')))
  put(root, `${doc}/deviations.md`, ours('docs/deviations.md'))
  put(root, `${doc}/examples/prometheus.yml`, ours('packaging/prometheus/prometheus.yml'))
  // Modes do not depend on the umask of whoever builds.
  for (const path of entriesOf(root))
    if (lstatSync(join(root, path)).isDirectory()) chmodSync(join(root, path), 0o755)
}

function gzip(text: string): Uint8Array {
  return gzipSync(text, { level: 9 })
}

function put(root: string, path: string, content: string | Uint8Array, mode = 0o644): void {
  const target = join(root, path)
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 })
  writeFileSync(target, content)
  chmodSync(target, mode)
}

function entriesOf(root: string): readonly string[] {
  return globSync('**/*', { cwd: root }).sort()
}

function filesOf(root: string): readonly string[] {
  return entriesOf(root).filter(path => lstatSync(join(root, path)).isFile())
}

/** Debian's rule: each file rounded up to kilobytes, everything else one. */
function kilobytesOf(root: string): number {
  const sizes = entriesOf(root).map(path => lstatSync(join(root, path)))
  return sizes.reduce((sum, entry) => sum + (entry.isFile() ? Math.ceil(entry.size / 1024) : 1), 0)
}

function md5sumsOf(root: string, without: readonly string[]): string {
  return filesOf(root)
    .filter(path => !without.includes(`/${path}`))
    .map(
      path =>
        `${createHash('md5')
          .update(readFileSync(join(root, path)))
          .digest('hex')}  ${path}\n`,
    )
    .join('')
}
