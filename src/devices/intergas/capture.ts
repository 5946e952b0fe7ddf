import type { Clock } from '../../core/clock.ts'
import type { Report } from '../../core/driver.ts'
import type { Connection } from '../../core/line.ts'
import { ANSWER_BYTES, type AnswerName, COMMANDS, type Dialect, xorOf } from './commands.ts'
import { readingsOf } from './fields.ts'
import { shapeOf } from './shapes.ts'

export interface CaptureUse {
  readonly port: string
  readonly dialect: Dialect
  readonly clock: Clock
  readonly report: Report
  readonly signal: AbortSignal
}

const CUT_SHORT = 'cut short'

/** A recording is the answers to the commands of each poll, one behind the other. It is read once, so nothing is asked twice. */
export async function readCapture(connection: Connection, use: CaptureUse): Promise<void> {
  const { dialect } = use
  const commands = COMMANDS[dialect].filter(({ paceMs }) => paceMs === undefined)
  const answerBytes = ANSWER_BYTES + (dialect === 'xtreme' ? 1 : 0)
  const pollBytes = commands.length * answerBytes
  let rest: Uint8Array = new Uint8Array()
  try {
    for await (const chunk of connection.read(use.signal)) {
      let bytes: Uint8Array = Buffer.concat([rest, chunk])
      for (; bytes.length >= pollBytes; bytes = bytes.subarray(pollBytes)) {
        takePoll(bytes.subarray(0, pollBytes), use)
      }
      rest = Uint8Array.from(bytes)
    }
  } finally {
    await connection.close()
  }
  if (rest.length > 0) {
    use.report.trouble('framing', `${use.port}: ${rest.length} bytes at the end are no whole poll`)
    takePoll(rest, use)
  }
}

/**
 * Hands over the answers of one poll. Plain answers carry no check bytes: an impossible one among them is the sign of bytes that
 * were lost or added, so the whole poll is dropped. Answers that were only cut off at the end cast no doubt on those before.
 */
function takePoll(bytes: Uint8Array, { dialect, report, port }: CaptureUse): void {
  const commands = COMMANDS[dialect].filter(({ paceMs }) => paceMs === undefined)
  const answerBytes = ANSWER_BYTES + (dialect === 'xtreme' ? 1 : 0)
  const answers = commands.map(({ name, isRequired }, i) => {
    const raw = bytes.subarray(i * answerBytes, (i + 1) * answerBytes)
    const answer = raw.subarray(0, ANSWER_BYTES)
    return { name, isRequired, raw, answer, problem: problemOf(name, raw, answer) }
  })
  const isDoubtful = dialect === 'plain' && answers.some(({ problem }) => problem && problem !== CUT_SHORT)
  for (const { name, raw, answer, problem } of answers) {
    if (problem === undefined && !isDoubtful) {
      report.update({ group: name, readings: readingsOf(name, answer, dialect), isWhole: true })
    }
    if (problem && raw.length > 0) {
      report.trouble('implausible', `${port}: answer to ${name} dropped: ${problem}`)
    }
  }
  const isComplete = answers.every(({ isRequired, problem }) => !isRequired || problem === undefined)
  report.attempt(isComplete && !isDoubtful, 0)

  function problemOf(name: AnswerName, raw: Uint8Array, answer: Uint8Array): string | undefined {
    if (raw.length < answerBytes) return CUT_SHORT
    if (dialect === 'xtreme' && xorOf(raw) !== 0) return 'wrong XOR byte'
    return shapeOf(name, dialect).impossible(answer)
  }
}
