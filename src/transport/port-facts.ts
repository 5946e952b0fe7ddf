import { promises as fs } from 'node:fs'
import type { PortTrouble } from './port-error.ts'
import { codeOf } from './system-error.ts'

/** A home server has some hundreds; the search is a courtesy and must not take long. */
const MOST_PROCESSES = 2000

/** What can be learned about a port that did not open: who owns it, who has it. */
export async function troubleWith(path: string, place: string, cause: unknown): Promise<PortTrouble> {
  const code = portCodeOf(cause)
  const facts = { place, code, cause }
  if (code === 'EACCES') {
    const group = await owningGroup(path)
    return group ? { ...facts, group } : facts
  }
  if (code === 'EBUSY' || code === 'ELOCKED') {
    const holder = await holderOf(path)
    return holder ? { ...facts, holder } : facts
  }
  return facts
}

// The addon gives sentences of the C library instead of codes; those of glibc and of musl differ.
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/cannot lock/i, 'ELOCKED'],
  [/permission denied/i, 'EACCES'],
  [/not permitted/i, 'EPERM'],
  [/no such file/i, 'ENOENT'],
  [/no such device/i, 'ENXIO'],
  [/busy/i, 'EBUSY'],
  [/input\/output error|i\/o error/i, 'EIO'],
  [/inappropriate ioctl|not a tty/i, 'ENOTTY'],
  [/invalid argument/i, 'EINVAL'],
]

/** The system's name of what went wrong with a port, also where only a sentence tells it. */
export function portCodeOf(cause: unknown): string {
  const code = codeOf(cause)
  if (code !== undefined) return code
  const text = cause instanceof Error ? cause.message : String(cause)
  return SENTENCES.find(([sentence]) => sentence.test(text))?.[1] ?? text
}

async function owningGroup(path: string): Promise<{ id: number; name: string } | undefined> {
  const id = await fs.stat(path).then(
    status => status.gid,
    () => undefined,
  )
  if (id === undefined) return undefined
  const groups = await textOf('/etc/group')
  const name = groups.split('\n').find(line => line.split(':')[2] === String(id))
  return { id, name: name?.split(':')[0] ?? String(id) }
}

/** The process that has a device locked or open, as far as Linux lets us see it: other users' may stay hidden. */
async function holderOf(path: string): Promise<{ pid: number; program: string } | undefined> {
  const pid = (await lockerOf(path)) ?? (await openerOf(path))
  if (pid === undefined) return undefined
  return { pid: Number(pid), program: (await textOf(`/proc/${pid}/comm`)).trim() || 'a program' }
}

/** /proc/locks: `1: FLOCK  ADVISORY  WRITE 4711 00:18:5 0 EOF`; the numbers are process, major:minor in hex, inode. */
async function lockerOf(path: string): Promise<string | undefined> {
  const node = await fs.stat(path).catch(() => undefined)
  if (!node) return undefined
  for (const line of (await textOf('/proc/locks')).split('\n')) {
    const match = /FLOCK +ADVISORY +WRITE +(\d+) +([0-9a-f]+):([0-9a-f]+):(\d+) /.exec(line)
    if (!match || Number(match[4]) !== node.ino) continue
    if (deviceNumber(match[2], match[3]) === node.dev) return match[1]
  }
  return undefined
}

/** As the C library packs it, for numbers below 4096 and 2^20. */
function deviceNumber(major = '', minor = ''): number {
  const low = Number.parseInt(minor, 16)
  return (Number.parseInt(major, 16) << 8) | (low & 0xff) | ((low & ~0xff) << 12)
}

async function openerOf(path: string): Promise<string | undefined> {
  const device = await fs.realpath(path).catch(() => path)
  const pids = (await namesIn('/proc')).filter(name => /^\d+$/.test(name)).slice(0, MOST_PROCESSES)
  const others = pids.filter(pid => Number(pid) !== process.pid)
  for (const pid of others) {
    const folder = `/proc/${pid}/fd`
    const targets = await Promise.all(
      (await namesIn(folder)).map(fd => fs.readlink(`${folder}/${fd}`).catch(() => '')),
    )
    if (targets.includes(device)) return pid
  }
  return undefined
}

// Processes come and go, and those of others may not be looked into: what cannot be read counts as empty.
const textOf = (path: string) => fs.readFile(path, 'utf8').catch(() => '')
const namesIn = (path: string) => fs.readdir(path).catch(() => [])
