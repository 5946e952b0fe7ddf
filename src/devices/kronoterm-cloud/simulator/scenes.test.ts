import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../testing/fake-clock.ts'
import { consumptionOf, contentOf, loginTo, at as partAt } from './cloud.test-helper.ts'
import { startCloud } from './cloud.ts'

const NOON = Date.UTC(2026, 10, 21, 11)
const REVIEW = 'TopPage=1&Subpage=2'

function ask(scenario: string, query: string, at = NOON): unknown {
  const cloud = startCloud({ scenario, seed: 1, clock: fakeClock(at) })
  return contentOf(cloud, loginTo(cloud).cookie, query)
}

function energy(scenario: string, at = NOON) {
  const cloud = startCloud({ scenario, seed: 1, clock: fakeClock(at) })
  return consumptionOf(cloud, loginTo(cloud).cookie, 2026, 325)
}

describe('demo', () => {
  it('moves: functions go round, temperatures drift, the mode follows the hour', () => {
    const reviews = Array.from({ length: 48 }, (_, step) => ask('demo', REVIEW, NOON + step * 15_000))
    const functions = reviews.map(review => partAt(review, 'TemperaturesAndConfig', 'working_function'))

    expect([...new Set(functions)].sort()).toEqual([0, 1, 5, 6])
    expect(new Set(reviews.map(review => JSON.stringify(review))).size).toBeGreaterThan(20)
    expect(ask('demo', REVIEW, NOON)).toMatchObject({ TemperaturesAndConfig: { main_mode: 0 } })
    expect(ask('demo', REVIEW, NOON - 8 * 3_600_000)).toMatchObject({
      TemperaturesAndConfig: { main_mode: 1 },
    })
  })

  it('is the same for the same seed and moment', () => {
    expect(ask('demo', REVIEW)).toEqual(ask('demo', REVIEW))
  })

  it('has an inlet sensor on loop 2', () => {
    expect(ask('demo', REVIEW)).toHaveProperty(['SystemData', 2, 'inlet_temp'])
  })
})

describe('the other plants', () => {
  it('cools in summer', () => {
    expect(ask('cooling', REVIEW, NOON + 120_000)).toMatchObject({
      TemperaturesAndConfig: { working_function: 2 },
    })
    expect(energy('cooling').CompActiveCooling?.at(-1)).toBeGreaterThan(1)
    expect(energy('cooling').CompHeating?.at(-1)).toBe(0)
  })

  it('has no row 2 with one loop', () => {
    const review = ask('one-loop', REVIEW)

    expect(partAt(review, 'SystemData')).toHaveLength(2)
    expect(review).toMatchObject({
      TemperaturesAndConfig: {
        circle_1_installed: '1',
        circle_2_installed: '0',
        heating_circle_2_temp: '-60.0',
      },
    })
  })

  it('has four loops, a pool and a buffer', () => {
    expect(partAt(ask('four-loops', REVIEW), 'SystemData')).toHaveLength(5)
    expect(ask('four-loops', 'Menu=1')).toHaveProperty(['CircleNames', 3])
    for (const subpage of [4, 7, 8, 10]) {
      const page = ask('four-loops', `TopPage=1&Subpage=${subpage}`)
      expect(Number(partAt(page, 'HeatingCircleData', 'circle_calc_temp'))).toBeLessThan(60)
    }
  })

  it('has nothing but -60.0 without sensors, and no pressure', () => {
    const review = JSON.stringify(ask('no-sensors', REVIEW))

    expect([...review.matchAll(/_temp":"([^"]+)"/g)].map(([, text]) => text)).toEqual(
      Array(review.match(/_temp":/g)?.length ?? 0).fill('-60.0'),
    )
    expect(review).not.toContain('pressure')
    expect(ask('no-sensors', 'TopPage=1&Subpage=5')).toMatchObject({
      HeatingCircleData: { circle_calc_temp: '500.0' },
    })
  })

  it('counts alarms, and their text has quotes and backslashes', () => {
    expect(ask('alarms', 'Menu=1')).toMatchObject({ ActiveErrorsCnt: 4, Location: 'Say "hi"\\home\nattic' })
    expect(ask('alarms', 'TopPage=1&Subpage=11')).toMatchObject({
      AlarmsData: [
        { alarm_text: 'Pressure "low" in loop C:\\1' },
        { code: '2339\\3' },
        expect.any(String),
        {},
      ],
    })
  })
})

describe('faults of content', () => {
  it.each([
    ['odd-numbers', { outside_temp: ' 9.5 °C ', tap_water_temp: null, working_function: 'heating' }],
    ['spikes', { outside_temp: '4321.0', tap_water_temp: '483.0' }],
    ['unknown-enums', { working_function: 42, main_mode: 4 }],
    ['numbers-for-strings', { outside_temp: expect.any(Number), circle_1_installed: 1 }],
    ['strings-for-numbers', { outside_temp: expect.any(String), main_mode: '0' }],
  ])('%s', (scenario, expected) => {
    expect(ask(scenario, REVIEW)).toMatchObject({ TemperaturesAndConfig: expected })
  })

  it('turns objects to lists and lists to objects', () => {
    expect(ask('arrays-for-objects', REVIEW)).toMatchObject({
      TemperaturesAndConfig: expect.any(Array),
      SystemData: { 0: { circle_id: 0 } },
    })
  })

  it('leaves fields out at every depth', () => {
    const review = JSON.stringify(ask('missing-fields', REVIEW))

    for (const key of [
      'tap_water_temp',
      'dv_temp',
      'heating_system_pressure',
      'inlet_temp',
      'working_function',
    ]) {
      expect(review).not.toContain(key)
    }
    expect(review).toContain('outside_temp')
    expect(energy('missing-fields').CompActiveCooling).toBeUndefined()
    expect(energy('missing-fields').CompHeating).toHaveLength(30)
  })

  it('spoils the newest day alone of odd lists', () => {
    const { CompHeating, CompActiveCooling, CompTapWater, CPLoops, CPAddSource } = energy('odd-numbers')

    expect([CompHeating, CompActiveCooling, CompTapWater, CPLoops].map(list => list?.at(-1))).toEqual([
      null,
      '0.0 kWh',
      -7,
      'none',
    ])
    expect(CompHeating?.at(-2)).toBeGreaterThan(0)
    expect(CPAddSource?.at(-1)).toBeGreaterThanOrEqual(0)
  })

  it('refuses the list alone in no-consumption', () => {
    expect(energy('no-consumption')).toEqual({})
    expect(ask('no-consumption', REVIEW)).toHaveProperty('SystemData')
  })

  it.each([
    ['bad-review', REVIEW],
    ['bad-loop-2', 'TopPage=1&Subpage=6'],
    ['bad-alarms', 'TopPage=1&Subpage=11'],
  ])('has one bad page in %s', (scenario, query) => {
    expect(() => ask(scenario, query)).toThrow(SyntaxError)
    expect(ask(scenario, 'TopPage=1&Subpage=5')).toHaveProperty('HeatingCircleData')
  })
})
