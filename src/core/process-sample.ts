/** Figures of hearth's own process, from `/proc/self` and the runtime. */
export interface ProcessSample {
  readonly startTimeSeconds: number
  readonly cpuUserSeconds: number
  readonly cpuSystemSeconds: number
  /** This and the next three: absent where the system has no `/proc`. */
  readonly residentBytes?: number
  readonly virtualBytes?: number
  readonly openFds?: number
  readonly maxFds?: number
  readonly heapUsedBytes: number
  readonly heapTotalBytes: number
  readonly externalBytes: number
  readonly eventLoopLagSeconds: {
    /** The newest single measurement; the others sum up the time since the sample before. */
    readonly last: number
    readonly mean: number
    readonly p50: number
    readonly p90: number
    readonly p99: number
  }
  readonly activeResources: Readonly<Record<string, number>>
}
