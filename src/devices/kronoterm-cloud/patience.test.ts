import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../testing/fake-clock.ts'
import { createPatience } from './patience.ts'

const MINUTE = 60_000

describe('patience', () => {
  it('allows a login at once, and one for a session that was good', async () => {
    const clock = fakeClock()
    const patience = createPatience(clock, () => 0)
    expect(patience.loginWaitMs()).toBe(0)
    patience.loggingIn()
    await clock.advance(MINUTE)
    patience.sessionLost()
    expect(patience.loginWaitMs()).toBe(0)
  })

  it('waits longer each time a session does not last', async () => {
    const clock = fakeClock()
    const patience = createPatience(clock, () => 0)
    const pauses: number[] = []
    for (let i = 0; i < 4; i++) {
      patience.loggingIn()
      await clock.advance(1_000)
      patience.sessionLost()
      pauses.push(patience.loginWaitMs())
      await clock.advance(patience.loginWaitMs())
    }
    expect(pauses).toEqual([30_000, MINUTE, MINUTE, MINUTE])
  })

  it('leaves the cloud alone when asked to, for an hour at most', () => {
    const clock = fakeClock()
    const patience = createPatience(clock, () => 0)
    patience.leaveAlone(undefined)
    expect(patience.waitMs()).toBe(30_000)
    patience.leaveAlone(5_000)
    expect(patience.waitMs()).toBe(30_000)
    patience.leaveAlone(1e12)
    expect([patience.waitMs(), patience.loginWaitMs()]).toEqual([60 * MINUTE, 60 * MINUTE])
  })

  it('never allows a second login in trouble within a minute, and is over in 15 minutes', async () => {
    const trouble = fc.record({
      isRefused: fc.boolean(),
      isAtLogin: fc.boolean(),
      chance: fc.double({ min: 0, max: 1, noNaN: true }),
      livedMs: fc.integer({ min: 0, max: 59_999 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(trouble, { minLength: 3, maxLength: 20 }), async troubles => {
        const clock = fakeClock()
        let chance = 0
        const patience = createPatience(clock, () => chance)
        const logins: number[] = []
        for (const each of troubles) {
          const waitMs = patience.loginWaitMs()
          expect(waitMs).toBeLessThanOrEqual(15 * MINUTE)
          await clock.advance(waitMs)
          logins.push(clock.monotonic())
          patience.loggingIn()
          chance = each.chance
          await clock.advance(each.livedMs)
          if (each.isAtLogin) patience.loginFailed(each.isRefused)
          else patience.sessionLost()
        }
        for (let i = 2; i < logins.length; i++)
          expect((logins[i] ?? 0) - (logins[i - 1] ?? 0)).toBeGreaterThanOrEqual(MINUTE)
        expect((logins[1] ?? 0) - (logins[0] ?? 0)).toBeGreaterThanOrEqual(30_000)
      }),
      { numRuns: 60 },
    )
  })
})
