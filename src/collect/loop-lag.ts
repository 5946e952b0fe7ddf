import type { ProcessSample } from '../core/process-sample.ts'

/** Each measurement wakes the processor, so a small machine is asked once a second and no more. */
const RESOLUTION_MS = 1_000
/** Half an hour of measurements; more that nobody takes are not kept. */
const MOST_LAGS = 1_800

/** Watches how late the event loop runs its timers. */
export interface LoopWatch {
  /** Seconds of lag since the last call. */
  take(): Omit<ProcessSample['eventLoopLagSeconds'], 'last'>
  stop(): void
}

/**
 * Starts to watch. The runtime's own histogram does the same in 0.4 MB, and brings the whole of `node:perf_hooks`:
 * the few measurements between two samples need no histogram.
 */
export function watchLoop(): LoopWatch {
  let lags: number[] = []
  let due = performance.now() + RESOLUTION_MS
  const timer = setInterval(() => {
    const now = performance.now()
    if (lags.length < MOST_LAGS) lags.push(Math.max(0, now - due) / 1000)
    due = now + RESOLUTION_MS
  }, RESOLUTION_MS).unref()
  return {
    take() {
      const sorted = lags.toSorted((one, other) => one - other)
      lags = []
      const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
      const mean = sorted.reduce((sum, lag) => sum + lag, 0) / Math.max(1, sorted.length)
      return { mean, p50: at(0.5), p90: at(0.9), p99: at(0.99) }
    },
    stop: () => clearInterval(timer),
  }
}
