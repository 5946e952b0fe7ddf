import type { MonotonicMs } from '../../core/clock.ts'
import type { Alignment } from './alignment.ts'
import type { AnswerName, Command, Dialect } from './commands.ts'
import type { Judge } from './judge.ts'
import type { Step } from './step.ts'

/** What is kept from poll to poll, over lost connections. */
export interface Memory {
  readonly judge: Judge
  readonly step: Step
  readonly alignment: Alignment
  /** Whether a command was ever answered, of those that were asked. */
  readonly isKnown: Map<Command, boolean>
  /** Comparisons of answers that came to nothing. */
  spoilt: number
  /** Polls in a row in which others were answered and this command was not. */
  readonly silences: Map<AnswerName, number>
  /** When a command of slow pace is due. */
  readonly dueAt: Map<AnswerName, MonotonicMs | number>
  /** Commands of slow pace that were last answered before the line was opened anew: it may be another boiler now. */
  readonly isOfBefore: Set<AnswerName>
  /** Polls in a row in which nothing was heard. */
  silentPolls: number
  hasSaidEcho: boolean
  /** What the last whole answer was in. */
  spoken: Dialect | undefined
}

/** It may be another boiler: what is asked seldom is due now. */
export function forgetSlow({ dueAt, isOfBefore }: Memory): void {
  for (const name of dueAt.keys()) isOfBefore.add(name)
  dueAt.clear()
}
