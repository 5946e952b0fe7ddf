import { bytesOf, frameText } from './frame.ts'
import { baseContract, longFrames } from './historique-scenes.ts'
import { gap, type Piece, type Scene, type Stage, transmit } from './scene.ts'

const UNPLUGGED_EVERY_MS = 20_000
const NOISE_BYTES = 64
const FRAMES_BEFORE_STALL = 3

/** Lines that are not what a reader hopes for. */
export const LINE_SCENES: readonly Scene[] = [
  lineScene('silent', 'No bytes at all.', 'bad', function* () {}),
  lineScene('stall', 'Three frames, then silence in the middle of the fourth.', 'bad', function* (stage) {
    let frames = 0
    for (const frame of longFrames(stage, baseContract())) {
      const bytes = bytesOf(frameText(frame))
      const isLast = frames === FRAMES_BEFORE_STALL
      yield { kind: 'bytes', bytes: isLast ? bytes.subarray(0, bytes.length / 2) : bytes, endsFrame: true }
      if (isLast) return
      yield gap(stage.random)
      frames += 1
    }
  }),
  lineScene('noise', 'Random bytes.', 'bad', function* ({ random }) {
    for (;;) {
      const bytes = Uint8Array.from({ length: NOISE_BYTES }, () => Math.floor(random() * 256))
      yield { kind: 'bytes', bytes, endsFrame: true }
    }
  }),
  lineScene('parity', 'A 7E1 line read as 8N1: bit 7 carries the even parity.', 'good', function* (stage) {
    for (const piece of transmit(longFrames(stage, baseContract()), stage)) {
      yield piece.kind === 'bytes' ? { ...piece, bytes: piece.bytes.map(withEvenParity) } : piece
    }
  }),
  lineScene('unplug', 'The cable is pulled in mid-frame every 20 s, and put back at once.', 'bad', unplugged),
]

function lineScene(name: string, summary: string, verdict: Scene['verdict'], play: Scene['play']): Scene {
  return { name, summary, baudRate: 1200, verdict, play }
}

/** The frame goes on while nobody is there to hear it: the next reader comes into the middle of it. */
function* unplugged(stage: Stage): Generator<Piece, void, undefined> {
  let pulledAt = UNPLUGGED_EVERY_MS
  for (const frame of longFrames(stage, baseContract())) {
    const bytes = bytesOf(frameText(frame))
    const middle = Math.floor(bytes.length / 2)
    yield { kind: 'bytes', bytes: bytes.subarray(0, middle), endsFrame: false }
    if (stage.elapsedMs() >= pulledAt) {
      yield { kind: 'hang-up' }
      pulledAt += UNPLUGGED_EVERY_MS
    }
    yield { kind: 'bytes', bytes: bytes.subarray(middle), endsFrame: true }
    yield gap(stage.random)
  }
}

/** Bit 7 makes the number of ones even. */
function withEvenParity(byte: number): number {
  let ones = 0
  for (let bits = byte & 0x7f; bits > 0; bits >>= 1) ones += bits & 1
  return ones % 2 === 0 ? byte & 0x7f : byte | 0x80
}
