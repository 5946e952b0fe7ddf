import type { Report } from '../../core/driver.ts'
import type { Reading } from '../../core/reading.ts'
import type { View } from '../../core/view.ts'
import { createSlot, type Slot } from '../../store/slot.ts'
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts'
import { testReport } from '../../testing/use.ts'
import type { Frame, Group, Mode } from './protocol.ts'

type Row = readonly [label: string, data: string, horodate?: string]

/** A frame as the decoder gives it. */
export function frame(mode: Mode, rows: readonly Row[], over: Partial<Frame> = {}): Frame {
  const groups: Group[] = rows.map(([label, data, horodate]) => ({ label, data, horodate }))
  return { end: 'complete', mode, groups, damaged: { checksum: 0, framing: 0 }, lineBytes: 152, ...over }
}

export const BASE_ROWS: readonly Row[] = [
  ['ADCO', '041476203915'],
  ['OPTARIF', 'BASE'],
  ['ISOUSC', '45'],
  ['BASE', '008412377'],
  ['PTEC', 'TH..'],
  ['IINST', '004'],
  ['IMAX', '090'],
  ['PAPP', '00930'],
  ['HHPHC', 'A'],
  ['MOTDETAT', '000000'],
]

/** Rows with some replaced, added (at the end) or taken away (null). */
export function changed(
  rows: readonly Row[],
  changes: Readonly<Record<string, string | null>>,
): readonly Row[] {
  const kept = rows.flatMap((row): Row[] => {
    const change = changes[row[0]]
    if (change === null) return []
    return [change === undefined ? row : [row[0], change]]
  })
  const names = new Set(rows.map(([label]) => label))
  const added = Object.entries(changes).flatMap(([label, data]): Row[] =>
    data === null || names.has(label) ? [] : [[label, data]],
  )
  return [...kept, ...added]
}

/** A slot that a test feeds, with what was reported beside it. */
export function recordingSlot(): {
  clock: FakeClock
  slot: Slot
  report: Report
  attempts: boolean[]
  troubles: string[]
} {
  const clock = fakeClock()
  const slot = createSlot({ clock, staleAfterMs: 60_000, outcome: () => 'mapped', onChange() {} })
  const attempts: boolean[] = []
  const troubles: string[] = []
  const report: Report = testReport({
    ...slot,
    attempt(isComplete, durationMs) {
      attempts.push(isComplete)
      slot.attempt(isComplete, durationMs)
    },
    trouble(kind, message, times = 1) {
      troubles.push(`${kind} x${times}: ${message}`)
      slot.trouble(kind, message, times)
    },
  })
  return { clock, slot, report, attempts, troubles }
}

/** A view of readings given by key. */
export function viewOf(readings: Readonly<Record<string, Omit<Reading, 'key'> | Reading['value']>>): View {
  const { slot } = recordingSlot()
  slot.update({
    group: 'frame',
    isWhole: true,
    readings: Object.entries(readings).map(([key, reading]) =>
      typeof reading === 'object' ? { key, ...reading } : { key, value: reading, raw: String(reading) },
    ),
  })
  return slot.view()
}
