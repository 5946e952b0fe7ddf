import type { MonotonicMs } from '../../core/clock.ts'
import type { Feed, Report, Use } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { Secret } from '../../core/secret.ts'
import { createAsker } from './asker.ts'
import type { EnergyChoice } from './energy-choice.ts'
import { createGatewayWatch } from './gateway-watch.ts'
import { createMachinePoll, type GatewayFacts, type MachinePoll } from './machine-poll.ts'
import { createDescriber } from './old-describer.ts'
import { askOwn } from './own-poll.ts'
import { message } from './site.ts'
import type { SystemDocument } from './system-document.ts'
import { askSystem, factsOf, identityOf, planOf } from './system-poll.ts'
import { isOwnWord } from './words.ts'

export interface EmsEspSettings {
  readonly url: string
  readonly token: Secret | undefined
  readonly intervalMs: number
  readonly systemIntervalMs: number
  readonly staleAfterMs: number
  readonly hasOldNames: boolean
}

/** Failures of one poll after which the gateway is left alone until the next. */
const MOST_FAILURES_IN_ROW = 2
/** Share of the interval that descriptions of old firmware may take. */
const DESCRIBING_SHARE = 0.5

/**
 * Asks a gateway every interval: its own document when that is due, then each machine, one question after the other.
 * What one machine fails to answer costs that machine only; a gateway that does not answer at all ends the poll.
 */
export function emsEspFeed(settings: EmsEspSettings, energy: EnergyChoice, use: Use): Feed {
  const { url: place, intervalMs, systemIntervalMs, staleAfterMs } = settings
  const { clock, log } = use
  const asker = createAsker(settings, use)
  const watch = createGatewayWatch(place, staleAfterMs)
  const describer = createDescriber(asker, use.keep, clock)
  const machines = new Map<string, MachinePoll>()
  const machineUse = { asker, clock, place, describer, energy, hasOldNames: settings.hasOldNames }
  const systemStaleAfterMs = Math.max(staleAfterMs, systemIntervalMs + 2 * intervalMs)
  let system: SystemDocument | undefined
  let facts: GatewayFacts | undefined
  let systemDueAt: MonotonicMs | number = Number.NEGATIVE_INFINITY
  let silence: string | undefined

  function machineOf(word: string): MachinePoll {
    const known = machines.get(word) ?? createMachinePoll(word, machineUse)
    machines.set(word, known)
    return known
  }

  async function readGateway(report: Report, signal: AbortSignal): Promise<void> {
    const { document, readings, text, troubles } = await askSystem(asker, signal)
    for (const { kind, message: said } of troubles) report.trouble(kind, `${place}: ${said}`)
    system = document
    facts = factsOf(document)
    describer.use(identityOf(document))
    report.update({
      group: 'system',
      readings,
      isWhole: true,
      document: text,
      staleAfterMs: systemStaleAfterMs,
    })
    const { silence: now, hasRestarted } = watch.observe(document, clock.monotonic(), report)
    if (hasRestarted) log.info(`${place}: the gateway has restarted`)
    if (now !== undefined && silence === undefined)
      log.warn(`${place}: ${now}; the values of all machines are withdrawn`)
    if (now === undefined && silence !== undefined) log.info(`${place}: the bus speaks again`)
    silence = now
    // While the bus is silent each poll looks whether it is back.
    systemDueAt = clock.monotonic() + (now === undefined ? systemIntervalMs : 0)
  }

  /** Machines that do not answer because the gateway, or the bus, does not. */
  function sayDown(report: Report, words: Iterable<string>, tookMs: number): void {
    for (const word of words) report.member(word).attempt(false, tookMs)
  }

  return {
    kind: 'poll',
    reach: 'network',
    intervalMs,
    async close() {
      asker.close()
    },
    async run(report, signal) {
      const beganAt = clock.monotonic()
      const took = () => clock.monotonic() - beganAt
      const round = createRound(signal)
      if (!system || beganAt >= systemDueAt) {
        await round.ask(
          () => readGateway(report, signal),
          error => {
            if (system) report.trouble(error.kind, `${place}: ${error.message}`)
          },
        )
        if (round.problem && (round.isOver || !system)) {
          if (signal.aborted) return
          sayDown(report, machines.keys(), took())
          throw round.takeThrown()
        }
      }
      if (!system || !facts || signal.aborted) return
      const isSystemRead = round.problem === undefined
      if (silence !== undefined) {
        for (const machine of machines.values()) machine.withdraw(report)
        sayDown(report, machines.keys(), took())
        report.attempt(isSystemRead, took())
        return
      }
      const plan = planOf(system)
      const done = new Set<string>()
      for (const { word, devices, isEmpty } of plan) {
        if (round.isOver || signal.aborted) break
        if (isEmpty) {
          const document = message(`no 'metrics' in ${word}`)
          report.update({ group: word, readings: [], isWhole: true, document })
          continue
        }
        if (isOwnWord(word)) {
          await round.ask(
            () => askOwn(asker, word, report, signal),
            error => report.trouble(error.kind, `${place}: ${error.message}`),
          )
          continue
        }
        const machine = machineOf(word)
        machine.learn(facts, devices)
        const startedAt = clock.monotonic()
        const isRead = await round.ask(
          () => machine.readText(report, signal),
          error => report.member(word).trouble(error.kind, `${place}: ${error.message}`),
        )
        if (signal.aborted) return
        if (!isRead) continue
        done.add(word)
        report.member(word).attempt(true, clock.monotonic() - startedAt)
      }
      const read = [...done].map(machineOf)
      for (const machine of read) {
        if (round.isOver || signal.aborted) break
        await round.ask(
          () => machine.readRest(report, signal),
          error => report.member(machine.word).trouble(error.kind, `${place}: ${error.message}`),
        )
      }
      if (signal.aborted) return
      const failed = [...machines.keys()].filter(word => !done.has(word))
      sayDown(report, failed, took())
      if (round.answers === 0 && round.problem) throw round.takeThrown()
      if (round.isOver && round.problem)
        report.trouble(round.problem.kind, `${place}: ${round.problem.message}`)
      report.attempt(isSystemRead && !round.isOver, took())
      const until = beganAt + intervalMs * DESCRIBING_SHARE
      for (const machine of read) {
        if (round.isOver || signal.aborted || clock.monotonic() >= until) break
        const { word } = machine
        await round.ask(
          () => machine.describe(report, until, signal),
          error => report.member(word).trouble(error.kind, `${place}: ${error.message}`),
        )
      }
    },
  }
}

/** One poll's answers and failures: when a gateway is left alone. */
function createRound(signal: AbortSignal) {
  let inRow = 0
  let answers = 0
  let problem: HearthError | undefined
  let isOver = false
  return {
    get answers() {
      return answers
    },
    get problem() {
      return problem
    },
    get isOver() {
      return isOver
    },
    /** The problem, said already: whoever takes it counts it once more as the poll's own. */
    takeThrown(): HearthError {
      return problem ?? new HearthError('HEARTH_GATEWAY_SILENT', 'the gateway does not answer')
    },
    /** Runs one question. What it throws goes to `say`, unless it ends the poll. */
    async ask<T>(question: () => Promise<T>, say: (error: HearthError) => void): Promise<T | undefined> {
      try {
        const answer = await question()
        inRow = 0
        answers++
        return answer
      } catch (error) {
        if (signal.aborted) return undefined
        if (!(error instanceof HearthError)) throw error
        problem = error
        const isContact = error.kind === 'connect' || error.kind === 'timeout' || error.kind === 'auth'
        inRow = isContact ? inRow + 1 : 0
        isOver = error.kind === 'connect' || error.kind === 'auth' || inRow >= MOST_FAILURES_IN_ROW
        if (!isOver) say(error)
        return undefined
      }
    },
  }
}
