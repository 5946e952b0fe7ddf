import { resolve } from 'node:path'
import { getHeapStatistics } from 'node:v8'
import type { Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import { memoryKeep } from '../core/keep.ts'
import type { Log } from '../core/log.ts'
import { drivers } from '../devices/index.ts'
import { createExposition } from '../expose/exposition.ts'
import { fileKeep } from '../store/keep-file.ts'
import { httpClient } from '../transport/http-client.ts'
import { lineTransport } from '../transport/index.ts'
import { createHouse, type House, type HousePlan } from './house.ts'
import { forgetStart, keepTidy, preferSmallHeap } from './memory.ts'
import { optimise, optimiseWhileBusy } from './optimiser.ts'
import { EXIT, type World } from './world.ts'

/** Every device was asked by then, most of them twice. */
const SETTLED_AFTER_MS = 10_000

export interface ServiceOptions {
  readonly world: World
  readonly log: Log
  readPlan(): HousePlan
  settingOf?(purpose: string): string
  /** Called once everything listens. */
  onStarted?(house: House): void
  /** Called after the end, for what the command started besides the house. */
  onEnded?(): Promise<void>
  /** SIGHUP reads the configuration again; without one the signal is only noted. */
  readonly canReload: boolean
}

/** Runs a house until SIGTERM or SIGINT; gives the exit code. A failure to start is thrown. */
export async function runService(options: ServiceOptions): Promise<number> {
  const { world, log, readPlan, settingOf } = options
  const { clock, random } = world
  preferSmallHeap()
  const exposition = createExposition({
    version: world.version,
    revision: world.revision,
    runtime: `node ${process.version}`,
    stopwatch: () => clock.monotonic(),
    // A device whose pages cannot be made is a bug of ours: it keeps its last pages, and nobody else notices.
    onFailure: (device, error) => log.with({ device }).error(`its pages cannot be made: ${messageOf(error)}`),
  })
  const house = createHouse({
    clock,
    log,
    exposition,
    random,
    line: address => lineTransport(address, { clock, log }),
    http: wanted => httpClient(wanted, { clock }),
    keep: (name, dataDir) =>
      dataDir === undefined
        ? { ...memoryKeep(), close() {} }
        : fileKeep({ folder: resolve(world.folder, dataDir), name, clock, log: log.with({ device: name }) }),
    readPlan,
    usualPorts: usualPorts(),
    ...(settingOf ? { settingOf } : {}),
  })
  const ending = endSignal(world, log)
  world.onSignal('SIGHUP', () => {
    if (options.canReload) void house.reload()
    else log.info('SIGHUP: there is no configuration file to read again')
  })
  try {
    await house.apply(readPlan())
    options.onStarted?.(house)
    let stop = clock.after(SETTLED_AFTER_MS, () => {
      stop = keepSmall(clock)
    })
    await ending
    stop()
  } finally {
    await house.close()
    await options.onEnded?.()
  }
  return EXIT.ok
}

function usualPorts(): ReadonlyMap<number, readonly string[]> {
  const ports = new Map<number, string[]>()
  for (const { dropIn } of drivers) {
    const { name, defaultPort } = dropIn
    ports.set(defaultPort, [...(ports.get(defaultPort) ?? []), name])
  }
  return ports
}

/** The start is over: what it took is given back, and from now on no more is taken than there is to do. */
function keepSmall(clock: Clock): () => void {
  forgetStart()
  const stops = [optimiseWhileBusy({ clock, cpuUs, optimise }), keepTidy({ clock, heapBytes })]
  return () => {
    for (const stop of stops) stop()
  }
}

function heapBytes(): number {
  return getHeapStatistics().used_heap_size
}

function cpuUs(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** The handlers stay until the program has ended: without them a second signal would kill it in the middle. */
function endSignal(world: World, log: Log): Promise<void> {
  return new Promise(resolve => {
    let isEnding = false
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      world.onSignal(name, () => {
        if (!isEnding) log.info(`${name}: ending`)
        isEnding = true
        resolve()
      })
    }
  })
}
