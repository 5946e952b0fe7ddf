import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** A program started for a measurement. */
export interface Program {
  readonly pid: number
  /** Its first line on standard output; throws when it ends before. */
  firstLine(): Promise<string>
  /** What it complained of, once it has ended; undefined while it lives. */
  failure(): string | undefined
  signal(name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void
  /** Asks it to end, insists after a while, and resolves when it is gone. */
  stop(): Promise<void>
}

const INSIST_AFTER_MS = 4_000
const NS_PER_SECOND = 1e9
const BYTES_PER_KB = 1024

const alive = new Set<ChildProcess>()

/** Starts a program; its complaints are kept for the case that it fails. */
export function startProgram(file: string, args: readonly string[]): Program {
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  alive.add(child)
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-2_000)
  })
  const ended = new Promise<void>(resolve => {
    child.once('exit', () => {
      alive.delete(child)
      resolve()
    })
    child.once('error', () => {
      alive.delete(child)
      resolve()
    })
  })
  const lines = createInterface({ input: child.stdout })
  const line = new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    void ended.then(() => reject(new Error(`${file} ended before it said anything: ${complaints}`)))
  })
  line.catch(() => {})
  if (child.pid === undefined) throw new Error(`${file} could not be started`)
  return {
    pid: child.pid,
    firstLine: () => line,
    failure: () => (alive.has(child) ? undefined : `${file} ended: ${complaints}`),
    signal: name => void child.kill(name),
    async stop() {
      child.kill('SIGTERM')
      const insist = setTimeout(() => child.kill('SIGKILL'), INSIST_AFTER_MS)
      await ended
      clearTimeout(insist)
    },
  }
}

/** Runs a program to its end and gives what it printed; throws when it fails or takes longer than `timeoutMs`. */
export function runProgram(file: string, args: readonly string[], timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      file,
      args,
      { timeout: timeoutMs, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        alive.delete(child)
        if (error) reject(new Error(`${file} failed: ${error.message} ${stderr}`))
        else resolve(stdout)
      },
    )
    alive.add(child)
  })
}

/** Ends what is still there, without waiting: for the way out. */
export function killAll(): void {
  for (const child of alive) child.kill('SIGKILL')
}

/** CPU time of a process since its start, its threads included, exact to the nanosecond. */
export function cpuSeconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.reduce((sum, thread) => sum + threadNs(pid, thread), 0) / NS_PER_SECOND
}

/** The first field: time on a processor. A thread that has just ended counts no more. */
function threadNs(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0])
  } catch {
    return 0
  }
}

/** CPU seconds per second that a process uses during `task`. */
export async function cpuShare(pid: number, task: () => Promise<unknown>): Promise<number> {
  const cpu = cpuSeconds(pid)
  const from = performance.now()
  await task()
  return (cpuSeconds(pid) - cpu) / ((performance.now() - from) / 1000)
}

export interface Memory {
  /** Pages of the process alone: its own appetite. */
  readonly anonymousBytes: number
  /** With the pages of the Node binary that are in memory, which every Node process shares. */
  readonly residentBytes: number
}

export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (name: string): number => {
    const kilobytes = Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1])
    if (!(kilobytes > 0)) throw new Error(`no ${name} of process ${pid}`)
    return kilobytes * BYTES_PER_KB
  }
  return { anonymousBytes: field('RssAnon'), residentBytes: field('VmRSS') }
}
