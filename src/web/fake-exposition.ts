import type { UnixMs } from '../core/clock.ts'
import { ERROR_KINDS, type ErrorKind } from '../core/errors.ts'
import type { Outcome } from '../core/reading.ts'
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
      feed: () => ({ kind: 'listen', run: async () => {} }),
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
    health: {
      isUp: true,
      succeeded: 10,
      failed: 0,
      lastSuccessAt: receivedAt,
      reconnects: 0,
      errors: zeros<ErrorKind>(ERROR_KINDS),
      durations: { bounds: [], counts: [], count: 0, sumSeconds: 0 },
      outcomes: zeros<Outcome>(['mapped', 'native_only', 'unknown', 'rejected']),
      ...health,
    },
  }
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map(key => [key, 0])) as Record<K, number>
}
