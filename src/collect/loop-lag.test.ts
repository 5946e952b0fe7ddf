import { expect, it, vi } from 'vitest'
import { watchLoop } from './loop-lag.ts'

it('tells how late the loop was since the last call, and begins anew', () => {
  vi.useFakeTimers()
  let now = 1_000
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now)
  try {
    const watch = watchLoop()
    for (const lagMs of [0, 0, 0, 0, 0, 0, 0, 0, 100, 300]) {
      now += 1_000 + lagMs
      vi.advanceTimersToNextTimer()
    }
    expect(watch.take()).toEqual({ mean: 0.04, p50: 0, p90: 0.1, p99: 0.3 })
    expect(watch.take()).toEqual({ mean: 0, p50: 0, p90: 0, p99: 0 })
    watch.stop()
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    clock.mockRestore()
    vi.useRealTimers()
  }
})
