import { createDialogue, type Dialogue } from '../../core/dialogue.ts'
import type { Feed, Report, Use } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { LineSettings } from '../../core/line.ts'
import { createAlignment } from './alignment.ts'
import { readCapture } from './capture.ts'
import type { Dialect } from './commands.ts'
import { createJudge } from './judge.ts'
import { forgetSlow, type Memory } from './memory.ts'
import { type PollResult, poll } from './poll.ts'
import { createStep } from './step.ts'

export interface IntergasSettings {
  readonly port: string
  readonly dialect: Dialect | 'auto'
  readonly intervalMs: number
  readonly staleAfterMs: number
}

const LINE: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }

/**
 * Asks a boiler every interval. The line stays open between polls: opening one can toggle the wires that feed an
 * adapter, and a bridge on the network may take one caller only. A line on which nothing answers is opened anew.
 */
export function intergasFeed(settings: IntergasSettings, use: Use): Feed {
  const line = use.line(settings.port)
  const dialects = createDialectChoice(settings.dialect)
  const memory: Memory = {
    judge: createJudge(),
    step: createStep(use.clock.now() + settings.intervalMs),
    alignment: createAlignment(),
    isKnown: new Map(),
    spoilt: 0,
    silences: new Map(),
    dueAt: new Map(),
    isOfBefore: new Set(),
    silentPolls: 0,
    hasSaidEcho: false,
    spoken: undefined,
  }
  let dialogue: Dialogue | undefined

  async function hangUp(): Promise<void> {
    const ending = dialogue
    dialogue = undefined
    await ending?.close()
  }

  /** False for a capture, which was read to its end instead. */
  async function isConnected(report: Report, signal: AbortSignal): Promise<boolean> {
    if (dialogue) return true
    const connection = await line.open(LINE, signal)
    report.connected()
    if (!connection.isLive) {
      await readCapture(connection, {
        ...settings,
        dialect: dialects.asked(),
        clock: use.clock,
        report,
        signal,
      })
      return false
    }
    dialogue = createDialogue(connection, use.clock)
    memory.step.doubt()
    memory.alignment.doubt()
    forgetSlow(memory)
    return true
  }

  /** Asks in the form that is settled, or in the plain one; a boiler that is silent to that may want the other. */
  async function ask(open: Dialogue, report: Report, signal: AbortSignal): Promise<PollResult> {
    const { port, staleAfterMs } = settings
    const pollUse = { dialogue: open, clock: use.clock, memory, report, place: port, staleAfterMs, signal }
    const first = await poll({ ...pollUse, dialect: dialects.asked(), accepts: dialects.accepted() })
    const other = dialects.other()
    if (first.hasHeard || other === undefined || signal.aborted) return first
    const trial = await poll({ ...pollUse, dialect: other, accepts: [other], isTrial: true })
    // What was heard and not believed may be a plain boiler that has just woken up.
    if (!trial.hasHeard || trial.dialect || signal.aborted)
      return { ...trial, hasEcho: trial.hasEcho || first.hasEcho }
    return poll({ ...pollUse, dialect: dialects.asked(), accepts: dialects.accepted() })
  }

  return {
    kind: 'poll',
    reach: 'line',
    intervalMs: settings.intervalMs,
    async run(report, signal) {
      try {
        if (!(await isConnected(report, signal)) || !dialogue) return
        const result = await ask(dialogue, report, signal)
        if (signal.aborted) return
        const forms = dialects.forms()
        dialects.learn(result)
        if (!result.hasHeard) throw silenceError(settings, forms, result)
      } catch (error) {
        await hangUp()
        throw error
      }
    },
    close: hangUp,
  }
}

/** It may be another boiler by then, or was taken for one by a stray byte. */
const SILENT_POLLS_TO_DOUBT = 6

/** Plain first; the other dialect by configuration only, or when the boiler is silent and has never spoken. */
export function createDialectChoice(wanted: Dialect | 'auto') {
  let settled: Dialect | undefined = wanted === 'auto' ? undefined : wanted
  let silentPolls = 0
  return {
    asked: (): Dialect => settled ?? 'plain',
    /** An Xtreme that answers plain commands is known by its 33rd byte. */
    accepted: (): readonly Dialect[] => (settled ? [settled] : ['plain', 'xtreme']),
    /** What a boiler may want that is silent to the one asked in. */
    other: (): Dialect | undefined => (settled ? undefined : 'xtreme'),
    /** For people. */
    forms: (): string => (settled ? `${settled} form` : 'plain form and with XOR byte'),
    learn({ dialect, hasHeard }: Pick<PollResult, 'dialect' | 'hasHeard'>): void {
      silentPolls = hasHeard ? 0 : silentPolls + 1
      if (wanted === 'auto' && silentPolls >= SILENT_POLLS_TO_DOUBT) settled = undefined
      settled ??= dialect
    },
  }
}

function silenceError({ port }: IntergasSettings, forms: string, { hasEcho }: PollResult): HearthError {
  if (hasEcho) {
    return new HearthError('HEARTH_LINE_SILENT', `${port}: only the echo of the commands came back`, {
      kind: 'timeout',
      hint: 'Check the wiring: transmit and receive lines seem to be joined, or the boiler has no power',
    })
  }
  return new HearthError('HEARTH_LINE_SILENT', `${port}: no answer from the boiler (asked in ${forms})`, {
    kind: 'timeout',
    hint: 'Check the cable on X5 (X14 on an Xtreme), that transmit and receive are not swapped, and the power of the boiler',
  })
}
