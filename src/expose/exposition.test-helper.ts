import type { UnixMs } from '../core/clock.ts'
import type { Device } from '../core/driver.ts'
import type { Page, Site } from '../core/page.ts'
import type { ProcessSample } from '../core/process-sample.ts'
import type { Identity, Reading } from '../core/reading.ts'
import type { Series } from '../core/series.ts'
import type { Health, StoredReading, View } from '../core/view.ts'
import type { Ask, ExposedDevice } from './types.ts'

/** Doubles for the tests of this folder. */

export function someHealth(more: Partial<Health> = {}): Health {
  return {
    isUp: true,
    succeeded: 3,
    failed: 1,
    reconnects: 2,
    errors: {
      connect: 0,
      timeout: 1,
      auth: 0,
      http_status: 0,
      rate_limited: 0,
      framing: 0,
      checksum: 4,
      parse: 0,
      schema: 0,
      implausible: 0,
      sensor: 0,
      other: 0,
    },
    durations: { bounds: [0.1, 1, 10], counts: [1, 2, 0], count: 4, sumSeconds: 17.5 },
    outcomes: { mapped: 10, native_only: 5, unknown: 0, rejected: 0 },
    ...more,
  }
}

export function someView(
  readings: readonly (Reading & { readonly receivedAt?: UnixMs })[],
  health: Health = someHealth(),
): View {
  const stored = readings.map((reading): [string, StoredReading] => [
    reading.key,
    { group: 'frame', receivedAt: 0 as UnixMs, ...reading },
  ])
  return { readings: new Map(stored), documents: new Map(), health }
}

/** A device whose series and pages a test sets at will. */
export function someDevice(
  settable: {
    series?: readonly Series[]
    pages?: ReadonlyMap<string, Page>
    identity?: Identity
    site?: Site
  } = {},
): Device {
  return {
    place: '/dev/null',
    intervalMs: 0,
    staleAfterMs: 60_000,
    feed: () => ({ kind: 'listen', run: async () => {} }),
    identity: () => settable.identity ?? { class: 'electricity_meter', serial: '041476203915' },
    outcome: () => 'mapped',
    unified: () => settable.series ?? [],
    site: settable.site ?? someSite('python'),
    pages: () => settable.pages ?? new Map(),
  }
}

export function someSite(flavour: Site['flavour']): Site {
  return {
    flavour,
    headers: { 'X-Original': 'yes' },
    route(path) {
      if (path === '/metrics') return { page: 'metrics' }
      if (path === '/') return { redirect: '/metrics', status: 301 }
      return path === '/favicon.ico' ? { empty: true } : 'not-found'
    },
  }
}

export function exposed(name: string, device: Device, more: Partial<ExposedDevice> = {}): ExposedDevice {
  return { name, type: 'linky', title: 'Linky', site: 'home', showSerials: false, device, ...more }
}

export function ask(more: { accept?: string; acceptEncoding?: string; query?: string } = {}): Ask {
  return {
    accept: more.accept,
    acceptEncoding: more.acceptEncoding,
    query: new URLSearchParams(more.query ?? ''),
  }
}

export function someProcess(more: Partial<ProcessSample> = {}): ProcessSample {
  return {
    startTimeSeconds: 1_700_000_000.25,
    cpuUserSeconds: 2.5,
    cpuSystemSeconds: 1.25,
    residentBytes: 60_000_000,
    virtualBytes: 1_000_000_000,
    openFds: 21,
    maxFds: 1024,
    heapUsedBytes: 8_000_000,
    heapTotalBytes: 12_000_000,
    externalBytes: 2_000_000,
    eventLoopLagSeconds: { last: 0.001, mean: 0.002, p50: 0.001, p90: 0.003, p99: 0.01 },
    activeResources: { Timeout: 3, TCPSocketWrap: 2 },
    ...more,
  }
}
