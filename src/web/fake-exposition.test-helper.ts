import type { UnixMs } from '../core/clock.ts'
import type { Health, StoredReading, View } from '../core/view.ts'
import type { Answer, Ask, ExposedDevice, Exposition } from '../expose/types.ts'

/** For tests: what was asked of the exposition, newest last. */
export interface Asked {
  readonly what: string
  readonly ask: Ask | undefined
}

/** For tests: an exposition with fixed devices whose answers say what was asked. */
export function fakeExposition(
  shown: readonly { readonly exposed: ExposedDevice; readonly view: View }[],
): Exposition & { readonly asked: readonly Asked[] } {
  const asked: Asked[] = []
  const answer = (what: string, ask?: Ask): Answer => {
    asked.push({ what, ask })
    return {
      status: 200,
      headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' },
      body: Buffer.from(`${what}\n`),
    }
  }
  const ifKnown = (name: string, what: string, ask?: Ask) =>
    shown.some(({ exposed }) => exposed.name === name) ? answer(what, ask) : undefined
  return {
    asked,
    put() {},
    remove() {},
    putProcess() {},
    refresh() {},
    metrics: ask => answer('all', ask),
    unified: (name, ask) => ifKnown(name, `unified ${name}`, ask),
    status: name => ifKnown(name, `status ${name}`),
    dropIn: (name, path, ask) => ifKnown(name, `drop-in ${name} ${path}`, ask),
    devices: () => shown,
  }
}

/** For tests: a device that is only looked at. */
export function exposedDevice(
  name: string,
  more: Partial<ExposedDevice> & { readonly place?: string } = {},
): ExposedDevice {
  const { place = '/dev/ttyUSB0', ...rest } = more
  return {
    name,
    type: 'linky',
    title: 'Linky electricity meter',
    site: 'home',
    showSerials: false,
    device: {
      place,
      intervalMs: 0,
      staleAfterMs: 60_000,
      identity: () => ({ class: 'electricity_meter' }),
      outcome: () => 'mapped',
      unified: () => [],
      site: { flavour: 'python', headers: {}, route: () => 'not-found' },
      pages: () => new Map(),
    },
    ...rest,
  }
}

/** For tests: a view of a device that was just heard, with whatever differs. */
export function viewOf(
  readings: readonly Omit<StoredReading, 'receivedAt' | 'group'>[],
  receivedAt: UnixMs,
  health: Partial<Health> = {},
  group = 'frame',
): View {
  return {
    readings: new Map(readings.map(reading => [reading.key, { group, receivedAt, ...reading }])),
    documents: new Map(),
    health: {
      isUp: true,
      succeeded: 10,
      failed: 0,
      lastSuccessAt: receivedAt,
      reconnects: 0,
      errors: NO_ERRORS,
      durations: { bounds: [], counts: [], count: 0, sumSeconds: 0 },
      outcomes: { mapped: 0, native_only: 0, unknown: 0, rejected: 0 },
      ...health,
    },
  }
}

const NO_ERRORS: Health['errors'] = {
  connect: 0,
  timeout: 0,
  auth: 0,
  http_status: 0,
  rate_limited: 0,
  framing: 0,
  checksum: 0,
  parse: 0,
  schema: 0,
  implausible: 0,
  sensor: 0,
  other: 0,
}
