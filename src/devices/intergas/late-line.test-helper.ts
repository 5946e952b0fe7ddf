import { runFeed } from '../../collect/run-feed.ts'
import { silentLog } from '../../core/log.ts'
import type { Update } from '../../core/reading.ts'
import type { SimulatedLine } from '../../core/simulator.ts'
import { fakeClock } from '../../testing/fake-clock.ts'
import { testReport, testUse } from '../../testing/use.ts'
import { deviceOf, wire } from './boiler.test-helper.ts'
import { type AnswerName, COMMANDS, type Dialect, xorOf } from './commands.ts'
import { readingsOf } from './fields.ts'
import { STATES } from './simulator/states.ts'

/** What each command is answered with, state by state. */
export type StatesOfBoiler = readonly Readonly<Partial<Record<string, Uint8Array>>>[]

/** How late the copies of an answer set out: none is a lost answer, two are one said twice. */
export type Delays = (answer: { readonly atMs: number }) => readonly number[]

/** What the line makes of the bytes of an answer; it gets each once, in their order. */
export type BoilerLine = (bytes: Uint8Array, atMs: number) => readonly Uint8Array[]

export interface Trial {
  readonly states: StatesOfBoiler
  readonly lastsMs: number
  readonly delays: Delays
  readonly line?: BoilerLine
  /** Between what the line makes of the bytes of one answer. */
  readonly pauseMs?: number
  readonly interval?: string
  readonly dialect?: Dialect
  /** Of the irregular pauses. */
  readonly seed?: number
}

export interface Findings {
  /** What was told and never was on the boiler. */
  readonly wrong: readonly string[]
  /** The longest time for which something told had not been true any more. */
  readonly oldestMs: number
  readonly told: number
  readonly attempts: readonly boolean[]
  /** Questions. */
  readonly asked: number
  /** The longest time for which the boiler was said to be up while a required answer was not told. */
  readonly unfoundedMs: number
}

const STATE_MS = 7_300
const REQUIRED: readonly string[] = ['S?', 'S2', 'CRC', 'HN']
/** Bytes come in lumps, at 9600 baud. */
const LUMP_BYTES = 8
const LUMP_MS = 8.33
const THINKING_MS = [25, 45, 70, 90, 115] as const

/** Reads a boiler over a line of any delays and holds all that is told against what really was on the boiler. */
export async function tryLine(trial: Trial): Promise<Findings> {
  const { states, dialect = 'plain', interval = '5s', seed = 0, pauseMs = 0 } = trial
  const clock = fakeClock(Date.UTC(2026, 10, 21) + seed)
  const lines = new Set<SimulatedLine>()
  let count = 0
  let asked = 0
  let busyUntilMs = 0
  let wireBusyUntilMs = 0
  const stateAt = (ms: number) => Math.floor(ms / STATE_MS) % states.length

  function push(bytes: Uint8Array): void {
    const now = clock.monotonic()
    const startMs = Math.max(now, wireBusyUntilMs)
    wireBusyUntilMs = startMs + (bytes.length / LUMP_BYTES) * LUMP_MS
    for (let at = 0; at < bytes.length; at += LUMP_BYTES) {
      clock.after(startMs - now + (at / LUMP_BYTES + 1) * LUMP_MS, () => {
        for (const line of lines) void line.send(bytes.subarray(at, at + LUMP_BYTES))
      })
    }
  }

  function hear(question: Uint8Array): void {
    asked++
    const now = clock.monotonic()
    const name = COMMANDS[dialect].find(command => Buffer.from(command.bytes).equals(question))?.name
    busyUntilMs = Math.max(busyUntilMs, now) + (THINKING_MS[count % THINKING_MS.length] ?? 0)
    const answer = name && states[stateAt(busyUntilMs)]?.[name]
    if (!answer) return
    count++
    const bytes = dialect === 'plain' ? answer : Uint8Array.of(...answer, xorOf(answer))
    const parts = trial.line?.(bytes, now) ?? [bytes]
    for (const delayMs of trial.delays({ atMs: now })) {
      for (const [at, part] of parts.entries()) {
        clock.after(busyUntilMs - now + delayMs + at * pauseMs, () => push(part))
      }
    }
  }

  /** How long ago a state ended; 0 while it lasts. */
  function ageOf(state: number, nowMs: number): number {
    let ageMs = 0
    for (let ms = nowMs; ms >= 0; ms = Math.floor(ms / STATE_MS) * STATE_MS - 1) {
      if (stateAt(ms) === state) return ageMs
      ageMs = nowMs - Math.floor(ms / STATE_MS) * STATE_MS
    }
    return Number.POSITIVE_INFINITY
  }

  const real = realReadings(states, dialect)
  const wrong: string[] = []
  let oldestMs = 0
  let told = 0
  const attempts: boolean[] = []
  const toldAt = new Map(REQUIRED.map(name => [name, 0]))
  let unfoundedMs = 0
  function look(): void {
    if (attempts.at(-1) !== true) return
    unfoundedMs = Math.max(unfoundedMs, ...[...toldAt.values()].map(at => clock.monotonic() - at))
  }
  function update({ group, readings }: Update): void {
    // Taken back.
    if (readings.length === 0) return
    told++
    const now = clock.monotonic()
    look()
    if (toldAt.has(group)) toldAt.set(group, now)
    const text = JSON.stringify(readings)
    const ages = (real.get(`${group} ${text}`) ?? []).map(state => ageOf(state, now))
    if (ages.length === 0) wrong.push(`${group} at ${Math.round(now)} ms: ${text.slice(0, 90)}`)
    else oldestMs = Math.max(oldestMs, Math.min(...ages))
  }

  const { transport } = wire(line => {
    lines.add(line)
    line.gone.addEventListener('abort', () => lines.delete(line))
    line.onReceive(hear)
  })
  const stop = new AbortController()
  const done = runFeed({
    feed: deviceOf({ interval }).feed(testUse({ clock, line: () => transport })),
    clock,
    log: silentLog,
    random: () => 0,
    signal: stop.signal,
    report: testReport({
      update,
      attempt(isComplete) {
        look()
        attempts.push(isComplete)
      },
    }),
  })
  await clock.advance(trial.lastsMs)
  stop.abort()
  await clock.advance(0)
  await done
  return { wrong, oldestMs, told, attempts, asked, unfoundedMs }
}

function realReadings(states: StatesOfBoiler, dialect: Dialect): ReadonlyMap<string, readonly number[]> {
  const real = new Map<string, number[]>()
  for (const [state, answers] of states.entries()) {
    for (const { name } of COMMANDS[dialect]) {
      const bytes = answers[name]
      if (!bytes) continue
      const key = `${name} ${JSON.stringify(readingsOf(name, bytes, dialect))}`
      real.set(key, [...(real.get(key) ?? []), state])
    }
  }
  return real
}

const DRIVES = Uint8Array.of(
  16,
  14,
  20,
  14,
  ...new Uint8Array(6),
  40,
  0,
  176,
  4,
  ...new Uint8Array(12),
  8,
  16,
  0,
  0,
  0,
  0,
)
const PAGE = Uint8Array.from({ length: 32 }, (_, at) => (at < 9 ? 7 * at : 0))

/** States A, B and C of the simulator and six more: of all that moves, no two states have the same. */
export const DISTINCT: StatesOfBoiler = [0, 1, 2].flatMap(round =>
  [STATES.a, STATES.b, STATES.c].map((answers, which) => ({
    'S?': plus(answers['S?'], [1, 3, 6], round),
    S2: plus(answers['S2'], [2, 8], round),
    CRC: plus(answers['CRC'], [2], round),
    HN: plus(answers['HN'], [], round),
    'V?': plus(answers['V?'], [2], round),
    D2: plus(DRIVES, [0, 2, 10, 26], 3 * round + which),
    V0: plus(answers['V?'], [2], 3 * round + which),
    V1: PAGE,
  })),
)

function plus(bytes: Uint8Array | undefined, offsets: readonly number[], more: number): Uint8Array {
  const changed = Uint8Array.from(bytes ?? new Uint8Array(32))
  for (const at of offsets) changed[at] = (changed[at] ?? 0) + more
  return changed
}

/** 0.00, marks, 20.00, 0.40 (50 Hz), 5.12 (2.5 V) and so on: possible in every answer. */
const ALIKE_WORDS = [0, 0, 2000, 40, 512, 2000, 40, 2000, 512, 600, 300, 200] as const
const ALIKE_NAMES: readonly AnswerName[] = ['S?', 'S2', 'CRC', 'HN', 'V?', 'EN', 'D2']

/**
 * The worst boiler: each of its answers could be the answer to any question, and nothing but the time at which they come tells
 * one from another. A few bytes that show in the readings of every command say which command and state an answer is of.
 */
export const ALIKE: StatesOfBoiler = Array.from({ length: 9 }, (_, state) =>
  Object.fromEntries(
    ALIKE_NAMES.map((name, which) => {
      const bytes = new Uint8Array(32)
      for (const [at, word] of ALIKE_WORDS.entries()) {
        bytes[2 * at] = word & 0xff
        bytes[2 * at + 1] = word >> 8
      }
      bytes[0] = which
      bytes[2] = state + 1
      bytes[3] = which
      bytes[4] = 16 * which + state
      bytes[30] = 1
      return [name, bytes]
    }),
  ),
)
