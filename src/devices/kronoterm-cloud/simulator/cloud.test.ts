import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../testing/fake-clock.ts'
import {
  askedBy,
  CONSUMPTION_FORM,
  consumptionOf,
  contentOf,
  formType,
  loginTo,
} from './cloud.test-helper.ts'
import { ACCOUNT, type Cloud, startCloud } from './cloud.ts'
import { SCENES } from './scenes.ts'

function cloudWith(scenario: string, clock = fakeClock()): Cloud {
  return startCloud({ scenario, seed: 1, clock })
}

describe('login', () => {
  it('opens a session to the right user and password', () => {
    const cloud = cloudWith('document')

    const { cookie, reply } = loginTo(cloud)

    expect(reply.status).toBe(200)
    expect(cookie).toMatch(/^PHPSESSID=[0-9a-v]{26}$/)
    expect(contentOf(cloud, cookie, 'Menu=1')).toMatchObject({
      hp_id: 'FFFFFF',
      Location: 'MyHome',
      user_level: 4,
    })
  })

  it.each([
    ['a wrong password', { user: ACCOUNT.user, password: 'wrong' }],
    ['a wrong user', { user: 'somebody@example.org', password: ACCOUNT.password }],
    ['nobody', { user: '', password: '' }],
  ])('refuses %s with a reason, and with a session that opens nothing', (_who, account) => {
    const cloud = cloudWith('document')

    const { cookie, reply } = loginTo(cloud, account)

    expect(reply.status).toBe(200)
    expect(reply.setCookies.some(each => /^AuthReason=[^;]+; path=\/$/.test(each))).toBe(true)
    expect(contentOf(cloud, cookie, 'Menu=1')).toMatchObject({ result: 'action' })
  })

  it('takes a form only from a form', () => {
    const cloud = cloudWith('document')

    const reply = cloud.answer(
      askedBy({
        method: 'POST',
        url: '/?login=1',
        body: `username=${ACCOUNT.user}&password=${ACCOUNT.password}`,
      }),
    )

    expect(reply.setCookies.some(each => each.startsWith('AuthReason='))).toBe(true)
  })

  it('deletes the reason that a browser still has', () => {
    const cloud = cloudWith('document')

    const { reply } = loginTo(cloud, ACCOUNT, 'AuthReason=1')

    expect(reply.setCookies).toContain(
      'AuthReason=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0; path=/',
    )
  })

  it('forgets the oldest of many sessions', () => {
    const cloud = cloudWith('document')
    const first = loginTo(cloud).cookie

    for (let count = 0; count < 50; count++) loginTo(cloud)

    expect(contentOf(cloud, first, 'Menu=1')).toMatchObject({ result: 'action' })
  })
})

describe('data without a session', () => {
  it.each([undefined, '', 'PHPSESSID=nonsense', 'lang=en'])('answers `action` to the cookie %j', cookie => {
    const reply = cloudWith('document').answer(askedBy({ url: '/jsoncgi.php?Menu=1', cookie }))

    expect(reply.status).toBe(200)
    expect(JSON.parse(String(reply.body))).toEqual({
      result: 'action',
      js: "window.location.href='/?login=1';",
    })
  })
})

describe('the pages of the document', () => {
  const cloud = cloudWith('document')
  const { cookie } = loginTo(cloud)

  it('says the temperatures as text with one decimal', () => {
    expect(contentOf(cloud, cookie, 'TopPage=1&Subpage=2')).toMatchObject({
      tableName: 'System review',
      TemperaturesAndConfig: {
        outside_temp: '9.0',
        tap_water_temp: '54.3',
        heating_circle_1_temp: '-60.0',
        heating_circle_2_temp: '22.1',
        working_function: 0,
        main_mode: 0,
        circle_2_installed: '1',
        circle_3_installed: '0',
      },
      CurrentFunctionData: [{ dv_temp: '38.5', heating_system_pressure: '1.9' }],
      SystemData: [{ circle_id: 0 }, { circle_id: 1, circle_temp: '35.6' }, { circle_id: 2 }],
    })
  })

  it.each([
    ['5', { circle_temp: '50.0', circle_calc_temp: '36.8', circle_status: 1, circle_mode: 2 }],
    ['6', { circle_temp: '22.0', circle_calc_temp: '22.0', circle_status: 1, circle_mode: 2 }],
    ['9', { circle_temp: '55.0', circle_calc_temp: '500.0', circle_status: 0, circle_mode: 0 }],
    ['7', { circle_calc_temp: '500.0', circle_status: 0, circle_mode: 0 }],
  ])('has the circle of subpage %s', (subpage, circle) => {
    expect(contentOf(cloud, cookie, `TopPage=1&Subpage=${subpage}`)).toMatchObject({
      HeatingCircleData: circle,
    })
  })

  it.each([
    ['TopPage=1&Subpage=1', 'InfoData'],
    ['Subpage=3&TopPage=1', 'ShortcutsData'],
    ['TopPage=1&Subpage=4', 'HeatingCircleData'],
    ['TopPage=1&Subpage=8', 'HeatingCircleData'],
    ['TopPage=1&Subpage=10', 'HeatingCircleData'],
    ['TopPage=1&Subpage=11', 'AlarmsData'],
    ['TopPage=3&Subpage=11', 'AdvancedSettings'],
    ['TopPage=5&Subpage=3', 'ModbusReg'],
  ])('has %s with %s', (query, key) => {
    expect(contentOf(cloud, cookie, query)).toHaveProperty(key)
  })

  it('has no page that nobody knows', () => {
    expect(contentOf(cloud, cookie, 'TopPage=9&Subpage=9')).toMatchObject({ result: 'error' })
    expect(cloud.answer(askedBy({ url: '/elsewhere' })).status).toBe(404)
  })

  it("ends the list of a day with the document's energy", () => {
    const { CompHeating, CompActiveCooling, CompTapWater, CPLoops, CPAddSource } = consumptionOf(
      cloud,
      cookie,
      2026,
      325,
    )

    expect(CompHeating).toHaveLength(30)
    expect(
      [CompHeating, CompActiveCooling, CompTapWater, CPLoops, CPAddSource].map(list => list?.at(-1)),
    ).toEqual([6.556233333333337, 0, 2.0836000000000006, 0.40832638888888895, 0])
  })

  it('notes an attempt to change a setting', () => {
    const own = cloudWith('document')

    const reply = own.answer(
      askedBy({
        method: 'POST',
        url: '/jsoncgi.php?TopPage=1&Subpage=5&Action=1',
        cookie: loginTo(own).cookie,
        body: 'param_name=circle_temp&param_value=30&page=5',
      }),
    )

    expect(String(reply.body)).toBe('{"result":"success"}')
    expect(own.writes).toEqual(['/jsoncgi.php?TopPage=1&Subpage=5&Action=1'])
  })
})

describe('the consumption form', () => {
  const cloud = cloudWith('document')
  const { cookie } = loginTo(cloud)
  const sound = `year=2026&d1=325&${CONSUMPTION_FORM}`

  it.each([
    ['no year', sound.replace('year=2026', '')],
    ['a day 0', sound.replace('d1=325', 'd1=0')],
    ['a day 366 of a year with 365', sound.replace('d1=325', 'd1=366')],
    ['a day that is no number', sound.replace('d1=325', 'd1=today')],
    ['no d2', sound.replace('d2=0&', '')],
    ['another type', sound.replace('type=day', 'type=hour')],
    ['a selection in another order', sound.replace('dValues[]=90&dValues[]=0', 'dValues[]=0&dValues[]=90')],
    ['half the selection', sound.replace('&dValues[]=24&dValues[]=71', '')],
    ['no aValues', sound.replace('aValues[]=17&', '')],
  ])('refuses %s with a desc', (_what, body) => {
    const reply = cloud.answer(
      askedBy({
        method: 'POST',
        url: '/jsoncgi.php?TopPage=4&Subpage=4&Action=4',
        cookie,
        body,
        headers: formType,
      }),
    )

    const answer: unknown = JSON.parse(String(reply.body))
    expect(answer).toHaveProperty('desc')
    expect(answer).not.toHaveProperty('trend_consumption')
  })

  it('knows day 366 of a leap year', () => {
    const clock = fakeClock(Date.UTC(2028, 11, 31, 12))
    const leap = startCloud({ scenario: 'demo', seed: 1, clock })

    expect(consumptionOf(leap, loginTo(leap).cookie, 2028, 366).CompHeating).toHaveLength(30)
  })
})

describe('any scenario', () => {
  it('answers anything that is asked with a status, and never throws', () => {
    const clock = fakeClock()
    const cloud = cloudWith('demo', clock)
    const { cookie } = loginTo(cloud)
    const urls = fc.oneof(
      fc.constantFrom(
        '/?login=1',
        '/jsoncgi.php',
        '/jsoncgi.php?TopPage=4&Subpage=4&Action=4',
        '//',
        '/%zz?%zz',
      ),
      fc.webPath().map(path => `/${path}`),
      fc.webQueryParameters().map(query => `/jsoncgi.php?${query}`),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...SCENES.map(({ name }) => name)),
        fc.constantFrom('GET', 'POST', 'PUT'),
        urls,
        fc.string(),
        (scenario, method, url, body) => {
          cloud.change(scenario)
          const reply = cloud.answer(askedBy({ method, url, cookie, body, headers: formType }))
          expect(reply.status).toBeGreaterThanOrEqual(200)
        },
      ),
      { numRuns: 500 },
    )
  })
})
