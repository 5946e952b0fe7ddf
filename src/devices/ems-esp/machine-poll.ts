import type { Clock, MonotonicMs } from '../../core/clock.ts'
import type { MemberReport, Report } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { Reading, Update } from '../../core/reading.ts'
import type { StoredReading } from '../../core/view.ts'
import type { Asker } from './asker.ts'
import type { EnergyChoice } from './energy-choice.ts'
import { type Entity, keyOf } from './entity.ts'
import { createGuard, type Guard } from './guard.ts'
import { askMachine, type MachineReading, noJson, type Way } from './machine-reading.ts'
import { machineText } from './machine-text.ts'
import { believable, withDescriptions } from './machine-text-reader.ts'
import type { Describer } from './old-describer.ts'
import { joinOld } from './old-machine.ts'
import { createRests } from './partition.ts'
import { bareReadings, deviceReadings, readingsOf } from './readings.ts'
import { message } from './site.ts'
import type { ListedDevice } from './system-document.ts'
import { impossible } from './unified.ts'
import { type BareValue, circuitsIn, readValues } from './values.ts'
import type { Abilities } from './version.ts'

/** What all machines of one gateway are asked with. */
export interface MachineUse {
  readonly asker: Asker
  readonly clock: Clock
  readonly describer: Describer
  readonly energy: EnergyChoice
  readonly hasOldNames: boolean
}

/** What the gateway's document says that matters to each machine. */
export interface GatewayFacts {
  readonly abilities: Abilities
  readonly locale: string
  readonly isFahrenheit: boolean
  /** What descriptions are of: when it changes, nothing that was learned of a machine counts any more. */
  readonly identity: string
}

/** One word of the gateway's API, with one machine behind it or several of one type. */
export interface MachinePoll {
  readonly word: string
  /** Values and text. Throws when the machine did not answer as it must. */
  readText(report: Report, signal: AbortSignal): Promise<boolean>
  /**
   * What else is due, each a question that may fail for itself: descriptions that the text leaves out, texts, circuits of
   * second machines of the type.
   */
  rest(): Iterable<Question>
  /** Whose energy counts. */
  showEnergy(report: Report): void
  /** Firmware up to 3.6: asks for descriptions until the time is over. */
  describe(report: Report, until: number, signal: AbortSignal): Promise<void>
  learn(facts: GatewayFacts, listed: readonly ListedDevice[]): void
  /** Takes everything back: the bus is silent, or the gateway has nothing, which it says in these words. */
  withdraw(report: Report, words?: string): void
}

export type Question = (report: Report, signal: AbortSignal) => Promise<void>

/** What was not there, or not to be had, is looked for again at this pace. */
const SELDOM_MS = 600_000
/** Descriptions that could not be had are asked for again after this. */
const DESCRIBE_AGAIN_MS = 120_000
/** The guard of the machine itself; those of second machines' circuits are called by these. */
const VALUES = ''
/** Damaged texts in a row after which the text is made of JSON instead, for a while. */
const MOST_DAMAGED = 2

export function createMachinePoll(word: string, use: MachineUse): MachinePoll {
  const { asker, clock, describer, energy } = use
  const guards = new Map<string, Guard>()
  const rests = createRests(word)
  let held: ReadonlySet<string> = new Set()
  let rejected = 0
  let shownRests: readonly Reading[] = []
  let facts: GatewayFacts | undefined
  let listed: readonly ListedDevice[] = []
  let entities: readonly Entity[] = []
  let circuits: readonly string[] = []
  let shownCircuits = new Set<string>()
  /** What `/entities` said, for circuits whose HELP the text leaves out. */
  let described: ReadonlyMap<string, Entity> = new Map()
  let describedFor = ''
  let describeDueAt: MonotonicMs | number = Number.NEGATIVE_INFINITY
  let shownText = ''
  let oldValues: readonly BareValue[] = []
  let damagedInRow = 0
  let derivedUntil: MonotonicMs | number = Number.NEGATIVE_INFINITY
  let restDueAt: MonotonicMs | number = Number.NEGATIVE_INFINITY

  const reader = () => ({ word, locale: facts?.locale ?? 'en' })
  const way = (): Way =>
    facts?.abilities.hasMetrics === false || clock.monotonic() < derivedUntil ? 'derived' : 'passed-on'

  /** The same values once more, when more is known of them: nothing is judged or counted twice. */
  function guardedAgain(readings: readonly Reading[]) {
    return { passed: readings.filter(({ key }) => !held.has(key)), rejected }
  }

  function guarded(group: string, readings: readonly Reading[], member: MemberReport) {
    const guard = guards.get(group) ?? createGuard(word, clock)
    guards.set(group, guard)
    const { readings: passed, held: doubtful } = guard.pass(readings)
    const stored = new Map<string, StoredReading>(
      passed.map(reading => [reading.key, { ...reading, group, receivedAt: clock.now() }]),
    )
    const refused = impossible(word, stored)
    const left = doubtful.length + refused.length
    if (left > 0) {
      const what = [...doubtful.map(key => `${key} fell or leapt`), ...refused].slice(0, 5).join(', ')
      member.trouble('implausible', `${asker.nameOf(word)}: left out: ${what}`, left)
    }
    if (group === VALUES) {
      held = new Set(doubtful)
      rejected = left
      shownRests = rests.of(passed)
    }
    return { passed, rejected: left }
  }

  function show(report: Report, reading: MachineReading): void {
    const member = report.member(word)
    entities = withDescriptions(reading.entities, described)
    const { passed, rejected: left } = guarded(VALUES, readingsOf(believable(entities)), member)
    shownText = reading.document
    showValues(report, { readings: passed, document: shownText, rejected: left })
    showCircuits(report)
    showDevice(member)
    if (reading.damaged > 0) sayDamaged(member, reading.damaged)
  }

  function showValues(report: Report, shown: Pick<Update, 'readings' | 'document' | 'rejected'>): void {
    const { readings } = shown
    energy.observe(word, readings)
    showEnergy(report)
    const update = { ...shown, group: 'metrics', isWhole: true }
    report.member(word).update({ ...update, readings: [...readings, ...shownRests] })
    report.update({ ...update, group: word, readings: [], rejected: 0 })
  }

  function showEnergy(report: Report): void {
    report.member(word).update({ group: 'energy', readings: energy.elsewhere(word), isWhole: true })
  }

  function showDevice(member: MemberReport): void {
    const [device] = listed
    if (device) member.update({ group: 'device', readings: deviceReadings(device), isWhole: true })
  }

  /** A page for each circuit of the machine, of the lines that are its. */
  function showCircuits(report: Report): void {
    const borrowed = new Set(entities.filter(each => each.isBorrowed).map(({ circuit }) => circuit))
    const own = new Set(
      entities.map(({ circuit }) => circuit).filter(each => each !== '' && !borrowed.has(each)),
    )
    for (const circuit of shownCircuits) {
      if (!own.has(circuit) && !circuits.includes(circuit))
        report.update({ group: `${word}/${circuit}`, readings: [], isWhole: true, document: '' })
    }
    for (const circuit of own) {
      const document = machineText(entities.filter(each => each.circuit === circuit))
      report.update({ group: `${word}/${circuit}`, readings: [], isWhole: true, document })
    }
    shownCircuits = new Set([...own, ...circuits])
  }

  function sayDamaged(member: MemberReport, times: number): void {
    member.trouble('schema', `${asker.nameOf(word)}: entities of another shape, left out`, times)
  }

  /** Firmware up to 3.6: values at once, the text when all is described. */
  async function readOld(report: Report, signal: AbortSignal): Promise<boolean> {
    const values = await askValues(signal)
    oldValues = values?.bare ?? []
    if (values) return showOld(report, oldValues, false)
    show(report, { entities: [], document: message(`no 'metrics' in ${word}`), damaged: 0 })
    return false
  }

  function showOld(report: Report, bare: readonly BareValue[], isAgain: boolean): boolean {
    const member = report.member(word)
    const [list, descriptions] = [describer.list(word), describer.descriptions(word)]
    entities = joinOld(list, descriptions, bare, reader(), false)
    const more = bareReadings(bare, new Set(entities.map(keyOf)), bareUse())
    const readings = [...readingsOf(entities), ...more]
    const { passed, rejected: left } = isAgain ? guardedAgain(readings) : guarded(VALUES, readings, member)
    const isComplete = describer.isComplete(word, keysOf(bare))
    const named = use.hasOldNames ? joinOld(list, descriptions, bare, reader(), true) : entities
    const document = isComplete ? machineText(named) || message(`no 'metrics' in ${word}`) : ''
    showValues(report, { readings: passed, document, rejected: left })
    showDevice(member)
    if (isComplete) showCircuits(report)
    return passed.length > 0
  }

  /** The entities of which the text says too little. */
  function undescribed(): string {
    return entities
      .filter(({ isBorrowed }) => isBorrowed)
      .map(keyOf)
      .join(' ')
  }

  function isDescribingDue(): boolean {
    const wanted = undescribed()
    return wanted !== '' && wanted !== describedFor && clock.monotonic() >= describeDueAt
  }

  /** Once for what the text leaves out, and again when there is more of that, or another firmware or language. */
  async function readDescriptions(report: Report, signal: AbortSignal): Promise<void> {
    const wanted = undescribed()
    describeDueAt = clock.monotonic() + DESCRIBE_AGAIN_MS
    const reading = await askMachine({ asker, reader: reader(), signal }, 'derived')
    described = new Map(reading.entities.map(entity => [keyOf(entity), entity]))
    describedFor = wanted
    describeDueAt = Number.NEGATIVE_INFINITY
    entities = withDescriptions(entities, described)
    const { passed, rejected: left } = guardedAgain(readingsOf(believable(entities)))
    showValues(report, { readings: passed, document: shownText, rejected: left })
    showCircuits(report)
  }

  function bareUse() {
    return { word, isFahrenheit: facts?.isFahrenheit ?? false }
  }

  async function askValues(signal: AbortSignal) {
    const got = await asker.get(`${word}/values`, signal)
    if (got.kind === 'none') return undefined
    if (got.kind === 'text') throw noJson(asker.nameOf(`${word}/values`))
    const isOld = facts?.abilities.hasEntities === false
    return { bare: readValues(got.object, isOld), circuits: circuitsIn(got.object) }
  }

  /** Texts, and which circuits second machines of the type have. */
  async function readRest(report: Report, signal: AbortSignal): Promise<void> {
    const values = await askValues(signal)
    const own = new Set(entities.map(({ circuit }) => circuit))
    const before = circuits
    circuits = listed.length < 2 ? [] : (values?.circuits.filter(circuit => !own.has(circuit)) ?? [])
    for (const gone of before.filter(circuit => !circuits.includes(circuit)))
      report.member(word).update({ group: gone, readings: [], isWhole: true })
    const known = new Set(entities.map(keyOf))
    const ofCircuits = new Set(circuits)
    const bare = (values?.bare ?? []).filter(({ circuit }) => !ofCircuits.has(circuit))
    const more = bareReadings(bare, known, bareUse())
    report.member(word).update({ group: 'texts', readings: more, isWhole: true })
    restDueAt = more.length + circuits.length > 0 ? 0 : clock.monotonic() + SELDOM_MS
    shownCircuits = new Set([...shownCircuits, ...circuits])
  }

  async function readCircuit(circuit: string, report: Report, signal: AbortSignal): Promise<void> {
    const member = report.member(word)
    const reading = await askMachine({ asker, reader: reader(), circuit, signal }, way())
    const { passed, rejected: left } = guarded(circuit, readingsOf(believable(reading.entities)), member)
    member.update({ group: circuit, readings: passed, isWhole: true, rejected: left })
    const document = reading.document.startsWith('{') ? '' : reading.document
    report.update({ group: `${word}/${circuit}`, readings: [], isWhole: true, document })
    if (reading.damaged > 0) sayDamaged(member, reading.damaged)
  }

  return {
    word,
    learn(next, devices) {
      if (next.identity !== facts?.identity) {
        described = new Map()
        describedFor = ''
        describeDueAt = Number.NEGATIVE_INFINITY
        derivedUntil = Number.NEGATIVE_INFINITY
        restDueAt = Number.NEGATIVE_INFINITY
        damagedInRow = 0
      }
      facts = next
      listed = devices
    },
    async readText(report, signal) {
      if (facts?.abilities.hasEntities === false) return readOld(report, signal)
      try {
        const reading = await askMachine({ asker, reader: reader(), signal }, way())
        damagedInRow = 0
        show(report, reading)
        return reading.entities.length > 0
      } catch (error) {
        const isDamaged = error instanceof HearthError && error.kind === 'parse'
        if (way() === 'passed-on' && isDamaged && ++damagedInRow >= MOST_DAMAGED) {
          derivedUntil = clock.monotonic() + SELDOM_MS
          damagedInRow = 0
        }
        throw error
      }
    },
    *rest() {
      if (facts?.abilities.hasEntities === false) return
      if (isDescribingDue()) yield readDescriptions
      if (clock.monotonic() >= restDueAt) yield readRest
      for (const circuit of circuits) yield (report, signal) => readCircuit(circuit, report, signal)
    },
    showEnergy,
    async describe(report, until, signal) {
      if (facts?.abilities.hasEntities !== false) return
      const keys = keysOf(oldValues)
      if (keys.size === 0 || describer.isComplete(word, keys)) return
      await describer.askOn(word, keys, until, signal)
      if (describer.isComplete(word, keys) && !signal.aborted) showOld(report, oldValues, true)
    },
    withdraw(report, words) {
      const member = report.member(word)
      const document = words === undefined ? '' : message(words)
      for (const group of ['energy', 'texts', ...shownCircuits])
        member.update({ group, readings: [], isWhole: true })
      member.update({ group: 'metrics', readings: [], isWhole: true, document })
      report.update({ group: word, readings: [], isWhole: true, document })
      for (const circuit of shownCircuits)
        report.update({ group: `${word}/${circuit}`, readings: [], isWhole: true, document: '' })
      entities = []
      restDueAt = Number.NEGATIVE_INFINITY
    },
  }
}

function keysOf(values: readonly { readonly circuit: string; readonly name: string }[]): ReadonlySet<string> {
  return new Set(values.map(({ circuit, name }) => `${circuit}.${name}`))
}
