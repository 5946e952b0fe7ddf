import { promises as fs } from 'node:fs'
import { basename } from 'node:path'

/** A process that listens on a port. */
export interface PortHolder {
  readonly pid: number
  readonly program: string
}

const LISTENING = '0A'
/** A home server has some hundreds; the search is a courtesy and must not take long. */
const MOST_PROCESSES = 2000
const LONGEST_NAME = 80

/** Who listens on a TCP port, as far as Linux lets us see it: processes of other users stay hidden. */
export async function findPortHolder(port: number, proc = '/proc'): Promise<PortHolder | undefined> {
  const tables = await Promise.all(['tcp', 'tcp6'].map(name => textOf(`${proc}/net/${name}`)))
  const sockets = new Set(
    tables.flatMap(table => listeningInodes(table, port)).map(inode => `socket:[${inode}]`),
  )
  if (sockets.size === 0) return undefined
  const pids = (await namesIn(proc)).filter(name => /^\d+$/.test(name)).slice(0, MOST_PROCESSES)
  for (const pid of pids) {
    if (!(await holdsOneOf(sockets, `${proc}/${pid}/fd`))) continue
    return { pid: Number(pid), program: await programOf(`${proc}/${pid}`) }
  }
  return undefined
}

/** Columns of /proc/net/tcp: number, local address, remote address, state, ..., inode as the tenth. */
function listeningInodes(table: string, port: number): readonly string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return table.split('\n').flatMap(line => {
    const columns = line.trim().split(/\s+/)
    const inode = columns[9]
    return columns[1]?.endsWith(suffix) && columns[3] === LISTENING && inode ? [inode] : []
  })
}

/** The first word of the command line: the rest may hold secrets, and `comm` is the name of a thread. */
async function programOf(folder: string): Promise<string> {
  const [command = ''] = (await textOf(`${folder}/cmdline`)).split('\0')
  const name = basename(command) || (await textOf(`${folder}/comm`)).trim()
  return name.slice(0, LONGEST_NAME) || 'unknown'
}

async function holdsOneOf(sockets: ReadonlySet<string>, folder: string): Promise<boolean> {
  const targets = await Promise.all((await namesIn(folder)).map(fd => targetOf(`${folder}/${fd}`)))
  return targets.some(target => sockets.has(target))
}

/** Processes come and go, and those of others may not be looked into: what cannot be read counts as empty. */
const textOf = (path: string) => fs.readFile(path, 'utf8').catch(() => '')
const namesIn = (path: string) => fs.readdir(path).catch(() => [])
const targetOf = (path: string) => fs.readlink(path).catch(() => '')
