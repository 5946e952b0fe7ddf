import { sampleProcess } from '../collect/process-sample.ts'
import { runFeed } from '../collect/run-feed.ts'
import type { ConfiguredDevice } from '../config/devices.ts'
import type { HearthConfig } from '../config/load.ts'
import type { Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { LineTransport } from '../core/line.ts'
import type { Log } from '../core/log.ts'
import { formatListen, type ListenAddress } from '../core/settings.ts'
import type { View } from '../core/view.ts'
import type { ExposedDevice, Exposition } from '../expose/types.ts'
import { createSlot, type Slot } from '../store/slot.ts'
import { dropInHandler } from '../web/drop-in-handler.ts'
import type { House as WebHouse } from '../web/house.ts'
import { type Listener, openListener } from '../web/listener.ts'
import type { Handler } from '../web/request.ts'
import { routes } from '../web/routes.ts'

/** What a house consists of. Without `listen` there is no main listener: the drop-in commands have none. */
export interface HousePlan extends Pick<HearthConfig, 'site' | 'privacy' | 'devices'> {
  readonly listen?: ListenAddress
}

export interface HouseOptions {
  readonly clock: Clock
  readonly log: Log
  readonly exposition: Exposition
  random(): number
  line(address: string): LineTransport
  /** Reads the configuration anew; throws a HearthError that says everything wrong with it. */
  readPlan(): HousePlan | Promise<HousePlan>
  /** Which setting chooses a listener's address, for messages. */
  settingOf?(purpose: 'main' | string): string
}

/** The place where the parts meet: devices into slots, slots into the exposition, the exposition behind listeners. */
export interface House {
  /** Starts what the plan names and ends what it does not; what has not changed goes on untouched. */
  apply(plan: HousePlan): Promise<void>
  reload(): ReturnType<WebHouse['reload']>
  isReady: WebHouse['isReady']
  /** Where it listens, by purpose: `main`, or the name of the device whose drop-in it is. */
  addresses(): ReadonlyMap<string, string>
  /** Lets running answers finish, then ends everything. */
  close(): Promise<void>
}

interface Running {
  readonly plan: ConfiguredDevice
  readonly exposed: ExposedDevice
  readonly slot: Slot
  stop(): Promise<void>
}

interface OpenListener {
  readonly listener: Listener
  handle: Handler
}

const PROCESS_SAMPLE_MS = 15_000
const PROCESS_SAMPLE_PAUSE_MS = 1_000

export function createHouse(options: HouseOptions): House {
  const { clock, log, exposition } = options
  const running = new Map<string, Running>()
  const listeners = new Map<string, OpenListener>()
  const purposes = new Map<string, string>()
  let isStopping = false
  let reloading: Promise<unknown> = Promise.resolve()
  const sampling = startSampling(clock, exposition)

  const house: House = {
    async apply(plan) {
      await openListeners(plan)
      await changeDevices(plan)
    },
    reload() {
      const next = reloading.then(tryReload)
      reloading = next
      return next
    },
    isReady() {
      const waitingFor = [...running.values()]
        .filter(({ slot }) => slot.view().health.succeeded + slot.view().health.failed === 0)
        .map(({ plan }) => plan.name)
      return { ready: waitingFor.length === 0 && !isStopping, waitingFor }
    },
    addresses: () =>
      new Map([...purposes].map(([purpose, key]) => [purpose, listeners.get(key)?.listener.url ?? ''])),
    async close() {
      isStopping = true
      sampling.stop()
      await Promise.all([
        ...[...listeners.values()].map(({ listener }) => listener.close()),
        ...[...running.values()].map(device => device.stop()),
      ])
      running.clear()
      listeners.clear()
    },
  }
  return house

  async function tryReload(): ReturnType<WebHouse['reload']> {
    try {
      await house.apply(await options.readPlan())
      log.info('configuration read again')
      return { ok: true }
    } catch (error) {
      const message = messageOf(error)
      log.error(`configuration not changed: ${message}`)
      return { ok: false, message }
    }
  }

  /** Opens what is new before anything old is closed: when one address is taken, all stays as it was. */
  async function openListeners(plan: HousePlan): Promise<void> {
    const wanted = wantedListeners(plan)
    const opened: OpenListener[] = []
    const next = new Map<string, OpenListener>()
    try {
      for (const { key, address, purpose, handle } of wanted) {
        const known = listeners.get(key)
        if (known) next.set(key, known)
        else {
          const open = await openOne(address, purpose, handle)
          opened.push(open)
          next.set(key, open)
        }
      }
    } catch (error) {
      await Promise.all(opened.map(({ listener }) => listener.close(0)))
      throw error
    }
    const closing = [...listeners].filter(([key]) => !next.has(key))
    listeners.clear()
    purposes.clear()
    for (const { key, purpose, handle } of wanted) {
      const open = next.get(key)
      if (!open) continue
      open.handle = handle
      listeners.set(key, open)
      purposes.set(purpose, key)
    }
    await Promise.all(closing.map(([, { listener }]) => listener.close()))
  }

  async function openOne(address: ListenAddress, purpose: string, handle: Handler): Promise<OpenListener> {
    const open: { listener?: Listener; handle: Handler } = { handle }
    const listener = await openListener({
      address,
      handle: request => open.handle(request),
      log,
      clock,
      name: purpose === 'main' ? 'the main listener' : `the drop-in of "${purpose}"`,
      setting: options.settingOf?.(purpose) ?? (purpose === 'main' ? 'listen' : `devices.${purpose}.drop_in`),
    })
    return Object.assign(open, { listener })
  }

  function wantedListeners(plan: HousePlan) {
    const main = plan.listen
      ? [
          {
            purpose: 'main',
            address: plan.listen,
            handle: routes({ exposition, house: webHouse(), clock }),
          },
        ]
      : []
    const dropIns = plan.devices.flatMap(({ name, device, dropIn }) =>
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
    // A free port is never the same twice, so its listener belongs to its purpose.
    return [...main, ...dropIns].map(each => ({
      ...each,
      key:
        each.address.port === 0
          ? `${formatListen(each.address)} ${each.purpose}`
          : formatListen(each.address),
    }))
  }

  function webHouse(): WebHouse {
    return { reload: house.reload, isReady: house.isReady, isStopping: () => isStopping }
  }

  async function changeDevices(plan: HousePlan): Promise<void> {
    const kept = new Map(plan.devices.map(device => [device.name, device]))
    const leaving = [...running].filter(
      ([name, { plan: old }]) => kept.get(name)?.fingerprint !== old.fingerprint,
    )
    await Promise.all(leaving.map(([, device]) => device.stop()))
    for (const [name] of leaving) {
      running.delete(name)
      exposition.remove(name)
    }
    for (const device of plan.devices) {
      const known = running.get(device.name)
      if (!known) running.set(device.name, startDevice(device, plan))
      else if (known.exposed.site !== plan.site || known.exposed.showSerials !== plan.privacy.showSerials) {
        running.set(device.name, expose(known, plan))
      }
    }
  }

  /** A device whose pages cannot be made is a bug of ours: it keeps its last pages, and nobody else notices. */
  function show(exposed: ExposedDevice, view: View, deviceLog: Log): void {
    try {
      exposition.put(exposed, view)
    } catch (error) {
      deviceLog.error(`its pages cannot be made: ${messageOf(error)}`)
    }
  }

  function expose(known: Running, plan: HousePlan): Running {
    const exposed = { ...known.exposed, site: plan.site, showSerials: plan.privacy.showSerials }
    exposition.put(exposed, known.slot.view())
    return { ...known, exposed }
  }

  function startDevice(plan: ConfiguredDevice, { site, privacy }: HousePlan): Running {
    const { name, type, title, device } = plan
    const stop = new AbortController()
    const deviceLog = log.with({ device: name })
    const exposed: ExposedDevice = { name, type, title, site, showSerials: privacy.showSerials, device }
    const slot = createSlot({
      clock,
      staleAfterMs: device.staleAfterMs,
      outcome: key => device.outcome(key),
      onChange(view) {
        show(running.get(name)?.exposed ?? exposed, view, deviceLog)
        sampling.onChange()
      },
    })
    exposition.put(exposed, slot.view())
    const feed = device.feed({ clock, log: deviceLog, line: options.line })
    const done = runFeed({
      feed,
      report: slot,
      clock,
      log: deviceLog,
      random: options.random,
      signal: stop.signal,
    })
    return {
      plan,
      exposed,
      slot,
      async stop() {
        stop.abort()
        await done
        slot.close()
      },
    }
  }
}

/** Samples the process with the devices' changes, at most once a second, and at least every 15 s. */
function startSampling(clock: Clock, exposition: Exposition) {
  let cancel = () => {}
  let sampledAt = Number.NEGATIVE_INFINITY
  const sample = () => {
    cancel()
    sampledAt = clock.monotonic()
    exposition.putProcess(sampleProcess())
    cancel = clock.after(PROCESS_SAMPLE_MS, sample)
  }
  sample()
  return {
    onChange() {
      if (clock.monotonic() - sampledAt >= PROCESS_SAMPLE_PAUSE_MS) sample()
    },
    stop: () => cancel(),
  }
}
