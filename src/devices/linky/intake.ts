import type { Report } from '../../core/driver.ts'
import type { Reading, Update } from '../../core/reading.ts'
import { createIndexGuard, type IndexGuard } from './index-guard.ts'
import { labelOf } from './labels.ts'
import type { Damage, Frame, Group, Mode } from './protocol.ts'
import { type Refusal, readingsOf } from './readings.ts'

/** Readings of the frame itself: each long frame says them all anew. */
const FRAME = 'frame'
/** Overrun warnings: sent only while the limit is exceeded, so a good frame without them means that it is over. */
const OVERRUN = 'overrun'
const OVERRUN_LABELS = new Set(['ADPS', 'ADIR1', 'ADIR2', 'ADIR3'])
/** A three-phase meter in overrun sends these alone, twenty times for each long frame. */
const SHORT_FRAME_LABELS = new Set(['ADCO', 'IINST1', 'IINST2', 'IINST3', ...OVERRUN_LABELS])

/** Number and name of the running index name the indexes: one without the other, at a change, would swap them. */
const TARIFF_LABELS = new Set(['NGTF', 'LTARF', 'NTARF'])

const DAMAGE: Readonly<Record<Damage, string>> = {
  checksum: 'group with a wrong checksum dropped',
  framing: 'bytes that are no group dropped',
}

/** Turns frames into updates and keeps what must be known over frames and lost connections. */
export interface Intake {
  /**
   * @param atMs time of the frame on a clock that never goes back
   * @param tookMs how long the frame took
   */
  frame(frame: Frame, atMs: number, tookMs: number, report: Report): void
}

export function createIntake(): Intake {
  const guard = createIndexGuard()
  const read = createGroupReader()

  return {
    frame(frame, atMs, tookMs, report) {
      const { mode } = frame
      countDamage(frame, report)
      if (isIdle(frame)) {
        report.trouble('other', 'the meter sends its address and no readings (standby, "veille")')
        report.attempt(false, tookMs)
        return
      }
      if (!mode) return
      const { readings, dropped } = take(read(frame, mode), mode, atMs, guard, report)
      if (frame.end === 'broken') report.trouble('framing', 'frame broken off before its end')
      const lost = dropped + frame.damaged.checksum + frame.damaged.framing
      const isComplete = frame.end === 'complete'
      const isIntact = isComplete && lost === 0
      for (const update of updatesOf(readings, isIntact, dropped)) report.update(update)
      if (isComplete) report.attempt(readings.length > lost, tookMs)
      else if (frame.end === 'broken') report.attempt(false, tookMs)
    },
  }
}

function countDamage(frame: Frame, report: Report): void {
  for (const kind of ['checksum', 'framing'] as const) {
    const times = frame.damaged[kind]
    if (times > 0) report.trouble(kind, DAMAGE[kind], times)
  }
}

/**
 * Reads the groups of frames. The decoder gives a group that came again unchanged as the same object, and what that one
 * says stays true: most groups of a frame are so.
 */
function createGroupReader() {
  const known = new WeakMap<Group, { readonly mode: Mode; readonly readings: readonly Reading[] | Refusal }>()
  return ({ groups }: Frame, mode: Mode) =>
    groups.map(group => {
      const before = known.get(group)
      if (before?.mode === mode) return before.readings
      const readings = readingsOf(group, mode)
      known.set(group, { mode, readings })
      return readings
    })
}

/** Readings of a frame that can be true, and how many could not. Of a repeated label the last counts. */
function take(
  groups: readonly (readonly Reading[] | Refusal)[],
  mode: Mode,
  atMs: number,
  guard: IndexGuard,
  report: Report,
) {
  const taken = new Map<string, Reading>()
  let dropped = 0
  for (const readings of groups) {
    if ('reason' in readings) {
      dropped++
      report.trouble(readings.kind, readings.reason)
      continue
    }
    for (const reading of readings) taken.set(reading.key, reading)
  }
  const subscribedVa = subscribedPower(taken)
  if (subscribedVa !== undefined) guard.setSubscribedPower(subscribedVa)
  taken.forEach(({ value }, key) => {
    if (labelOf(mode, key)?.kind !== 'index' || typeof value !== 'number' || guard.accepts(key, value, atMs))
      return
    dropped++
    taken.delete(key)
    report.trouble('implausible', `${key}: index ${value} does not follow from the one before`)
  })
  return { readings: [...taken.values()], dropped }
}

function updatesOf(all: readonly Reading[], isIntact: boolean, rejected: number): Update[] {
  if (all.length === 0) return []
  const readings =
    isIntact || hasWholeTariff(all) ? all : all.filter(reading => !TARIFF_LABELS.has(reading.key))
  const isShort = readings.every(reading => SHORT_FRAME_LABELS.has(reading.key))
  const frame = readings.filter(reading => !OVERRUN_LABELS.has(reading.key))
  const overrun = readings.filter(reading => OVERRUN_LABELS.has(reading.key))
  // Long frames of a three-phase meter never carry ADIR, not even in overrun: only a short frame can end it.
  const saysOverrun = isShort || readings.some(reading => reading.key === 'IINST')
  return [
    { group: FRAME, readings: frame, isWhole: isIntact && !isShort, rejected },
    { group: OVERRUN, readings: overrun, isWhole: isIntact && saysOverrun },
  ]
}

function hasWholeTariff(readings: readonly Reading[]): boolean {
  return readings.filter(reading => TARIFF_LABELS.has(reading.key)).length === TARIFF_LABELS.size
}

/** Standby: a frame that came whole and holds the address alone. */
function isIdle({ end, groups, damaged }: Frame): boolean {
  if (end !== 'complete' || damaged.checksum + damaged.framing > 0) return false
  return groups.length === 1 && groups[0]?.label === 'ADCO'
}

/** Subscribed power of a frame in VA; historique: amperes x 200 V x phases, the convention of French contracts. */
export function subscribedPower(readings: ReadonlyMap<string, Pick<Reading, 'value'>>): number | undefined {
  const kiloVoltAmperes = readings.get('PREF')?.value
  if (typeof kiloVoltAmperes === 'number') return kiloVoltAmperes * 1000
  const amperes = readings.get('ISOUSC')?.value
  if (typeof amperes !== 'number') return undefined
  return amperes * 200 * (readings.has('IINST1') ? 3 : 1)
}
