import { describe, expect, it } from 'vitest'
import {
  bytesOf,
  centred,
  checksum,
  digits,
  frameText,
  historiqueGroup,
  standardGroup,
  wholeFrame,
} from './frame.ts'

describe('historiqueGroup', () => {
  it.each([
    ['IINST', '003', 'Z'],
    ['HHPHC', 'A', ','],
    ['PTEC', 'TH..', '$'],
    ['MOTDETAT', '000000', 'B'],
    ['OPTARIF', 'BASE', '0'],
    ['IINST', '009', ' '],
  ])('ends %s %s with the checksum "%s"', (label, data, sum) => {
    expect(historiqueGroup(label, data)).toBe(`\n${label} ${data} ${sum}\r`)
  })
})

describe('standardGroup', () => {
  it.each([
    ['VTIC', undefined, '02', 'J'],
    ['IRMS1', undefined, '003', '1'],
    ['URMS1', undefined, '230', '?'],
    ['PREF', undefined, '18', 'H'],
    ['NTARF', undefined, '01', 'N'],
    ['EASD04', undefined, '000000000', '#'],
    ['SMAXSN', 'E230712084949', '04536', 'M'],
    ['DATE', 'H260319062210', '', 'A'],
  ])('ends %s with the right checksum', (label, horodate, data, sum) => {
    const fields = horodate === undefined ? [label, data] : [label, horodate, data]
    expect(standardGroup(label, data, horodate)).toBe(`\n${fields.join('\t')}\t${sum}\r`)
  })
})

describe('checksum', () => {
  it('is always one printable character out of 64', () => {
    for (let code = 0; code < 256; code++) {
      const sum = checksum(String.fromCharCode(code)).charCodeAt(0)
      expect(sum).toBe((code & 0x3f) + 0x20)
    }
  })
})

describe('frameText', () => {
  it('wraps the groups in STX and ETX', () => {
    const text = frameText(wholeFrame([historiqueGroup('IINST', '003')]))

    expect([...bytesOf(text)]).toEqual([2, 10, ...Buffer.from('IINST 003 Z'), 13, 3])
  })
})

describe('digits', () => {
  it.each([
    [3, 3, '003'],
    [2354780, 9, '002354780'],
    [12.9, 3, '012'],
    [1_000_000_004, 9, '000000004'],
  ])('writes %d in %d characters', (value, width, text) => {
    expect(digits(value, width)).toBe(text)
  })
})

describe('centred', () => {
  it.each([
    ['TEMPO', '     TEMPO      '],
    ['BASE', '      BASE      '],
    ['SIXTEEN CHARS OK', 'SIXTEEN CHARS OK'],
  ])('puts %s in the middle of 16 characters', (text, field) => {
    expect(centred(text, 16)).toBe(field)
  })
})
