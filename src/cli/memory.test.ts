import { describe, expect, it } from 'vitest'
import { fakeClock } from '../testing/fake-clock.ts'
import { forgetStart, keepTidy } from './memory.ts'

const LARGE = `return [${Array.from({ length: 20_000 }, (_, i) => `n + ${i}`).join(',')}].length`

it('gives up the code of what ran at the start, which runs again all the same', () => {
  const functions = Array.from({ length: 20 }, (_, i) => new Function('n', `/* ${i} */ ${LARGE}`))
  const run = () => functions.map(each => each(1))
  const expected = run()
  const before = process.memoryUsage().heapUsed

  forgetStart()

  expect(before - process.memoryUsage().heapUsed).toBeGreaterThan(2_000_000)
  expect(run()).toEqual(expected)
})

describe('keepTidy', () => {
  function start() {
    const clock = fakeClock()
    let bytes = 10e6
    let collections = 0
    const collect = () => {
      collections++
      bytes = 10.5e6
    }
    const stop = keepTidy({ clock, heapBytes: () => bytes, collect })
    return {
      stop,
      collections: () => collections,
      async grow(byBytes: number, seconds: number) {
        bytes += byBytes
        await clock.advance(seconds * 1_000)
      },
    }
  }

  it('collects once the heap has grown by a megabyte, at most every minute', async () => {
    const { grow, collections } = start()
    await grow(0.9e6, 300)
    expect(collections()).toBe(0)
    await grow(0.2e6, 30)
    expect(collections()).toBe(0)
    await grow(0, 30)
    expect(collections()).toBe(1)
    await grow(0.4e6, 600)
    expect(collections()).toBe(1)
  })

  it('measures from the smallest heap since', async () => {
    const { grow, collections } = start()
    await grow(-3e6, 60)
    await grow(2.1e6, 60)
    expect(collections()).toBe(1)
  })

  it('leaves a large heap to V8', async () => {
    const { grow, collections } = start()
    await grow(30e6, 600)
    expect(collections()).toBe(0)
  })

  it('ends', async () => {
    const { grow, stop, collections } = start()
    stop()
    await grow(5e6, 600)
    expect(collections()).toBe(0)
  })

  it('collects for real', async () => {
    const clock = fakeClock()
    const sizes = [10e6, 13e6, 10e6]
    keepTidy({ clock, heapBytes: () => sizes.shift() ?? 0 })
    let litter: unknown[] | undefined = Array.from({ length: 300_000 }, (_, i) => ({ i }))
    const before = process.memoryUsage().heapUsed
    expect(litter).toHaveLength(300_000)
    litter = undefined
    await clock.advance(60_000)
    expect(process.memoryUsage().heapUsed).toBeLessThan(before - 4e6)
  })
})
