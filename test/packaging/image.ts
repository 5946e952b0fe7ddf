import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { atCleanUp, temporaryFolder } from '../support/clean-up.ts'
import { ROOT } from '../support/hearth.ts'
import { type RunningProgram, startProgram } from '../support/program.ts'
import { runOnce } from '../support/run-once.ts'

/** The images there are. */
export type ImageName =
  | 'linky-exporter'
  | 'intergas-exporter'
  | 'kronoterm-cloud-relay'
  | 'isg_exporter'
  | 'ems-esp'
  | 'hearth'

/** What an image says about running it. */
export interface ImageConfig {
  readonly user: string
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly ports: readonly string[]
  readonly labels: Readonly<Record<string, string>>
}

export interface StartOptions {
  /** In place of the command of the image. */
  readonly command?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** A file of this machine in place of the configuration file of the image. */
  readonly config?: string
}

/** An image that was built and whose program can be run in its root file system. */
export interface Image {
  readonly config: ImageConfig
  /** Its root file system, as seen from outside. */
  readonly tree: string
  /** Whether programs run as the user of the image; without root rights the assembled tree can only be run as oneself. */
  readonly runsAsItsUser: boolean
  start(options?: StartOptions): RunningProgram
}

const FOLDER = join(ROOT, 'packaging/container')
const CONFIG_PLACE = '/etc/hearth/hearth.yml'
const IS_ROOT = process.getuid?.() === 0

/**
 * Builds an image with buildah and runs it in chroot isolation; where the machine refuses that, says so and runs the
 * assembled root tree by its own loader and libraries. `HEARTH_TEST_IMAGE=tree` asks for the second.
 */
export function buildImage(name: ImageName): Image {
  const refusal = process.env['HEARTH_TEST_IMAGE'] === 'tree' ? 'HEARTH_TEST_IMAGE=tree' : refusalOfChroot()
  if (refusal === undefined) return buildahImage(name)
  console.error(
    `container tests: no chroot isolation here, running the assembled root tree instead. Reason: ${refusal}`,
  )
  return treeImage(name)
}

function openFolder(): string {
  const folder = temporaryFolder()
  // The user of the image has to find its way to the tree.
  chmodSync(folder, 0o755)
  return folder
}

/** Commands of buildah on a storage of its own. */
function buildahIn(folder: string) {
  const storage = [
    '--root',
    join(folder, 'storage'),
    '--runroot',
    join(folder, 'run'),
    '--storage-driver',
    'vfs',
  ]
  return {
    storage,
    run(args: readonly string[]): string {
      const { exitCode, stdout, stderr } = runOnce('buildah', [...storage, ...args], {
        env: { TMPDIR: folder },
      })
      if (exitCode === 0) return stdout.trim()
      throw new Error(`buildah ${args.join(' ')} ended with ${exitCode}: ${stderr}`)
    },
  }
}

/** Builds and runs the smallest image there is; undefined when that works. */
function refusalOfChroot(): string | undefined {
  const folder = openFolder()
  const buildah = buildahIn(folder)
  // The loader of the C library needs no libraries itself.
  copyFileSync(loaderOf('/'), join(folder, 'probe'))
  chmodSync(join(folder, 'probe'), 0o755)
  writeFileSync(join(folder, 'Containerfile'), 'FROM scratch\nCOPY probe /probe\n')
  try {
    buildah.run(['build', '--isolation', 'chroot', '--tag', 'probe', folder])
    buildah.run(['from', '--name', 'probe', 'probe'])
    buildah.run(['run', '--isolation', 'chroot', 'probe', '--', '/probe', '--version'])
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const inspected = z.object({
  OCIv1: z.object({
    config: z.object({
      User: z.string(),
      Entrypoint: z.array(z.string()),
      Cmd: z.array(z.string()).nullish(),
      ExposedPorts: z.record(z.string(), z.unknown()),
      Labels: z.record(z.string(), z.string()),
    }),
  }),
})

function buildahImage(name: string): Image {
  const folder = openFolder()
  const buildah = buildahIn(folder)
  const built = runOnce('sh', [join(FOLDER, 'build.sh'), name], {
    env: {
      TMPDIR: folder,
      CONTAINER_BUILD: ['buildah', ...buildah.storage, 'build', '--isolation', 'chroot'].join(' '),
    },
  })
  if (built.exitCode !== 0) throw new Error(`build.sh ended with ${built.exitCode}: ${built.stderr}`)
  const { config } = inspected.parse(JSON.parse(buildah.run(['inspect', '--type', 'image', name]))).OCIv1
  let made = 0

  function start({ command = config.Cmd ?? [], env = {}, config: file }: StartOptions = {}): RunningProgram {
    made += 1
    const container = buildah.run(['from', '--name', `${name}-${made}`, name])
    return startProgram('buildah', [
      ...buildah.storage,
      'run',
      '--isolation',
      'chroot',
      ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
      ...(file === undefined ? [] : ['--volume', `${file}:${CONFIG_PLACE}:ro`]),
      container,
      '--',
      ...config.Entrypoint,
      ...command,
    ])
  }

  buildah.run(['from', '--name', `${name}-tree`, name])
  const tree = buildah.run(['mount', `${name}-tree`])
  atCleanUp(() => buildah.run(['rm', '--all']))
  return {
    config: {
      user: config.User,
      entrypoint: config.Entrypoint,
      command: config.Cmd ?? [],
      ports: Object.keys(config.ExposedPorts),
      labels: config.Labels,
    },
    tree,
    runsAsItsUser: true,
    start,
  }
}

function treeImage(name: string): Image {
  const folder = openFolder()
  const assembled = runOnce('sh', [join(FOLDER, 'assemble.sh'), join(folder, 'image')])
  if (assembled.exitCode !== 0) throw new Error(`assemble.sh ended: ${assembled.stderr}`)
  const tree = join(folder, 'image/root')
  // What the Containerfile does with the state folder.
  mkdirSync(join(tree, 'var/lib/hearth'), { recursive: true })
  const config = configOf(name)
  const [uid = '', gid = ''] = config.user.split(':')
  const asUser = IS_ROOT ? ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'] : []
  const libraries = libraryFolders(tree)

  function start({ command = config.command, env = {}, config: file }: StartOptions = {}): RunningProgram {
    const [node = '', ...rest] = config.entrypoint
    const [first = '', ...args] = [
      ...asUser,
      loaderOf(tree),
      '--library-path',
      libraries.join(':'),
      join(tree, node),
      ...rest.map(word => (word.startsWith('/') ? join(tree, word) : word)),
      ...command,
    ]
    return startProgram(first, args, {
      env: { ...env, ...(file === undefined ? {} : { HEARTH_CONFIG: file }) },
    })
  }

  return { config, tree, runsAsItsUser: IS_ROOT, start }
}

/** What the Containerfile says about the image of this name. */
function configOf(name: string): ImageConfig {
  const text = readFileSync(join(FOLDER, 'Containerfile'), 'utf8').replaceAll('\\\n', '')
  const [base = '', ...others] = text.split(/^FROM /m).slice(1)
  const stage = `${base}${others.find(other => other.includes(`AS ${name}\n`)) ?? ''}`
  // The last one holds: a stage may say again what its base says.
  const word = (instruction: string) =>
    [...stage.matchAll(new RegExp(`^${instruction} (.*)$`, 'gm'))].at(-1)?.[1] ?? ''
  const words = z.array(z.string())
  return {
    user: word('USER'),
    entrypoint: words.parse(JSON.parse(word('ENTRYPOINT'))),
    command: words.parse(JSON.parse(word('CMD'))),
    ports: [`${word('EXPOSE')}/tcp`],
    labels: Object.fromEntries(
      [...stage.matchAll(/(org\.opencontainers\.\S+?)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    ),
  }
}

/** Where the psABI puts the loader: the path that is written in every program. */
function loaderOf(root: string): string {
  return join(root, process.arch === 'arm64' ? 'lib/ld-linux-aarch64.so.1' : 'lib64/ld-linux-x86-64.so.2')
}

function libraryFolders(tree: string): string[] {
  const files = filesOf(tree).filter(path => /\.so\.\d+$/.test(path))
  return [...new Set(files.map(path => join(tree, path, '..')))]
}

/** Paths of all regular files, relative to the tree. */
export function filesOf(tree: string): string[] {
  return readdirSync(tree, { recursive: true, encoding: 'utf8' }).filter(path =>
    statSync(join(tree, path)).isFile(),
  )
}
