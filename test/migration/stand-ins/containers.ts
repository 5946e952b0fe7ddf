import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { imageOf } from './images.ts'
import { end, isRunning, refuse, startDetached } from './processes.ts'

const FILE = '/var/lib/stand-in-containers.json'
/** The assembled tree of all images. */
const TREE = '/images/root'
/** Devices and files of a machine that every container has. */
const GIVEN = ['/dev/null', '/dev/zero', '/dev/urandom', '/etc/hosts', '/etc/resolv.conf']

const container = z.object({
  id: z.string(),
  name: z.string(),
  image: z.string(),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
  /** Device of the machine and its name inside. */
  devices: z.array(z.tuple([z.string(), z.string()])),
  ports: z.array(z.string()),
  user: z.string().optional(),
  isReadOnly: z.boolean(),
  pid: z.number().optional(),
})
export type Container = z.infer<typeof container>
const shape = z.object({ isLoaded: z.boolean(), containers: z.array(container) })
type State = z.infer<typeof shape>

export function readState(): State {
  if (!existsSync(FILE)) return { isLoaded: false, containers: [] }
  return shape.parse(JSON.parse(readFileSync(FILE, 'utf8')))
}

export function writeState(state: State): void {
  mkdirSync(dirname(FILE), { recursive: true })
  writeFileSync(FILE, JSON.stringify(state))
}

export function find(state: State, word: string): Container {
  return (
    state.containers.find(({ id, name }) => id === word || name === word) ??
    refuse(`Error response from daemon: No such container: ${word}`)
  )
}

export const isUp = ({ pid }: Container) => pid !== undefined && isRunning(pid)

export async function stop(each: Container): Promise<void> {
  if (each.pid !== undefined) await end(each.pid)
}

/** A container that was not there before; its program runs. */
export function create(state: State, wanted: Omit<Container, 'id' | 'pid'>): Container {
  if (state.containers.some(({ name }) => name === wanted.name))
    refuse(`docker: Error response from daemon: Conflict. The container name "${wanted.name}" is in use.`)
  const made = { ...wanted, id: randomBytes(6).toString('hex') }
  state.containers.push(made)
  start(state, made)
  return made
}

/** Starts the program of a container in a root of its own, as its user. */
export function start(state: State, each: Container): void {
  const log = `/var/log/machine/${each.id}.log`
  if (each.image === 'original') {
    each.pid = startDetached(['/usr/local/bin/original', ...each.args], {}, log)
    return
  }
  const image = state.isLoaded ? imageOf(nameOf(each)) : undefined
  if (!image) refuse(`Unable to find image '${each.image}' locally`)
  // Ports of the machine are the container's own here: another number could not be reached.
  for (const port of each.ports)
    if (port !== `${image.port}:${image.port}`)
      refuse(`-p ${port}: this stand-in maps ${image.port} to itself`)
  const command = each.args.length > 0 ? each.args : image.command
  const words = inside(each, rootOf(each), [...image.entrypoint, ...command])
  each.pid = startDetached(words, { ...image.env, ...each.env }, log)
}

/** Runs a program beside that of a container, to its end. */
export function execute(each: Container, words: readonly string[]): number {
  if (!isUp(each)) refuse(`container ${each.name} is not running`)
  const [command = '', ...args] = inside(each, rootOf(each), words)
  return spawnSync(command, args, { env: each.env, stdio: 'inherit' }).status ?? 1
}

function inside(each: Container, root: string, words: readonly string[]): readonly string[] {
  const [uid = '', gid = ''] = (each.user ?? imageOf(nameOf(each))?.user ?? '').split(':')
  return ['/usr/sbin/chroot', `--userspec=${uid}:${gid}`, '--groups=', root, ...words]
}

const nameOf = ({ image }: Container) => image.replace(/:latest$/, '')

function rootOf(each: Container): string {
  const folder = `/run/containers/${each.id}`
  const root = join(folder, 'root')
  if (existsSync(root)) return root
  for (const name of ['upper', 'work', 'root']) mkdirSync(join(folder, name), { recursive: true })
  const layers = `lowerdir=${TREE},upperdir=${folder}/upper,workdir=${folder}/work`
  mount('-t', 'overlay', 'overlay', '-o', layers, root)
  mkdirSync(join(root, 'proc'), { recursive: true })
  mount('-t', 'proc', 'proc', join(root, 'proc'))
  mkdirSync(join(root, 'var/lib/hearth'), { recursive: true })
  for (const path of GIVEN) if (existsSync(path)) show(path, path, root)
  for (const [outside, inside] of each.devices) show(outside, inside, root)
  if (each.isReadOnly) mount('-o', 'remount,ro', root)
  return root
}

function show(outside: string, inside: string, root: string): void {
  if (!existsSync(outside))
    refuse(`error gathering device information while adding custom device "${outside}"`)
  mkdirSync(dirname(join(root, inside)), { recursive: true })
  writeFileSync(join(root, inside), '')
  mount('--bind', realpathSync(outside), join(root, inside))
}

function mount(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' })
  if (status !== 0) refuse(`mount ${args.join(' ')}: ${stderr}`)
}
