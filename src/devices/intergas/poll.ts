import { type AskerUse, createAsker, LONGEST_WAIT_MS, type Outcome } from './asker.ts'
import { type AnswerName, COMMANDS, type Command, type Dialect } from './commands.ts'
import { ANSWER_LIMIT_MS } from './exchange.ts'

export interface PollUse extends Omit<AskerUse, 'commands'> {
  /** How the boiler is asked. */
  readonly dialect: Dialect
  /** Nothing is known to speak this dialect: one question, and no more when its answer is not in it. */
  readonly isTrial?: boolean
}

export interface PollResult {
  /** Anything came but echoes. */
  readonly hasHeard: boolean
  readonly hasEcho: boolean
  /** What the believed answers were in. */
  readonly dialect: Dialect | undefined
}

/** A command that stays silent while others are answered may not exist on this board: no second try then. */
const SILENCES_TO_GIVE_UP = 3
/** Commands in a row without answer: the boiler is gone, and the others need not be asked. */
const SILENCES_TO_STOP = 2
/** Commands of slow pace that stay silent are asked ever more seldom, down to this. */
const SLOWEST_PACE_MS = 3_600_000
/** A bad line must not make one poll last for minutes. */
const POLL_LIMIT_MS = 18_000
/** A poll without all that is required by then has failed, whatever it is still waiting for. */
const FAILED_AFTER_MS = 12_000

/**
 * Asks everything once. Readings go out answer by answer; what fails costs only its own group. The attempt is reported as
 * soon as it has failed, and when it has not, after all was asked: `hearth read` waits for that.
 */
export async function poll(use: PollUse): Promise<PollResult> {
  const { clock, memory, report, place, signal } = use
  const { silences } = memory
  const startedAt = clock.monotonic()
  const commands = COMMANDS[use.dialect]
  const asker = createAsker({ ...use, commands })
  const outcomes = new Map<AnswerName, Outcome>()
  let hasFailed = false

  const isGivenUp = ({ name }: Command) => (silences.get(name) ?? 0) >= SILENCES_TO_GIVE_UP
  /** Silent commands in a row, but for those that this board does not know. */
  let silentRun = 0

  function isOver(): boolean {
    const now = clock.monotonic()
    if (signal.aborted || silentRun >= SILENCES_TO_STOP || now - startedAt >= POLL_LIMIT_MS) return true
    return outcomes.size > 0 && asker.waitMs() > LONGEST_WAIT_MS
  }

  async function ask(command: Command): Promise<Outcome> {
    const outcome = await asker.ask(command)
    outcomes.set(command.name, outcome)
    if (outcome === 'ok' || outcome === 'bad') silentRun = 0
    else if (outcome === 'unasked' || !isGivenUp(command)) silentRun++
    return outcome
  }

  function fail(): void {
    if (hasFailed || signal.aborted) return
    hasFailed = true
    report.attempt(false, clock.monotonic() - startedAt)
  }

  async function askOften(): Promise<void> {
    for (const command of inTurn(commands, memory.silentPolls)) {
      if (isOver()) return
      if (!command.isRequired && !asker.hasHeard()) return
      const outcome = await ask(command)
      if (use.isTrial && outcome !== 'ok' && !asker.dialect()) return
      const isMissing = outcome === 'bad' || (outcome === 'silent' && isGivenUp(command))
      if (command.isRequired && isMissing && asker.hasHeard()) fail()
    }
    await askAfterSilence()
    for (const command of commands) {
      const outcome = outcomes.get(command.name)
      if (outcome !== 'unasked' && (outcome !== 'silent' || isGivenUp(command))) continue
      if (isOver() || !asker.hasHeard()) return
      if ((await ask(command)) !== 'ok' && command.isRequired && asker.hasHeard()) fail()
    }
  }

  /** The last command was silent: was it that command, or is the boiler gone? The next poll would tell that later. */
  async function askAfterSilence(): Promise<void> {
    const [first] = commands
    if (!first || silentRun === 0 || !asker.hasHeard() || isOver()) return
    if (asker.waitMs(first) <= LONGEST_WAIT_MS) await ask(first)
  }

  async function askSeldom(): Promise<void> {
    for (const command of commands) {
      const { name, paceMs } = command
      if (paceMs === undefined) continue
      if (isOver()) return
      if (clock.monotonic() < (memory.dueAt.get(name) ?? Number.NEGATIVE_INFINITY)) continue
      const outcome = await ask(command)
      const missed = outcome === 'silent' ? (silences.get(name) ?? 0) + 1 : 0
      const pauseMs = outcome === 'ok' ? paceMs : Math.min(SLOWEST_PACE_MS, 60_000 * 2 ** missed)
      memory.dueAt.set(name, clock.monotonic() + pauseMs)
      // What another boiler said that was on this line before.
      if (outcome === 'silent' && memory.isOfBefore.has(name) && memory.isKnown.get(command)) {
        report.update({ group: name, readings: [], isWhole: true })
      }
      if (outcome === 'ok' || outcome === 'silent') memory.isOfBefore.delete(name)
    }
  }

  const isComplete = () =>
    commands.every(({ name, isRequired }) => !isRequired || outcomes.get(name) === 'ok')

  const cancel = clock.after(FAILED_AFTER_MS, () => isComplete() || fail())
  try {
    await askOften()
  } finally {
    cancel()
  }
  if (isComplete()) {
    await askSeldom()
    await askAfterSilence()
  }
  if (signal.aborted) return result()
  memory.silentPolls = asker.hasHeard() ? 0 : memory.silentPolls + 1
  if (asker.hasHeard()) countSilences()
  if (isComplete()) report.attempt(true, clock.monotonic() - startedAt)
  else if (asker.hasHeard()) fail()
  return result()

  function countSilences(): void {
    for (const { name, paceMs } of commands) {
      if (outcomes.get(name) !== 'silent') continue
      silences.set(name, (silences.get(name) ?? 0) + 1)
      if (paceMs !== undefined) continue
      report.trouble('timeout', `${place}: no answer to ${name} within ${ANSWER_LIMIT_MS / 1000} s`)
    }
  }

  function result(): PollResult {
    return { hasHeard: asker.hasHeard(), hasEcho: asker.hasEcho(), dialect: asker.dialect() }
  }
}

/**
 * Commands of every poll in the original's order. After silent polls another one than the second comes second: a board that
 * does not know the first two is found all the same.
 */
function inTurn(commands: readonly Command[], silentPolls: number): readonly Command[] {
  const often = commands.filter(({ paceMs }) => paceMs === undefined)
  const [first, ...others] = often.filter(({ isRequired }) => isRequired)
  if (!first) return often
  const turn = silentPolls % others.length
  return [
    first,
    ...others.slice(turn),
    ...others.slice(0, turn),
    ...often.filter(({ isRequired }) => !isRequired),
  ]
}
