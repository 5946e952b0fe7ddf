import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Processor } from './processors.ts'
import { lockedPackage, ROOT } from './project.ts'
import { ReleaseError, tool } from './tool.ts'

/** What npm unpacked stays here, so that it is fetched once for each version. */
const CACHE = join(ROOT, 'node_modules/.cache/hearth')

/**
 * Folder of the pinned Node for a processor (`bin/node`, `LICENSE`): the one that `npm ci` installed, or, for another
 * processor than this machine's, fetched by npm and held against the hash in the lock file.
 */
export function nodeFolder({ nodePackage }: Processor): string {
  const locked = lockedPackage(nodePackage)
  const installed = join(ROOT, locked.path)
  if (existsSync(join(installed, 'bin/node'))) return installed
  const folder = join(CACHE, `${nodePackage}-${locked.version}`)
  if (!existsSync(folder)) fetchInto(folder, `${nodePackage}@${locked.version}`, locked.integrity)
  return folder
}

function fetchInto(folder: string, wanted: string, integrity: string): void {
  mkdirSync(CACHE, { recursive: true })
  const work = mkdtempSync(join(CACHE, 'fetch-'))
  try {
    const name = tool('npm', ['pack', wanted, '--pack-destination', work, '--silent']).trim()
    const archive = join(work, name)
    checkIntegrity(archive, wanted, integrity)
    tool('tar', ['-xzf', archive, '-C', work, 'package/bin/node', 'package/LICENSE', 'package/package.json'])
    renameSync(join(work, 'package'), folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Throws unless a file has the hash of the lock file (`sha512-...`). */
export function checkIntegrity(file: string, wanted: string, integrity: string): void {
  const [, algorithm, expected] = /^(sha512)-(\S+)$/.exec(integrity) ?? []
  if (algorithm === undefined)
    throw new ReleaseError(`package-lock.json has no sha512 of ${wanted}: "${integrity}"`)
  const actual = createHash(algorithm).update(readFileSync(file)).digest('base64')
  if (actual !== expected)
    throw new ReleaseError(
      `${wanted} is not what package-lock.json names: sha512-${actual}, not ${integrity}`,
    )
}
