import { systemClock } from '../src/core/clock.ts'
import type { Report } from '../src/core/driver.ts'
import type { View } from '../src/core/view.ts'
import { createIntake } from '../src/devices/linky/intake.ts'
import { createDecoder, type Frame } from '../src/devices/linky/protocol.ts'
import { unified } from '../src/devices/linky/unified.ts'
import { createSlot } from '../src/store/slot.ts'
import { duration, perSecond, ratio } from './format.ts'
import { inTurns, secondsPerRun } from './measure.ts'
import type { Part, Row } from './part.ts'
import type { Stream } from './streams.ts'

const ROUNDS = 5
const ROUND_MS = 250
const FRAME_MS = 1_500

/** How fast frames become readings, and readings series. */
export async function readingsPart(streams: readonly Stream[]): Promise<Part> {
  const rows: Row[] = []
  for (const stream of streams) rows.push(await readingsRow(stream))
  return {
    title: 'From bytes to series',
    text:
      'The whole way of a frame before it is text: decoded, its readings checked and stored with their age, the unified series made of them. ' +
      'The baseline decodes the same bytes and stops there, so the ratio of the rates is the share of the decoder in the whole.',
    baseline: 'decoding alone',
    rows,
  }
}

async function readingsRow(stream: Stream): Promise<Row> {
  const decode = () => createDecoder('auto', () => {}).push(stream.bytes)
  const whole = () => seriesOf(stream)
  const series = whole()
  decode()
  const rate = (task: () => unknown) => async () => stream.frames / (await secondsPerRun(task, ROUND_MS))
  const measured = await inTurns(ROUNDS, rate(whole), rate(decode))
  return {
    what: `${stream.name} (${Math.round(series / stream.frames)} series a frame)`,
    hearth: `${perSecond(measured.ours)} frames, ${duration(1 / measured.ours)} each`,
    baseline: `${perSecond(measured.baseline)} frames`,
    ratio: ratio(measured),
    aim: undefined,
  }
}

/** Decodes, stores and makes the series of each frame; gives how many series there were. */
function seriesOf(stream: Stream): number {
  let series = 0
  let atMs = 0
  const slot = createSlot({
    clock: systemClock,
    staleAfterMs: 60_000,
    outcome: () => 'mapped',
    onChange() {},
  })
  const report: Report = { ...slot, member: () => slot }
  const intake = createIntake()
  const onFrame = (frame: Frame): void => {
    atMs += FRAME_MS
    intake.frame(frame, atMs, FRAME_MS, report)
    const view: View = slot.view()
    series += unified(view).length
  }
  createDecoder('auto', onFrame).push(stream.bytes)
  slot.close()
  if (series < stream.frames) throw new Error(`only ${series} series of ${stream.frames} frames`)
  return series
}
