import type { UnixMs } from '../src/core/clock.ts'
import type { Device } from '../src/core/driver.ts'
import { ERROR_KINDS, type ErrorKind } from '../src/core/errors.ts'
import { TARIFFS } from '../src/core/families/index.ts'
import type { Series } from '../src/core/series.ts'
import type { Health, View } from '../src/core/view.ts'
import type { ExposedDevice } from '../src/expose/types.ts'

/** Samples that every device has besides its readings: identity and health. */
const HEALTH_SAMPLES = 34
const READINGS = 66
const BOUNDS = [0.1, 1, 10, 30]

/** Devices whose every reading changes when told to. */
export interface Meters {
  readonly devices: readonly { readonly exposed: ExposedDevice; readonly view: () => View }[]
  change(): void
}

/** As many meters as make about this many samples, a hundred each. */
export function fakeMeters(samples: number): Meters {
  let turn = 0
  const count = Math.round(samples / (HEALTH_SAMPLES + READINGS))
  const devices = Array.from({ length: count }, (_, number) => {
    const exposed: ExposedDevice = {
      name: `meter-${number}`,
      type: 'linky',
      title: 'Meter',
      site: 'bench',
      showSerials: false,
      device: fakeDevice(number, () => turn),
    }
    return {
      exposed,
      view: (): View => ({ readings: new Map(), documents: new Map(), health: healthOf(turn) }),
    }
  })
  return {
    devices,
    change() {
      turn++
    },
  }
}

function fakeDevice(number: number, turn: () => number): Device {
  const labels = (['import', 'export'] as const).flatMap(direction =>
    TARIFFS.map(tariff => ({ direction, tariff })),
  )
  const rows = (['hearth_meter_energy_joules_total', 'hearth_meter_energy_distributor_joules_total'] as const)
    .flatMap(family => labels.map(each => ({ family, labels: each })))
    .slice(0, READINGS)
  return {
    place: `bench:${number}`,
    intervalMs: 0,
    staleAfterMs: 60_000,
    feed: () => ({ kind: 'listen', run: async () => {} }),
    identity: () => ({ class: 'electricity_meter', serial: `0000000${number}` }),
    outcome: () => 'mapped',
    unified: (): readonly Series[] =>
      rows.map(({ family, labels: own }, row) => ({
        family,
        labels: own,
        value: (1_234_567 + 1_000 * number + row + turn()) * 3600,
      })),
    site: { flavour: 'python', headers: {}, route: () => 'not-found' },
    pages: () => new Map(),
  }
}

function healthOf(turn: number): Health {
  const errors = Object.fromEntries(ERROR_KINDS.map((kind, place) => [kind, turn + place]))
  return {
    isUp: true,
    succeeded: turn,
    failed: turn,
    reconnects: turn,
    lastSuccessAt: (1_760_000_000_000 + turn) as UnixMs,
    lastChangeAt: (1_760_000_000_000 + turn) as UnixMs,
    errors: errors as Record<ErrorKind, number>,
    durations: { bounds: BOUNDS, counts: [turn, turn, turn, turn], count: 4 * turn, sumSeconds: turn },
    outcomes: { mapped: turn, native_only: turn, unknown: turn, rejected: turn },
  }
}
