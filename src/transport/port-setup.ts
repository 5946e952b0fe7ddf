import { execFile } from 'node:child_process'
import { close } from 'node:fs'
import { promisify } from 'node:util'
import { HearthError } from '../core/errors.ts'
import type { LineSettings } from '../core/line.ts'
import type { Log } from '../core/log.ts'
import { portCodeOf } from './port-facts.ts'
import { ADDON_REMEDY, type SetUp, sayAddon, systemAddon } from './serial-addon.ts'

const closeFile = promisify(close)

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
  tools: SetupTools,
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
      hint: ADDON_REMEDY,
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

/** The tools of this machine; what is used is said in the log when the first port is set up. */
export function systemTools(log: Log): SetupTools {
  return {
    loadAddon() {
      const addon = systemAddon()
      if (!isSaid) sayAddon(addon, log)
      isSaid = true
      return addon.setUp
    },
    async stty(args, signal) {
      await promisify(execFile)('stty', [...args], { signal })
    },
  }
}

let isSaid = false
