import { baseCalendar } from './calendar.ts'
import { type Contract, contract } from './contract.ts'
import { cutAfterGroup, cutInsideGroup, GLITCHES, withBadChecksum } from './damage.ts'
import { type Frame, frameText, wholeFrame } from './frame.ts'
import { longGroups } from './historique-frame.ts'
import { baseContract, longFrames, tempoContract } from './historique-scenes.ts'
import { createMeter } from './meter.ts'
import { anyOf, type Distortion, type Scene, type Stage, transmit } from './scene.ts'

const DEMO_CHECKSUM_EVERY_MS = 120_000
const DEMO_CUT_EVERY_MS = 300_000
const JUMP_EVERY_FRAMES = 6
const EXCHANGED_AFTER_MS = 60_000
/** The best of a 9-digit index. */
const HIGHEST_INDEX_WH = 999_999_999

/** Meters and lines that damage single groups and frames. */
export const FAULT_SCENES: readonly Scene[] = [
  damaged('bad-checksum', 'One frame in four has a group with a wrong checksum.', ({ random }) => {
    return (frame, number) => (number % 4 === 1 ? withBadChecksum(frame, random) : frameText(frame))
  }),
  damaged('every-frame-bad', 'Every frame has a group with a wrong checksum.', ({ random }) => {
    return frame => withBadChecksum(frame, random)
  }),
  damaged('cut', 'One frame in three is cut by EOT, after a group or inside one.', ({ random }) => {
    return (frame, number) => {
      if (number % 3 !== 1) return frameText(frame)
      return number % 2 === 0 ? cutAfterGroup(frame, random) : cutInsideGroup(frame, random)
    }
  }),
  damaged(
    'glitch',
    'Every other frame is disturbed: no CR, fused groups, an empty line, lost bytes, no checksum, no ETX.',
    ({ random }) => {
      return (frame, number) => {
        if (number % 2 === 0) return frameText(frame)
        const glitch = GLITCHES[Math.floor(number / 2) % GLITCHES.length]
        return glitch ? glitch(frame, random) : frameText(frame)
      }
    },
  ),
  {
    name: 'index-jump',
    summary: 'An impossible index with a good checksum now and then; after a minute the meter is exchanged.',
    baudRate: 1200,
    verdict: 'bad',
    play: stage => transmit(jumpingFrames(stage), stage),
  },
  {
    name: 'demo',
    summary: 'A Tempo house with a bad checksum every 2 minutes or so and a cut frame every 5.',
    baudRate: 1200,
    verdict: 'good',
    play: stage => transmit(longFrames(stage, tempoContract(stage.seed)), stage, seldomDamaged(stage)),
  },
]

function damaged(name: string, summary: string, distortion: (stage: Stage) => Distortion): Scene {
  return {
    name,
    summary,
    baudRate: 1200,
    verdict: 'bad',
    play: stage => transmit(longFrames(stage, baseContract()), stage, distortion(stage)),
  }
}

function seldomDamaged({ random, elapsedMs }: Stage): Distortion {
  const soon = (everyMs: number) => elapsedMs() + everyMs * (0.75 + 0.5 * random())
  let badChecksumAt = soon(DEMO_CHECKSUM_EVERY_MS)
  let cutAt = soon(DEMO_CUT_EVERY_MS)
  return frame => {
    if (elapsedMs() >= badChecksumAt) {
      badChecksumAt = soon(DEMO_CHECKSUM_EVERY_MS)
      return withBadChecksum(frame, random)
    }
    if (elapsedMs() < cutAt) return frameText(frame)
    cutAt = soon(DEMO_CUT_EVERY_MS)
    return cutAfterGroup(frame, random)
  }
}

function* jumpingFrames(stage: Stage): Generator<Frame, void, undefined> {
  const old = baseContract()
  const oldMeter = createMeter(old, stage.seed, stage.startAt)
  for (let number = 1; stage.elapsedMs() < EXCHANGED_AFTER_MS; number++) {
    const facts = oldMeter.readAt(stage.now())
    const isJump = number % JUMP_EVERY_FRAMES === 0
    const supplierWh = isJump ? facts.supplierWh.map(wh => jumped(wh, stage)) : facts.supplierWh
    yield wholeFrame(longGroups({ ...facts, supplierWh }, old))
  }
  const exchanged: Contract = contract({
    serial: '042476019918',
    calendar: baseCalendar(),
    initialWh: [12],
  })
  yield* longFrames({ ...stage, startAt: stage.now() }, exchanged)
}

/** The index with another digit in one of its upper places. */
function jumped(wh: number, { random }: Stage): number {
  const place = 10 ** (4 + anyOf(random, 4))
  const change = (1 + anyOf(random, 8)) * place
  return wh + change <= HIGHEST_INDEX_WH && random() < 0.5 ? wh + change : Math.max(0, wh - change)
}
