/** How politely the gateway was asked. */
export interface Manners {
  readonly requests: number
  /** Requests that began while another was open. */
  readonly overlaps: number
  /** Requests that began less than 250 ms after the start of the one before. */
  readonly hurried: number
  /** The shortest time from one start to the next; absent before the second. */
  readonly closestMs?: number
  /** The shortest time from the end of an answer to the next start. */
  readonly shortestPauseMs?: number
  /** Requests that were not GET. */
  readonly writes: number
}

/** How far apart requests are at least to be. */
export const POLITE_MS = 250

/** Watches when requests begin and end. */
export function watchManners(now: () => number): {
  begin(method: string): () => void
  seen(): Manners
  forget(): void
} {
  const none = { requests: 0, overlaps: 0, hurried: 0, writes: 0 }
  let seen: Manners = none
  let open = 0
  let startedAt: number | undefined
  let endedAt: number | undefined

  return {
    seen: () => seen,
    forget() {
      seen = none
      startedAt = undefined
      endedAt = undefined
    },
    begin(method) {
      const at = now()
      const gap = startedAt === undefined ? undefined : at - startedAt
      const pause = endedAt === undefined || open > 0 ? undefined : at - endedAt
      seen = {
        requests: seen.requests + 1,
        overlaps: seen.overlaps + (open > 0 ? 1 : 0),
        hurried: seen.hurried + (gap !== undefined && gap < POLITE_MS ? 1 : 0),
        writes: seen.writes + (method === 'GET' || method === 'HEAD' ? 0 : 1),
        ...least('closestMs', seen.closestMs, gap),
        ...least('shortestPauseMs', seen.shortestPauseMs, pause),
      }
      startedAt = at
      open++
      let isOpen = true
      return () => {
        if (!isOpen) return
        isOpen = false
        open--
        endedAt = now()
      }
    },
  }
}

function least(key: string, before: number | undefined, now: number | undefined): Record<string, number> {
  const values = [before, now].filter(value => value !== undefined)
  return values.length === 0 ? {} : { [key]: Math.min(...values) }
}
