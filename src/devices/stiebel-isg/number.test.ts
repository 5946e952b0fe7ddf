import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseValue } from './number.ts'

const number = (value: number, unit?: string, trueUnit = unit) => ({
  kind: 'number',
  value,
  ...(unit === undefined ? {} : { unit }),
  ...(trueUnit === undefined ? {} : { trueUnit }),
})

describe('a value cell', () => {
  it.each([
    ['34,6°C', number(34.6, '°C')],
    ['17,9 °C', number(17.9, '°C')],
    ['-3,4°C', number(-3.4, '°C')],
    ['8,17bar ', number(8.17, 'bar')],
    ['2.2 %', number(2.2, '%')],
    ['130m³/h', number(130, 'm³/h')],
    ['12345', number(12345)],
    ['18,321KWh', number(18.321, 'KWh')],
    ['52,907MWh', number(52907, 'kWh')],
    ['21,88H.M', number(21.88, 'H.M')],
    [',5', number(0.5)],
  ])('%j is its number and unit', (text, expected) => {
    expect(parseValue(text)).toEqual(expected)
  })

  it.each([
    ['1,001MWh', number(1000.9999999999999, 'kWh')],
    ['14:05', number(14)],
    ['Stufe 2', number(2)],
    ['+6,3 K', number(6.3, 'K')],
    ['1450 1/min', number(1450)],
    ['06:00-22:00', number(6)],
    ['5 - 7 K', number(5)],
    ['8,5  °C', number(8.5, undefined, '°C')],
    ['\u00a07,5\u00a0°C\u00a0', number(7.5, undefined, '°C')],
  ])('%j is what the original makes of it', (text, expected) => {
    expect(parseValue(text)).toEqual(expected)
  })

  it.each([
    'WPL-A 07',
    '-',
    '--',
    '2026-01-01',
    '12.1.1',
    '1.234,5 kWh',
    '1,234.5 kWh',
    '1.234.567',
    'Sommer',
    '- 9,5°C',
    '\u2212 9,5°C',
    'WPL-5',
    '5,',
  ])('%j is a text', text => {
    expect(parseValue(text)).toEqual({ kind: 'text', text })
  })

  it.each([
    ['\u22125,0°C', -5],
    ['\u20136,0°C', -6],
    ['\ufe637,0°C', -7],
    ['von \u22122,5 K', -2.5],
  ])('%j has a minus, whatever sign it is written with', (text, value) => {
    expect(parseValue(text)).toMatchObject({ kind: 'number', value })
  })

  it.each([
    '1 234,5 kWh',
    "1'234,5 kWh",
    '1\u2019234',
    '1\u00a0234,5',
    '12\u202f345',
    '9'.repeat(400),
    '\u00ad5,0 °C',
    '±5 K',
  ])('%j is nothing to rely on', text => {
    expect(parseValue(text).kind).toBe('doubtful')
  })

  it('behind a no-break space MWh is not a thousandth of what it says', () => {
    expect(parseValue('44,341\u00a0MWh')).toEqual(number(44341, 'kWh'))
  })

  it.each(['', ' ', '\u00a0', '\n\t '])('%j is a state', text => {
    expect(parseValue(text)).toEqual({ kind: 'none' })
  })

  it('gives back every number that the gateway can write', () => {
    const units = fc.constantFrom('°C', 'bar', 'l/min', 'm³/h', 'Hz', 'kWh', 'KWh', '%', 'K', 'h', 'kW', 'A')
    fc.assert(
      fc.property(
        fc.integer({ min: -9_999_999, max: 9_999_999 }),
        fc.nat(3),
        units,
        (digits, decimals, unit) => {
          const value = digits / 10 ** decimals
          const text = value.toFixed(decimals).replace('.', ',')
          for (const blank of ['', ' '])
            expect(parseValue(`${text}${blank}${unit}`)).toEqual(
              number(Number(value.toFixed(decimals)), unit),
            )
        },
      ),
    )
  })

  it('never gives anything but a finite number, whatever stands there', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const value = parseValue(text)
        if (value.kind === 'number') expect(Number.isFinite(value.value)).toBe(true)
      }),
    )
  })
})
