import { expect, it } from 'vitest'
import { ageWords, numberWords, valueWords } from './words.ts'

it.each([
  [-5000, '0 s'],
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h'],
  [47 * 3_600_000, '47 h'],
  [48 * 3_600_000, '2 days'],
])('says an age of %d ms as %s', (ageMs, words) => {
  expect(ageWords(ageMs)).toBe(words)
})

it.each([
  [0, '0'],
  [-0, '0'],
  [4512, '4512'],
  [12_345, '12 345'],
  [8_412_377, '8 412 377'],
  [-8_412_377.25, '-8 412 377.25'],
  [0.1 + 0.2, '0.3'],
  [0.000_000_25, '0.00000025'],
  [1e21, '1 000 000 000 000 000 000 000'],
  [Number.NaN, 'NaN'],
])('says the number %d as %s', (value, words) => {
  expect(numberWords(value)).toBe(words.replaceAll(' ', '\u202f'))
})

it.each([
  [true, 'yes'],
  [false, 'no'],
  ['', '(empty)'],
  ['TH..', 'TH..'],
  ['a'.repeat(201), `${'a'.repeat(200)}…`],
])('says the value %j as %s', (value, words) => {
  expect(valueWords(value)).toBe(words)
})
