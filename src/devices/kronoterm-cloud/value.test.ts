import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flagIn, isNothing, numberIn, textIn, type Unit } from './value.ts'

describe('a number', () => {
  it.each<[unknown, Unit | undefined, number | undefined]>([
    [9.5, '°C', 9.5],
    ['9.5', '°C', 9.5],
    ['  9.5 ', '°C', 9.5],
    ['9.5 °C', '°C', 9.5],
    ['9.5°C', '°C', 9.5],
    ['9.5 Â°C', '°C', 9.5],
    ['9.5\u00a0°C', '°C', 9.5],
    ['-60.0', '°C', -60],
    ['+1', 'bar', 1],
    ['.5', 'bar', 0.5],
    ['1.9 bar', 'bar', 1.9],
    ['1e-7', 'kWh', 1e-7],
    ['3', undefined, 3],
    ['9.5 °F', '°C', undefined],
    ['9.5 °C', undefined, undefined],
    ['1.9 bar', '°C', undefined],
    ['9,5', '°C', undefined],
    ['1.2.3', '°C', undefined],
    ['12a4', '°C', undefined],
    ['5e', '°C', undefined],
    ['0x10', '°C', undefined],
    ['', '°C', undefined],
    ['NaN', '°C', undefined],
    ['Infinity', '°C', undefined],
    ['1e999', '°C', undefined],
    [Number.NaN, '°C', undefined],
    [null, '°C', undefined],
    [true, '°C', undefined],
    [['9.5'], '°C', undefined],
    [{}, '°C', undefined],
    [undefined, '°C', undefined],
  ])('in %j with the unit %s is %s', (value, unit, expected) => {
    expect(numberIn(value, unit)).toBe(expected)
  })

  it('is what any number written as text was', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), number => {
        expect(numberIn(String(number), '°C')).toBe(number === 0 ? Number(String(number)) : number)
        expect(numberIn(`${number} °C`, '°C')).toBe(Number(String(number)))
      }),
    )
  })

  it('is finite or nothing, whatever the value', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        const number = numberIn(value, '°C')
        expect(number === undefined || Number.isFinite(number)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('other values', () => {
  it.each([
    [1, true],
    ['1', true],
    [true, true],
    [0, false],
    ['0', false],
    [false, false],
    [2, undefined],
    ['yes', undefined],
    [null, undefined],
  ])('the flag of %j is %s', (value, expected) => {
    expect(flagIn(value)).toBe(expected)
  })

  it('a text may be written as a number', () => {
    expect([textIn('x'), textIn(4), textIn(Number.NaN), textIn(null), textIn({})]).toEqual([
      'x',
      '4',
      undefined,
      undefined,
      undefined,
    ])
  })

  it.each([undefined, null, '', ' ', '-', '--', 'NaN', 'null', 'N/A'])('%j says nothing', value => {
    expect(isNothing(value)).toBe(true)
  })

  it.each([0, '0', 'off', [], {}, false])('%j says something', value => {
    expect(isNothing(value)).toBe(false)
  })
})
