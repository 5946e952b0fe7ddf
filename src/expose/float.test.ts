import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goNumber, plainNumber, pythonNumber, type Spelling } from './float.ts'

describe('number spelling', () => {
  // value, unified, Python client, Go client
  it.each([
    [0, '0', '0.0', '0'],
    [-0, '0', '-0.0', '-0'],
    [1, '1', '1.0', '1'],
    [-1, '-1', '-1.0', '-1'],
    [45, '45', '45.0', '45'],
    [0.5, '0.5', '0.5', '0.5'],
    [21.35, '21.35', '21.35', '21.35'],
    [0.1 + 0.2, '0.30000000000000004', '0.30000000000000004', '0.30000000000000004'],
    [100000, '100000', '100000.0', '100000'],
    [954321, '954321', '954321.0', '954321'],
    [999999.5, '999999.5', '999999.5', '999999.5'],
    [1000000, '1000000', '1e+06', '1e+06'],
    [1048576, '1048576', '1.048576e+06', '1.048576e+06'],
    [1234567, '1234567', '1.234567e+06', '1.234567e+06'],
    [-1234567, '-1234567', '-1234567.0', '-1.234567e+06'],
    [8412377, '8412377', '8.412377e+06', '8.412377e+06'],
    [51000100, '51000100', '5.10001e+07', '5.10001e+07'],
    [999999999, '999999999', '9.99999999e+08', '9.99999999e+08'],
    [1637700263.2745795, '1637700263.2745795', '1.6377002632745795e+09', '1.6377002632745795e+09'],
    [1e10, '10000000000', '1e+010', '1e+10'],
    [123456789012.5, '123456789012.5', '1.234567890125e+011', '1.234567890125e+11'],
    [1e15, '1000000000000000', '1e+015', '1e+15'],
    [1e16, '10000000000000000', '1e+16', '1e+16'],
    [1.5e16, '15000000000000000', '1.5e+16', '1.5e+16'],
    [-1e16, '-10000000000000000', '-1e+16', '-1e+16'],
    [1e20, '100000000000000000000', '1e+20', '1e+20'],
    [1e21, '1e+21', '1e+21', '1e+21'],
    [1.7976931348623157e308, '1.7976931348623157e+308', '1.7976931348623157e+308', '1.7976931348623157e+308'],
    [0.0001, '0.0001', '0.0001', '0.0001'],
    [0.00012345, '0.00012345', '0.00012345', '0.00012345'],
    [0.00001, '0.00001', '1e-05', '1e-05'],
    [-0.000025, '-0.000025', '-2.5e-05', '-2.5e-05'],
    [1e-7, '1e-7', '1e-07', '1e-07'],
    [5e-324, '5e-324', '5e-324', '5e-324'],
    [Number.POSITIVE_INFINITY, '+Inf', '+Inf', '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf', '-Inf', '-Inf'],
    [Number.NaN, 'NaN', 'NaN', 'NaN'],
  ])('writes %d as %s, in Python %s, in Go %s', (value, plain, python, go) => {
    const spelled = [plainNumber(value), pythonNumber(value), goNumber(value)]

    expect(spelled).toEqual([plain, python, go])
  })

  const spellings: [string, Spelling][] = [
    ['plain', plainNumber],
    ['python', pythonNumber],
    ['go', goNumber],
  ]

  it.each(spellings)('%s never prints anything that is no number', (_, spell) => {
    const strangers = [undefined, null, true, '1', '', 10n, {}, [], [1], () => 1, new Date(0)]

    expect(strangers.map(spell)).toEqual(strangers.map(() => undefined))
  })

  it.each(spellings)('%s reads back to the same number', (_, spell) => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        const text = spell(value)

        expect(text).toMatch(/^-?\d+(\.\d+)?(e[+-]\d+)?$/)
        expect(Number(text)).toBe(text === '0' ? 0 : value)
      }),
      { numRuns: 500 },
    )
  })
})
