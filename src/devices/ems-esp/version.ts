/** What a firmware can be asked. */
export interface Abilities {
  /** `/metrics` exists: 3.7.3-dev.36, 3.8.0 and newer. */
  readonly hasMetrics: boolean
  /** `/entities` describes each entity whole: 3.7.0 and newer. Before, it is a list of names. */
  readonly hasEntities: boolean
}

const VERSION = /^v?(\d+)\.(\d+)\.(\d+)(?:-[a-z]+[._-]?(\d+)?)?/i
const FIRST_DEV_WITH_METRICS = 36

/** Reads `3.8.0`, `3.7.3-dev.36`, `3.7.3-dev_36`. A version that is none is taken for one that can do all: answers tell. */
export function abilitiesOf(version: string | undefined): Abilities {
  const match = VERSION.exec(version ?? '')
  if (!match) return { hasMetrics: true, hasEntities: true }
  const [major, minor, patch] = match.slice(1, 4).map(Number)
  const release = (major ?? 0) * 1_000_000 + (minor ?? 0) * 1_000 + (patch ?? 0)
  const isDevWithMetrics = release === 3_007_003 && Number(match[4] ?? 0) >= FIRST_DEV_WITH_METRICS
  return { hasMetrics: release >= 3_008_000 || isDevWithMetrics, hasEntities: release >= 3_007_000 }
}
