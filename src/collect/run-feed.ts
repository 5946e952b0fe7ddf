import { type Clock, sleep } from '../core/clock.ts'
import type { Feed, Report } from '../core/driver.ts'
import { HearthError, messageOf } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { createBackoff, jittered } from './backoff.ts'
import { withNotices } from './notices.ts'

/** Between two tries of a line: a cable put back is seen within this time. */
const LINE_PAUSES = { shortestMs: 500, longestMs: 10_000 }
/** Between two tries of a device asked over the network: two intervals, or this if they are shorter. */
const LONGEST_POLL_PAUSE_MS = 30_000

export interface RunFeedOptions {
  readonly feed: Feed
  readonly report: Report
  readonly clock: Clock
  readonly log: Log
  random(): number
  readonly signal: AbortSignal
}

/**
 * Runs one feed until the signal aborts. Whatever it throws is counted, said and tried again; it never throws itself.
 * Resolves early only for a `listen` feed that ended by itself: a capture that was read to its end.
 */
export function runFeed({
  feed,
  report: plainReport,
  clock,
  log,
  random,
  signal,
}: RunFeedOptions): Promise<void> {
  const report = withNotices(plainReport, log, clock)
  const use = { report, clock, log, random, signal }
  return feed.kind === 'listen' ? listenOn(feed, use) : pollOn(feed, use)
}

type Use = Omit<RunFeedOptions, 'feed'>

async function listenOn(feed: Extract<Feed, { kind: 'listen' }>, use: Use): Promise<void> {
  const { clock, random, signal, log } = use
  const backoff = createBackoff({ ...LINE_PAUSES, random })
  const report: Report = {
    ...use.report,
    attempt(isComplete, durationMs) {
      if (isComplete) backoff.reset()
      use.report.attempt(isComplete, durationMs)
    },
  }
  while (!signal.aborted) {
    const startedAt = clock.monotonic()
    try {
      await feed.run(report, signal)
      if (!signal.aborted) log.info('the source has ended')
      return
    } catch (error) {
      if (signal.aborted) return
      fail(error, use, clock.monotonic() - startedAt)
    }
    await sleep(clock, backoff.next(), signal)
  }
}

type PollFeed = Extract<Feed, { kind: 'poll' }>

async function pollOn(feed: PollFeed, use: Use): Promise<void> {
  const { clock, report, random, signal } = use
  const backoff = createBackoff({ ...pollPauses(feed), random })
  while (!signal.aborted) {
    const startedAt = clock.monotonic()
    let pauseMs = feed.intervalMs
    try {
      await feed.run(report, signal)
      backoff.reset()
    } catch (error) {
      if (signal.aborted) break
      pauseMs = pauseAfter(error, random) ?? backoff.next()
      fail(error, use, clock.monotonic() - startedAt)
    }
    await sleep(clock, Math.max(0, pauseMs - (clock.monotonic() - startedAt)), signal)
  }
  await feed.close?.()
}

/** The pause that the failure itself asks for, shortened by chance. */
function pauseAfter(error: unknown, random: () => number): number | undefined {
  const wantedMs = error instanceof HearthError ? error.retryAfterMs : undefined
  return wantedMs === undefined ? undefined : jittered(wantedMs, random)
}

function pollPauses({ reach, intervalMs }: PollFeed): { shortestMs: number; longestMs: number } {
  if (reach === 'line') return LINE_PAUSES
  const longestMs = Math.max(intervalMs, Math.min(2 * intervalMs, LONGEST_POLL_PAUSE_MS))
  return { shortestMs: intervalMs, longestMs }
}

function fail(error: unknown, { report, log }: Use, tookMs: number): void {
  const kind = error instanceof HearthError ? error.kind : 'other'
  // Not foreseen: a bug of ours, which must cost neither the other devices nor its own trace.
  if (!(error instanceof HearthError))
    log.debug('unexpected failure', { stack: error instanceof Error ? error.stack : error })
  report.trouble(kind, messageOf(error))
  report.attempt(false, tookMs)
}
