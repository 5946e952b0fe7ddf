import type { Clock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { formatListen, type ListenAddress } from '../core/settings.ts'
import { type Listener, openListener } from '../web/listener.ts'
import type { Handler } from '../web/request.ts'

/** A listener that the house wants. */
export interface WantedListener {
  /** `main`, or the name of the device whose drop-in it is. */
  readonly purpose: string
  readonly address: ListenAddress
  readonly handle: Handler
  /** The setting that chooses its address, for messages. */
  readonly setting: string
  /** Drop-ins whose usual port this is, for messages. */
  readonly usualFor: readonly string[]
}

/** The listeners of a house. */
export interface Listeners {
  /** Opens what is new and closes what is not wanted any more, or changes nothing and throws a HearthError. */
  change(wanted: readonly WantedListener[]): Promise<void>
  /** Where it listens, by purpose. */
  addresses(): ReadonlyMap<string, string>
  /** Takes no more connections and lets running answers finish. */
  close(): Promise<void>
}

interface Open {
  wanted: WantedListener
  listener: Listener
}

export function createListeners({ clock, log }: { readonly clock: Clock; readonly log: Log }): Listeners {
  let current = new Map<string, Open>()
  const ending = new Set<Promise<void>>()

  /** Not waited for: the answer to the request that asked for the change may be the one that keeps it open. */
  function end({ listener }: Open): void {
    const ended = listener.close().finally(() => ending.delete(ended))
    ending.add(ended)
  }

  async function open(wanted: WantedListener): Promise<Open> {
    const { address, purpose, setting, usualFor } = wanted
    const opened: { wanted: WantedListener } = { wanted }
    const listener = await openListener({
      address,
      handle: request => opened.wanted.handle(request),
      log,
      clock,
      name: purpose === 'main' ? 'the main listener' : `the drop-in of "${purpose}"`,
      setting,
      usualFor,
    })
    return Object.assign(opened, { listener })
  }

  async function reopen(key: string, old: Open): Promise<void> {
    try {
      current.set(key, await open(old.wanted))
    } catch (error) {
      log.error(`could not go back to the old address: ${messageOf(error)}`)
    }
  }

  return {
    async change(wanted) {
      const next = new Map<string, Open>()
      const opened: Open[] = []
      const closedEarly: [string, Open][] = []
      const keys = new Set(wanted.map(keyOf))
      try {
        for (const each of wanted) {
          const key = keyOf(each)
          const known = current.get(key)
          if (known) {
            next.set(key, known)
            continue
          }
          // A wider or narrower address on the same port: the old one has to let go of it first.
          for (const [oldKey, old] of current) {
            if (keys.has(oldKey) || !isSamePort(old.wanted, each) || closedEarly.some(([k]) => k === oldKey))
              continue
            closedEarly.push([oldKey, old])
            end(old)
          }
          const one = await open(each)
          opened.push(one)
          next.set(key, one)
        }
      } catch (error) {
        await Promise.all(opened.map(({ listener }) => listener.close(0)))
        for (const [key, old] of closedEarly) await reopen(key, old)
        throw error
      }
      for (const each of wanted) {
        const one = next.get(keyOf(each))
        if (one) one.wanted = each
      }
      for (const [key, old] of current) {
        if (!next.has(key) && !closedEarly.some(([k]) => k === key)) end(old)
      }
      current = next
    },
    addresses: () =>
      new Map([...current.values()].map(({ wanted, listener }) => [wanted.purpose, listener.url])),
    async close() {
      for (const one of current.values()) end(one)
      current = new Map()
      await Promise.all(ending)
    },
  }
}

/** A free port is never the same twice, so its listener belongs to its purpose. */
function keyOf({ address, purpose }: WantedListener): string {
  return address.port === 0 ? `${formatListen(address)} ${purpose}` : formatListen(address)
}

function isSamePort(a: WantedListener, b: WantedListener): boolean {
  return a.address.port !== 0 && a.address.port === b.address.port
}
