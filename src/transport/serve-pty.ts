import { closeSync, lstatSync, readlinkSync, statSync, unlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Cancel, type Clock, systemClock } from '../core/clock.ts'
import { HearthError } from '../core/errors.ts'
import type { SimulatedLine } from '../core/simulator.ts'
import { simulatedLine } from './simulated-line.ts'
import { type PtyPair, startPtyPair } from './socat.ts'
import { openTerminal, ttyStream } from './tty-stream.ts'

/** A reader that reads takes its bytes well within this time; for one that does not, they are lost as on a wire. */
const PATIENCE_MS = 250
/** A cable that was pulled is put back after this time. */
const REPLUG_MS = 1000

/** A simulated line on a pseudo-terminal. */
export interface ServedPty {
  /** The path that readers open. */
  readonly address: string
  close(): Promise<void>
  /** Pulls the cable: the path is gone, and comes back a second later as another pseudo-terminal. */
  hangUpAll(): void
}

/**
 * Makes a pseudo-terminal at `path` and gives the device a line to it. Readers come and go and the line stays;
 * `onLine` is called again only when the pseudo-terminal had to be made anew.
 */
export async function servePty(
  path: string,
  onLine: (line: SimulatedLine) => void,
  { clock }: { clock: Clock } = { clock: systemClock },
): Promise<ServedPty> {
  const far = resolve(path)
  makeWay(far)
  const folder = await mkdtemp(join(tmpdir(), 'hearth-pty-'))
  let isClosed = false
  let plugged: Plugged | undefined
  let cancelReplug: Cancel = () => undefined
  let plugging: Promise<void> = Promise.resolve()

  async function plugIn(): Promise<void> {
    const next = await plug(join(folder, 'near'), far, clock)
    plugged = next
    next.line.gone.addEventListener('abort', () => void unplugged(next), { once: true })
    if (isClosed) return next.line.hangUp()
    onLine(next.line)
  }

  async function unplugged(was: Plugged): Promise<void> {
    await was.release()
    if (!isClosed) replugLater()
  }

  function replugLater(): void {
    cancelReplug = clock.after(REPLUG_MS, () => {
      plugging = plugIn().catch(() => {
        if (!isClosed) replugLater()
      })
    })
  }

  try {
    await plugIn()
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }

  let ending: Promise<void> | undefined
  async function end(): Promise<void> {
    isClosed = true
    cancelReplug()
    await plugging
    await plugged?.release()
    await rm(folder, { recursive: true, force: true })
  }
  return {
    address: far,
    hangUpAll: () => plugged?.line.hangUp(),
    close() {
      ending ??= end()
      return ending
    },
  }
}

interface Plugged {
  readonly line: SimulatedLine
  /** Ends the pair and takes the path away; may be called more than once. */
  release(): Promise<void>
}

async function plug(near: string, far: string, clock: Clock): Promise<Plugged> {
  makeWay(far)
  const pair = await startPtyPair(near, far, clock)
  const open: (() => void)[] = []
  let ending: Promise<void> | undefined
  const release = () => {
    ending ??= end(pair, far, open)
    return ending
  }
  try {
    // While we hold the far end too, it does not hang up between two readers.
    const hold = await openTerminal(far)
    open.push(() => closeSync(hold))
    const tty = ttyStream(await openTerminal(near))
    open.push(tty.close)
    const line = simulatedLine({ socket: tty.stream, patience: { clock, ms: PATIENCE_MS } })
    pair.gone.addEventListener('abort', tty.close, { once: true })
    if (pair.gone.aborted) tty.close()
    return { line: { ...line, hangUp: tty.close }, release }
  } catch (error) {
    await release()
    throw error
  }
}

async function end(pair: PtyPair, far: string, open: readonly (() => void)[]): Promise<void> {
  const target = linkTarget(far)
  for (const close of open) close()
  await pair.end()
  // socat takes its link away unless it was killed; a new one by somebody else stays.
  if (target !== undefined && linkTarget(far) === target) unlinkSync(far)
}

/** Takes away what a killed simulator left; throws when something of worth is at the path. */
function makeWay(path: string): void {
  if (!lstatSync(path, { throwIfNoEntry: false })) return
  const isLeftOver = linkTarget(path)?.startsWith('/dev/pts/') && !statSync(path, { throwIfNoEntry: false })
  if (isLeftOver) {
    unlinkSync(path)
    return
  }
  throw new HearthError('HEARTH_PTY_TAKEN', `${path} exists already`, {
    hint: 'Choose another path for the pseudo-terminal, or remove what is there',
  })
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    // Nothing there, or no link.
    return undefined
  }
}
