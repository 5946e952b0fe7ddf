import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FAMILIES } from '../../core/families/index.ts'
import { ENUMERATIONS, stateOf } from './enums.ts'
import { FIELD_DOCS } from './field-docs.ts'

const README = readFileSync(new URL('README.md', import.meta.url), 'utf8')

/** The tables as the original's document has them. */
const DOCUMENT = {
  HeatingLoopStatus: [
    'CIRCUIT_STATUS_OFF',
    'CIRCUIT_STATUS_NORMAL',
    'CIRCUIT_STATUS_ECO',
    'CIRCUIT_STATUS_COMFORT',
    'CIRCUIT_STATUS_AUTO',
  ],
  HeatingLoopMode: ['OFF', 'ON', 'AUTO'],
  WorkingFunction: [
    'HP_FUNCTION_HEATING',
    'HP_FUNCTION_SANITARY_WATER_HEATING',
    'HP_FUNCTION_COOLING',
    'HP_FUNCTION_POOL_HEATING',
    'HP_FUNCTION_ANTILEGIONELLA',
    'HP_FUNCTION_SLEEP',
    'HP_FUNCTION_STARTUP',
    'HP_FUNCTION_REMOTE_DISCONNECT',
    'HP_FUNCTION_ACTIVE_COMPRESSOR_SECURITY',
  ],
  HeatPumpOperatingMode: ['AUTO', 'ECO', 'COMFORT'],
}

/** The section of the README that the table in code asks for. */
function section(): string {
  return Object.values(ENUMERATIONS)
    .map(({ name, shownAs, family, values }) => {
      const rows = values.map(
        each => `| ${each.value} | \`${each.name}\` | ${each.meaning} | \`${each.state}\` |`,
      )
      return [
        `### \`${shownAs}\`: ${name}`,
        '',
        `| value | name | meaning | \`${family}\` |`,
        '|---|---|---|---|',
        ...rows,
      ].join('\n')
    })
    .join('\n\n')
}

describe('the four enumerations', () => {
  it("have the names and numbers of the original's document", () => {
    const names = Object.entries(ENUMERATIONS).map(([name, { values }]) => {
      expect(values.map(({ value }) => value)).toEqual(values.map((_, i) => i))
      return [name, values.map(each => each.name)]
    })
    expect(Object.fromEntries(names)).toEqual(DOCUMENT)
  })

  it('stand in the README of the device', () => {
    expect(README).toContain(section())
  })

  it('stand in the reference of metrics', () => {
    const note = FIELD_DOCS.find(({ key }) => key.endsWith('.main_mode'))?.note
    expect(note).toBe('HeatPumpOperatingMode: 0 AUTO, 1 ECO, 2 COMFORT')
  })

  it('become states of their families', () => {
    for (const { family, values } of Object.values(ENUMERATIONS))
      for (const { state } of values) expect(FAMILIES[family].states).toContain(state)
    expect([
      stateOf('HeatingLoopMode', 2),
      stateOf('HeatingLoopMode', 3),
      stateOf('HeatingLoopMode', 0.5),
    ]).toEqual(['auto', undefined, undefined])
  })
})
