import { describe, expect, it } from 'vitest'
import {
  type Asked,
  type OwnReply,
  type OwnTables,
  ownPage,
  startReading,
} from './own-gateway.test-helper.ts'

const SEVEN = ['1,0', '1,1', '2,0', '2,1', '2,3', '2,4', '4,7']
const MANAGER: Readonly<Record<string, OwnTables>> = {
  '1,0': { HEATING: [['OUTSIDE TEMPERATURE', '-1,8°C']] },
  '2,0': { 'SYSTEM STATUS': [['HC 1 PUMP', null]] },
  '2,2': { 'HEAT PUMP STATUS': [['COMPRESSOR', null]] },
  '2,3': { CONTRACTOR: [] },
  '2,4': { 'HEAT PUMP ANALYSIS': [['OPENING EXV', '31,5%']] },
}
const manager = ({ page }: Asked): OwnReply => ownPage(MANAGER[page] ?? {})
const COMPRESSOR = 'hearth_component_active{circuit="primary",component="compressor"}'

async function pagesOf(reply: (asked: Asked) => OwnReply, settings = {}) {
  const reading = startReading(reply, settings)
  await reading.clock.advance(4 * 60_000)
  const polls = [0, 1, 2, 3, 4].map(poll =>
    reading.asked.filter(({ at }) => at === poll * 60_000).map(({ page }) => page),
  )
  return { reading, polls }
}

describe("a heat pump manager's machine", () => {
  it('is asked for in turn with the pages it does not have, never by more requests', async () => {
    const { reading, polls } = await pagesOf(manager)

    expect(polls).toEqual([
      SEVEN,
      ['1,0', '1,1', '2,0', '2,2', '2,3', '2,4', '4,7'],
      ['1,0', '1,1', '2,0', '2,1', '2,2', '2,4', '4,7'],
      ['1,0', '1,1', '2,0', '2,2', '2,3', '2,4', '4,7'],
      ['1,0', '1,1', '2,0', '2,1', '2,2', '2,4', '4,7'],
    ])
    await reading.stop()
  })

  it('says what its compressor does in the neutral dialect, and nothing on the drop-in page', async () => {
    let runs = true
    const { reading } = await pagesOf(asked =>
      asked.page === '2,2' && !runs ? ownPage({ 'HEAT PUMP STATUS': [] }) : manager(asked),
    )
    expect(reading.unified()).toContain(`${COMPRESSOR} 1`)
    runs = false
    await reading.clock.advance(60_000)

    expect(reading.unified()).toContain(`${COMPRESSOR} 0`)
    expect(reading.values()).toEqual([
      'isg_flag_hc_1_pump 1',
      'isg_opening_exv{unit="%"} 31.5',
      'isg_outside_temperature{unit="°C"} -1.8',
    ])
    expect(reading.text('/status')).not.toContain('compressor')
    await reading.stop()
  })

  it('is not asked for where the setting says so, as in the drop-in command', async () => {
    const { reading, polls } = await pagesOf(manager, { compressor_page: false })

    expect(polls).toEqual(Array(5).fill(SEVEN))
    await reading.stop()
  })

  it('is asked for again, and counted, where its page fails', async () => {
    const { reading, polls } = await pagesOf(asked =>
      asked.page === '2,2' ? { status: 500 } : manager(asked),
    )

    expect(polls.flat().filter(page => page === '2,2')).toHaveLength(4)
    expect(reading.view().health).toMatchObject({ isUp: false, errors: { http_status: 4 } })
    await reading.stop()
  })

  it('is not asked for soon again, and no trouble, where the gateway has no such page', async () => {
    const { reading, polls } = await pagesOf(asked =>
      asked.page === '2,2' ? { status: 404 } : manager(asked),
    )

    expect(polls.flat().filter(page => page === '2,2')).toHaveLength(1)
    expect(reading.view().health).toMatchObject({ isUp: true, failed: 0, errors: { http_status: 0 } })
    await reading.stop()
  })
})

describe('a ventilation unit', () => {
  it.each(['2,1', '2,3'])('known by its page %s is never asked for its list of faults', async own => {
    const { reading, polls } = await pagesOf(asked =>
      asked.page === own ? ownPage({ H: [['P-FAKTOR', '5']] }) : manager(asked),
    )

    expect(polls).toEqual(Array(5).fill(SEVEN))
    await reading.stop()
  })

  it('is not taken for a manager while its pages cannot be read', async () => {
    const { reading, polls } = await pagesOf(asked =>
      ['2,1', '2,3'].includes(asked.page) ? { status: 500 } : manager(asked),
    )

    expect(polls).toEqual(Array(5).fill(SEVEN))
    await reading.stop()
  })
})

describe('the first thing said of a gateway', () => {
  it('is of the page asked first', async () => {
    const reading = startReading(() => ({ status: 500 }))
    await reading.clock.advance(0)

    expect(reading.lines).toEqual(['gateway: page 1,0: answered with HTTP 500'])
    expect(reading.view().health.errors.http_status).toBe(7)
    await reading.stop()
  })
})
