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
 * Joins two pseudo-terminals under the given names. The far one stays when its reader leaves; the pair ends when
 * the near one is closed, so none is left over should this process be killed.
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
      `PTY,raw,echo=0,link=${quoted(near)}`,
      `PTY,raw,echo=0,ignoreeof,link=${quoted(far)}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const exited = new Promise<void>(resolve => {
    child.once('close', resolve)
    child.once('error', () => resolve())
  })
  void exited.then(() => gone.abort())
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
      child.once('close', () => reject(notStarted(path, lastLine(words))))
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

function lastLine(words: string): string {
  const line = words.trim().split('\n').at(-1) ?? ''
  return line.replace(/^\S+ \S+ socat\[\d+\] \w /, '') || 'it ended at once'
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
