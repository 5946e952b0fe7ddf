import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PROCESSORS, type Processor } from '../../scripts/release/processors.ts'
import { projectVersion } from '../../scripts/release/project.ts'
import { atCleanUp } from '../support/clean-up.ts'
import { ROOT } from '../support/hearth.ts'
import { type Finished, runOnce } from '../support/run-once.ts'

export const VERSION = projectVersion()

const [first, second] = PROCESSORS
if (!first || !second) throw new Error('two processors are expected')
/** This machine's processor, and the other one. */
export const [HERE, OTHER]: readonly [Processor, Processor] =
  process.arch === 'arm64' ? [second, first] : [first, second]

/** Where to find the parts of a release that a test has made. */
export interface Release {
  readonly folder: string
  readonly program: (processor: Processor) => string
  readonly debian: (processor: Processor) => string
}

/** Runs `npm run release` into a folder of its own; images come later, they are tested one by one. */
export function makeRelease(): Release {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-release-test-'))
  atCleanUp(() => rmSync(folder, { recursive: true, force: true }))
  const made = runOnce('npm', ['run', '--silent', 'release', '--', '--out', folder, '--without', 'images'], {
    // npm fetches the other processor's Node by the machine's own settings.
    env: Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? ''])),
    timeoutMs: 300_000,
  })
  if (made.exitCode !== 0) throw new Error(`npm run release ended with ${made.exitCode}: ${made.stderr}`)
  return {
    folder,
    program: ({ name }) => join(folder, `hearth-${VERSION}-linux-${name}`),
    debian: ({ debian }) => join(folder, `hearth_${VERSION}_${debian}.deb`),
  }
}

/** The version that `hearth --version` prints, with the commit. */
export const VERSION_LINE = new RegExp(`^hearth ${VERSION.replaceAll('.', '\\.')} \\(\\w+\\)$`, 'm')

/** Shared libraries of a program of this machine, as its loader finds them. */
function librariesOf(program: string): readonly string[] {
  const { stdout } = runOnce('ldd', [program])
  return [...stdout.matchAll(/(?:^\s*|=> )(\/\S+) \(0x/gm)].map(([, path]) => path ?? '')
}

/** A root with a program and the C libraries that it names, and nothing else: no shell, no /dev, no /proc. */
export function emptyRoot(program: string): string {
  const root = mkdtempSync(join(tmpdir(), 'hearth-root-'))
  atCleanUp(() => rmSync(root, { recursive: true, force: true }))
  putIn(root, program, '/hearth')
  for (const library of librariesOf(program)) putIn(root, library, library)
  return root
}

/** Copies a file into a root. */
export function putIn(root: string, file: string, path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  copyFileSync(file, join(root, path))
}

/**
 * The words that run a program in a root, with the pseudo-terminals of this machine in it when it has a /dev/pts.
 * Root may do that; others become root of a namespace of their own.
 */
export function inRoot(root: string, words: readonly string[]): readonly [string, string[]] {
  const own = process.getuid?.() === 0 ? ['-m'] : ['-r', '-m']
  const script = '[ ! -d "$0/dev/pts" ] || mount --rbind /dev/pts "$0/dev/pts"; exec chroot "$0" "$@"'
  return ['unshare', [...own, 'sh', '-c', script, root, ...words]]
}

/** Runs a program in a root to its end. */
export function runInRoot(root: string, words: readonly string[]): Finished {
  return runOnce(...inRoot(root, words))
}

/** A recorded capture of a Linky meter, and one of a boiler. */
export const CAPTURE = join(ROOT, 'src/devices/linky/fixtures/document.good.bin')

/** What the notes of an ELF file hold under a name; undefined where there is none. */
export function noteOf(file: string, wanted: string): Buffer | undefined {
  const elf = readFileSync(file)
  const NOTE = 4
  const start = Number(elf.readBigUInt64LE(32))
  const size = elf.readUInt16LE(54)
  for (let header = start; header < start + size * elf.readUInt16LE(56); header += size) {
    if (elf.readUInt32LE(header) !== NOTE) continue
    const first = Number(elf.readBigUInt64LE(header + 8))
    const end = first + Number(elf.readBigUInt64LE(header + 32))
    // Size of the name, size of the data, type, name, data; each is filled up to a multiple of four.
    for (let note = first; note < end; ) {
      const nameSize = elf.readUInt32LE(note)
      const dataSize = elf.readUInt32LE(note + 4)
      const data = note + 12 + filled(nameSize)
      if (elf.toString('latin1', note + 12, note + 12 + nameSize).replace('\0', '') === wanted)
        return elf.subarray(data, data + dataSize)
      note = data + filled(dataSize)
    }
  }
  return undefined
}

function filled(size: number): number {
  return Math.ceil(size / 4) * 4
}
