import { execFile } from 'node:child_process'
import { close } from 'node:fs'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { HearthError } from '../core/errors.ts'
import type { LineSettings } from '../core/line.ts'
import { portCodeOf } from './port-facts.ts'

const closeFile = promisify(close)

/** Opens a port, sets it up, locks it and gives the descriptor that holds the lock. */
export type SetUp = (path: string, settings: LineSettings) => Promise<number>

/** The two ways to set up a port; tests put others in their place. */
export interface SetupTools {
  /** undefined where the package or its prebuilt binary is not there. */
  loadAddon(): SetUp | undefined
  stty(args: readonly string[], signal: AbortSignal): Promise<void>
}

/** A port that is set up; `release` frees its lock and may wait until the last bytes are out. */
export interface PortHold {
  release(): Promise<void>
}

/**
 * Sets speed and framing of a port and, where the addon is there, locks it against other programs that lock.
 * A port that refuses 7 bits or parity (a pseudo-terminal) is read with 8N1: the protocols ignore the eighth bit.
 */
export async function setUpPort(
  path: string,
  settings: LineSettings,
  signal: AbortSignal,
  tools: SetupTools = systemTools,
): Promise<PortHold> {
  const addon = tools.loadAddon()
  if (addon) {
    const fd = await orPlain(
      settings,
      error => portCodeOf(error) === 'EINVAL',
      wanted => addon(path, wanted),
    )
    return { release: () => closeFile(fd).catch(() => undefined) }
  }
  await orPlain(
    settings,
    error => portCodeOf(error) !== 'ENOENT',
    wanted => tools.stty(sttyArgs(path, wanted), signal),
  ).catch(cause => {
    if (portCodeOf(cause) !== 'ENOENT') throw cause
    throw new HearthError('HEARTH_SERIAL_UNSUPPORTED', `${path}: serial ports cannot be set up here`, {
      kind: 'connect',
      hint: 'Install the package @serialport/bindings-cpp, or the program stty; or read the line over tcp://',
      cause,
    })
  })
  return { async release() {} }
}

async function orPlain<T>(
  settings: LineSettings,
  isRefusal: (error: unknown) => boolean,
  attempt: (settings: LineSettings) => Promise<T>,
): Promise<T> {
  try {
    return await attempt(settings)
  } catch (error) {
    if (!isRefusal(error) || (settings.dataBits === 8 && settings.parity === 'none')) throw error
    return attempt({ ...settings, dataBits: 8, parity: 'none' })
  }
}

/** Arguments of stty for a raw line without any flow control; `raw` comes first because it sets the framing too. */
export function sttyArgs(
  path: string,
  { baudRate, dataBits, parity, stopBits }: LineSettings,
): readonly string[] {
  const framing = {
    none: ['-parenb'],
    even: ['parenb', '-parodd'],
    odd: ['parenb', 'parodd'],
  }[parity]
  const line = ['raw', '-echo', 'clocal', 'cread', '-crtscts', '-ixon', '-ixoff', 'min', '1', 'time', '0']
  return [
    '-F',
    path,
    String(baudRate),
    ...line,
    `cs${dataBits}`,
    ...framing,
    stopBits === 2 ? 'cstopb' : '-cstopb',
  ]
}

const load = createRequire(import.meta.url)

const systemTools: SetupTools = {
  /**
   * Only the part of the package that opens a port, in the one version that package.json pins. Its public class adds
   * a reader that turns without a pause when an unplugged adapter gives nothing, and a watcher that is never freed:
   * some 1.5 kB each time a port is opened, and a silent line is opened anew for as long as it is silent.
   */
  loadAddon() {
    let bindings: unknown
    try {
      bindings = load('@serialport/bindings-cpp/dist/load-bindings.js')
    } catch {
      // Not installed, or no binary for this machine: there is another way.
      return undefined
    }
    if (typeof bindings !== 'object' || bindings === null || !('asyncOpen' in bindings)) return undefined
    const { asyncOpen } = bindings
    if (typeof asyncOpen !== 'function') return undefined
    return async (path, settings) => {
      const fd: unknown = await asyncOpen(path, { ...settings, ...RAW })
      if (typeof fd === 'number') return fd
      throw new HearthError(
        'HEARTH_SERIAL_UNSUPPORTED',
        `${path}: the serial port package gave no descriptor`,
      )
    }
  },
  async stty(args, signal) {
    await promisify(execFile)('stty', [...args], { signal })
  },
}

/** No flow control, ever: the meters have no such wires. Lines are not dropped at the end: some adapters feed on them. */
const RAW = {
  lock: true,
  hupcl: false,
  rtscts: false,
  xon: false,
  xoff: false,
  xany: false,
  vmin: 1,
  vtime: 0,
}
