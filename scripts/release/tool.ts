import { spawnSync } from 'node:child_process'

const MOST_OUTPUT = 64 * 1024 * 1024

/** Debian packages that bring the programs used here, for those who have not got them. */
const PACKAGES: Readonly<Record<string, string>> = {
  buildah: 'buildah',
  'dpkg-deb': 'dpkg',
  npm: 'npm',
  tar: 'tar',
  gzip: 'gzip',
}

/** A failure that is told in one line, without a stack. */
export class ReleaseError extends Error {}

/** Runs a program to its end and gives what it wrote to stdout; its words are shown only when it fails. */
export function tool(
  command: string,
  args: readonly string[],
  { env = {}, folder }: { readonly env?: Readonly<Record<string, string>>; readonly folder?: string } = {},
): string {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: MOST_OUTPUT,
    env: { ...process.env, ...env },
    ...(folder === undefined ? {} : { cwd: folder }),
  })
  if (error && 'code' in error && error.code === 'ENOENT')
    throw new ReleaseError(`${command} is missing: install the package ${PACKAGES[command] ?? command}`)
  if (error) throw new ReleaseError(`${command}: ${error.message}`)
  if (status === 0) return stdout
  throw new ReleaseError(
    `${[command, ...args].join(' ')} ended with ${status ?? signal}\n${stderr}${stdout}`.trimEnd(),
  )
}
