import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Entity } from './entity.ts'
import { helpOf } from './entity.ts'
import { machineText } from './machine-text.ts'
import { believable, readHelp, readMachineText, withDescriptions } from './machine-text-reader.ts'

const lines = (...text: string[]) => `${text.join('\n')}\n`
const head = (name: string, help: string) => [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`]

describe('the text of a machine', () => {
  it("gives the values of the original's document", () => {
    const [entity] = readMachineText(
      lines(
        ...head(
          'emsesp_circmode',
          'enum, (0: off; 1: 1x3min; 2: 2x3min; 3: 3x3min; 4: 4x3min; 5: 5x3min; 6: 6x3min; 7: continuously), readable, writeable, visible',
        ),
        'emsesp_circmode{circuit="dhw"} 1',
      ),
      'boiler',
    )
    expect(entity).toMatchObject({ name: 'circmode', circuit: 'dhw' })
    expect(entity?.value).toMatchObject({ kind: 'enum', index: 1 })
    expect(entity?.value).toHaveProperty('words.7', 'continuously')
  })

  it('says booleans, lists, units and numbers by their HELP', () => {
    const text = lines(
      ...head('emsesp_heatingactive', 'heating active, boolean, readable, visible'),
      'emsesp_heatingactive 1',
      ...head(
        'emsesp_mode',
        'operating mode, enum, (0: manual; 1: auto; 2: a; b), readable, writeable, visible',
      ),
      'emsesp_mode{circuit="hc1"} 2',
      ...head('emsesp_ubauptime', 'total UBA operating time, Stunden, readable, visible'),
      'emsesp_ubauptime 2613.07',
      ...head('emsesp_burnstarts', 'burner starts, readable'),
      'emsesp_burnstarts 12',
      ...head('emsesp_seltemp', 'selected, warm \\\\ room, °F'),
      'emsesp_seltemp -1.50',
    )
    const entities = readMachineText(text, 'boiler')
    expect(entities.map(({ value, unit }) => [value, unit])).toEqual([
      [{ kind: 'boolean', index: 1 }, undefined],
      [{ kind: 'enum', index: 2, words: ['manual', 'auto', 'a; b'] }, undefined],
      [{ kind: 'number', number: 2613.07 }, 'h'],
      [{ kind: 'number', number: 12 }, undefined],
      [{ kind: 'number', number: -1.5 }, '°C'],
    ])
    expect(machineText(entities)).toBe(text)
  })

  it('does not believe the list of one circuit for another, until that is described', () => {
    const read = readMachineText(
      lines(
        ...head('emsesp_mode', 'operating mode, enum, (0: manual; 1: auto)'),
        'emsesp_mode{circuit="hc1"} 1',
        'emsesp_mode{circuit="dhw"} 2',
      ),
      'thermostat',
    )
    expect(believable(read).map(({ circuit }) => circuit)).toEqual(['hc1'])
    const own: Entity = {
      name: 'mode',
      circuit: 'dhw',
      help: 'operating mode, enum, (0: off; 1: on; 2: own prog)',
      value: { kind: 'enum', index: 0, words: ['off', 'on', 'own prog'] },
    }
    const [, dhw] = believable(withDescriptions(read, new Map([['dhw.mode', own]])))
    expect(dhw).toEqual({ ...own, value: { ...own.value, index: 2 } })
  })

  it.each([
    ['a sample without HELP and TYPE', lines('emsesp_x 1')],
    ['a HELP without a sample', lines(...head('emsesp_x', 'x'), 'emsesp_x 1', '# HELP emsesp_y y')],
    ['a TYPE that is no gauge', lines('# HELP emsesp_x x', '# TYPE emsesp_x counter', 'emsesp_x 1')],
    ['a series that is there twice', lines(...head('emsesp_x', 'x'), 'emsesp_x 1', 'emsesp_x 2')],
    ['a value that is none', lines(...head('emsesp_x', 'x'), 'emsesp_x 1.2.3')],
    ['a value in another spelling', lines(...head('emsesp_x', 'x'), 'emsesp_x 1e5')],
    ['NaN', lines(...head('emsesp_x', 'x'), 'emsesp_x NaN')],
    ['an index beyond its list', lines(...head('emsesp_x', 'x, enum, (0: off; 1: on)'), 'emsesp_x 2')],
    ['labels that no machine has', lines(...head('emsesp_x', 'x'), 'emsesp_x{room="1"} 2')],
    ['a label that does not end', lines(...head('emsesp_x', 'x'), 'emsesp_x{circuit="hc1} 2')],
    ['an end in the middle of a number', lines(...head('emsesp_x', 'x'), 'emsesp_x 3011').slice(0, -2)],
    ['one decimal', lines(...head('emsesp_x', 'x'), 'emsesp_x 30.5')],
    ['an empty line', lines(...head('emsesp_x', 'x'), '', 'emsesp_x 2')],
    ['CRLF', lines(...head('emsesp_x', 'x'), 'emsesp_x 2\r')],
    ['a name of someone else', lines(...head('other_x', 'x'), 'other_x 2')],
    [
      'a last line that does not end',
      `${lines(...head('emsesp_x', 'x'), 'emsesp_x 1')}emsesp_x{circuit="dhw"} 3`,
    ],
    ['a HELP that ends in an escape', lines(...head('emsesp_x', 'x\\'), 'emsesp_x 2')],
  ])('is damaged by %s', (_, text) => {
    expect(() => readMachineText(text, '/api/boiler/metrics')).toThrow(
      expect.objectContaining({ kind: 'parse', message: expect.stringContaining('/api/boiler/metrics') }),
    )
  })

  it('cut short anywhere, is damaged or gives nothing that the whole does not give', () => {
    const text = lines(
      ...head('emsesp_nrg', 'energy, kWh, readable, visible'),
      'emsesp_nrg 3011.50',
      'emsesp_nrg{circuit="dhw"} 301.25',
      ...head('emsesp_mode', 'mode, enum, (0: off; 1: on), readable'),
      'emsesp_mode{circuit="dhw2"} 1',
    )
    const whole = readMachineText(text, 'boiler')
    let read = 0
    for (let end = 0; end < text.length; end++) {
      try {
        for (const entity of readMachineText(text.slice(0, end), 'boiler'))
          expect(whole).toContainEqual(entity)
        read++
      } catch (error) {
        expect(error).toMatchObject({ kind: 'parse' })
      }
    }
    // After each sample but the last a text could have ended.
    expect(read).toBe(2)
  })
})

describe('HELP', () => {
  const word = fc.stringMatching(/^[a-zA-Zäöü0-9 .+-]{1,12}$/)
  const flags = fc.record({ readable: fc.boolean(), writeable: fc.boolean(), visible: fc.boolean() })

  it('tells what it was made of, whatever a user called the entity', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 20 }),
        fc.array(word, { minLength: 1 }),
        flags,
        (name, words, set) => {
          const value = { kind: 'enum', index: 0, words } as const
          expect(readHelp(helpOf(name, value, undefined, set)).words).toEqual(words)
        },
      ),
    )
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20 }), flags, (name, set) => {
        expect(readHelp(helpOf(name, { kind: 'number', number: 1 }, 'Stunden', set)).unit).toBe('h')
        expect(readHelp(helpOf(name, { kind: 'boolean', index: 1 }, undefined, set)).isBoolean).toBe(true)
      }),
    )
  })
})
