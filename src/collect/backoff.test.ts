import { describe, expect, it } from 'vitest'
import { createBackoff } from './backoff.ts'

const options = { shortestMs: 1000, longestMs: 10_000 }

describe('backoff', () => {
  it('doubles up to the longest pause', () => {
    const backoff = createBackoff({ ...options, random: () => 0 })
    expect([1, 2, 3, 4, 5, 6].map(() => backoff.next())).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000])
  })

  it('starts again after a success', () => {
    const backoff = createBackoff({ ...options, random: () => 0 })
    backoff.next()
    backoff.next()
    backoff.reset()
    expect(backoff.next()).toBe(1000)
  })

  it('never waits longer than the longest pause, whatever chance says', () => {
    for (const chance of [0, 0.5, 0.999]) {
      const backoff = createBackoff({ ...options, random: () => chance })
      for (let i = 0; i < 20; i++) {
        const pauseMs = backoff.next()
        expect(pauseMs).toBeLessThanOrEqual(10_000)
        expect(pauseMs).toBeGreaterThanOrEqual(700)
      }
    }
  })
})
