import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histogramForm, readHistogram, todayReadings } from './consumption.ts'

describe('the form', () => {
  it('asks for the days up to one, with the bars in their order', () => {
    expect(decodeURIComponent(histogramForm('2028-12-31'))).toBe(
      'year=2028&d1=366&d2=0&type=day&aValues[]=17&dValues[]=90&dValues[]=0&dValues[]=91&dValues[]=92&dValues[]=1&dValues[]=2&dValues[]=24&dValues[]=71',
    )
    expect(histogramForm('2029-01-01')).toContain('year=2029&d1=1&')
  })
})

const trend = (lists: Record<string, unknown>) => readHistogram({ trend_consumption: lists })

describe('the lists', () => {
  it('are taken as numbers or texts; what is neither is a day without a number', () => {
    expect(trend({ CompHeating: [1, '2.5', null, 'x', -1, 501], Other: [1] })).toEqual({
      lists: { CompHeating: [1, 2.5, undefined, undefined, undefined, undefined] },
      unreadable: ['trend_consumption.CompHeating[]'],
    })
  })

  it('are not used when they have lost days, or are none', () => {
    expect(trend({ CompHeating: [1, 2, 3], CPLoops: [1, 2], CompTapWater: '3', CPAddSource: null })).toEqual({
      lists: { CompHeating: [1, 2, 3], CPLoops: [], CompTapWater: [] },
      unreadable: ['trend_consumption.CompTapWater', 'trend_consumption.CPLoops'],
    })
  })

  it.each([
    {},
    { desc: 'no' },
    { trend_consumption: [] },
    { trend_consumption: {} },
    { trend_consumption: null },
  ])('are not in %j', page => {
    expect(readHistogram(page)).toBeUndefined()
  })

  it.each([
    { CompHeating: [] },
    { CompHeating: [null] },
    { CompHeating: Array(401).fill(1) },
    { Other: [1] },
  ])('without a number are none (%#)', lists => {
    expect(trend(lists)).toBeUndefined()
  })

  it('never give anything but a finite number that a house can have', () => {
    const list = fc.array(fc.oneof(fc.double(), fc.string(), fc.constant(null)), { maxLength: 5 })
    fc.assert(
      fc.property(fc.record({ CompHeating: list, CompTapWater: list, CPLoops: list }), lists => {
        for (const { value } of todayReadings(trend(lists)?.lists ?? {}))
          expect(typeof value === 'number' && value >= 0 && value <= 1500).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
