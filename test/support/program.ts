import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { atCleanUp } from './clean-up.ts'

/** The end of the output is what tells why something failed; a program gone wild must not fill the memory. */
const LONGEST_OUTPUT = 1_000_000
const KILLED_AFTER_MS = 10_000

export interface ProgramOptions {
  /** Added to PATH and HOME, which are all that is taken from the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>
  readonly folder?: string
  /** Signals go to all it started as well, as from a terminal: npm does not hand SIGTERM on. */
  readonly isGroup?: boolean
}

/** A program that a test started. */
export interface RunningProgram {
  readonly pid: number
  stdout(): string
  stderr(): string
  /** The first match in either stream, also in what was written before; throws when there is none in time. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>
  /** Exit code once the program has ended by itself or was stopped; null when a signal killed it. */
  readonly ended: Promise<number | null>
  kill(signal: NodeJS.Signals): void
  /** Asks it to end with SIGTERM and gives its exit code; kills it when it does not. */
  stop(): Promise<number | null>
}

const alive = new Set<ChildProcess>()
// Also when the tests themselves are cut short.
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

/** Starts a program; `cleanUp` ends it. */
export function startProgram(
  command: string,
  args: readonly string[],
  { env, folder, isGroup = false }: ProgramOptions = {},
): RunningProgram {
  const line = [command, ...args].join(' ')
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: isGroup,
    ...(folder === undefined ? {} : { cwd: folder }),
  })
  alive.add(child)
  const streams = { stdout: '', stderr: '' }
  const looking = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      streams[name] = (streams[name] + text).slice(-LONGEST_OUTPUT)
      for (const look of looking) look()
    })
  }
  let startError: Error | undefined
  const ended = new Promise<number | null>(resolve => {
    child.on('error', error => {
      startError = error
      alive.delete(child)
      resolve(null)
    })
    child.on('close', code => {
      alive.delete(child)
      resolve(code)
    })
  })

  function failure(reason: string): Error {
    return new Error(
      `${line}: ${reason}\n--- stdout\n${streams.stdout}\n--- stderr\n${streams.stderr}`,
      startError ? { cause: startError } : undefined,
    )
  }

  function waitFor(pattern: RegExp, timeoutMs = 15_000): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(streams.stdout) ?? pattern.exec(streams.stderr)
        if (match) settle(() => resolve(match))
      }
      const timer = setTimeout(
        () => settle(() => reject(failure(`no ${pattern} within ${timeoutMs} ms`))),
        timeoutMs,
      )
      const settle = (report: () => void) => {
        clearTimeout(timer)
        looking.delete(look)
        report()
      }
      looking.add(look)
      look()
      void ended.then(code => settle(() => reject(failure(`ended with ${code} and without ${pattern}`))))
    })
  }

  function kill(signal: NodeJS.Signals): void {
    if (!alive.has(child) || child.pid === undefined) return
    process.kill(isGroup ? -child.pid : child.pid, signal)
  }

  async function stop(): Promise<number | null> {
    kill('SIGTERM')
    const patience = new AbortController()
    const killed = sleep(KILLED_AFTER_MS, undefined, { signal: patience.signal }).then(
      () => kill('SIGKILL'),
      () => undefined,
    )
    const code = await ended
    patience.abort()
    await killed
    return code
  }

  atCleanUp(stop)
  return {
    pid: child.pid ?? -1,
    stdout: () => streams.stdout,
    stderr: () => streams.stderr,
    waitFor,
    ended,
    kill,
    stop,
  }
}
