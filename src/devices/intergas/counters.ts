import { byteAt, u16At, u32At } from './words.ts'

interface Counter {
  readonly name: string
  read(bytes: Uint8Array): number
  /** Value after which it starts again at 0. */
  readonly size: number
  /** More than any boiler does. */
  readonly mostPerHour: number
  /** Room for what one asking cannot tell apart. */
  readonly slack: number
}

const MS_PER_HOUR = 3_600_000
const WORD = 0x1_0000
const LONG_WORD = 0x100_0000
const DOUBLE_WORD = 0x1_0000_0000

/** A burner cannot start more often than every ten seconds, a house cannot burn 10 m³ an hour nor draw 4. */
const STARTS = { mostPerHour: 360, slack: 5 }
const GAS = { size: DOUBLE_WORD, mostPerHour: 100_000, slack: 2_000 }
const HOURS = { mostPerHour: 1.1, slack: 2 }

const COUNTERS: readonly Counter[] = [
  { name: 'hours on mains power', read: joined(0, 30), size: LONG_WORD, ...HOURS },
  { name: 'times mains power was lost', read: word(2), size: WORD, ...STARTS },
  { name: 'heating hours', read: word(4), size: WORD, ...HOURS },
  { name: 'hot water hours', read: word(6), size: WORD, ...HOURS },
  { name: 'burner starts', read: joined(8, 31), size: LONG_WORD, ...STARTS },
  { name: 'failed ignitions', read: word(10), size: WORD, ...STARTS },
  { name: 'lost flames', read: word(12), size: WORD, ...STARTS },
  { name: 'resets', read: word(14), size: WORD, ...STARTS },
  { name: 'gas for heating', read: bytes => u32At(bytes, 16), ...GAS },
  { name: 'gas for hot water', read: bytes => u32At(bytes, 20), ...GAS },
  { name: 'hot water', read: joined(24, 28), size: LONG_WORD, mostPerHour: 40_000, slack: 2_000 },
  { name: 'burner starts for hot water', read: joined(26, 29), size: LONG_WORD, ...STARTS },
]

/** Why the counters of `next` do not follow from those before: one fell or leapt. Undefined when all may be true. */
export function counterBreak(before: Uint8Array, next: Uint8Array, elapsedMs: number): string | undefined {
  const hours = Math.max(0, elapsedMs) / MS_PER_HOUR
  for (const { name, read, size, mostPerHour, slack } of COUNTERS) {
    const from = read(before)
    const to = read(next)
    // Going round is a step forward.
    const step = (to - from + size) % size
    if (step > mostPerHour * hours + slack) return `${name} went from ${from} to ${to}`
  }
  return undefined
}

function word(offset: number) {
  return (bytes: Uint8Array) => u16At(bytes, offset)
}

function joined(low: number, high: number) {
  return (bytes: Uint8Array) => u16At(bytes, low) + WORD * byteAt(bytes, high)
}
