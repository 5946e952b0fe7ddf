import type { MemberReport, Report, Use } from '../core/driver.ts'
import { memoryKeep } from '../core/keep.ts'
import { silentLog } from '../core/log.ts'
import { fakeClock } from './fake-clock.ts'

/** What a device may use, for a test: only what the test gives does something, the rest refuses. */
export function testUse(over: Partial<Use> = {}): Use {
  return {
    clock: fakeClock(),
    log: silentLog,
    keep: memoryKeep(),
    line: address => refuse(`a line to ${address}`),
    http: () => refuse('HTTP'),
    ...over,
  }
}

/** A report that takes everything and keeps only what the test listens to. Members share it unless the test says otherwise. */
export function testReport(over: Partial<Report> = {}): Report {
  const own: MemberReport = { update() {}, attempt() {}, trouble() {}, connected() {}, ...over }
  return { member: () => own, ...own }
}

function refuse(what: string): never {
  throw new Error(`this test has no use for ${what}`)
}
