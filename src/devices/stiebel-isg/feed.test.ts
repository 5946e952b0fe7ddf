import { describe, expect, it } from 'vitest'
import { HearthError } from '../../core/errors.ts'
import {
  type Asked,
  OWN_LOGIN,
  type OwnReply,
  type OwnTables,
  ownPage,
  startReading,
} from './own-gateway.test-helper.ts'

const SEVEN = ['1,0', '1,1', '2,0', '2,1', '2,3', '2,4', '4,7']
const TABLES: Readonly<Record<string, OwnTables>> = {
  '1,0': {
    HEIZEN: [
      ['VORLAUFTEMP.', '34,6°C'],
      ['RÜCKLAUFTEMP.', '30,1°C'],
    ],
  },
  '1,1': { LAUFZEITEN: [['VERDICHTER HEIZEN', '4711h']] },
  '2,0': {
    BETRIEBSSTATUS: [
      ['HEIZKREISPUMPE', null],
      ['HEIZEN', null],
    ],
  },
}
const tablesOf = (page: string): OwnTables => TABLES[page] ?? {}
const good = ({ page }: Asked): OwnReply => ownPage(tablesOf(page))
/** Everything that the good gateway shows. */
const ALL = [
  'isg_flag_heizen 1',
  'isg_flag_heizkreispumpe 1',
  'isg_ruecklauftemp{unit="°C"} 30.1',
  'isg_verdichter_heizen{unit="h"} 4711',
  'isg_vorlauftemp{unit="°C"} 34.6',
]
const FLAGS = ALL.slice(0, 2)
const connect = new HearthError('HEARTH_HTTP_CONNECT', 'gateway/ refused the connection', { kind: 'connect' })

/** A gateway whose answer to some pages a test may change. */
function changeable() {
  const answers = new Map<string, OwnReply>()
  return { answers, reply: (asked: Asked) => answers.get(asked.page) ?? good(asked) }
}

describe('a poll', () => {
  it("reads the original's seven pages in its order, one at a time", async () => {
    const reading = startReading(good)
    await reading.clock.advance(0)

    expect(reading.asked.map(({ method, page }) => `${method} ${page}`)).toEqual(
      SEVEN.map(page => `GET ${page}`),
    )
    expect(reading.values()).toEqual(ALL)
    expect(reading.view().health).toMatchObject({ isUp: true, succeeded: 1, failed: 0 })
    await reading.stop()
  })

  it('comes every interval', async () => {
    const reading = startReading(good, { interval: '30s' })
    await reading.clock.advance(90_000)

    expect(reading.asked.filter(({ page }) => page === '1,0').map(({ at }) => at)).toEqual([
      0, 30_000, 60_000, 90_000,
    ])
    await reading.stop()
  })

  it('takes pages that the controller does not have for empty ones', async () => {
    const reading = startReading(asked => (asked.page in TABLES ? good(asked) : '<html><body></body></html>'))
    await reading.clock.advance(0)

    expect(reading.values()).toEqual(ALL)
    expect(reading.view().health.isUp).toBe(true)
    await reading.stop()
  })

  it('of something that is no gateway is a failure', async () => {
    const reading = startReading(() => '<html><title>Router</title></html>')
    await reading.clock.advance(0)

    expect(reading.view().health).toMatchObject({ isUp: false, errors: { schema: 1 } })
    expect(reading.lines.join()).toContain('gateway: what answers there is no Internet Service Gateway')
    await reading.stop()
  })
})

describe('one page that cannot be read', () => {
  const whole = ownPage(tablesOf('1,0'))
  const cases: readonly (readonly [string, OwnReply, string])[] = [
    ['is answered with HTTP 500', { status: 500, body: Buffer.from('<html>no</html>') }, 'http_status'],
    ['is empty', '', 'framing'],
    ['is cut in a value', whole.slice(0, whole.indexOf('4,6°C')), 'framing'],
    ['is cut, with its end put back', `${whole.slice(0, whole.indexOf('4,6°C'))}</html>`, 'framing'],
    ['is garbage', Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * i * 7) % 256)), 'framing'],
    ['is never answered', 'hang', 'timeout'],
    ['is reset', connect, 'connect'],
    [
      'breaks off',
      new HearthError('HEARTH_ANSWER_CUT', 'gateway/: the answer ended early', { kind: 'framing' }),
      'framing',
    ],
    ['holds damaged bytes', damaged(whole), 'parse'],
    ['is another page than before', '<html><body>Wartung</body></html>', 'schema'],
  ]

  it.each(cases)(
    'that %s keeps what it said until that is stale, and the others go on',
    async (_words, reply, kind) => {
      const { answers, reply: answer } = changeable()
      const reading = startReading(answer, { interval: '60s' })
      await reading.clock.advance(0)
      answers.set('1,0', reply)
      await reading.clock.advance(75_000)

      expect(reading.values()).toEqual(ALL)
      expect(reading.view().health).toMatchObject({
        isUp: false,
        succeeded: 1,
        failed: 1,
        errors: { [kind]: 1 },
      })
      const asked = reading.asked.slice(7).map(({ page }) => page)
      expect(asked.slice(0, 7)).toEqual(SEVEN)

      await reading.clock.advance(105_000)
      expect(reading.values()).toEqual(ALL.filter(line => !line.includes('temp')))

      answers.clear()
      await reading.clock.advance(60_000)
      expect(reading.values()).toEqual(ALL)
      expect(reading.view().health.isUp).toBe(true)
      await reading.stop()
    },
  )

  it('of states sets no state to 0', async () => {
    for (const [, reply] of cases) {
      const { answers, reply: answer } = changeable()
      const reading = startReading(answer)
      await reading.clock.advance(0)
      answers.set('2,0', reply)
      await reading.clock.advance(170_000)
      expect(reading.values().filter(line => line.includes('flag'))).toEqual(FLAGS)
      await reading.stop()
    }
  })
})

function damaged(page: string): Buffer {
  const bytes = Buffer.from(page)
  bytes[bytes.indexOf('VORLAUF')] = 0xff
  return bytes
}

describe('a gateway that is not there', () => {
  it.each([
    ['refuses', connect],
    ['does not answer', 'hang' as const],
  ])('and %s is asked twice to know that', async (_words, reply) => {
    const reading = startReading(() => reply)
    await reading.clock.advance(25_000)

    expect(reading.asked.length).toBe(2)
    expect(reading.values()).toEqual([])
    expect(reading.text('/status')).toBe('{}')
    expect(reading.text('/ready')).toBe('ready')
    await reading.stop()
  })

  it('is read as soon as it is back, without a restart', async () => {
    let isThere = false
    const reading = startReading(asked => (isThere ? good(asked) : connect), { interval: '5s' })
    await reading.clock.advance(3_600_000)
    isThere = true
    await reading.clock.advance(10_000)

    expect(reading.values()).toEqual(ALL)
    await reading.stop()
  })

  it('and hangs in the midst of a poll is left alone after three silences', async () => {
    const reading = startReading(asked => (asked.page === '1,0' ? good(asked) : 'hang'))
    await reading.clock.advance(11_000)
    // Said at once, not after the third.
    expect(reading.lines.join()).toContain('page 1,1: gateway/: no whole answer within 10 s')
    await reading.clock.advance(34_000)

    expect(reading.asked.map(({ page }) => page)).toEqual(['1,0', '1,1', '2,0', '2,1'])
    expect(reading.values()).toEqual(ALL.slice(2).filter(line => line.includes('temp')))
    await reading.stop()
  })
})

describe('rows', () => {
  it('that are gone from a whole page are gone, and states are 0', async () => {
    const { answers, reply } = changeable()
    const reading = startReading(reply)
    await reading.clock.advance(0)
    answers.set('1,0', ownPage({ HEIZEN: [['VORLAUFTEMP.', '34,6°C']] }))
    answers.set('2,0', ownPage({ BETRIEBSSTATUS: [['HEIZEN', null]] }))
    await reading.clock.advance(60_000)

    expect(reading.values()).toEqual([
      'isg_flag_heizen 1',
      'isg_flag_heizkreispumpe 0',
      'isg_verdichter_heizen{unit="h"} 4711',
      'isg_vorlauftemp{unit="°C"} 34.6',
    ])
    await reading.stop()
  })

  it('on a page that has no rows any more are gone, and its states are 0', async () => {
    const { answers, reply } = changeable()
    const reading = startReading(reply)
    await reading.clock.advance(0)
    answers.set('2,0', ownPage({ BETRIEBSSTATUS: [] }))
    await reading.clock.advance(60_000)

    expect(reading.values().slice(0, 2)).toEqual(['isg_flag_heizen 0', 'isg_flag_heizkreispumpe 0'])
    await reading.stop()
  })

  it('that change their kind leave nothing of it behind', async () => {
    const { answers, reply } = changeable()
    const fixed = (value: string | null) => ownPage({ HEIZEN: [['FESTWERTBETRIEB', value]] })
    answers.set('1,0', fixed('Aus'))
    const reading = startReading(reply)
    const shown = () => reading.values().filter(line => line.includes('festwert'))
    await reading.clock.advance(0)
    expect(shown()).toEqual(['isg_festwertbetrieb 0'])
    answers.set('1,0', fixed('-12,0 °C'))
    await reading.clock.advance(60_000)
    expect(shown()).toEqual(['isg_festwertbetrieb{unit="°C"} -12'])
    answers.set('1,0', fixed('Aus'))
    await reading.clock.advance(60_000)
    expect(shown()).toEqual(['isg_festwertbetrieb 0'])
    answers.set('1,0', fixed(null))
    await reading.clock.advance(60_000)
    expect(shown()).toEqual(['isg_flag_festwertbetrieb 1'])
    await reading.stop()
  })

  it('without a key, or with one of which nothing is left, give nothing', async () => {
    const odd = ownPage({
      X: [
        ['', '1'],
        ['()', '2'],
        ['???', '3'],
        ['', null],
        ['GUT', '4'],
      ],
    })
    const reading = startReading(({ page }) => (page === '1,0' ? odd : ownPage({})))
    await reading.clock.advance(0)

    expect(reading.values()).toEqual(['isg_gut 4'])
    await reading.stop()
  })

  it('with a number nobody can rely on are counted and not shown', async () => {
    const odd = ownPage({
      X: [
        ['A', '1 234,5 kWh'],
        ['B', '\u22125,0°C'],
      ],
    })
    const reading = startReading(({ page }) => (page === '1,0' ? odd : ownPage({})))
    await reading.clock.advance(0)

    expect(reading.values()).toEqual(['isg_b{unit="°C"} -5'])
    expect(reading.view().health).toMatchObject({ errors: { parse: 1 }, outcomes: { rejected: 1 } })
    await reading.stop()
  })

  it('that cannot be true are counted', async () => {
    const odd = ownPage({
      HEIZEN: [
        ['AUSSENTEMPERATUR', '300,0°C'],
        ['VORLAUFTEMP.', '-60,0°C'],
      ],
    })
    const reading = startReading(({ page }) => (page === '1,0' ? odd : ownPage({})))
    await reading.clock.advance(0)

    expect(reading.view().health).toMatchObject({ errors: { implausible: 1 }, outcomes: { rejected: 1 } })
    expect(reading.unified().filter(line => line.includes('celsius'))).toEqual([])
    await reading.stop()
  })

  it('of another language leave no states of the one before', async () => {
    const { answers, reply } = changeable()
    const reading = startReading(reply)
    await reading.clock.advance(0)
    for (const page of SEVEN) answers.set(page, ownPage({}, { language: 'ENGLISH' }))
    answers.set('2,0', ownPage({ 'OPERATING STATUS': [['HEATING', null]] }, { language: 'ENGLISH' }))
    await reading.clock.advance(60_000)

    expect(reading.values()).toEqual(['isg_flag_heating 1'])
    await reading.stop()
  })

  it('of the second circuit are left out as the original does, or in every spelling', async () => {
    const page = ownPage({
      HEIZEN: [
        ['ISTWERT HK1', '1'],
        ['ISTWERT HK2', '2'],
        ['ISTTEMPERATUR HK 2', '3'],
        ['SET TEMPERATURE HC 2', '4'],
        ['CC2', '5'],
        ['HK21', '6'],
      ],
    })
    const shown = async (settings: Record<string, unknown>) => {
      const reading = startReading(({ page: asked }) => (asked === '1,0' ? page : ownPage({})), settings)
      await reading.clock.advance(0)
      await reading.stop()
      return reading.values().map(line => line.split(' ')[1])
    }

    expect(await shown({})).toHaveLength(6)
    expect((await shown({ skip_circuit2: true })).toSorted()).toEqual(['1', '3', '4', '5'])
    expect((await shown({ skip_second_circuit: true })).toSorted()).toEqual(['1', '6'])
  })
})

describe('charsets', () => {
  it('do not change a name', async () => {
    for (const bytes of ['utf8', 'latin1'] as const) {
      const reading = startReading(asked => Buffer.from(ownPage(tablesOf(asked.page)), bytes))
      await reading.clock.advance(0)
      expect(reading.values()).toEqual(ALL)
      await reading.stop()
    }
  })
})

describe('a gateway behind a login', () => {
  it('whose every page is a login form is not asked for the others', async () => {
    const reading = startReading(() => OWN_LOGIN, { user: 'me', password: 'hush' })
    await reading.clock.advance(0)

    expect(reading.asked.map(({ method }) => method)).toEqual(['GET', 'POST'])
    await reading.stop()
  })
})
