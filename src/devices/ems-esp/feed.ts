import type { MonotonicMs } from '../../core/clock.ts'
import type { Feed, MemberReport, Report, Use } from '../../core/driver.ts'
import { type HearthError, messageOf } from '../../core/errors.ts'
import type { Secret } from '../../core/secret.ts'
import { createAsker } from './asker.ts'
import { createEnergyChoice, type EnergyFrom } from './energy-choice.ts'
import { createGatewayWatch } from './gateway-watch.ts'
import { createMachinePoll, type GatewayFacts, type MachinePoll } from './machine-poll.ts'
import { createDescriber } from './old-describer.ts'
import { askOwn } from './own-poll.ts'
import { createRound, type Round } from './round.ts'
import { message } from './site.ts'
import type { SystemDocument } from './system-document.ts'
import { askSystem, factsOf, type Planned, planOf } from './system-poll.ts'
import { isBusWord, isOwnWord } from './words.ts'

export interface EmsEspSettings {
  readonly url: string
  readonly token: Secret | undefined
  readonly intervalMs: number
  readonly systemIntervalMs: number
  readonly staleAfterMs: number
  readonly hasOldNames: boolean
  readonly energyFrom: EnergyFrom
}

/** What goes through one poll. */
interface Poll {
  readonly round: Round
  readonly report: Report
  readonly signal: AbortSignal
}

/** Share of the interval that descriptions of old firmware may take. */
const DESCRIBING_SHARE = 0.5
const MOST_MACHINES = 50

/**
 * Asks a gateway every interval: its own document when that is due, then each machine, one question after the other.
 * What one machine fails to answer costs that machine only; a gateway that does not answer at all ends the poll.
 */
export function emsEspFeed(settings: EmsEspSettings, use: Use): Feed {
  const { url: place, intervalMs, systemIntervalMs, staleAfterMs } = settings
  const { clock, log } = use
  const asker = createAsker(settings, use)
  const watch = createGatewayWatch(place, staleAfterMs)
  const describer = createDescriber(asker, use.keep, clock)
  const energy = createEnergyChoice(settings.energyFrom)
  const machines = new Map<string, MachinePoll>()
  const missing = new Set<string>()
  const machineUse = { asker, clock, describer, energy, hasOldNames: settings.hasOldNames }
  const systemStaleAfterMs = Math.max(staleAfterMs, systemIntervalMs + 2 * intervalMs)
  let system: SystemDocument | undefined
  let facts: GatewayFacts | undefined
  let systemDueAt: MonotonicMs | number = Number.NEGATIVE_INFINITY
  let silence: string | undefined
  let restarts = 0
  let answeredAt: MonotonicMs = clock.monotonic()

  function machineOf(word: string): MachinePoll {
    const known = machines.get(word) ?? createMachinePoll(word, machineUse)
    machines.set(word, known)
    return known
  }

  async function readGateway(report: Report, signal: AbortSignal): Promise<void> {
    const { document, readings, text, troubles } = await askSystem(asker, signal)
    for (const { kind, message: said } of troubles) report.trouble(kind, said)
    system = document
    const { silence: now, hasRestarted, isYoung } = watch.observe(document, clock.monotonic(), report)
    if (hasRestarted) {
      restarts++
      log.info(`${place}: the gateway has restarted`)
    }
    const known = factsOf(document)
    facts = { ...known, identity: `${restarts} ${known.identity}` }
    describer.use(known.identity)
    if (!isYoung) sayListed(document)
    forget(document)
    report.update({
      group: 'system',
      readings,
      isWhole: true,
      document: text,
      staleAfterMs: systemStaleAfterMs,
    })
    if (now !== undefined && silence === undefined)
      log.warn(`${place}: ${now}; the values of all machines are withdrawn`)
    if (now === undefined && silence !== undefined) log.info(`${place}: the bus speaks again`)
    silence = now
    // While the bus is silent each poll looks whether it is back, and after a restart what is there already.
    systemDueAt = clock.monotonic() + (now === undefined && !isYoung ? systemIntervalMs : 0)
    answeredAt = clock.monotonic()
  }

  /** Says which machines have left the list, and which are there again. */
  function sayListed(document: SystemDocument): void {
    const listed = new Set(document.devices.map(({ type }) => type))
    for (const word of machines.keys()) {
      if (listed.has(word) ? missing.delete(word) : !missing.has(word)) {
        log.warn(`${place}: lists ${listed.has(word) ? `${word} again` : `no ${word} any more`}`)
      }
      if (!listed.has(word)) missing.add(word)
    }
  }

  /** Machines of a list that was damaged, or of many gateways in one place after the other, are not kept for ever. */
  function forget(document: SystemDocument): void {
    if (machines.size <= MOST_MACHINES) return
    const listed = new Set(document.devices.map(({ type }) => type))
    for (const word of machines.keys())
      if (!listed.has(word)) {
        machines.delete(word)
        missing.delete(word)
      }
  }

  /**
   * The gateway's own document lives longer than a machine's values, because it is asked for at half their pace; but not
   * longer than they when nothing at all is answered.
   */
  function withdrawSystem(report: Report): void {
    if (system === undefined || clock.monotonic() - answeredAt < staleAfterMs) return
    system = undefined
    report.update({ group: 'system', readings: [], isWhole: true, document: '' })
  }

  /** Machines that do not answer because the gateway, or the bus, does not. */
  function sayDown(report: Report, words: Iterable<string>, tookMs: number): void {
    for (const word of words) report.member(word).attempt(false, tookMs)
  }

  /** Each device of the list; gives those machines that had values. */
  async function readAll(
    plan: readonly Planned[],
    known: GatewayFacts,
    { round, report, signal }: Poll,
  ): Promise<readonly MachinePoll[]> {
    const read: MachinePoll[] = []
    // The gateway itself would not know them now.
    for (const [word, machine] of machines)
      if (!plan.some(planned => planned.word === word)) machine.withdraw(report)
    for (const { word, devices, isEmpty } of plan) {
      if (round.isOver || signal.aborted) break
      if (isEmpty) {
        // As the gateway answers when it is asked: a word it does not know, or one it has read nothing of yet.
        const isKnown = isBusWord(word) || isOwnWord(word)
        const words = isKnown ? `no 'metrics' in ${word}` : `unknown device ${word}`
        machines.get(word)?.withdraw(report, words)
        report.update({ group: word, readings: [], isWhole: true, document: message(words) })
      } else if (isOwnWord(word)) {
        await round.ask(() => askOwn({ asker, word, facts: known, signal }, report), sayTo(report))
      } else {
        const machine = machineOf(word)
        machine.learn(known, devices)
        const startedAt = clock.monotonic()
        const isRead = await round.ask(() => machine.readText(report, signal), sayTo(report.member(word)))
        if (!isRead || signal.aborted) continue
        read.push(machine)
        report.member(word).attempt(true, clock.monotonic() - startedAt)
      }
    }
    return read
  }

  /** While the bus is silent: what the gateway measures and runs itself, and which machines would be there. */
  async function readWithoutBus(
    plan: readonly Planned[],
    known: GatewayFacts,
    { round, report, signal }: Poll,
  ): Promise<void> {
    for (const { word, isEmpty } of plan) if (!isEmpty && !isOwnWord(word)) machineOf(word)
    for (const machine of machines.values()) machine.withdraw(report)
    for (const { word, isEmpty } of plan) {
      if (isEmpty || !isOwnWord(word) || word === 'custom' || round.isOver || signal.aborted) continue
      await round.ask(() => askOwn({ asker, word, facts: known, signal }, report), sayTo(report))
    }
    if (plan.some(({ word }) => word === 'custom'))
      report.update({ group: 'custom', readings: [], isWhole: true, document: '' })
  }

  async function readRest(read: readonly MachinePoll[], poll: Poll): Promise<void> {
    const { round, report, signal } = poll
    for (const machine of read)
      for (const question of machine.rest()) {
        if (round.isOver || signal.aborted) return
        await round.ask(() => question(report, signal), sayTo(report.member(machine.word)))
      }
  }

  async function eachOf(
    read: readonly MachinePoll[],
    { round, report, signal }: Poll,
    question: (machine: MachinePoll) => Promise<void>,
  ): Promise<void> {
    for (const machine of read) {
      if (round.isOver || signal.aborted) return
      await round.ask(() => question(machine), sayTo(report.member(machine.word)))
    }
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
      const poll = { round, report, signal }
      const giveUp = (problem: HearthError): never => {
        sayDown(report, machines.keys(), took())
        withdrawSystem(report)
        throw problem
      }

      if (!system || beganAt >= systemDueAt) {
        // What ends the poll is counted as the poll's.
        const say = (error: HearthError) => (system ? sayTo(report)(error) : undefined)
        await round.ask(() => readGateway(report, signal), say)
        if (signal.aborted) return
        if (round.problem && (round.isOver || !system)) giveUp(round.problem)
      }
      const isSystemRead = round.problem === undefined
      if (!system || !facts) return
      if (silence !== undefined) {
        if (round.answers === 0 && round.problem) giveUp(round.problem)
        await readWithoutBus(planOf(system), facts, poll)
        if (signal.aborted) return
        answeredAt = clock.monotonic()
        sayDown(report, machines.keys(), took())
        report.attempt(isSystemRead && !round.isOver, took())
        return
      }
      const read = await readAll(planOf(system), facts, poll)
      energy.settle()
      for (const machine of read) machine.showEnergy(report)
      await readRest(read, poll)
      if (signal.aborted) return
      if (round.answers === 0 && round.problem) giveUp(round.problem)
      answeredAt = clock.monotonic()
      const words = new Set(read.map(({ word }) => word))
      sayDown(
        report,
        [...machines.keys()].filter(word => !words.has(word)),
        took(),
      )
      if (round.isOver && round.problem) sayTo(report)(round.problem)
      report.attempt(isSystemRead && !round.isSilent && !round.isOver, took())

      const until = beganAt + intervalMs * DESCRIBING_SHARE
      await eachOf(read, poll, machine => machine.describe(report, until, signal))
    },
  }
}

/** Counts and says a failure where it belongs. */
function sayTo(report: MemberReport): (error: HearthError) => void {
  return error => report.trouble(error.kind, messageOf(error))
}
