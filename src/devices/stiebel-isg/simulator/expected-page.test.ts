import { describe, expect, it } from 'vitest'
import { parseText } from '../../../testing/exposition-parser.ts'
import { EXPECTED_DOCUMENT, EXPECTED_GERMAN } from './expected-german.test-data.ts'
import { EXPECTED_ENGLISH, EXPECTED_FRENCH, EXPECTED_HUNGARIAN } from './expected-others.test-data.ts'
import { expectedPage, expectedStatus } from './expected-page.test-data.ts'
import { rowsOf, SEVEN_PAGES, serveGateway, visit } from './visit.test-helper.ts'

/** Rows of which nothing can be shown: no number in them. */
const NOTHING: Readonly<Record<string, readonly string[]>> = {
  german: ['DATUM', 'SOFTWARE', 'GERÄT'],
  english: ['TYPE', 'OVERHEATING'],
}

describe.each([
  ['german', EXPECTED_GERMAN],
  ['document', EXPECTED_DOCUMENT],
  ['english', EXPECTED_ENGLISH],
  ['french', EXPECTED_FRENCH],
  ['hungarian', EXPECTED_HUNGARIAN],
])('what is expected of %s', (scenario, expected) => {
  it('is text that a strict reader takes, each name once and legal', () => {
    const families = parseText(expectedPage(expected))
    expect(families.length).toBe(expected.values.length + expected.flags.length)
    const names = families.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^isg_[a-z0-9_:]*[a-z0-9][a-z0-9_:]*$/)
  })

  it('speaks of every key on its pages', async () => {
    const gateway = await serveGateway(scenario)
    try {
      const keys = new Set<string>()
      for (const page of SEVEN_PAGES) {
        for (const [, key] of rowsOf((await visit(`${gateway.address}/?s=${page}`)).text)) keys.add(key)
      }
      const silent = NOTHING[scenario] ?? []
      // Of the two Hungarian words that meet in one name, one is shown.
      const meeting = scenario === 'hungarian' ? 1 : 0
      expect(expected.values.length + expected.flags.length).toBe(keys.size - silent.length - meeting)
      for (const key of silent) expect(keys).toContain(key)
    } finally {
      await gateway.close()
    }
  })
})

describe('the two forms', () => {
  const two = {
    values: [
      ['b', '°C', '1.5'],
      ['a', '', '2'],
    ],
    flags: [['c', '0']],
  } as const

  it('differ in the label of the unit and in the status', () => {
    expect(expectedPage(two)).toContain('isg_b{unit="°C"} 1.5\n')
    expect(expectedPage(two, { hasUnits: false })).toContain('# TYPE isg_b gauge\nisg_b 1.5\n')
    expect(JSON.stringify(expectedStatus(two))).toBe('{"a":[{"Value":2}],"b":[{"Value":1.5,"Unit":"°C"}]}')
    expect(JSON.stringify(expectedStatus(two, { hasUnits: false }))).toBe(
      '{"a":{"Value":2,"Unit":""},"b":{"Value":1.5,"Unit":"°C"}}',
    )
  })
})
