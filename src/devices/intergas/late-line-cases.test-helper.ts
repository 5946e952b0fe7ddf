import type { Delays } from './late-line.test-helper.ts'

/** One line: fresh delays each time, because some roll dice. */
export interface LineCase {
  readonly name: string
  readonly lastsMs: number
  readonly interval: string
  readonly seed: number
  delays(): Delays
}

const LONGEST_MS = 32_000
/** By then a boiler is known and polled in peace. */
const SETTLED_MS = 15_100

type Dice = () => number

function diceOf(seed: number): Dice {
  let state = Math.imul(seed, 2_654_435_761) >>> 0
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Delays from 20 ms to 32 s, and the multiples of the poll interval just so. */
function everyDelay(stepMs: number): readonly number[] {
  const delays = [1_000, 5_000, 10_000, 15_000, 20_000, 25_000, 30_000]
  for (let ms = 20; ms <= LONGEST_MS; ms += stepMs) delays.push(ms)
  return delays
}

function swept(stepMs: number, of: (ms: number) => Delays, lastsMs = 120_000, intervals = ['5s', '1s']) {
  return everyDelay(stepMs).map((ms, i): LineCase => {
    const interval = intervals[i % intervals.length] ?? '5s'
    return { name: `${ms} ms, ${interval}`, lastsMs, interval, seed: i, delays: () => of(ms) }
  })
}

function diced(count: number, of: (dice: Dice) => Delays) {
  return Array.from({ length: count }, (_, i): LineCase => {
    const delays = () => of(diceOf(i + 1))
    return { name: `dice ${i + 1}`, lastsMs: 150_000, interval: i % 3 === 0 ? '1s' : '5s', seed: i, delays }
  })
}

/** Whatever a line may do to answers but change their bytes. At most 30 s late. */
export function lineCases({ stepMs, throws }: { readonly stepMs: number; readonly throws: number }) {
  const kinds: readonly (readonly [name: string, cases: readonly LineCase[]])[] = [
    ['late from the start', swept(stepMs, ms => () => [ms])],
    [
      'late from some time on',
      swept(stepMs, ms => ({ atMs }) => [atMs > SETTLED_MS + (ms % 7) * 531 ? ms : 0]),
    ],
    [
      'late for a while',
      swept(
        stepMs,
        ms =>
          ({ atMs }) => [atMs > SETTLED_MS && atMs < 50_000 ? ms : 0],
        150_000,
      ),
    ],
    ['answered twice', swept(stepMs, ms => () => [0, ms], 60_000)],
    [
      'late by any time up to some',
      diced(throws, dice => {
        const mostMs = 30_000 * dice()
        const fromMs = dice() < 0.5 ? 0 : SETTLED_MS
        return ({ atMs }) => [atMs >= fromMs ? mostMs * dice() : 0]
      }),
    ],
    [
      'late by about some time',
      diced(throws, dice => {
        const leastMs = 28_000 * dice()
        const moreMs = 2_000 * dice()
        const fromMs = dice() < 0.5 ? 0 : SETTLED_MS
        return ({ atMs }) => [atMs >= fromMs ? leastMs + moreMs * dice() : 0]
      }),
    ],
    [
      'late now and then',
      diced(throws, dice => {
        const ms = 30_000 * dice()
        const share = dice()
        return () => [dice() < share ? ms : 0]
      }),
    ],
    [
      'lost or late now and then',
      diced(throws, dice => {
        const mostMs = 30_000 * dice()
        const lost = 0.5 * dice()
        const late = dice()
        return () => (dice() < lost ? [] : [dice() < late ? mostMs * dice() : 0])
      }),
    ],
    [
      'held up and then delivered at once',
      diced(throws, dice => {
        const periodMs = 5_000 + 40_000 * dice()
        const heldMs = Math.min(30_000, periodMs * dice())
        return ({ atMs }) => [Math.max(0, heldMs - (atMs % periodMs))]
      }),
    ],
    [
      'ever later, or ever less late',
      diced(throws, dice => {
        const startMs = 10_000 * dice()
        const rate = 0.5 * (dice() - 0.3)
        return ({ atMs }) => [Math.min(30_000, Math.max(0, startMs + rate * atMs))]
      }),
    ],
  ]
  return kinds
}
