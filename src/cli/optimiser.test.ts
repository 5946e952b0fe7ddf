import { setFlagsFromString } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { fakeClock } from '../testing/fake-clock.ts'
import { optimise, optimiseWhileBusy } from './optimiser.ts'

/** Bits of V8's `%GetOptimizationStatus`: made by Maglev, made by TurboFan. */
const OPTIMISED = (1 << 5) | (1 << 6)

function statusOf(): (task: unknown) => number {
  setFlagsFromString('--allow-natives-syntax')
  const status = new Function('task', 'return %GetOptimizationStatus(task)')
  setFlagsFromString('--no-allow-natives-syntax')
  return task => Number(status(task))
}

function hot(): { run(): void; isOptimised(): boolean } {
  const task = new Function('n', 'let sum = 0; for (let i = 0; i < n; i++) sum += i % 7; return sum')
  const status = statusOf()
  return {
    run() {
      for (let i = 0; i < 20_000; i++) task(500)
    },
    isOptimised: () => (status(task) & OPTIMISED) !== 0,
  }
}

describe('optimise', () => {
  it('is understood by V8: what is hot is optimised only while it may be', () => {
    const [first, second] = [hot(), hot()]
    try {
      optimise(false)
      first.run()
      expect(first.isOptimised()).toBe(false)
      optimise(true)
      second.run()
      expect(second.isOptimised()).toBe(true)
    } finally {
      optimise(true)
    }
  })
})

describe('optimiseWhileBusy', () => {
  function start() {
    const clock = fakeClock()
    const said: boolean[] = []
    let cpuUs = 0
    const stop = optimiseWhileBusy({ clock, cpuUs: () => cpuUs, optimise: isWanted => said.push(isWanted) })
    const spend = async (seconds: number, share: number) => {
      for (let second = 0; second < seconds; second++) {
        cpuUs += share * 1e6
        await clock.advance(1_000)
      }
    }
    return { said, spend, stop }
  }

  it('leaves V8 alone while there is little to do', async () => {
    const { said, spend } = start()
    await spend(600, 0.15)
    expect(said).toEqual([])
  })

  it('lets it optimise within two seconds, and no more after a minute of rest', async () => {
    const { said, spend } = start()
    await spend(3, 0.01)
    await spend(3, 0.5)
    expect(said).toEqual([true])
    await spend(50, 0.01)
    await spend(2, 0.5)
    await spend(56, 0.01)
    expect(said).toEqual([true])
    await spend(8, 0.01)
    expect(said).toEqual([true, false])
    await spend(3, 0.5)
    expect(said).toEqual([true, false, true])
  })

  it('ends', async () => {
    const { said, spend, stop } = start()
    stop()
    await spend(10, 1)
    expect(said).toEqual([])
  })
})
