import { describe, expect, it } from 'vitest'
import { intergasSimulator } from './index.ts'

const NAMES = intergasSimulator.scenarios.map(({ name }) => name)

describe('intergasSimulator', () => {
  it('lists every scenario once, each with one line of summary', () => {
    expect(new Set(NAMES).size).toBe(NAMES.length)
    for (const { name, summary } of intergasSimulator.scenarios) {
      expect(name).toMatch(/^[a-z0-9_-]+$/)
      expect(summary).toMatch(/^[A-Z0-9][^\n]+\.$/)
    }
  })

  it.each([
    ...[
      'demo',
      'heating-day',
      'standby',
      'tapping',
      'fault',
      'absent-sensors',
      'no-pressure-sensor',
      'xtreme',
    ],
    ...['document', 'states', 'pair-idle', 'pair-ch_burning', 'pair-dhw', 'pair-fault', 'pair-negative'],
    ...['pair-pressure_below_zero', 'pair-sensor_absent', 'pair-float_noise'],
    ...['half-answers', 'silent', 'garbage', 'pieces', 'late', 'late-by-one', 'stray-before', 'stray-after'],
    ...['echo', 'hang-up', 'silent-s2', 'silent-v', 'flipped-bits', 'noise'],
  ])('has %s', name => {
    expect(NAMES).toContain(name)
  })
})
