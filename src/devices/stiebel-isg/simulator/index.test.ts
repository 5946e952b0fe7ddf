import { describe, expect, it } from 'vitest'
import { isgSimulator } from './index.ts'

const NAMES = isgSimulator.scenarios.map(({ name }) => name)
const GATEWAYS = ['demo', 'german', 'document', 'english', 'french', 'hungarian']

describe('isgSimulator', () => {
  it('lists every scenario once, each with one line of summary', () => {
    expect(new Set(NAMES).size).toBe(NAMES.length)
    for (const { name, summary } of isgSimulator.scenarios) {
      expect(name).toMatch(/^[a-z0-9-]+$/)
      expect(summary).toMatch(/^[A-Z][^\n]+\.$/)
    }
  })

  it.each(GATEWAYS.flatMap(name => [name, `${name}-login`]))('has the gateway %s', name => {
    expect(NAMES).toContain(name)
  })

  it.each([
    ...['hanging', 'hanging-page', 'reset', 'gone', 'broken-off', 'cut', 'cut-system', 'cut-status', 'slow'],
    ...['garbage', 'empty', 'error-500', 'wrong-password', 'short-sessions', 'logged-out', 'idle-dropped'],
    ...[
      'latin-1',
      'empty-keys',
      'odd-signs',
      'thousands',
      'kind-changes',
      'pump-blinks',
      'rows-gone',
      'storm',
    ],
  ])('has the fault %s', name => {
    expect(NAMES).toContain(name)
  })
})
