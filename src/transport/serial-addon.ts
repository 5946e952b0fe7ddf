import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sea from 'node:sea'
import { promisify } from 'node:util'
import { HearthError, messageOf } from '../core/errors.ts'
import type { LineSettings } from '../core/line.ts'
import type { Log } from '../core/log.ts'

/** Opens a port, sets it up, locks it and gives the descriptor that holds the lock. */
export type SetUp = (path: string, settings: LineSettings) => Promise<number>

/** One place where the addon may be. */
export interface AddonSource {
  /** Where that is, for the log. */
  readonly name: string
  /** Its function that opens a port and gives a descriptor; throws where there is none. */
  load(): unknown
}

/** What was found of the addon. */
export interface FoundAddon {
  /** Absent: nowhere, `stty` has to do. */
  readonly setUp?: SetUp
  /** The source, or the names and reasons of all that failed. */
  readonly from: string
  /** Whether a source before the one that worked had failed. */
  readonly isFallback: boolean
}

/** Name of the addon inside the single file, and of a file beside it that is taken where the first cannot be loaded. */
export const ADDON_ASSET = 'hearth-serialport.node'

/** What to do where neither the addon nor stty is there. */
export const ADDON_REMEDY = sea.isSea()
  ? 'Name a folder in $TMPDIR that can be written and is not mounted noexec, or install the program stty; or read the line over tcp://'
  : 'Install the package @serialport/bindings-cpp, or the program stty; or read the line over tcp://'

/** Looks for the addon in these places, the first that works. */
export function findAddon(sources: readonly AddonSource[]): FoundAddon {
  const failures: string[] = []
  for (const { name, load } of sources) {
    try {
      const from = failures.length === 0 ? name : `${name} (${failures.join('; ')})`
      return { setUp: setUpWith(load()), from, isFallback: failures.length > 0 }
    } catch (error) {
      failures.push(`${name}: ${messageOf(error).split('\n')[0]}`)
    }
  }
  return { from: failures.join('; '), isFallback: true }
}

/** Says in the log how serial ports are set up: a fallback is worth knowing before something is odd. */
export function sayAddon({ setUp, from, isFallback }: FoundAddon, log: Log): void {
  if (!setUp)
    log.warn('serial ports are set up by stty, without a lock against other programs', { why: from })
  else if (isFallback) log.warn('serial port addon loaded from its second place', { from })
  else log.debug('serial port addon loaded', { from })
}

/** The addon of this program, looked for when the first serial port is opened. */
export function systemAddon(): FoundAddon {
  found ??= findAddon(sea.isSea() ? [INSIDE, BESIDE] : [PACKAGE])
  return found
}

let found: FoundAddon | undefined

/**
 * Only the part of the package that opens a port, in the one version that package.json pins. Its public class adds
 * a reader that turns without a pause when an unplugged adapter gives nothing, and a watcher that is never freed:
 * some 1.5 kB each time a port is opened, and a silent line is opened anew for as long as it is silent.
 */
const PACKAGE: AddonSource = {
  name: 'package @serialport/bindings-cpp',
  load: () => memberOf(load('@serialport/bindings-cpp/dist/load-bindings.js'), 'asyncOpen'),
}

/** The loader of the system wants a file: a private folder that is gone again before the first port is open. */
const INSIDE: AddonSource = {
  name: 'single file, by way of a temporary folder',
  load() {
    const folder = mkdtempSync(join(tmpdir(), 'hearth-'))
    try {
      const path = join(folder, ADDON_ASSET)
      writeFileSync(path, new Uint8Array(sea.getRawAsset(ADDON_ASSET)), { mode: 0o600 })
      return openOf(path)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

/** Where the temporary folder cannot be written or holds no programs (`noexec`). */
const BESIDE: AddonSource = {
  name: 'beside the program',
  load: () => openOf(join(dirname(process.execPath), ADDON_ASSET)),
}

const load = createRequire(import.meta.url)

function openOf(path: string): unknown {
  const loaded = { exports: {} }
  process.dlopen(loaded, path)
  const open = memberOf(loaded.exports, 'open')
  return typeof open === 'function' ? promisify((...args: unknown[]) => open(...args)) : undefined
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function setUpWith(open: unknown): SetUp {
  if (typeof open !== 'function') throw new Error('its shape is not the one that is known')
  return async (path, settings) => {
    const fd: unknown = await open(path, { ...settings, ...RAW })
    if (typeof fd === 'number') return fd
    throw new HearthError('HEARTH_SERIAL_UNSUPPORTED', `${path}: the serial port package gave no descriptor`)
  }
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
