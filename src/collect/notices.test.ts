import { describe, expect, it } from 'vitest'
import type { MemberReport, Report } from '../core/driver.ts'
import { silentLog } from '../core/log.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { testReport } from '../testing/use.ts'
import { withNotices } from './notices.ts'

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
