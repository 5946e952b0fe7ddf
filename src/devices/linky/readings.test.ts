import { describe, expect, it } from 'vitest'
import type { Mode } from './protocol.ts'
import { readingsOf } from './readings.ts'

const read = (mode: Mode, label: string, data: string, horodate?: string) =>
  readingsOf({ label, data, horodate }, mode)

describe('readingsOf', () => {
  it.each([
    ['historique', 'BASE', '012345678', { key: 'BASE', value: 12_345_678, unit: 'Wh', raw: '012345678' }],
    ['historique', 'PTEC', 'TH..', { key: 'PTEC', value: 'TH..', raw: 'TH..' }],
    ['historique', 'IINST', '009', { key: 'IINST', value: 9, unit: 'A', raw: '009' }],
    ['historique', 'OPTARIF', 'BBR(', { key: 'OPTARIF', value: 'BBR(', raw: 'BBR(' }],
    ['historique', 'MOTDETAT', '0000000000', { key: 'MOTDETAT', value: '0000000000', raw: '0000000000' }],
    ['historique', 'PPOT', '0E', { key: 'PPOT', value: '0E', raw: '0E' }],
    ['standard', 'NGTF', '      BASE      ', { key: 'NGTF', value: 'BASE', raw: '      BASE      ' }],
    ['standard', 'PREF', '06', { key: 'PREF', value: 6, unit: 'kVA', raw: '06' }],
    ['standard', 'RELAIS', '129', { key: 'RELAIS', value: 129, raw: '129' }],
  ] as const)('%s %s %s', (mode, label, data, reading) => {
    expect(read(mode, label, data)).toEqual([reading])
  })

  it('gives the time of a value that has its own', () => {
    expect(read('standard', 'SMAXSN', '04536', 'E230712084949')).toEqual([
      { key: 'SMAXSN', value: 4536, unit: 'VA', raw: '04536', at: Date.parse('2023-07-12T08:49:49+02:00') },
    ])
  })

  it('reads the clock of the meter, which has no data', () => {
    expect(read('standard', 'DATE', '', 'H260319062210')).toEqual([
      {
        key: 'DATE',
        value: '2026-03-19T06:22:10+01:00',
        raw: 'H260319062210',
        at: Date.parse('2026-03-19T06:22:10+01:00'),
      },
    ])
  })

  it('marks what identifies the owner', () => {
    expect(read('standard', 'PRM', '12345678901234')).toMatchObject([{ isPersonal: true }])
    expect(read('historique', 'ADCO', '041476203915')).toMatchObject([{ isPersonal: true }])
  })

  it('takes the status register apart beside its raw form', () => {
    const readings = read('standard', 'STGE', '1ECA4C80')
    expect(readings).toContainEqual({ key: 'STGE', value: '1ECA4C80', raw: '1ECA4C80' })
    expect(readings).toContainEqual({ key: 'STGE.over_power', value: true })
    expect(readings).toContainEqual({ key: 'STGE.tempo_tomorrow', value: 'red' })
  })

  it('says a day profile in words', () => {
    const profile = ['00008001', '06004002', ...Array(9).fill('NONUTILE')].join(' ')
    expect(read('standard', 'PJOURF+1', profile)).toMatchObject([
      {
        value: '00:00 index 1, dry contact open; 06:00 index 2, dry contact by the Tempo setting',
        raw: profile,
      },
    ])
  })

  it('keeps a label that no table knows', () => {
    expect(read('standard', 'NEWLABEL', ' 12 ')).toEqual([{ key: 'NEWLABEL', value: '12', raw: ' 12 ' }])
  })

  it('accepts a mobile peak without a date', () => {
    expect(read('standard', 'DPM1', '00', '             ')).toEqual([{ key: 'DPM1', value: '00', raw: '00' }])
  })

  it.each([
    ['historique', 'BASE', '12345678', 'parse', 'BASE: "12345678" has 8 characters, not 9'],
    ['historique', 'BASE', '0123X5678', 'parse', 'BASE: "0123X5678" holds other characters than digits'],
    ['historique', 'PTEC', 'TH.,', 'implausible', 'PTEC: "TH.," is none of its values'],
    ['historique', 'DEMAIN', 'VERT', 'implausible', 'DEMAIN: "VERT" is none of its values'],
    ['historique', 'PAPP', '50001', 'implausible', 'PAPP: 50001 is above 50000'],
    ['historique', 'MOTDETAT', '0000000', 'parse', 'MOTDETAT: "0000000" has 7 characters, not 6 or 10'],
    ['standard', 'STGE', '00CA07G1', 'parse', 'STGE: "00CA07G1" is not hexadecimal'],
    ['standard', 'PJOURF+1', 'x'.repeat(98), 'parse', `PJOURF+1: "${'x'.repeat(98)}" is no day profile`],
    ['standard', 'RELAIS', '256', 'implausible', 'RELAIS: 256 is above 255'],
  ] as const)('refuses %s %s %s', (mode, label, data, kind, reason) => {
    expect(read(mode, label, data)).toEqual({ label, kind, reason })
  })

  it('does not repeat what identifies the owner', () => {
    expect(read('standard', 'PRM', '1234567890123')).toMatchObject({
      reason: 'PRM: the text that came has 13 characters, not 14',
    })
    expect(read('historique', 'ADCO', '04147620391?')).toMatchObject({
      reason: 'ADCO: the text that came is no serial number',
    })
  })

  it('refuses a date that is none', () => {
    expect(read('standard', 'SMAXSN', '04536', 'E231312084949')).toMatchObject({ kind: 'parse' })
    expect(read('standard', 'DATE', '')).toMatchObject({ kind: 'parse' })
  })
})
