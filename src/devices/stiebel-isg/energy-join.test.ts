import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEnergyJoin } from './energy-join.ts'

type Pair = readonly [totalWh: number, dayWh?: number]

function run(pairs: readonly Pair[]): (number | undefined)[] {
  const join = createEnergyJoin()
  return pairs.map(([totalWh, dayWh], at) => join.joined('a', { totalWh, dayWh, at }))
}

describe('registers of all days and of the day', () => {
  it('are one counter', () => {
    expect(
      run([
        [44_341_000, 23_972],
        [44_341_000, 24_105],
      ]),
    ).toEqual([44_364_972, 44_365_105])
  })

  it('go through midnight without a step when both move at once', () => {
    expect(
      run([
        [100_000, 23_972],
        [123_000, 972],
        [123_000, 1_100],
      ]),
    ).toEqual([123_972, 123_972, 124_100])
  })

  it.each([
    ['the day falls first', [100_000, 972]],
    ['the total rises first', [123_000, 23_972]],
  ] as const)('are held where %s', (_words, half) => {
    expect(run([[100_000, 23_972], half, half, [123_000, 972], [123_000, 1_000]])).toEqual([
      123_972, 123_972, 123_972, 123_972, 124_000,
    ])
  })

  it('are held for three readings, then believed', () => {
    const low: Pair = [99_500, 23_972]
    expect(run([[100_000, 23_972], low, low, low, low, low])).toEqual([
      123_972, 123_972, 123_972, 123_972, 123_472, 123_472,
    ])
  })

  it('that begin anew are believed at once', () => {
    expect(
      run([
        [100_000, 900],
        [0, 900],
      ]),
    ).toEqual([100_900, 900])
  })

  it('are nothing while the register of the day is missing, and go on after it', () => {
    expect(run([[100_000, 23_972], [100_000], [100_000, 24_000]])).toEqual([123_972, undefined, 124_000])
  })

  it('are the total alone where there is no register of the day', () => {
    expect(run([[100_000], [101_000]])).toEqual([100_000, 101_000])
  })

  it('give the same answer for the same reading, however often it is asked', () => {
    const join = createEnergyJoin()
    join.joined('a', { totalWh: 100_000, dayWh: 23_972, at: 0 })
    const low = { totalWh: 100_000, dayWh: 972, at: 1 }
    const answers = Array.from({ length: 9 }, () => join.joined('a', low))
    expect(new Set(answers)).toEqual(new Set([123_972]))
  })

  it('never fall while a day follows the other, whatever a transfer looks like', () => {
    const day = fc.record({
      work: fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 20 }),
      half: fc.constantFrom('none', 'day', 'total'),
      length: fc.integer({ min: 1, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 8 }), days => {
        let totalWh = 5_000_000
        let dayWh = 0
        const pairs: Pair[] = [[totalWh, dayWh]]
        for (const { work, half, length } of days) {
          for (const wh of work) {
            dayWh += wh
            pairs.push([totalWh, dayWh])
          }
          const whole = Math.floor(dayWh / 1000) * 1000
          if (half !== 'none' && whole > 0)
            for (let i = 0; i < length; i++)
              pairs.push(half === 'day' ? [totalWh, dayWh - whole] : [totalWh + whole, dayWh])
          totalWh += whole
          dayWh -= whole
          pairs.push([totalWh, dayWh])
        }
        const shown = run(pairs)
        for (let i = 1; i < shown.length; i++) expect(shown[i]).toBeGreaterThanOrEqual(shown[i - 1] ?? 0)
        expect(shown.at(-1)).toBe(totalWh + dayWh)
      }),
    )
  })
})
