import { createDialogue, type Dialogue } from '../../core/dialogue.ts'
import type { Feed, Report, Use } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { LineSettings } from '../../core/line.ts'
import { readCapture } from './capture.ts'
import type { Dialect } from './commands.ts'
import { createJudge } from './judge.ts'
import { type Memory, type PollResult, poll } from './poll.ts'

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
    silences: new Map(),
    dueAt: new Map(),
    hasSaidEcho: { value: false },
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
    return true
  }

  return {
    kind: 'poll',
    reach: 'line',
    intervalMs: settings.intervalMs,
    async run(report, signal) {
      try {
        if (!(await isConnected(report, signal)) || !dialogue) return
        const result = await poll({
          dialogue,
          clock: use.clock,
          memory,
          report,
          place: settings.port,
          dialect: dialects.asked(),
          accepts: dialects.accepted(),
          staleAfterMs: settings.staleAfterMs,
          signal,
        })
        if (signal.aborted) return
        const asked = dialects.asked()
        dialects.learn(result)
        if (!result.hasHeard) throw silenceError(settings, asked, result)
      } catch (error) {
        await hangUp()
        throw error
      }
    },
    close: hangUp,
  }
}

/** Plain first; the other dialect by configuration only, or when the boiler is silent and has never spoken. */
export function createDialectChoice(wanted: Dialect | 'auto') {
  let settled: Dialect | undefined = wanted === 'auto' ? undefined : wanted
  let tried: Dialect = 'plain'
  return {
    asked: (): Dialect => settled ?? tried,
    /** An Xtreme that answers plain commands is known by its 33rd byte. */
    accepted: (): readonly Dialect[] => {
      if (settled) return [settled]
      return tried === 'plain' ? ['plain', 'xtreme'] : ['xtreme']
    },
    learn({ hasHeard, dialect }: Pick<PollResult, 'hasHeard' | 'dialect'>): void {
      if (settled) return
      if (dialect) settled = dialect
      // What was heard and not believed may be a plain boiler that woke while it was asked in the other form.
      else tried = hasHeard || tried === 'xtreme' ? 'plain' : 'xtreme'
    },
  }
}

function silenceError({ port }: IntergasSettings, asked: Dialect, { hasEcho }: PollResult): HearthError {
  if (hasEcho) {
    return new HearthError('HEARTH_LINE_SILENT', `${port}: only the echo of the commands came back`, {
      kind: 'timeout',
      hint: 'Check the wiring: transmit and receive lines seem to be joined, or the boiler has no power',
    })
  }
  return new HearthError(
    'HEARTH_LINE_SILENT',
    `${port}: no answer from the boiler (asked in ${asked} form)`,
    {
      kind: 'timeout',
      hint: 'Check the cable on X5 (X14 on an Xtreme), that transmit and receive are not swapped, and the power of the boiler',
    },
  )
}
