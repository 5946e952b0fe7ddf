import { describe, expect, it } from 'vitest'
import type { Dialect } from './commands.ts'
import { ALIKE, DISTINCT, type StatesOfBoiler, tryLine } from './late-line.test-helper.ts'
import { lineCases } from './late-line-cases.test-helper.ts'

const FINE = { stepMs: 60, throws: 600 }

const BOILERS: readonly (readonly [name: string, states: StatesOfBoiler, dialect: Dialect])[] = [
  ['a boiler with answers known by what they hold', DISTINCT, 'plain'],
  ['a boiler with answers that all could be any', ALIKE, 'plain'],
  ['an Xtreme', DISTINCT, 'xtreme'],
]

describe.each(BOILERS)('of %s', (_name, states, dialect) => {
  it.each(lineCases(FINE))('nothing that never was is told: %s', async (kind, cases) => {
    const wrong: string[] = []
    let oldestMs = 0
    let told = 0
    for (const { name, delays, ...line } of cases) {
      const found = await tryLine({ states, dialect, ...line, delays: delays() })
      wrong.push(...found.wrong.map(text => `${name}: ${text}`))
      oldestMs = Math.max(oldestMs, found.oldestMs)
      told += found.told
    }
    console.log(`${kind}: ${cases.length} lines, ${told} answers told, the oldest ${Math.round(oldestMs)} ms`)
    // Where answers overtake others by chance and all look alike, nothing is left to tell them apart.
    const most = states === ALIKE ? cases.length / 100 : 0
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(most)
    expect(oldestMs).toBeLessThan(35_000)
  })
})
