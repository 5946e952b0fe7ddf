import type { Cancel, Clock, MonotonicMs, UnixMs } from '../core/clock.ts'
import type { MemberReport } from '../core/driver.ts'
import { ERROR_KINDS, type ErrorKind } from '../core/errors.ts'
import type { Outcome, Reading, Update } from '../core/reading.ts'
import type { DurationHistogram, Health, StoredReading, View } from '../core/view.ts'

/** Upper bounds of the duration histogram in seconds: from a local answer to a slow cloud. */
const DURATION_BOUNDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
/** A device that invents keys without end must not fill the memory. */
const MOST_READINGS = 20_000
const MOST_DOCUMENTS = 500
/** What is left of a time in floating point may be too little to move any clock. */
const LEAST_WAIT_MS = 1

/** The newest readings of one device, each with its age. */
export interface Slot extends MemberReport {
  view(): View
  /** Stops the timers; nothing changes after that. */
  close(): void
}

export interface SlotOptions {
  readonly clock: Clock
  readonly staleAfterMs: number
  outcome(key: string): Exclude<Outcome, 'rejected'>
  /** Called once for all that changed together; `view` gives the newest view, which is made when somebody wants it. */
  onChange(view: () => View): void
}

/** What all readings of one update share. */
interface Arrival {
  readonly group: string
  readonly receivedAt: UnixMs
  readonly keptAt: MonotonicMs
  readonly staleAfterMs: number
}

interface KeptDocument {
  readonly text: string
  readonly arrival: Arrival
}

/** Of a reading that comes again only what is in it is replaced: most readings come again with every update. */
interface Kept {
  stored: StoredReading
  arrival: Arrival
}

/** Makes the store of one device: takes what its feed reports, withdraws what grows old, hands out immutable views. */
export function createSlot({ clock, staleAfterMs, outcome, onChange }: SlotOptions): Slot {
  const kept = new Map<string, Kept>()
  const documents = new Map<string, KeptDocument>()
  const errors = Object.fromEntries(ERROR_KINDS.map(kind => [kind, 0])) as Record<ErrorKind, number>
  const durations = { counts: DURATION_BOUNDS.map(() => 0), count: 0, sumSeconds: 0 }
  const rejected = new Map<string, number>()
  let connections = 0
  let succeeded = 0
  let failed = 0
  let isUp = false
  let lastSuccessAt: Health['lastSuccessAt']
  let lastSuccessBeganAt: Health['lastSuccessBeganAt']
  let lastChangeAt: Health['lastChangeAt']
  let trouble: string | undefined
  let current: View | undefined
  let isNotifying = false
  let isClosed = false
  let cancelExpiry: Cancel = () => {}
  /** When the next look at the ages is due: never after the first reading grows old. */
  let expiryAt = Number.POSITIVE_INFINITY

  function changed(): void {
    current = undefined
    if (isNotifying || isClosed) return
    isNotifying = true
    queueMicrotask(() => {
      isNotifying = false
      if (!isClosed) onChange(view)
    })
  }

  function view(): View {
    current ??= {
      readings: readings(),
      documents: new Map([...documents].map(([group, { text }]) => [group, text])),
      health: health(),
    }
    return current
  }

  function readings(): Map<string, StoredReading> {
    const all = new Map<string, StoredReading>()
    for (const [key, { stored }] of kept) all.set(key, stored)
    return all
  }

  function health(): Health {
    return {
      isUp,
      succeeded,
      failed,
      reconnects: Math.max(0, connections - 1),
      errors: { ...errors },
      durations: histogram(),
      outcomes: countOutcomes(),
      ...(lastSuccessAt === undefined ? {} : { lastSuccessAt }),
      ...(lastSuccessBeganAt === undefined ? {} : { lastSuccessBeganAt }),
      ...(lastChangeAt === undefined ? {} : { lastChangeAt }),
      ...(trouble === undefined ? {} : { trouble }),
    }
  }

  function histogram(): DurationHistogram {
    return { bounds: DURATION_BOUNDS, ...durations, counts: [...durations.counts] }
  }

  function countOutcomes(): Record<Outcome, number> {
    const counts = { mapped: 0, native_only: 0, unknown: 0, rejected: 0 }
    for (const key of kept.keys()) counts[outcome(key)]++
    for (const count of rejected.values()) counts.rejected += count
    return counts
  }

  /** Readings that are kept already; gives those that are not, and whether a value is another one. */
  function putKnown(readings: readonly Reading[], arrival: Arrival) {
    const fresh: Reading[] = []
    let hasChanged = false
    for (const reading of readings) {
      const before = kept.get(reading.key)
      if (!before) fresh.push(reading)
      else {
        hasChanged ||= before.stored.value !== reading.value || before.stored.raw !== reading.raw
        before.stored = stored(reading, arrival)
        before.arrival = arrival
      }
    }
    return { fresh, hasChanged }
  }

  function putFresh(fresh: readonly Reading[], arrival: Arrival): void {
    for (const reading of fresh) {
      if (kept.size < MOST_READINGS) kept.set(reading.key, { stored: stored(reading, arrival), arrival })
    }
  }

  /** Takes away what the group has from arrivals before. */
  function removeOlder(arrival: Arrival): boolean {
    const sizeBefore = kept.size
    kept.forEach((each, key) => {
      if (each.arrival !== arrival && each.arrival.group === arrival.group) kept.delete(key)
    })
    return kept.size < sizeBefore
  }

  /** Puts the readings of a whole group, which stand together, into the order of its news. */
  function inOrder({ group, readings }: Update): void {
    const news = readings.flatMap(({ key }) => {
      const each = kept.get(key)
      return each?.arrival.group === group ? [[key, each] as const] : []
    })
    const all = [...kept]
    const first = all.findIndex(([, { arrival }]) => arrival.group === group)
    const others = all.slice(first).filter(([, { arrival }]) => arrival.group !== group)
    kept.clear()
    for (const [key, each] of [...all.slice(0, first), ...news, ...others]) kept.set(key, each)
  }

  function putDocument({ document }: Update, arrival: Arrival): boolean {
    const { group } = arrival
    if (document === undefined) return false
    const before = documents.get(group)
    if (document === '') return documents.delete(group)
    if (!before && documents.size >= MOST_DOCUMENTS) return false
    documents.set(group, { text: document, arrival })
    return before?.text !== document
  }

  /**
   * Sees to it that there is a look at the ages when this arrival grows old. A look that is due before stays: with every
   * update it would have to be put off, and it puts itself off when it finds nothing old.
   */
  function expectExpiry(arrival: Arrival): void {
    if (arrival.keptAt + arrival.staleAfterMs < expiryAt) lookAt(arrival.keptAt + arrival.staleAfterMs)
  }

  function lookAt(at: number): void {
    cancelExpiry()
    expiryAt = at
    if (isClosed || at === Number.POSITIVE_INFINITY) return
    cancelExpiry = clock.after(Math.max(LEAST_WAIT_MS, at - clock.monotonic()), expire)
  }

  function expire(): void {
    const now = clock.monotonic()
    const sizeBefore = kept.size + documents.size
    let nextAt = Number.POSITIVE_INFINITY
    let isOnPace = false
    for (const ages of [kept, documents] as const) {
      for (const [key, { arrival }] of ages) {
        const oldAt = arrival.keptAt + arrival.staleAfterMs
        if (now >= oldAt) ages.delete(key)
        else {
          nextAt = Math.min(nextAt, oldAt)
          if (arrival.staleAfterMs <= staleAfterMs) isOnPace = true
        }
      }
    }
    lookAt(nextAt)
    if (kept.size + documents.size === sizeBefore) return
    // Nothing was delivered at the device's own pace: a last attempt that went well says nothing any more.
    if (!isOnPace) isUp = false
    changed()
  }

  return {
    view,
    update(update) {
      if (isClosed) return
      const arrival: Arrival = {
        group: update.group,
        receivedAt: clock.now(),
        keptAt: clock.monotonic(),
        staleAfterMs: update.staleAfterMs ?? staleAfterMs,
      }
      const known = putKnown(update.readings, arrival)
      const isLess = update.isWhole && removeOlder(arrival)
      const sizeBefore = kept.size
      putFresh(known.fresh, arrival)
      const isMore = kept.size > sizeBefore
      if (update.isWhole && isMore && sizeBefore > 0) inOrder(update)
      const isOther = putDocument(update, arrival)
      if (update.rejected !== undefined) rejected.set(update.group, update.rejected)
      if (known.hasChanged || isLess || isMore || isOther) lastChangeAt = arrival.receivedAt
      if (update.readings.length > 0 || documents.get(update.group)?.arrival === arrival)
        expectExpiry(arrival)
      changed()
    },
    attempt(isComplete, durationMs) {
      if (isComplete) {
        succeeded++
        const now = clock.now()
        lastSuccessAt = now
        lastSuccessBeganAt = Math.round(now - durationMs) as UnixMs
        trouble = undefined
      } else failed++
      isUp = isComplete
      const seconds = Math.max(0, durationMs) / 1000
      durations.count++
      durations.sumSeconds += seconds
      const bucket = DURATION_BOUNDS.findIndex(bound => seconds <= bound)
      if (bucket >= 0) durations.counts[bucket] = (durations.counts[bucket] ?? 0) + 1
      changed()
    },
    trouble(kind, message, times = 1) {
      errors[kind] += times
      trouble = message
      changed()
    },
    connected() {
      connections++
      changed()
    },
    close() {
      isClosed = true
      cancelExpiry()
    },
  }
}

function stored(reading: Reading, { group, receivedAt }: Arrival): StoredReading {
  return { ...reading, group, receivedAt }
}
