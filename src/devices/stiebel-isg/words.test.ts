import { describe, expect, it } from 'vitest'
import { parseValue } from './number.ts'
import { SWITCH_WORDS, switchValue } from './words.ts'

const LANGUAGES = [
  'DEUTSCH',
  'ENGLISH',
  'FRANÇAIS',
  'NEDERLANDS',
  'ITALIANO',
  'SVENSKA',
  'POLSKI',
  'ČEŠTINA',
  'MAGYAR',
  'ESPAÑOL',
  'SUOMI',
  'DANSK',
]

describe('words for off and on', () => {
  it.each([
    ['Aus', 'Ein'],
    ['Off', 'On'],
    ['Arrêt', 'Marche'],
    ['Uit', 'Aan'],
    ['Spento', 'Acceso'],
    ['Apagado', 'Encendido'],
    ['OFF', 'ON'],
    ['Från', 'Till'],
    ['Av', 'På'],
    ['Fra', 'Til'],
    ['Pois', 'Päällä'],
    ['Wył.', 'Wł.'],
    ['Wyłączony', 'Włączony'],
    ['Vyp', 'Zap'],
    ['Ki', 'Be'],
    ['Kikapcsolva', 'Bekapcsolva'],
  ])('%s is 0 and %s is 1, in any case', (off, on) => {
    expect([off, off.toUpperCase(), ` ${off} `].map(switchValue)).toEqual([0, 0, 0])
    expect([on, on.toLowerCase(), `${on}\u00a0`].map(switchValue)).toEqual([1, 1, 1])
    expect(parseValue(off)).toEqual({ kind: 'number', value: 0 })
  })

  it('exist in every language of the gateway', () => {
    for (const language of LANGUAGES) {
      const words = SWITCH_WORDS.find(each => each.language === language)
      expect(words?.off.length, language).toBeGreaterThan(0)
      expect(words?.on.length, language).toBeGreaterThan(0)
    }
  })

  it('mean the same wherever they stand in the table', () => {
    for (const { off, on } of SWITCH_WORDS) {
      for (const word of off) expect(switchValue(word), word).toBe(0)
      for (const word of on) expect(switchValue(word), word).toBe(1)
    }
  })

  it('are whole words', () => {
    expect(['Ausgang', 'Einschalten', 'Off 5', 'Bei'].map(switchValue)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})
