import { describe, expect, it } from 'vitest'
import type { MemberReport, Report } from '../core/driver.ts'
import { type Log, silentLog } from '../core/log.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { testReport } from '../testing/use.ts'
import { withNotices } from './notices.ts'

const MINUTE_MS = 60_000
const SILENT = 'port: no answer from the boiler. Check the cable'

function start() {
  const clock = fakeClock()
  const lines: string[] = []
  const log: Log = {
    debug() {},
    info: message => lines.push(message),
    warn: (message, fields) => {
      const since = fields?.['since_last_line']
      lines.push(since === undefined ? message : `${message} (+${since})`)
    },
    error: message => lines.push(message),
    with: () => log,
  }
  return { clock, lines, report: withNotices(testReport(), log, clock) }
}

describe('a device that goes down', () => {
  it('says why, also when the kind of it was said within the hour', async () => {
    const { clock, lines, report } = start()
    report.attempt(true, 1)
    report.trouble('timeout', 'port: no answer to V?')
    report.attempt(true, 1)
    await clock.advance(10 * MINUTE_MS)
    report.trouble('timeout', 'port: no answer to V?')
    report.attempt(false, 1)
    expect(lines).toEqual(['first complete reading', 'port: no answer to V?', 'port: no answer to V? (+1)'])
  })

  it('says it once', () => {
    const { lines, report } = start()
    report.attempt(true, 1)
    for (let i = 0; i < 5; i++) {
      report.trouble('timeout', SILENT)
      report.attempt(false, 1)
    }
    expect(lines).toEqual(['first complete reading', SILENT])
  })

  it('says the reason that comes after the attempt', () => {
    const { lines, report } = start()
    report.trouble('timeout', 'port: no answer to S2')
    report.attempt(true, 1)
    report.trouble('timeout', 'port: no answer to S2')
    report.attempt(true, 1)
    lines.length = 0
    report.attempt(false, 1)
    expect(lines).toEqual([])
    report.trouble('timeout', 'port: no answer to S2')
    report.trouble('timeout', 'port: no answer to S2')
    expect(lines).toEqual(['port: no answer to S2'])
  })

  it('and comes back all the time does not fill the log', async () => {
    const { clock, lines, report } = start()
    for (let i = 0; i < 200; i++) {
      report.attempt(true, 1)
      report.trouble('timeout', SILENT)
      report.attempt(false, 1)
      await clock.advance(10_000)
    }
    expect(lines.length).toBeLessThan(25)
    await clock.advance(60 * MINUTE_MS)
    report.attempt(true, 1)
    expect(lines.at(-1)).toBe('reads again')
  })
})

describe('a device that comes up', () => {
  it('reads for the first time or again', () => {
    const { lines, report } = start()
    report.trouble('connect', 'port: does not exist')
    report.attempt(false, 1)
    report.attempt(true, 1)
    report.trouble('connect', 'port: does not exist')
    report.attempt(false, 1)
    report.attempt(true, 1)
    expect(lines).toEqual([
      'port: does not exist',
      'first complete reading',
      'port: does not exist',
      'reads again',
    ])
  })
})

describe('trouble that goes on', () => {
  it('is said once an hour, whatever the values, with what was not said', async () => {
    const { clock, lines, report } = start()
    for (let i = 0; i < 61; i++) {
      report.trouble('framing', `port: ${i + 20} bytes in place of 32`)
      await clock.advance(MINUTE_MS)
    }
    expect(lines).toEqual(['port: 20 bytes in place of 32', 'port: 80 bytes in place of 32 (+59)'])
  })

  it('has up to three messages of one kind, so that one does not hide the more useful one', () => {
    const { lines, report } = start()
    for (let round = 0; round < 3; round++) {
      for (const name of ['V?', 'EN', 'REV', 'B?', 'CRC'])
        report.trouble('timeout', `port: no answer to ${name}`)
    }
    report.trouble('framing', 'port: half')
    expect(lines).toEqual([
      'port: no answer to V?',
      'port: no answer to EN',
      'port: no answer to REV',
      'port: half',
    ])
  })
})

describe('the log before a report', () => {
  it('asks each time where a machine is shown: its place may change', () => {
    const told: string[] = []
    const place = (name: string): MemberReport => ({
      ...testReport(),
      attempt: () => void told.push(`attempt ${name}`),
      update: () => void told.push(`update ${name}`),
      trouble: () => void told.push(`trouble ${name}`),
      connected: () => void told.push(`connected ${name}`),
    })
    let shown = place('nowhere')
    const report: Report = testReport({ member: () => shown })
    const { member } = withNotices(report, silentLog, fakeClock())
    const boiler = member('boiler')
    boiler.attempt(true, 1)
    shown = place('here')
    boiler.attempt(true, 1)
    boiler.update({ group: 'a', readings: [], isWhole: true })
    member('boiler').trouble('other', 'x')
    member('boiler').connected()
    expect(told).toEqual(['attempt nowhere', 'attempt here', 'update here', 'trouble here', 'connected here'])
  })
})
