import { z } from 'zod'
import { runFeed } from '../../collect/run-feed.ts'
import type { Device } from '../../core/driver.ts'
import { type Keep, memoryKeep } from '../../core/keep.ts'
import { silentLog } from '../../core/log.ts'
import type { Identity } from '../../core/reading.ts'
import { Secret } from '../../core/secret.ts'
import { createExposition } from '../../expose/exposition.ts'
import { createSlot, type Slot } from '../../store/slot.ts'
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts'
import { testReport, testUse } from '../../testing/use.ts'
import { type HandMadeCloud, handMadeCloud } from './cloud.test-helper.ts'
import { kronotermCloud } from './index.ts'

const kit = { secret: () => z.string().transform(text => new Secret(text)) }

/** The device of these configuration keys. */
export function deviceOf(settings: Readonly<Record<string, unknown>> = {}): Device {
  const entry = {
    type: 'kronoterm-cloud',
    user: 'me@example.org',
    password: 'pa ss&wörd',
    timezone: 'Europe/Ljubljana',
  }
  const configured = kronotermCloud.configure({ ...entry, base_url: 'https://cloud.test', ...settings }, kit)
  if (!configured.isValid) throw new Error(JSON.stringify(configured.issues))
  return configured.device
}

export interface Reader {
  readonly clock: FakeClock
  readonly cloud: HandMadeCloud
  readonly slot: Slot
  /** `kind: message` */
  readonly troubles: string[]
  readonly attempts: boolean[]
  /** The drop-in page without the families of the process. */
  dropInText(accept?: string): string
  /** Lines of samples on the drop-in page. */
  dropIn(): string[]
  /** Lines of samples of the unified dialect without health and `device`; of state sets the state that holds. */
  unified(): string[]
  /** The answer of a path of the drop-in. */
  path(path: string): { status: number; body: string }
  /** Asked pages in order since the last call. */
  asked(): string[]
  isUp(): boolean
  identity(): Identity
  stop(): Promise<void>
}

/** The device read through its own feed, store and exposition from a hand-made cloud, as in a house. */
export function readCloud({
  clock = fakeClock(),
  cloud = handMadeCloud(clock),
  keep = memoryKeep(),
  settings = {},
}: {
  clock?: FakeClock
  cloud?: HandMadeCloud
  keep?: Keep
  settings?: Readonly<Record<string, unknown>>
} = {}): Reader {
  const device = deviceOf(settings)
  const exposition = createExposition({ version: '1', revision: 'r', runtime: 'node' })
  const exposed = {
    name: 'pump',
    type: 'kronoterm-cloud',
    title: '',
    site: 'unknown',
    showSerials: true,
    device,
  }
  const slot = createSlot({
    clock,
    staleAfterMs: device.staleAfterMs,
    outcome: key => device.outcome(key),
    onChange: view => exposition.put(exposed, view),
  })
  exposition.put(exposed, slot.view())
  const troubles: string[] = []
  const attempts: boolean[] = []
  const stop = new AbortController()
  let seen = 0
  const done = runFeed({
    feed: device.feed(testUse({ clock, keep, http: () => cloud.client })),
    clock,
    log: silentLog,
    random: () => 0,
    signal: stop.signal,
    report: testReport({
      ...slot,
      attempt(isComplete, durationMs) {
        attempts.push(isComplete)
        slot.attempt(isComplete, durationMs)
      },
      trouble(kind, message, times) {
        troubles.push(`${kind}: ${message}`)
        slot.trouble(kind, message, times)
      },
    }),
  })
  const answer = (path: string, accept?: string) =>
    exposition.dropIn('pump', path, { accept, acceptEncoding: undefined, query: new URLSearchParams() })
  const text = (body: Uint8Array | undefined) => Buffer.from(body ?? new Uint8Array()).toString('utf8')
  const dropInText = (accept?: string) => {
    const body = text(answer('/metrics', accept)?.body)
    return body.slice(Math.max(0, body.indexOf('# HELP heat_pump_basic')))
  }
  return {
    clock,
    cloud,
    slot,
    troubles,
    attempts,
    dropInText,
    dropIn: () => linesOf(dropInText()),
    unified() {
      const ask = { accept: undefined, acceptEncoding: undefined, query: new URLSearchParams() }
      return linesOf(text(exposition.unified('pump', ask)?.body))
        .filter(line => !line.startsWith('hearth_device_') && !isOtherState(line))
        .map(line => line.replace(/device="pump",?/, ''))
    },
    path(path) {
      const found = answer(path)
      return { status: found?.status ?? 0, body: text(found?.body) }
    },
    asked() {
      const pages = cloud.asked.slice(seen).map(({ page }) => page)
      seen = cloud.asked.length
      return pages
    },
    isUp: () => slot.view().health.isUp,
    identity: () => device.identity(slot.view()),
    async stop() {
      stop.abort()
      await clock.advance(0)
      await done
      slot.close()
    },
  }
}

function linesOf(text: string): string[] {
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
}

/** A state of a state set that does not hold. */
function isOtherState(line: string): boolean {
  const [name = ''] = line.split('{', 1)
  return line.includes(`${name}="`) && line.endsWith(' 0')
}
