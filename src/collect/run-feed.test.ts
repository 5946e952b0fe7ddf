import { describe, expect, it } from 'vitest'
import type { Feed, Report } from '../core/driver.ts'
import { HearthError } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { testReport } from '../testing/use.ts'
import { runFeed } from './run-feed.ts'

function recordingReport() {
  const events: string[] = []
  const report: Report = testReport({
    update: update => events.push(`update ${update.group}`),
    attempt: isComplete => events.push(isComplete ? 'success' : 'failure'),
    trouble: (kind, _message, times = 1) => events.push(`${kind} x${times}`),
    connected: () => events.push('connected'),
  })
  return { events, report }
}

function recordingLog() {
  const lines: string[] = []
  const log: Log = {
    debug() {},
    info: message => lines.push(message),
    warn: (message, fields) => lines.push(`${message} ${JSON.stringify(fields)}`),
    error: message => lines.push(message),
    with: () => log,
  }
  return { lines, log }
}

function start(feed: Feed, clock = fakeClock()) {
  const stop = new AbortController()
  const { events, report } = recordingReport()
  const { lines, log } = recordingLog()
  const done = runFeed({ feed, report, clock, log, random: () => 0, signal: stop.signal })
  return { clock, stop, events, lines, done }
}

const unplugged = () =>
  new HearthError('HEARTH_PORT_MISSING', '/dev/ttyUSB0 does not exist', { kind: 'connect' })

describe('runFeed with a device that talks by itself', () => {
  it('tries a lost line again for ever, at most 10 s apart', async () => {
    const tries: number[] = []
    const clock = fakeClock()
    const { stop, done } = start(
      {
        kind: 'listen',
        async run() {
          tries.push(clock.monotonic())
          throw unplugged()
        },
      },
      clock,
    )

    await clock.advance(60_000)
    stop.abort()
    await done

    const pauses = tries.slice(1).map((at, i) => at - (tries[i] ?? 0))
    expect(pauses.slice(0, 4)).toEqual([500, 1000, 2000, 4000])
    expect(Math.max(...pauses)).toBe(10_000)
    expect(tries.length).toBeGreaterThan(8)
  })

  it('counts each failure and says it in the log once an hour', async () => {
    const { clock, stop, events, lines, done } = start({
      kind: 'listen',
      async run() {
        throw unplugged()
      },
    })

    await clock.advance(3_590_000)
    expect(lines).toEqual(['/dev/ttyUSB0 does not exist {"kind":"connect"}'])
    await clock.advance(30_000)
    stop.abort()
    await done

    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatch(/since_last_line/)
    expect(events.filter(event => event === 'connect x1').length).toBe(
      events.filter(event => event === 'failure').length,
    )
  })

  it('starts with short pauses again after a good reading', async () => {
    const tries: number[] = []
    const clock = fakeClock()
    const { stop, done } = start(
      {
        kind: 'listen',
        async run(report) {
          tries.push(clock.monotonic())
          if (tries.length === 5) report.attempt(true, 10)
          throw unplugged()
        },
      },
      clock,
    )

    await clock.advance(20_000)
    stop.abort()
    await done

    expect((tries[5] ?? 0) - (tries[4] ?? 0)).toBe(500)
  })

  it('says that it reads, and says the next outage at once', async () => {
    let isPlugged = false
    const { clock, stop, lines, done } = start({
      kind: 'listen',
      async run(report) {
        if (!isPlugged) throw unplugged()
        report.attempt(true, 10)
        isPlugged = false
        throw unplugged()
      },
    })

    await clock.advance(1000)
    isPlugged = true
    await clock.advance(30_000)
    stop.abort()
    await done

    expect(lines.map(line => line.replace(/ \{.*/, ''))).toEqual([
      '/dev/ttyUSB0 does not exist',
      'first complete reading',
      '/dev/ttyUSB0 does not exist',
    ])
  })

  it('survives an error nobody foresaw', async () => {
    const { clock, stop, events, done } = start({
      kind: 'listen',
      async run() {
        throw new TypeError('x is undefined')
      },
    })

    await clock.advance(3000)
    stop.abort()
    await done

    expect(events).toContain('other x1')
  })

  it('ends with a source that has ended', async () => {
    const { done, events } = start({ kind: 'listen', async run() {} })
    await done
    expect(events).toEqual([])
  })

  it('ends at once when told to, without counting that as a failure', async () => {
    const { stop, done, events, clock } = start({
      kind: 'listen',
      run: (_report, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(unplugged()))),
    })
    stop.abort()
    await done
    expect(events).toEqual([])
    expect(clock.pending).toBe(0)
  })
})

describe('runFeed with a device that is asked', () => {
  it('asks every interval, whatever one answer takes', async () => {
    const asked: number[] = []
    const clock = fakeClock()
    const { stop, done } = start(
      {
        kind: 'poll',
        reach: 'network',
        intervalMs: 5000,
        async run() {
          asked.push(clock.monotonic())
        },
      },
      clock,
    )

    await clock.advance(20_000)
    stop.abort()
    await done

    expect(asked).toEqual([0, 5000, 10_000, 15_000, 20_000])
  })

  it('waits at most two intervals after failures', async () => {
    const asked: number[] = []
    const clock = fakeClock()
    const { stop, done, events } = start(
      {
        kind: 'poll',
        reach: 'network',
        intervalMs: 5000,
        async run() {
          asked.push(clock.monotonic())
          throw new HearthError('HEARTH_CONNECT_REFUSED', 'refused', { kind: 'connect' })
        },
      },
      clock,
    )

    await clock.advance(60_000)
    stop.abort()
    await done

    expect(Math.max(...asked.slice(1).map((at, i) => at - (asked[i] ?? 0)))).toBe(10_000)
    expect(events).toContain('failure')
  })

  it('tries a line that cannot be opened again soon, at most 10 s apart, whatever the interval', async () => {
    const asked: number[] = []
    const clock = fakeClock()
    const { stop, done } = start(
      {
        kind: 'poll',
        reach: 'line',
        intervalMs: 60_000,
        async run() {
          asked.push(clock.monotonic())
          throw unplugged()
        },
      },
      clock,
    )

    await clock.advance(60_000)
    stop.abort()
    await done

    const pauses = asked.slice(1).map((at, i) => at - (asked[i] ?? 0))
    expect(pauses.slice(0, 4)).toEqual([500, 1000, 2000, 4000])
    expect(Math.max(...pauses)).toBe(10_000)
  })

  it('waits as long as the failure itself asks for, shortened by chance', async () => {
    const asked: number[] = []
    const clock = fakeClock()
    const stop = new AbortController()
    const done = runFeed({
      feed: {
        kind: 'poll',
        reach: 'network',
        intervalMs: 60_000,
        async run() {
          asked.push(clock.monotonic())
          throw new HearthError('HEARTH_LOGIN_REFUSED', 'refused', { kind: 'auth', retryAfterMs: 20_000 })
        },
      },
      report: recordingReport().report,
      clock,
      log: recordingLog().log,
      random: () => 0.5,
      signal: stop.signal,
    })

    await clock.advance(40_000)
    stop.abort()
    await done

    expect(asked).toEqual([0, 17_000, 34_000])
  })

  it('ends what a feed kept open between polls, after the last one', async () => {
    const events: string[] = []
    const { clock, stop, done } = start({
      kind: 'poll',
      reach: 'line',
      intervalMs: 5000,
      async run() {
        events.push('run')
      },
      async close() {
        events.push('close')
      },
    })

    await clock.advance(5000)
    stop.abort()
    await done

    expect(events).toEqual(['run', 'run', 'close'])
  })
})
