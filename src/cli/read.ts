import { sampleProcess, stopSampling } from '../collect/process-sample.ts'
import { sleep } from '../core/clock.ts'
import type { Device, Driver, Report } from '../core/driver.ts'
import { HearthError, messageOf } from '../core/errors.ts'
import type { HttpOptions } from '../core/http.ts'
import { memoryKeep } from '../core/keep.ts'
import { silentLog } from '../core/log.ts'
import type { View } from '../core/view.ts'
import { createExposition } from '../expose/exposition.ts'
import { readingsJson } from '../expose/status.ts'
import type { Answer, ExposedDevice } from '../expose/types.ts'
import { createSlot } from '../store/slot.ts'
import { httpClient } from '../transport/http-client.ts'
import { lineTransport } from '../transport/index.ts'
import { deviceOf } from './device-settings.ts'
import { optimise } from './optimiser.ts'
import type { ReadFormat } from './read-format.ts'
import { createReadMembers, type ReadMember, withMembers } from './read-members.ts'
import { readingsTable } from './readings-table.ts'
import { EXIT, type World } from './world.ts'

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
  // A capture of a year is read as fast as it can be.
  optimise(true)
  const device = deviceToRead(driver, options, world)
  const exposed: ExposedDevice = {
    name: driver.type,
    type: driver.type,
    title: driver.title,
    site: 'unknown',
    showSerials: true,
    device,
  }
  const print = (state: State) => world.write(`${format(exposed, state, options.format, world).trimEnd()}\n`)
  const outcome = await readDevice(device, options.all ? print : undefined, world)
  if (!outcome.state) {
    world.complain(`hearth read: ${outcome.reason}\n`)
    return EXIT.failed
  }
  if (!options.all) print(outcome.state)
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
    put(settings, key, value.join('='))
  }
  return deviceOf(driver, settings, world, key => (key === driver.targetKey ? target : `--set ${key}`))
}

/** `password.env=NAME` is the `{ env: NAME }` of the configuration: a password is better not written on a command line. */
function put(settings: Record<string, unknown>, key: string, value: string): void {
  const [name = key, ...inner] = key.split('.')
  settings[name] = inner.length > 0 ? { [inner.join('.')]: value } : value
}

/** What was read: the device, and the machines behind it if it is a gateway. */
interface State {
  readonly view: View
  readonly members: readonly ReadMember[]
}

type Outcome =
  | {
      readonly state: State
      /** All was answered that must be. */
      readonly isComplete: boolean
      /** What went wrong on the way, of a device that is asked; empty when nothing did. */
      readonly trouble: string
    }
  | { readonly state?: undefined; readonly reason: string }

/**
 * Reads until the device has said enough for its page, or a capture has ended; the state is that after the last complete reading.
 * @param onEach called with the state after each complete frame or poll; then a live device is read until a signal ends it
 */
async function readDevice(
  device: Device,
  onEach: ((state: State) => void) | undefined,
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
  const members = createReadMembers(device, world.clock, NEVER_STALE_MS)
  const stateNow = (): State => ({ view: slot.view(), members: members.views() })
  let complete: State | undefined
  const troubles = new Set<string>()
  const report: Report = {
    ...slot,
    member: members.member,
    trouble(kind, message, times) {
      slot.trouble(kind, message, times)
      if (troubles.size < MOST_TROUBLES) troubles.add(message)
    },
    attempt(isComplete, durationMs) {
      slot.attempt(isComplete, durationMs)
      if (!isComplete) return
      complete = stateNow()
      if (onEach) onEach(complete)
      else if (isEnough(device, complete.view)) stop.abort()
    },
  }
  const use = {
    clock: world.clock,
    log: silentLog,
    line: (address: string) => lineTransport(address, { clock: world.clock }),
    http: (wanted: HttpOptions) => httpClient(wanted, { clock: world.clock }),
    keep: memoryKeep(),
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
      if (problem instanceof HearthError && isFinal(problem)) break
    }
  } finally {
    if (feed.kind === 'poll') await feed.close?.()
    slot.close()
    members.close()
    for (const cancel of cancels) cancel()
  }
  // A device that talks by itself goes on talking until it has said enough: what was damaged before has no part in that.
  const said = feed.kind === 'poll' ? [...troubles].join('; ') : ''
  if (complete) return { state: complete, isComplete: true, trouble: said }
  const partial = slot.view()
  const { trouble } = partial.health
  // A board that does not know one of the questions still has its answers to the others.
  if (feed.kind === 'poll' && partial.readings.size > 0) {
    return { state: stateNow(), isComplete: false, trouble: said || `${device.place}: not all was answered` }
  }
  if (reasons.length === 0)
    reasons.push(`${device.place}: nothing complete came${trouble ? `: ${trouble}` : ''}`)
  return { reason: [...new Set(reasons)].join('; ') }
}

/** Nobody there, or a password that is wrong: a second try would find the same. */
function isFinal({ kind }: HearthError): boolean {
  return kind === 'connect' || kind === 'auth'
}

/** A three-phase meter in overrun sends short frames: enough is what fills the device's own page. */
function isEnough(device: Device, view: View): boolean {
  const route = device.site.route('/metrics')
  if (typeof route === 'string' || !('page' in route)) return true
  return device.pages(view).get(route.page)?.kind !== 'unavailable'
}

function format(exposed: ExposedDevice, { view, members }: State, wanted: ReadFormat, world: World): string {
  switch (wanted) {
    case 'table':
      return readingsTable(withMembers(view, members))
    case 'json': {
      const owner = { ...exposed, identity: exposed.device.identity(view) }
      return JSON.stringify(readingsJson(owner, withMembers(view, members), { isMasked: false }))
    }
    case 'drop-in':
    case 'unified':
      return pageText(exposed, { view, members }, wanted, world)
    default: {
      const never: never = wanted
      return never
    }
  }
}

/** The device's page; of a gateway all of its machines in one page, or their pages one behind the other. */
function pageText(
  exposed: ExposedDevice,
  { view, members }: State,
  wanted: 'drop-in' | 'unified',
  world: World,
): string {
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
  for (const { word, described, view: ofMember } of members)
    exposition.put({ ...exposed, name: `${exposed.name}-${word}`, device: described }, ofMember)
  const ask = { accept: undefined, acceptEncoding: undefined, query: new URLSearchParams() }
  const textOf = (answer: Answer | undefined) =>
    Buffer.from(answer?.body ?? new Uint8Array()).toString('utf8')
  const { name } = exposed
  const ofAll = members.length > 0 ? exposition.metrics(ask) : exposition.unified(name, ask)
  const answer = wanted === 'drop-in' ? exposition.dropIn(name, '/metrics', ask) : ofAll
  if (answer?.status !== 200)
    throw new HearthError('HEARTH_PAGE_EMPTY', `${exposed.device.place}: ${textOf(answer).trim()}`)
  if (wanted === 'unified') return textOf(answer)
  const others = members.flatMap(({ word }) => {
    const page = exposition.dropIn(`${name}-${word}`, '/metrics', ask)
    return page?.status === 200 ? [`# ${name}-${word}\n${textOf(page)}`] : []
  })
  return [textOf(answer), ...others].join('\n')
}
