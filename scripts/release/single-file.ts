import { chmodSync, copyFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ADDON_ASSET } from '../../src/transport/serial-addon.ts'
import { nodeFolder } from './node-binary.ts'
import { ADDON_PACKAGE, type Processor } from './processors.ts'
import { lockedPackage, nodeFlags, ROOT } from './project.ts'
import { ReleaseError, tool } from './tool.ts'

/** The word in the Node binary whose last digit says whether a program is inside. */
export const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'
/** The name under which Node looks for the program inside itself. */
export const BLOB = 'NODE_SEA_BLOB'

const MAIN = 'single-file-main.cjs'

/** Path of the addon's binary for a processor. */
export function addonOf({ addon }: Processor): string {
  return join(ROOT, 'node_modules', ADDON_PACKAGE, addon)
}

/**
 * Puts the bundle with its parts, the flags of bin/hearth and the addon into Node's own binary.
 * Made by the same version as the target, which reads the blob; without a code cache, which is for one processor only.
 */
export function makeSingleFile(processor: Processor, target: string): void {
  const { version } = lockedPackage(processor.nodePackage)
  if (process.version !== `v${version}`)
    throw new ReleaseError(
      `this is Node ${process.version} and the single file is to hold ${version}: run npm ci`,
    )
  const work = mkdtempSync(join(tmpdir(), 'hearth-release-'))
  try {
    const blob = join(work, 'blob')
    writeFileSync(
      join(work, 'sea.json'),
      JSON.stringify({
        // The path is kept in the file: it must not tell where that was made.
        main: MAIN,
        output: blob,
        disableExperimentalSEAWarning: true,
        useCodeCache: false,
        execArgv: nodeFlags(),
        assets: { ...programFiles(), [ADDON_ASSET]: addonOf(processor) },
      }),
    )
    tool(process.execPath, ['--experimental-sea-config', join(work, 'sea.json')], {
      folder: join(ROOT, 'scripts/release'),
    })
    // Before the program is put in: afterwards strip breaks the file.
    strip(processor, join(nodeFolder(processor), 'bin/node'), target)
    chmodSync(target, 0o755)
    const postject = join(ROOT, 'node_modules/postject/dist/cli.js')
    tool(process.execPath, [postject, target, BLOB, blob, '--sentinel-fuse', FUSE])
    if (!readFileSync(target).includes(`${FUSE}:1`))
      throw new ReleaseError(`${target}: the program is not inside`)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The bundle and its parts, by their paths below dist. */
function programFiles(): Readonly<Record<string, string>> {
  const dist = join(ROOT, 'dist')
  const names = ['hearth.cjs', ...globSync('parts/*.cjs', { cwd: dist }).sort()]
  return Object.fromEntries(names.map(name => [name, join(dist, name)]))
}

/** Copies a program without the names of its parts, a sixth of its size. The system's own strip may know one processor only. */
function strip({ triplet }: Processor, source: string, target: string): void {
  for (const program of [`${triplet}-strip`, 'strip', 'llvm-strip']) {
    try {
      tool(program, ['-o', target, source])
      return
    } catch (error) {
      if (!(error instanceof ReleaseError)) throw error
    }
  }
  copyFileSync(source, target)
  console.error(
    `release: no strip for ${triplet} (package binutils-${triplet.replace('_', '-')}): the file is larger`,
  )
}
