import { baseCalendar, offPeakCalendar, tempoCalendar } from './calendar.ts'
import { type Contract, contract } from './contract.ts'
import { type Frame, wholeFrame } from './frame.ts'
import { scene } from './historique-scenes.ts'
import { createMeter } from './meter.ts'
import type { Scene, Stage } from './scene.ts'
import { standardGroups } from './standard-frame.ts'

/** The ultra short message is sent once, in this frame. */
const SHORT_MESSAGE_FRAME = 3
const SHORT_MESSAGE = 'ESSAI'
const BAUD_RATE = 9600

const OFF_PEAK_WH = [6_120_884, 9_455_102]

/** Undisturbed meters in mode standard. */
export const STANDARD_SCENES: readonly Scene[] = [
  standardScene('standard', 'Standard mode, one phase, off-peak hours.', () =>
    contract({ serial: '041976770135', calendar: offPeakCalendar(), initialWh: OFF_PEAK_WH }),
  ),
  standardScene('standard-base', 'Standard mode, one phase, one price: supplier index 1 alone counts.', () =>
    contract({ serial: '041976770136', prefKva: 6, calendar: baseCalendar(), initialWh: [4_980_017] }),
  ),
  standardScene('standard-tempo', 'Standard mode, one phase, Tempo: colours and red days in STGE.', stage =>
    contract({
      serial: '041976770137',
      prefKva: 12,
      calendar: tempoCalendar(stage.seed),
      initialWh: [9_120_441, 14_530_210, 1_702_318, 2_611_907, 801_544, 1_093_672],
    }),
  ),
  standardScene('standard-three-phase', 'Standard mode, three phases, off-peak hours.', () =>
    contract({
      serial: '062176770138',
      phases: 3,
      prefKva: 18,
      calendar: offPeakCalendar(),
      initialWh: OFF_PEAK_WH,
    }),
  ),
  standardScene('standard-overrun', 'Standard mode, one phase over its contract for 30 s of every 90.', () =>
    contract({
      serial: '041976770139',
      prefKva: 6,
      calendar: offPeakCalendar(),
      initialWh: OFF_PEAK_WH,
      surges: [{ phase: 0, watts: 8000, fromMs: 1, lengthMs: 30_000, everyMs: 90_000 }],
    }),
  ),
  standardScene(
    'producer',
    'Standard mode, one phase, panels on the roof: injects while the sun shines.',
    () =>
      contract({
        serial: '041976770140',
        calendar: offPeakCalendar(),
        initialWh: OFF_PEAK_WH,
        isProducer: true,
        solarWatts: 5200,
      }),
  ),
]

/** Frames of a meter in mode standard. */
export function* standardFrames(stage: Stage, given: Contract): Generator<Frame, void, undefined> {
  const meter = createMeter(given, stage.seed, stage.startAt)
  for (let number = 0; ; number++) {
    const shortMessage = number === SHORT_MESSAGE_FRAME ? SHORT_MESSAGE : undefined
    yield wholeFrame(standardGroups(meter.readAt(stage.now()), given, shortMessage))
  }
}

function standardScene(name: string, summary: string, contractOf: (stage: Stage) => Contract): Scene {
  return scene(name, summary, standardFrames, contractOf, BAUD_RATE)
}
