import { type Answers, answersOf, frozenBoiler, type HexAnswers } from './frozen.ts'
import { PAIRS } from './pairs.ts'
import { type Scene, soundScene } from './scene.ts'
import { STATES } from './states.ts'

const STATE_MS = 7000

/** The bytes behind the example page in the original's document; outside and cylinder sensors are not connected. */
const DOCUMENT: HexAnswers = {
  'S?': '551b 9712 490e 6b0a 14ec 14ec aa00 8813 3c05 3c05 5200 dd02 00 00 98 40 25 ff 00 ff',
  S2: '0000 aa 0b ff7f 0208 9807 ff7f ff7f ff7f ff7f 00 00 ffffffffffffffffffffffff',
  CRC: 'e803 5103 c900 2800 0002 0000 0000 0000 0000 0000 0000 0000 b694d25f 2da01107',
  HN: '3b48 1604 090f f600 d4cc 0400 0100 0300 58703503 e6354f00 09e3 f437 0b 00 00 00',
  'V?': '01003232030000000000414b19f91905010000011414190123433c000a002800',
}

/** Boilers that always say the same, and one that changes at a stroke. */
export const FROZEN_SCENES: readonly Scene[] = [
  frozen('document', "The example of the original exporter's document.", answersOf(DOCUMENT)),
  ...PAIRS.map(({ state, about, answers }) => frozen(`pair-${state}`, about, answersOf(answers))),
  frozen('state-a', 'State A of three: standby.', STATES.a),
  frozen('state-b', 'State B of three: heating.', STATES.b),
  frozen('state-c', 'State C of three: tapping.', STATES.c),
  soundScene('states', 'States A, B and C in turn, seven seconds each.', () => {
    const boilers = [STATES.a, STATES.b, STATES.c].map(frozenBoiler)
    return {
      answer: (name, elapsedMs) => boilers[Math.floor(elapsedMs / STATE_MS) % 3]?.answer(name, elapsedMs),
    }
  }),
]

function frozen(name: string, summary: string, answers: Answers): Scene {
  return soundScene(name, summary, () => frozenBoiler(answers))
}
