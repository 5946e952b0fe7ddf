import { runFeed } from '../../collect/run-feed.ts'
import { settingsKit } from '../../config/secrets.ts'
import type { Device } from '../../core/driver.ts'
import { type Keep, memoryKeep } from '../../core/keep.ts'
import { silentLog } from '../../core/log.ts'
import { createExposition } from '../../expose/exposition.ts'
import { createSlot, type Slot } from '../../store/slot.ts'
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts'
import { testReport, testUse } from '../../testing/use.ts'
import { kronotermCloud } from './index.ts'
import { type AskedAt, directHttp } from './simulator/direct-http.test-helper.ts'
import { ACCOUNT, type Cloud, PLANT_ZONE, startCloud } from './simulator/index.ts'

/** A simulated plant read through the device's own feed, its store and its exposition, as in a house. */
export interface PlantReader {
  readonly clock: FakeClock
  readonly cloud: Cloud
  readonly slot: Slot
  /** What reached the cloud, logins included. */
  readonly asked: readonly AskedAt[]
  /** `kind: message` */
  readonly troubles: readonly string[]
  /** Lines of samples on the drop-in page. */
  dropIn(): readonly string[]
  /** Lines of samples of the unified dialect. */
  unified(): readonly string[]
  /** The whole pages: the drop-in's, and the unified one in both formats. */
  pages(): { readonly dropIn: string; readonly text: string; readonly openMetrics: string }
  stop(): Promise<void>
}

export interface PlantReaderOptions {
  readonly scenario: string
  readonly clock?: FakeClock
  /** What was kept by a reader before. */
  readonly keep?: Keep
  /** A cloud that exists already, in place of one of the scenario. */
  readonly cloud?: Cloud
  readonly settings?: Readonly<Record<string, unknown>>
}

/** True for a login. */
export function isLogin({ method, url }: AskedAt): boolean {
  return method === 'POST' && url.includes('login=1')
}

/** Starts to read a simulated plant. */
export function readPlant({
  scenario,
  clock = fakeClock(),
  keep = memoryKeep(),
  cloud = startCloud({ scenario, seed: 1, clock }),
  settings = {},
}: PlantReaderOptions): PlantReader {
  const { http, asked } = directHttp(cloud, clock)
  const device = deviceOf(settings)
  const exposition = createExposition({ version: '1', revision: 'r', runtime: 'node' })
  const exposed = { name: 'pump', type: 'kronoterm-cloud', title: '', site: 'x', showSerials: true, device }
  const slot = createSlot({
    clock,
    staleAfterMs: device.staleAfterMs,
    outcome: key => device.outcome(key),
    onChange: view => exposition.put(exposed, view),
  })
  exposition.put(exposed, slot.view())
  const troubles: string[] = []
  const stop = new AbortController()
  const done = runFeed({
    feed: device.feed(testUse({ clock, http, keep })),
    clock,
    log: silentLog,
    random: () => 0.5,
    signal: stop.signal,
    report: testReport({
      ...slot,
      trouble(kind, message, times) {
        troubles.push(`${kind}: ${message}`)
        slot.trouble(kind, message, times)
      },
    }),
  })
  const everything = { accept: undefined, acceptEncoding: undefined, query: new URLSearchParams() }
  const textOf = (body: Uint8Array | undefined) => Buffer.from(body ?? new Uint8Array()).toString('utf8')
  const samples = (body: Uint8Array | undefined) =>
    textOf(body)
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
  return {
    clock,
    cloud,
    slot,
    asked,
    troubles,
    dropIn: () =>
      samples(exposition.dropIn('pump', '/metrics', everything)?.body).filter(line =>
        line.startsWith('heat_'),
      ),
    unified: () => samples(exposition.unified('pump', everything)?.body),
    pages: () => ({
      dropIn: textOf(exposition.dropIn('pump', '/metrics', everything)?.body),
      text: textOf(exposition.unified('pump', everything)?.body),
      openMetrics: textOf(
        exposition.unified('pump', { ...everything, accept: 'application/openmetrics-text;version=1.0.0' })
          ?.body,
      ),
    }),
    async stop() {
      stop.abort()
      await clock.advance(0)
      await done
      slot.close()
    },
  }
}

function deviceOf(settings: Readonly<Record<string, unknown>>): Device {
  const entry = {
    type: 'kronoterm-cloud',
    base_url: 'http://cloud.invalid',
    timezone: PLANT_ZONE,
    user: ACCOUNT.user,
    password: ACCOUNT.password,
    interval: '30s',
    ...settings,
  }
  const kit = settingsKit({ env: {}, configPath: '', readFile: () => '' })
  const configured = kronotermCloud.configure(entry, kit)
  if (!configured.isValid) throw new Error(JSON.stringify(configured.issues))
  return configured.device
}
