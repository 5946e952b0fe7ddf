import { createDecoder } from '../src/devices/linky/protocol.ts'
import { megabytesPerSecond, ratio } from './format.ts'
import { inTurns, secondsPerRun } from './measure.ts'
import type { Part, Row } from './part.ts'
import { chunksOf, type Stream } from './streams.ts'

const ROUNDS = 7
const ROUND_MS = 120
const AIM_BYTES_PER_SECOND = 50e6
const CHUNKS = [
  { size: 65_536, name: '64 KiB' },
  { size: 64, name: '64 B' },
] as const

/** How fast bytes of a meter become frames. */
export async function decodePart(streams: readonly Stream[]): Promise<Part> {
  const rows: Row[] = []
  for (const stream of streams) {
    for (const { size, name } of CHUNKS) rows.push(await decodeRow(stream, chunksOf(stream, size), name))
  }
  return {
    title: 'Decoding the meter',
    text:
      'Bytes of simulated meters through the decoder: frames cut, checksums checked, groups told apart. ' +
      'The baseline copies the same chunks byte by byte and masks the eighth bit, which is the least that any decoder must do. ' +
      'A real meter sends at most 960 bytes a second.',
    baseline: 'one pass over the bytes',
    rows,
  }
}

async function decodeRow(stream: Stream, chunks: readonly Uint8Array[], chunk: string): Promise<Row> {
  const decode = () => decodeAll(stream, chunks)
  const copy = onePass(chunks)
  await secondsPerRun(decode, ROUND_MS)
  await secondsPerRun(copy, ROUND_MS)
  const rate = (task: () => unknown) => async () =>
    stream.bytes.length / (await secondsPerRun(task, ROUND_MS))
  const measured = await inTurns(ROUNDS, rate(decode), rate(copy))
  return {
    what: `${stream.name}, chunks of ${chunk}`,
    hearth: megabytesPerSecond(measured.ours),
    baseline: megabytesPerSecond(measured.baseline),
    ratio: ratio(measured),
    aim: {
      text: `at least ${megabytesPerSecond(AIM_BYTES_PER_SECOND)}`,
      isMet: measured.ours >= AIM_BYTES_PER_SECOND,
    },
  }
}

/** A decoder that gets faster by dropping frames would be no decoder. */
function decodeAll(stream: Stream, chunks: readonly Uint8Array[]): void {
  let whole = 0
  const decoder = createDecoder('auto', frame => {
    if (frame.end === 'complete' && frame.damaged.checksum + frame.damaged.framing === 0) whole++
  })
  for (const chunk of chunks) decoder.push(chunk)
  if (whole !== stream.frames)
    throw new Error(`${whole} of ${stream.frames} frames of "${stream.name}" came whole`)
}

function onePass(chunks: readonly Uint8Array[]): () => number {
  const target = new Uint8Array(Math.max(...chunks.map(chunk => chunk.length)))
  return () => {
    let last = 0
    for (const chunk of chunks) {
      for (let i = 0; i < chunk.length; i++) target[i] = (chunk[i] ?? 0) & 0x7f
      last = target[chunk.length - 1] ?? 0
    }
    return last
  }
}
