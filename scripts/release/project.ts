import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ReleaseError, tool } from './tool.ts'

/** The checkout. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      integrity: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
})

/** A package of the lock file. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  readonly integrity: string
  readonly license: string
  /** Its folder from the project's root: `node_modules/NAME`. */
  readonly path: string
}

/** Version of hearth. */
export function projectVersion(): string {
  const { version } = z.object({ version: z.string() }).parse(readJson('package.json'))
  return version
}

/** Everything that is installed for users: dependencies and theirs, Node for each processor included. */
export function productionPackages(): readonly LockedPackage[] {
  const { packages } = lockShape.parse(readJson('package-lock.json'))
  const found = new Map<string, LockedPackage>()
  const visit = (from: string): void => {
    const { dependencies = {}, optionalDependencies = {} } = packages[from] ?? {}
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const path = placeOf(name, from, packages)
      if (path === undefined || found.has(path)) continue
      const { version = '', integrity = '', license = 'unknown' } = packages[path] ?? {}
      found.set(path, { name, version, integrity, license, path })
      visit(path)
    }
  }
  visit('')
  return [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1))
}

/** Where Node finds a package: in the folder of who wants it, or in one above. */
function placeOf(
  name: string,
  from: string,
  packages: Readonly<Record<string, unknown>>,
): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder === '.' ? '' : folder, 'node_modules', name)
    if (path in packages) return path
    if (folder === '' || folder === '.') return undefined
  }
}

/** One package of the lock file by name; throws when it is not there. */
export function lockedPackage(name: string): LockedPackage {
  const found = productionPackages().find(each => each.path === `node_modules/${name}`)
  if (found) return found
  throw new ReleaseError(`package-lock.json does not name ${name}`)
}

/** Seconds since 1970 that everything made here is dated with: SOURCE_DATE_EPOCH, else the time of the commit. */
export function sourceDate(): number {
  const given = process.env['SOURCE_DATE_EPOCH']
  const text = given ?? tool('git', ['log', '-1', '--format=%ct'], { folder: ROOT }).trim()
  if (/^\d+$/.test(text)) return Number(text)
  throw new ReleaseError(`SOURCE_DATE_EPOCH is "${text}": it must be seconds since 1970`)
}

/** Flags that bin/hearth gives to Node: the single file and the images run with the same. */
export function nodeFlags(): readonly string[] {
  const launcher = readFileSync(join(ROOT, 'bin/hearth'), 'utf8')
  const [, flags] = /^exec "\$node" (.*) "\$bundle" "\$@"$/m.exec(launcher) ?? []
  if (flags) return flags.split(' ')
  throw new ReleaseError('bin/hearth has no line that starts Node with its flags')
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'))
}
