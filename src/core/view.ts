import type { UnixMs } from './clock.ts'
import type { ErrorKind } from './errors.ts'
import type { Outcome, Reading } from './reading.ts'

/** How reading a device goes, counted since hearth started. Immutable: a new one replaces it. */
export interface Health {
  /** The last attempt gave a complete valid reading. */
  readonly isUp: boolean
  /** Attempts so far; 0 means the device was not tried yet. */
  readonly succeeded: number
  readonly failed: number
  readonly lastSuccessAt?: UnixMs
  /** When that attempt began. */
  readonly lastSuccessBeganAt?: UnixMs
  /** When a raw value last differed from the one before. */
  readonly lastChangeAt?: UnixMs
  readonly reconnects: number
  readonly errors: Readonly<Record<ErrorKind, number>>
  /** The newest trouble in words, until the next success. */
  readonly trouble?: string
  readonly durations: DurationHistogram
  readonly outcomes: Readonly<Record<Outcome, number>>
}

/** Times of attempts: `counts[i]` of them took at most `bounds[i]` seconds and more than the bound before. */
export interface DurationHistogram {
  readonly bounds: readonly number[]
  readonly counts: readonly number[]
  readonly count: number
  readonly sumSeconds: number
}

/** A device at one moment: what is fresh, and how reading it goes. Never edited, only replaced. */
export interface View {
  /** Fresh readings only, by key; groups in the order in which they were first seen, a whole group in that of its newest update. */
  readonly readings: ReadonlyMap<string, StoredReading>
  /** Fresh documents only, by group. */
  readonly documents: ReadonlyMap<string, string>
  readonly health: Health
}

export interface StoredReading extends Reading {
  readonly group: string
  /** When hearth received it. */
  readonly receivedAt: UnixMs
}
