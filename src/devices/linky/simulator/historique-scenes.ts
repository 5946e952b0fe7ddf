import { baseCalendar, mobilePeakCalendar, offPeakCalendar, tempoCalendar } from './calendar.ts'
import { type Contract, contract } from './contract.ts'
import { type Frame, historiqueGroup, wholeFrame } from './frame.ts'
import { longGroups } from './historique-frame.ts'
import { createMeter } from './meter.ts'
import { type Scene, type Stage, transmit } from './scene.ts'

const BASE_SERIAL = '041176304512'

/** Frames of a meter whose contract is never overrun. */
export function* longFrames(stage: Stage, given: Contract): Generator<Frame, void, undefined> {
  const meter = createMeter(given, stage.seed, stage.startAt)
  for (;;) yield wholeFrame(longGroups(meter.readAt(stage.now()), given))
}

/** The house most scenarios live in: one phase, one price. */
export function baseContract(): Contract {
  return contract({ serial: BASE_SERIAL, calendar: baseCalendar(), initialWh: [8_412_377] })
}

/** A house with Tempo. */
export function tempoContract(seed: number): Contract {
  return contract({
    serial: '041676118203',
    calendar: tempoCalendar(seed),
    initialWh: [9_120_441, 14_530_210, 1_702_318, 2_611_907, 801_544, 1_093_672],
  })
}

/** The values of the original's own document, standing still. */
const DOCUMENT_GROUPS: readonly string[] = [
  historiqueGroup('ADCO', BASE_SERIAL),
  historiqueGroup('OPTARIF', 'BASE'),
  historiqueGroup('ISOUSC', '30'),
  historiqueGroup('BASE', '002354780'),
  historiqueGroup('PTEC', 'TH..'),
  historiqueGroup('IINST', '011'),
  historiqueGroup('IMAX', '090'),
  historiqueGroup('PAPP', '02610'),
  historiqueGroup('HHPHC', 'A'),
  historiqueGroup('MOTDETAT', '000000'),
]

/** Undisturbed meters in mode historique. */
export const HISTORIQUE_SCENES: readonly Scene[] = [
  scene('base', 'One phase, one price: the meter of a living house.', longFrames, baseContract),
  {
    name: 'document',
    summary: "The values of the original exporter's document, standing still.",
    baudRate: 1200,
    verdict: 'good',
    play: stage => transmit(repeated(wholeFrame(DOCUMENT_GROUPS)), stage),
  },
  scene('hc', 'One phase, off-peak hours from 22:30 to 6:30.', longFrames, () =>
    contract({
      serial: '041876502231',
      prefKva: 6,
      calendar: offPeakCalendar(),
      initialWh: [15_033_211, 21_870_054],
    }),
  ),
  scene('ejp', 'One phase, mobile peaks: notice after 6 s, the peak half an hour later.', longFrames, stage =>
    contract({
      serial: '031576226194',
      calendar: mobilePeakCalendar(stage.startAt),
      initialWh: [61_250_803, 3_904_118],
    }),
  ),
  scene('tempo', 'One phase, six prices; the colour of tomorrow is announced at 20:00.', longFrames, stage =>
    tempoContract(stage.seed),
  ),
  scene('historique-three-phase', 'Three phases with off-peak hours, long frames.', longFrames, () =>
    contract({
      serial: '062363118820',
      phases: 3,
      prefKva: 18,
      calendar: offPeakCalendar(),
      initialWh: [27_114_906, 40_822_317],
    }),
  ),
  {
    name: 'idle',
    summary: 'A meter on standby: frames hold its address and nothing else.',
    baudRate: 1200,
    verdict: 'good',
    play: stage => transmit(repeated(wholeFrame([historiqueGroup('ADCO', BASE_SERIAL)])), stage),
  },
]

/** A scene of frames that depend on a contract. */
export function scene(
  name: string,
  summary: string,
  frames: (stage: Stage, given: Contract) => Iterable<Frame>,
  contractOf: (stage: Stage) => Contract,
  baudRate: Scene['baudRate'] = 1200,
): Scene {
  return {
    name,
    summary,
    baudRate,
    verdict: 'good',
    play: stage => transmit(frames(stage, contractOf(stage)), stage),
  }
}

function* repeated(frame: Frame): Generator<Frame, void, undefined> {
  for (;;) yield frame
}
