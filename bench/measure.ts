/** What several rounds of ours and the baseline, taken in turns, say. */
export interface Comparison {
  /** Medians, in whatever unit the measurements were given. */
  readonly ours: number
  readonly baseline: number
  /** Median of the rounds' own ratios, ours over baseline, and the two ends of them. */
  readonly ratio: number
  readonly lowest: number
  readonly highest: number
}

export type Measurement = () => number | Promise<number>

/**
 * Measures ours, baseline, ours, baseline ... Other work on the machine then hits both alike, and a round's ratio
 * compares neighbours in time.
 */
export async function inTurns(rounds: number, ours: Measurement, baseline: Measurement): Promise<Comparison> {
  const pairs: { readonly ours: number; readonly baseline: number }[] = []
  for (let round = 0; round < rounds; round++) {
    pairs.push({ ours: checked(await ours()), baseline: checked(await baseline()) })
  }
  return comparisonOf(pairs)
}

/** The comparison of measurements that were taken in pairs. */
export function comparisonOf(
  pairs: readonly { readonly ours: number; readonly baseline: number }[],
): Comparison {
  const ratios = pairs.map(pair => pair.ours / pair.baseline)
  return {
    ours: median(pairs.map(pair => pair.ours)),
    baseline: median(pairs.map(pair => pair.baseline)),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  }
}

/** Seconds that one run of `task` takes, over as many runs as fill `forMs`. */
export async function secondsPerRun(task: () => unknown, forMs: number): Promise<number> {
  const from = performance.now()
  let runs = 0
  let now = from
  do {
    const pending = task()
    if (pending instanceof Promise) await pending
    runs++
    now = performance.now()
  } while (now - from < forMs)
  return (now - from) / 1000 / runs
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

function checked(value: number): number {
  if (Number.isFinite(value) && value > 0) return value
  throw new Error(`a measurement gave ${value}`)
}
