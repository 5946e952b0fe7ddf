import { describe, expect, it } from 'vitest'
import { type OwnTables, ownPage, startReading } from './own-gateway.test-helper.ts'

const INFO: OwnTables = { HEIZEN: [['VORLAUFTEMP.', '34,6°C']] }
const STATES: OwnTables = {
  BETRIEBSSTATUS: [
    ['HEIZKREISPUMPE', null],
    ['HEIZEN', null],
  ],
}

/** A gateway whose page of states is another one from the second poll on. */
function states(later: OwnTables, first: OwnTables = STATES) {
  let poll = 0
  return startReading(({ page }) => {
    if (page === '1,0') poll++
    if (page === '2,0') return ownPage(poll === 1 ? first : later)
    return ownPage(page === '1,0' ? INFO : {})
  })
}

describe('a state that is gone from its page', () => {
  it('is 0 while its table, or another one that the page had, is there', async () => {
    const first = { BETRIEBSSTATUS: [['HEIZEN', null]], FILTER: [['FILTERWECHSEL', null]] } as const
    const reading = states({ FILTER: [] }, first)
    await reading.clock.advance(60_000)

    expect(reading.values()).toEqual([
      'isg_flag_filterwechsel 0',
      'isg_flag_heizen 0',
      'isg_vorlauftemp{unit="°C"} 34.6',
    ])
    await reading.stop()
  })

  it.each([
    ['has no tables', {}],
    ["has another page's tables", INFO],
  ])('is not 0 when what came in place of the page %s', async (_words, later) => {
    const reading = states(later)
    await reading.clock.advance(60_000)

    expect(reading.values().slice(0, 2)).toEqual(['isg_flag_heizen 1', 'isg_flag_heizkreispumpe 1'])
    expect(reading.view().health).toMatchObject({ isUp: false, errors: { schema: 1 } })
    expect(reading.lines.at(-1)).toBe('gateway: page 2,0: it is another page than before')
    await reading.clock.advance(600_000)
    expect(reading.values()).toEqual(['isg_vorlauftemp{unit="°C"} 34.6'])
    expect(reading.view().health.isUp).toBe(true)
    await reading.stop()
  })

  it('is forgotten with the tables that other firmware names otherwise', async () => {
    const reading = states({ STATUS: [['PUMPE', null]] })
    await reading.clock.advance(600_000)

    expect(reading.values()).toEqual(['isg_flag_pumpe 1', 'isg_vorlauftemp{unit="°C"} 34.6'])
    await reading.stop()
  })

  it.each([
    ['before', { A: [['PUMPE', null]], B: [] }],
    ['behind', { A: [], B: [['PUMPE', null]] }],
  ] as const)('does not make a state of its name 0 that is on in a table %s it', async (_words, later) => {
    const reading = states(later, { A: [['PUMPE', null]], B: [['PUMPE', null]] })
    await reading.clock.advance(60_000)

    expect(reading.values()).toContain('isg_flag_pumpe 1')
    await reading.stop()
  })
})
