import { sampleProcess, stopSampling } from '../collect/process-sample.ts'
import { sleep } from '../core/clock.ts'
import type { Device, Driver, Report } from '../core/driver.ts'
import { HearthError, messageOf } from '../core/errors.ts'
import { silentLog } from '../core/log.ts'
import type { View } from '../core/view.ts'
import { createExposition } from '../expose/exposition.ts'
import { readingsJson } from '../expose/status.ts'
import type { ExposedDevice } from '../expose/types.ts'
import { createSlot } from '../store/slot.ts'
import { lineTransport } from '../transport/index.ts'
import { deviceOf } from './device-settings.ts'
import { readingsTable } from './readings-table.ts'
import { EXIT, type World } from './world.ts'

export const READ_FORMATS = ['table', 'json', 'drop-in', 'unified'] as const
export type ReadFormat = (typeof READ_FORMATS)[number]

export interface ReadOptions {
  readonly target: string
  /** `key=value` pairs of the device's configuration. */
  readonly set: readonly string[]
  readonly format: ReadFormat
  /** Print each complete frame or poll instead of the first. */
  readonly all: boolean
}

/** Longest time a timer can take: what is read once is printed before it could grow old. */
const NEVER_STALE_MS = 2 ** 31 - 1

/** Longest time a device is given to say something complete: a meter in overrun sends a long frame every 17 s. */
const LONGEST_READ_MS = 30_000

/** Of what a bad line makes a device complain about, in one line. */
const MOST_TROUBLES = 5

/** A meter whose mode must be found speaks one of two speeds: each gets a try. */
const TRIES = 2

/** `hearth read TYPE TARGET`: reads one device once and prints it. */
export async function read(driver: Driver, options: ReadOptions, world: World): Promise<number> {
  const device = deviceToRead(driver, options, world)
  const exposed: ExposedDevice = {
    name: driver.type,
    type: driver.type,
    title: driver.title,
    site: 'unknown',
    showSerials: true,
    device,
  }
  const print = (view: View) => world.write(`${format(exposed, view, options.format, world).trimEnd()}\n`)
  const outcome = await readDevice(device, options.all ? print : undefined, world)
  if (!outcome.view) {
    world.complain(`hearth read: ${outcome.reason}\n`)
    return EXIT.failed
  }
  if (!options.all) print(outcome.view)
  if (outcome.trouble) world.complain(`hearth read: ${outcome.trouble}\n`)
  return outcome.isComplete ? EXIT.ok : EXIT.failed
}

function deviceToRead(driver: Driver, { target, set }: ReadOptions, world: World): Device {
  const settings: Record<string, unknown> = { [driver.targetKey]: target }
  for (const pair of set) {
    const [key, ...value] = pair.split('=')
    if (!key || value.length === 0) {
      throw new HearthError('HEARTH_SETTING_INVALID', `--set is "${pair}"`, { hint: 'Write --set key=value' })
    }
    settings[key] = value.join('=')
  }
  return deviceOf(driver, settings, world, key => (key === driver.targetKey ? target : `--set ${key}`))
}

type Outcome =
  | {
      readonly view: View
      /** All was answered that must be. */
      readonly isComplete: boolean
      /** What went wrong on the way, of a device that is asked; empty when nothing did. */
      readonly trouble: string
    }
  | { readonly view?: undefined; readonly reason: string }

/**
 * Reads until the device has said enough for its page, or a capture has ended; the state is that after the last complete reading.
 * @param onEach called with the state after each complete frame or poll; then a live device is read until a signal ends it
 */
async function readDevice(
  device: Device,
  onEach: ((view: View) => void) | undefined,
  world: World,
): Promise<Outcome> {
  const stop = new AbortController()
  const cancels = (['SIGINT', 'SIGTERM'] as const).map(name => world.onSignal(name, () => stop.abort()))
  if (!onEach) cancels.push(world.clock.after(LONGEST_READ_MS, () => stop.abort()))
  const slot = createSlot({
    clock: world.clock,
    staleAfterMs: NEVER_STALE_MS,
    outcome: key => device.outcome(key),
    onChange() {},
  })
  let complete: View | undefined
  const troubles = new Set<string>()
  const report: Report = {
    ...slot,
    trouble(kind, message, times) {
      slot.trouble(kind, message, times)
      if (troubles.size < MOST_TROUBLES) troubles.add(message)
    },
    attempt(isComplete, durationMs) {
      slot.attempt(isComplete, durationMs)
      if (!isComplete) return
      complete = slot.view()
      if (onEach) onEach(complete)
      else if (isEnough(device, complete)) stop.abort()
    },
  }
  const use = {
    clock: world.clock,
    log: silentLog,
    line: (address: string) => lineTransport(address, { clock: world.clock }),
  }
  const feed = device.feed(use)
  const reasons: string[] = []
  // A device that is asked is asked on and on when each poll is wanted; a capture has one run.
  const isWatched = onEach !== undefined && feed.kind === 'poll' && !device.place.startsWith('file:')
  try {
    for (let i = 0; i < TRIES && !stop.signal.aborted; i++) {
      const problem = await feed.run(report, stop.signal).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (problem === undefined) {
        if (!isWatched) break
        i = -1
        await sleep(world.clock, device.intervalMs, stop.signal)
        continue
      }
      if (!stop.signal.aborted) reasons.push(messageOf(problem))
      if (problem instanceof HearthError && problem.kind === 'connect') break
    }
  } finally {
    if (feed.kind === 'poll') await feed.close?.()
    slot.close()
    for (const cancel of cancels) cancel()
  }
  // A device that talks by itself goes on talking until it has said enough: what was damaged before has no part in that.
  const said = feed.kind === 'poll' ? [...troubles].join('; ') : ''
  if (complete) return { view: complete, isComplete: true, trouble: said }
  const partial = slot.view()
  const { trouble } = partial.health
  // A board that does not know one of the questions still has its answers to the others.
  if (feed.kind === 'poll' && partial.readings.size > 0) {
    return { view: partial, isComplete: false, trouble: said || `${device.place}: not all was answered` }
  }
  if (reasons.length === 0)
    reasons.push(`${device.place}: nothing complete came${trouble ? `: ${trouble}` : ''}`)
  return { reason: [...new Set(reasons)].join('; ') }
}

/** A three-phase meter in overrun sends short frames: enough is what fills the device's own page. */
function isEnough(device: Device, view: View): boolean {
  const route = device.site.route('/metrics')
  if (typeof route === 'string' || !('page' in route)) return true
  return device.pages(view).get(route.page)?.kind !== 'unavailable'
}

function format(exposed: ExposedDevice, view: View, wanted: ReadFormat, world: World): string {
  switch (wanted) {
    case 'table':
      return readingsTable(view)
    case 'json':
      return JSON.stringify(
        readingsJson({ ...exposed, identity: exposed.device.identity(view) }, view, { isMasked: false }),
      )
    case 'drop-in':
    case 'unified': {
      const exposition = createExposition({
        version: world.version,
        revision: world.revision,
        runtime: `node ${process.version}`,
      })
      if (exposed.device.site.hasProcessFamilies) {
        exposition.putProcess(sampleProcess())
        stopSampling()
      }
      exposition.put(exposed, view)
      const ask = { accept: undefined, acceptEncoding: undefined, query: new URLSearchParams() }
      const answer =
        wanted === 'drop-in'
          ? exposition.dropIn(exposed.name, '/metrics', ask)
          : exposition.unified(exposed.name, ask)
      const text = Buffer.from(answer?.body ?? new Uint8Array()).toString('utf8')
      if (answer?.status === 200) return text
      throw new HearthError('HEARTH_PAGE_EMPTY', `${exposed.device.place}: ${text.trim()}`)
    }
    default: {
      const never: never = wanted
      return never
    }
  }
}
