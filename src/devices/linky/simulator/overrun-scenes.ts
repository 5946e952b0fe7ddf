import { baseCalendar, offPeakCalendar } from './calendar.ts'
import { type Contract, contract, subscribedAmps } from './contract.ts'
import { EOT, type Frame, STX, wholeFrame } from './frame.ts'
import { longGroups, overrunGroup, shortGroups } from './historique-frame.ts'
import { scene } from './historique-scenes.ts'
import { createMeter, type Meter } from './meter.ts'
import type { Scene, Stage } from './scene.ts'

const SHORT_FRAMES_PER_CYCLE = 20
/** Three-phase meters keep sending short frames for this long after an overrun. */
const AFTERMATH_MS = 60_000

/** Contracts that are not kept. */
export const OVERRUN_SCENES: readonly Scene[] = [
  scene(
    'overrun',
    'One phase over its contract for 30 s of every 90: ADPS pushed in, then in its place, then gone.',
    singlePhaseFrames,
    () =>
      contract({
        serial: '041176304513',
        prefKva: 6,
        calendar: baseCalendar(),
        initialWh: [3_118_240],
        surges: [{ phase: 0, watts: 8000, fromMs: 1, lengthMs: 30_000, everyMs: 90_000 }],
      }),
  ),
  scene(
    'overrun-three-phase',
    'Phases over their contract for 30 s of every 180: EOT, then cycles of 20 short frames and a long one.',
    threePhaseFrames,
    () =>
      contract({
        serial: '062363118821',
        phases: 3,
        calendar: offPeakCalendar(),
        initialWh: [12_040_772, 19_337_915],
        surges: [
          { phase: 0, watts: 4600, fromMs: 1, lengthMs: 30_000, everyMs: 180_000 },
          { phase: 2, watts: 4200, fromMs: 10_001, lengthMs: 10_000, everyMs: 180_000 },
        ],
      }),
  ),
]

/** ADPS comes right after the group in progress at the moment of detection, afterwards in its place. */
function* singlePhaseFrames(stage: Stage, given: Contract): Generator<Frame, void, undefined> {
  const meter = createMeter(given, stage.seed, stage.startAt)
  for (;;) {
    const groups = longGroups(meter.readAt(stage.now()), given)
    const isWarned = groups.some(group => group.startsWith('\nADPS'))
    const found = isWarned ? undefined : detection(groups, stage, given, meter)
    if (!found) {
      yield wholeFrame(groups)
      continue
    }
    const warning = overrunGroup(Math.max(...meter.ampsAt(found.atMs)))
    yield wholeFrame([...groups.slice(0, found.groups), warning, ...groups.slice(found.groups)])
  }
}

/** At detection the long frame ends with EOT; then short frames and a long one in turns until all is quiet for a minute. */
function* threePhaseFrames(stage: Stage, given: Contract): Generator<Frame, void, undefined> {
  const meter = createMeter(given, stage.seed, stage.startAt)
  let quietAt = Number.NEGATIVE_INFINITY
  let cycleFrame = 0
  for (;;) {
    if (isOver(meter.ampsAt(stage.now()), given)) quietAt = stage.now() + AFTERMATH_MS
    const facts = meter.readAt(stage.now())
    if (stage.now() < quietAt) {
      const isLong = cycleFrame % (SHORT_FRAMES_PER_CYCLE + 1) === SHORT_FRAMES_PER_CYCLE
      yield wholeFrame(isLong ? longGroups(facts, given) : shortGroups(facts, given))
      cycleFrame += 1
      continue
    }
    cycleFrame = 0
    const groups = longGroups(facts, given)
    const found = detection(groups, stage, given, meter)
    if (!found) {
      yield wholeFrame(groups)
      continue
    }
    quietAt = found.atMs + AFTERMATH_MS
    yield { groups: groups.slice(0, found.groups), end: EOT }
  }
}

/** After how many groups of the frame that begins now an overrun is noticed, if one begins before its last group. */
function detection(
  groups: readonly string[],
  stage: Stage,
  given: Contract,
  meter: Meter,
): { readonly groups: number; readonly atMs: number } | undefined {
  let sent = STX.length
  for (const [place, group] of groups.entries()) {
    sent += group.length
    const atMs = Math.floor(stage.now() + sent * stage.characterMs)
    if (isOver(meter.ampsAt(atMs), given)) return { groups: place + 1, atMs }
  }
  return undefined
}

function isOver(amps: readonly number[], given: Contract): boolean {
  return amps.some(current => current > subscribedAmps(given))
}
