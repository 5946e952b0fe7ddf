import { sampleProcess } from '../collect/process-sample.ts'
import { runFeed } from '../collect/run-feed.ts'
import type { ConfiguredDevice } from '../config/devices.ts'
import type { HearthConfig } from '../config/load.ts'
import { type Cancel, type Clock, sleep } from '../core/clock.ts'
import type { Feed, Use } from '../core/driver.ts'
import { messageOf } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import type { ListenAddress } from '../core/settings.ts'
import type { ExposedDevice, Exposition } from '../expose/types.ts'
import type { FileKeep } from '../store/keep-file.ts'
import { createSlot, type Slot } from '../store/slot.ts'
import { dropInHandler } from '../web/drop-in-handler.ts'
import type { House as WebHouse } from '../web/house.ts'
import { routes } from '../web/routes.ts'
import { createListeners, type WantedListener } from './listeners.ts'
import { createMembers, type Members } from './members.ts'

/** What a house consists of. Without `listen` there is no main listener: the drop-in commands have none. */
export interface HousePlan extends Pick<HearthConfig, 'site' | 'privacy' | 'devices'> {
  readonly listen?: ListenAddress
  /** Where devices remember over restarts; absent: they do not. */
  readonly dataDir?: string
}

export interface HouseOptions {
  readonly clock: Clock
  readonly log: Log
  readonly exposition: Exposition
  random(): number
  readonly line: Use['line']
  readonly http: Use['http']
  /** What the device of this name remembers. */
  keep(name: string, dataDir: string | undefined): FileKeep
  /** Reads the configuration anew; throws a HearthError that says everything wrong with it. */
  readPlan(): HousePlan
  /** Which setting chooses a listener's address, for messages. */
  settingOf?(purpose: string): string
  /** Which drop-ins use a port unless they are told otherwise, for messages. */
  readonly usualPorts?: ReadonlyMap<number, readonly string[]>
}

/** The place where the parts meet: devices into slots, slots into the exposition, the exposition behind listeners. */
export interface House {
  /** Starts what the plan names and ends what it does not; what has not changed goes on untouched. Throws before it changes anything. */
  apply(plan: HousePlan): Promise<void>
  reload(): ReturnType<WebHouse['reload']>
  isReady: WebHouse['isReady']
  /** Where it listens, by purpose: `main`, or the name of the device whose drop-in it is. */
  addresses(): ReadonlyMap<string, string>
  /** Lets running answers finish, then ends everything. */
  close(): Promise<void>
}

interface Running {
  readonly configured: ConfiguredDevice
  readonly exposed: ExposedDevice
  readonly slot: Slot
  readonly members: Members
  stop(): Promise<void>
}

/** A feed that is ready to run, and what its device remembers. */
interface Prepared {
  readonly feed: Feed
  readonly keep: FileKeep
}

/**
 * What nobody asks for is rendered at this pace all the same: a request finds little left to do, and whatever a device says
 * has been seen once before it grows old.
 */
const RENDER_MS = 30_000
const PROCESS_SAMPLE_MS = 15_000
/** Reading `/proc` costs more than a meter's frame: not for each of them. */
const PROCESS_SAMPLE_PAUSE_MS = 5_000
/** A port that does not let go must not hold up the end. */
const LONGEST_STOP_MS = 1_000

export function createHouse(options: HouseOptions): House {
  const { clock, log, exposition } = options
  const running = new Map<string, Running>()
  const listeners = createListeners({ clock, log })
  const refreshing = startRefreshing(clock, exposition)
  let isStopping = false
  let changing: Promise<unknown> = Promise.resolve()

  const house: House = {
    async apply(plan) {
      const feeds = makeFeeds(plan)
      await listeners.change(wantedListeners(plan))
      await changeDevices(plan, feeds)
    },
    reload() {
      const next = changing.then(tryReload)
      changing = next
      return next
    },
    isReady() {
      const waitingFor = [...running.values()]
        .filter(({ slot }) => !wasTried(slot))
        .map(({ exposed }) => exposed.name)
      return { ready: waitingFor.length === 0 && !isStopping, waitingFor }
    },
    addresses: () => listeners.addresses(),
    async close() {
      isStopping = true
      refreshing.stop()
      await Promise.all([listeners.close(), ...[...running.values()].map(device => device.stop())])
      running.clear()
    },
  }
  return house

  async function tryReload(): ReturnType<WebHouse['reload']> {
    if (isStopping) return { ok: false, message: 'hearth is ending' }
    try {
      await house.apply(options.readPlan())
      log.info('configuration read again')
      return { ok: true }
    } catch (error) {
      const message = messageOf(error)
      log.error(`configuration not changed: ${message}`)
      return { ok: false, message }
    }
  }

  function isUnchanged(device: ConfiguredDevice): boolean {
    return running.get(device.name)?.configured.fingerprint === device.fingerprint
  }

  /** Feeds of the devices that are new or changed. Made first, because a feed refuses a place that cannot be. */
  function makeFeeds({ devices, dataDir }: HousePlan): ReadonlyMap<string, Prepared> {
    const changed = devices.filter(device => !isUnchanged(device))
    return new Map(
      changed.map(({ name, device }) => {
        const keep = options.keep(name, dataDir)
        const { line, http } = options
        return [
          name,
          { keep, feed: device.feed({ clock, log: log.with({ device: name }), line, http, keep }) },
        ]
      }),
    )
  }

  function wantedListeners({ listen, devices }: HousePlan): WantedListener[] {
    const settingOf = options.settingOf ?? usualSetting
    const web: WebHouse = { reload: house.reload, isReady: house.isReady, isStopping: () => isStopping }
    const main = listen
      ? [{ purpose: 'main', address: listen, handle: routes({ exposition, house: web, clock }) }]
      : []
    const dropIns = devices.flatMap(({ name, device, dropIn }) =>
      dropIn
        ? [
            {
              purpose: name,
              address: dropIn,
              handle: dropInHandler({ exposition, name, flavour: device.site.flavour }),
            },
          ]
        : [],
    )
    return [...main, ...dropIns].map(each => ({
      ...each,
      setting: settingOf(each.purpose),
      usualFor: options.usualPorts?.get(each.address.port) ?? [],
    }))
  }

  async function changeDevices(plan: HousePlan, feeds: ReadonlyMap<string, Prepared>): Promise<void> {
    const wanted = new Set(plan.devices.map(({ name }) => name))
    const leaving = [...running].filter(([name]) => !wanted.has(name) || feeds.has(name))
    await Promise.all(leaving.map(([, device]) => device.stop()))
    for (const [name, { members }] of leaving) {
      running.delete(name)
      for (const each of [name, ...members.names()]) exposition.remove(each)
    }
    // A machine may have the name of a device that is configured only now.
    for (const { members } of running.values()) for (const name of wanted) members.giveUp(name)
    for (const configured of plan.devices) {
      const { name, type, title, device } = configured
      const exposed = { name, type, title, site: plan.site, showSerials: plan.privacy.showSerials, device }
      const prepared = feeds.get(name)
      const known = running.get(name)
      if (prepared) running.set(name, start(configured, exposed, prepared))
      else if (
        known &&
        (known.exposed.site !== exposed.site || known.exposed.showSerials !== exposed.showSerials)
      ) {
        const shown = { ...exposed, device: known.exposed.device }
        running.set(name, { ...known, exposed: shown })
        exposition.put(shown, known.slot.view)
        known.members.showAll()
      }
    }
  }

  function start(configured: ConfiguredDevice, exposed: ExposedDevice, { feed, keep }: Prepared): Running {
    const { name, device } = exposed
    const stop = new AbortController()
    const deviceLog = log.with({ device: name })
    const slot = createSlot({
      clock,
      staleAfterMs: device.staleAfterMs,
      outcome: key => device.outcome(key),
      onChange(view) {
        exposition.put(running.get(name)?.exposed ?? exposed, view)
        refreshing.onChange()
      },
    })
    exposition.put(exposed, slot.view)
    const members = createMembers({
      gateway: () => running.get(name)?.exposed ?? exposed,
      device: configured.device,
      clock,
      log: deviceLog,
      isTaken: wanted => running.has(wanted),
      show(member, view) {
        exposition.put(member, view)
        refreshing.onChange()
      },
    })
    const done = runFeed({
      feed,
      report: { ...slot, member: word => members.member(word) },
      clock,
      log: deviceLog,
      random: options.random,
      signal: stop.signal,
    })
    return {
      configured,
      exposed,
      slot,
      members,
      async stop() {
        stop.abort()
        const ended = new AbortController()
        await Promise.race([done, sleep(clock, LONGEST_STOP_MS, ended.signal)])
        ended.abort()
        slot.close()
        members.close()
        keep.close()
      },
    }
  }
}

/** An attempt has ended, or something was read: a meter whose frames are all cut makes no attempt and is read all the same. */
function wasTried(slot: Slot): boolean {
  const { health, readings } = slot.view()
  return health.succeeded + health.failed > 0 || readings.size > 0
}

function usualSetting(purpose: string): string {
  return purpose === 'main' ? 'listen' : `devices.${purpose}.drop_in`
}

/** Has the process sampled with the devices' changes and at least every 15 s, and everything rendered every 30 s. */
function startRefreshing(clock: Clock, exposition: Exposition) {
  let sampledAt = Number.NEGATIVE_INFINITY
  const sample = () => {
    sampledAt = clock.monotonic()
    return sampleProcess()
  }
  const stopSampling = every(clock, PROCESS_SAMPLE_MS, () => exposition.putProcess(sample))
  const stopRendering = every(clock, RENDER_MS, exposition.refresh)
  return {
    onChange() {
      if (clock.monotonic() - sampledAt >= PROCESS_SAMPLE_PAUSE_MS) exposition.putProcess(sample)
    },
    stop() {
      stopSampling()
      stopRendering()
    },
  }
}

/** Runs a task now and again and again. */
function every(clock: Clock, ms: number, task: () => void): Cancel {
  let cancel: Cancel = () => {}
  const run = () => {
    cancel = clock.after(ms, run)
    task()
  }
  run()
  return () => cancel()
}
