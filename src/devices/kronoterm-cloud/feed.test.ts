import { afterEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../testing/fake-clock.ts'
import { type Fate, handMadeCloud, json, NEVER, reply, unreachable } from './cloud.test-helper.ts'
import type { PageName } from './pages.ts'
import { type Reader, readCloud } from './reader.test-helper.ts'

const SIX = ['system_review', 'loop_1', 'loop_2', 'tap_water', 'alarms', 'consumption']
const MINUTE = 60_000

let reader: Reader
afterEach(() => reader.stop())

function start(change: (cloud: ReturnType<typeof handMadeCloud>) => void = () => {}, settings = {}) {
  const clock = fakeClock()
  const cloud = handMadeCloud(clock)
  change(cloud)
  reader = readCloud({ clock, cloud, settings: { pages: 'original', ...settings } })
  return { clock, cloud }
}

describe('a sound cloud', () => {
  it('is logged in to once, asked for the menu once, and for six pages in each interval', async () => {
    const { clock, cloud } = start()
    await clock.advance(1_000)
    expect(reader.asked()).toEqual(['login', 'menu', ...SIX])
    for (let i = 0; i < 5; i++) {
      await clock.advance(30_000)
      expect(reader.asked()).toEqual(SIX)
    }
    expect(cloud.asked[0]?.body).toBe('username=me%40example.org&password=pa+ss%26w%C3%B6rd')
    expect(new Set(cloud.asked.slice(1).map(({ cookie }) => cookie))).toEqual(new Set(['PHPSESSID=s1']))
    expect([reader.attempts.every(Boolean), reader.isUp(), reader.troubles]).toEqual([true, true, []])
  })

  it('is asked by GET, but for the login and the list of days, which are forms', async () => {
    const { clock, cloud } = start()
    await clock.advance(1_000)
    const posts = cloud.asked.filter(({ method }) => method === 'POST')
    expect(posts.map(({ page }) => page)).toEqual(['login', 'consumption'])
    expect(posts[1]?.body).toBe(
      'year=2026&d1=325&d2=0&type=day&aValues%5B%5D=17&dValues%5B%5D=90&dValues%5B%5D=0&dValues%5B%5D=91&dValues%5B%5D=92&dValues%5B%5D=1&dValues%5B%5D=2&dValues%5B%5D=24&dValues%5B%5D=71',
    )
  })

  it('is asked for every page in turns, never for more than six in an interval', async () => {
    const { clock, cloud } = start(undefined, { pages: 'all' })
    await clock.advance(1_000)
    expect(reader.asked()).toEqual(['login', 'menu', ...SIX])
    for (let i = 0; i < 40; i++) {
      await clock.advance(30_000)
      expect(reader.asked().length).toBeLessThanOrEqual(6)
    }
    const times = (page: PageName) => cloud.asked.filter(asked => asked.page === page).map(({ at }) => at)
    expect(times('consumption').map(at => at / MINUTE)).toEqual([0, 5, 10, 15, 20])
    expect(times('menu').map(at => Math.floor(at / MINUTE))).toEqual([0, 10])
    for (const page of ['loop_3', 'loop_4', 'pool', 'reservoir', 'shortcuts'] as const)
      expect(times(page).length).toBeGreaterThanOrEqual(4)
    expect(times('basic')).toHaveLength(1)
    expect(times('system_review')).toHaveLength(41)
    expect(reader.unified().some(line => line.includes('circuit="dhw1",program="boost"'))).toBe(true)
  })

  it('still gets round to every page when the interval is as long as their pace', async () => {
    const { clock, cloud } = start(undefined, { pages: 'all', interval: '5m' })
    await clock.advance(150 * MINUTE)
    const asked = new Set(cloud.asked.map(({ page }) => page))
    expect(asked.size).toBe(14)
    expect(reader.unified().some(line => line.includes('circuit="dhw1",program="boost"'))).toBe(true)
  })

  it('is not asked more often than every ten seconds', async () => {
    const { clock, cloud } = start(undefined, { interval: '1s' })
    await clock.advance(61_000)
    expect(cloud.asked.filter(({ page }) => page === 'loop_1')).toHaveLength(7)
  })
})

describe('one bad page', () => {
  it.each([
    ['maintenance in HTML', reply(200, '<html><body>Maintenance</body></html>'), 'parse'],
    ['an empty body', reply(200, ''), 'parse'],
    ['a truncated body', reply(200, '{"HeatingCircleData":{"circle_temp":"50.'), 'parse'],
    ['bytes that are no text', reply(200, new Uint8Array([0x7b, 0xff, 0xfe])), 'parse'],
    ['an array for an object', json([{ circle_temp: '50.0' }]), 'schema'],
    ['a number', json(17), 'schema'],
    ['null', json(null), 'schema'],
    ['an error of the cloud', json({ result: 'error', desc: 'no such page' }), 'schema'],
    ['an object without the part', json({ other: 1 }), 'schema'],
    ['an array for the part', json({ HeatingCircleData: [{ circle_temp: '50.0' }] }), 'schema'],
    ['HTTP 404', reply(404, 'no'), 'http_status'],
    ['HTTP 500', reply(500, 'sorry'), 'http_status'],
    ['HTTP 503', reply(503, 'later'), 'http_status'],
    [
      'a redirect elsewhere',
      reply(302, '', { headers: { location: 'https://elsewhere.test/page' } }),
      'http_status',
    ],
    ['a reset connection', unreachable(), 'connect'],
    ['a cut answer', unreachable('framing'), 'framing'],
    ['no answer at all', NEVER, 'timeout'],
  ] as const satisfies readonly (readonly [string, Fate, string])[])(
    '(%s) costs its own series, after a while, and no other',
    async (_what, fate, kind) => {
      const { clock, cloud } = start()
      await clock.advance(1_000)
      const before = reader.dropIn()
      cloud.fate = page => (page === 'loop_1' ? fate : undefined)
      await clock.advance(60_000)
      expect(reader.dropIn()).toEqual(before)
      expect(reader.isUp()).toBe(false)
      expect([...new Set(reader.troubles.map(each => each.split(':')[0]))]).toEqual([kind])
      for (const trouble of reader.troubles) expect(trouble).toContain('loop_1')
      expect(reader.troubles.join()).not.toContain('wörd')
      await clock.advance(60_000)
      const ofLoop1 = (line: string) => line.includes('loop_1') && !line.includes('current_temp')
      expect(reader.dropIn()).toEqual(before.filter(line => !ofLoop1(line)))
      cloud.fate = () => undefined
      await clock.advance(61_000)
      expect([reader.dropIn(), reader.isUp()]).toEqual([before, true])
      expect(cloud.asked.filter(({ page }) => page === 'login')).toHaveLength(1)
    },
  )

  it('that holds one bad field costs one series', async () => {
    const { clock, cloud } = start()
    await clock.advance(1_000)
    const before = reader.dropIn()
    cloud.plant.system_review['CurrentFunctionData'] = [
      { dv_temp: { bad: 1 }, heating_system_pressure: '1.9 bar' },
    ]
    await clock.advance(30_000)
    expect(reader.dropIn()).toEqual(before.filter(line => !line.includes('outlet')))
    expect(reader.troubles).toEqual([
      'schema: cloud.test (system_review): cannot be read: CurrentFunctionData[0].dv_temp',
    ])
  })

  it('of a loop that the plant has not is missed by nobody', async () => {
    const { clock } = start(cloud => {
      cloud.plant.system_review['TemperaturesAndConfig'] = { circle_2_installed: '0', outside_temp: '1' }
      cloud.fate = page => (page === 'loop_2' ? json([]) : undefined)
    })
    await clock.advance(1_000)
    expect([reader.attempts, reader.troubles]).toEqual([[true], []])
  })

  it('of the menu leaves the rest alone, and is asked for in place of the alarms until it comes', async () => {
    const { clock, cloud } = start(each => {
      each.fate = page => (page === 'menu' ? reply(500, '') : undefined)
    })
    await clock.advance(1_000)
    expect(reader.dropIn()).toHaveLength(25)
    cloud.fate = () => undefined
    reader.asked()
    await clock.advance(30_000)
    expect(reader.asked()).toEqual(SIX.map(page => (page === 'alarms' ? 'menu' : page)))
    expect(reader.dropIn()).toHaveLength(26)
    await clock.advance(30_000)
    expect(reader.asked()).toEqual(SIX)
  })
})

describe('a cloud that is gone', () => {
  it('takes the identity with it, also of a plant that has not every part', async () => {
    const { clock, cloud } = start(each => {
      each.plant.system_review['TemperaturesAndConfig'] = { circle_2_installed: '0', outside_temp: '1' }
    })
    await clock.advance(61_000)
    expect(reader.dropIn()[0]).toContain('heat_pump_basic_info')
    cloud.fate = () => reply(500, '')
    await clock.advance(3 * MINUTE)
    expect(reader.dropIn()).toEqual([])
  })

  it('is logged in to anew after some minutes when it only gives pages of another kind', async () => {
    const { clock, cloud } = start()
    await clock.advance(61_000)
    const first = cloud.asked.at(-1)?.cookie
    cloud.fate = (page, cookie) =>
      page !== 'login' && cookie === first ? reply(200, '<html>login</html>') : undefined
    await clock.advance(4 * MINUTE)
    expect([reader.isUp(), cloud.asked.filter(({ page }) => page === 'login').length]).toEqual([false, 1])
    await clock.advance(2 * MINUTE)
    expect([reader.isUp(), cloud.asked.filter(({ page }) => page === 'login').length]).toEqual([true, 2])
  })
})

describe("the day's energy", () => {
  const HEATING = 'heat_pump_power_consumption_kwh{function="heating"}'
  const isShown = () => reader.dropIn().some(line => line.startsWith(HEATING))

  it.each(['all', 'original'])(
    'of yesterday is not shown when that of today does not come (%s)',
    async pages => {
      const clock = fakeClock(Date.UTC(2026, 10, 21, 22, 55))
      const cloud = handMadeCloud(clock)
      reader = readCloud({ clock, cloud, settings: { pages } })
      await clock.advance(4 * MINUTE)
      cloud.fate = page => (page === 'consumption' ? reply(500, '') : undefined)
      await clock.advance(59_000)
      expect(isShown()).toBe(true)
      await clock.advance(32_000)
      expect(isShown()).toBe(false)
      cloud.fate = () => undefined
      cloud.plant.consumption = { trend_consumption: { CompHeating: [6.5, 0.1] } }
      await clock.advance(10 * MINUTE)
      expect(isShown()).toBe(true)
    },
  )

  it('of a plant that takes nothing in summer is there by day and night', async () => {
    const clock = fakeClock(Date.UTC(2026, 6, 1, 21, 50))
    const cloud = handMadeCloud(clock)
    const nothing = Array(30).fill(0)
    cloud.plant.consumption = {
      trend_consumption: {
        CompHeating: nothing,
        CompActiveCooling: nothing,
        CompTapWater: nothing,
        CPLoops: nothing,
      },
    }
    reader = readCloud({ clock, cloud, settings: { pages: 'original' } })
    await clock.advance(1_000)
    for (let i = 0; i < 60; i++) {
      expect(isShown()).toBe(true)
      await clock.advance(30_000)
    }
    expect(reader.troubles).toEqual([])
  })
})

describe('the menu', () => {
  it('keeps what it said once when it leaves it out later', async () => {
    const { clock, cloud } = start()
    await clock.advance(61_000)
    cloud.plant.menu = { hp_id: 'FFFFFF' }
    cloud.forget()
    await clock.advance(61_000)
    expect(reader.dropIn()[0]).toContain('{hp_id="FFFFFF",location_name="MyHome",user_level="4"}')
    cloud.plant.menu = { hp_id: 'AAAAAA' }
    cloud.forget()
    await clock.advance(61_000)
    expect(reader.dropIn()[0]).toContain('{hp_id="AAAAAA",location_name="None",user_level="None"}')
  })

  it('is asked again soon when the list of alarms changes', async () => {
    const { clock, cloud } = start(undefined, { pages: 'all' })
    await clock.advance(61_000)
    cloud.plant.alarms = { AlarmsData: [{ code: 7, text: 'low "pressure" \\' }] }
    cloud.plant.menu['ActiveErrorsCnt'] = 1
    await clock.advance(61_000)
    expect(reader.unified().filter(line => line.includes('fault'))).toEqual([
      'hearth_fault_active{} 1',
      'hearth_fault_info{code="7",severity="unknown",text="low \\"pressure\\" \\\\"} 1',
    ])
  })
})

describe('a cloud that is away', () => {
  it('takes everything with it once stale, what is asked in turns too, and gives it back', async () => {
    const { clock, cloud } = start(undefined, { pages: 'all' })
    await clock.advance(10 * MINUTE)
    const before = reader.unified().sort()
    expect(before.some(line => line.includes('boost'))).toBe(true)
    cloud.fate = () => NEVER
    await clock.advance(2 * MINUTE)
    expect([reader.unified(), reader.dropIn(), reader.isUp()]).toEqual([[], [], false])
    expect(reader.path('/metrics').status).toBe(200)
    cloud.fate = () => undefined
    await clock.advance(6 * MINUTE)
    expect(reader.unified().sort()).toEqual(before)
    expect(cloud.asked.filter(({ page }) => page === 'login')).toHaveLength(1)
  })

  it('is asked one question at a time, each within its deadline, and is seen again within half a minute', async () => {
    const { clock, cloud } = start(each => {
      each.fate = () => unreachable()
    })
    await clock.advance(1_000)
    cloud.fate = () => undefined
    await clock.advance(34_000)
    expect(reader.dropIn()).toHaveLength(26)
  })

  it('is left alone for as long as it asks', async () => {
    const { clock, cloud } = start()
    await clock.advance(1_000)
    reader.asked()
    cloud.fate = page =>
      page === 'loop_2' ? reply(429, '', { headers: { 'retry-after': '200' } }) : undefined
    await clock.advance(30_000)
    expect(reader.asked()).toEqual(['system_review', 'loop_1', 'loop_2'])
    cloud.fate = () => undefined
    await clock.advance(198_000)
    expect(reader.asked()).toEqual([])
    await clock.advance(3_000)
    expect(reader.asked()).toEqual(SIX)
    expect(reader.troubles).toEqual([expect.stringMatching(/^rate_limited: .*HTTP 429/)])
  })
})
