import { type ChildProcess, spawn } from 'node:child_process'
import { type Clock, deadline } from '../core/clock.ts'
import { HearthError } from '../core/errors.ts'

const START_LIMIT_MS = 5000
/** Bytes it takes at once: what it holds back when the reader stops is as little as a UART's. */
const BLOCK_BYTES = 256
const MOST_WORDS = 4000

/** Two joined pseudo-terminals. */
export interface PtyPair {
  /** Aborts when the pair is gone. */
  readonly gone: AbortSignal
  end(): Promise<void>
}

/**
 * Joins two pseudo-terminals under the given names. Both stay when who opened them leaves; the pair ends with
 * `end`, or when this process is gone, even if it was killed.
 */
export async function startPtyPair(near: string, far: string, clock: Clock): Promise<PtyPair> {
  const gone = new AbortController()
  const child = spawn(
    'socat',
    [
      '-d',
      '-d',
      '-b',
      String(BLOCK_BYTES),
      `PTY,raw,echo=0,ignoreeof,link=${quoted(near)}`,
      `PTY,raw,echo=0,ignoreeof,link=${quoted(far)}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const dropGuard = endWithUs(child)
  const exited = new Promise<void>(resolve => {
    child.once('close', resolve)
    child.once('error', () => resolve())
  })
  void exited.then(() => {
    dropGuard()
    gone.abort()
  })
  try {
    await started(child, far, clock)
  } catch (error) {
    child.kill()
    throw error
  }
  return {
    gone: gone.signal,
    async end() {
      child.kill()
      await exited
    },
  }
}

/** Ends a process when this one is gone: the system then closes the pipe on which the guard waits. */
function endWithUs(child: ChildProcess): () => void {
  if (child.pid === undefined) return () => undefined
  const guard = spawn('sh', ['-c', 'read -r _; kill "$1"', 'sh', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // Without a shell there is no guard, and nothing else is lost.
  guard.on('error', () => undefined)
  return () => guard.kill('SIGKILL')
}

/** socat reads `,`, `:`, quotes and brackets in a path as its own marks. */
function quoted(path: string): string {
  return path.replace(/[\\,:!"'()[\]{}]/g, '\\$&')
}

async function started(child: ChildProcess, path: string, clock: Clock): Promise<void> {
  const never = new AbortController()
  const limit = deadline(clock, START_LIMIT_MS, never.signal)
  let words = ''
  try {
    await new Promise<void>((resolve, reject) => {
      limit.signal.addEventListener('abort', () => reject(notStarted(path, 'it took too long')), {
        once: true,
      })
      child.once('error', cause => reject(noSocat(cause)))
      child.once('close', () => reject(notStarted(path, complaint(words))))
      // It goes on to be read after the start, so that socat never waits for us.
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        words = (words + text).slice(-MOST_WORDS)
        if (words.includes('starting data transfer loop')) resolve()
      })
    })
  } finally {
    limit.release()
  }
}

/** What socat complained of last: the text after its `E`. */
function complaint(words: string): string {
  return [...words.matchAll(/ E (.+)/g)].at(-1)?.[1] ?? 'socat ended at once'
}

function noSocat(cause: unknown): HearthError {
  return new HearthError(
    'HEARTH_SOCAT_MISSING',
    'A pseudo-terminal needs the program socat, which did not start',
    {
      hint: 'Install it (sudo apt install socat), or simulate on TCP with --listen',
      cause,
    },
  )
}

function notStarted(path: string, reason: string): HearthError {
  return new HearthError('HEARTH_PTY_FAILED', `No pseudo-terminal at ${path}: ${reason}`, {
    hint: 'Name a path in a folder that this user may write',
  })
}
