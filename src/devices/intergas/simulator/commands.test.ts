import { describe, expect, it } from 'vitest'
import { hexText } from './bytes.ts'
import { type CommandName, commandsIn } from './commands.ts'

const table = (dialect: 'plain' | 'xor') =>
  Object.fromEntries(commandsIn(dialect).map(({ name, bytes }) => [name, hexText(bytes)]))

describe('commandsIn', () => {
  it('knows the commands of an HRE, with a carriage return where they have one', () => {
    expect(table('plain')).toEqual({
      'S?': '533f0d',
      S2: '53320d',
      CRC: '435243',
      HN: '484e0d',
      'V?': '563f0d',
      V1: '56310d',
      EN: '454e0d',
      REV: '524556',
      'B?': '423f0d',
      B2: '42320d',
    })
  })

  it.each<[CommandName, string]>([
    ['S?', '533f0d61'],
    ['H0', '48300d75'],
    ['CRC', '43524352'],
    ['REW', '52455740'],
    ['REV', '524556'],
    ['S2', '53320d6c'],
    ['D2', '44320d7b'],
    ['V3', '56330d68'],
  ])('puts a check byte behind %s of an Xtreme, but behind REV', (name, hex) => {
    expect(table('xor')[name]).toBe(hex)
  })

  it('has no HN on an Xtreme, and no H0 elsewhere', () => {
    expect([table('xor')['HN'], table('plain')['H0']]).toEqual([undefined, undefined])
  })
})
