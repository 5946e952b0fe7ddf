import { describe, expect, it } from 'vitest'
import { fakeDrivers } from './fake-driver.test-helper.ts'
import { deviceFromSettings } from './from-settings.ts'
import { settingsKit } from './secrets.ts'

const kit = settingsKit({
  env: { TOKEN: 'x' },
  configPath: 'settings',
  readFile: () => {
    throw new Error('no files here')
  },
})

function read(type: string, settings: Record<string, unknown>) {
  const driver = fakeDrivers.find(one => one.type === type)
  if (!driver) throw new Error(type)
  const result = deviceFromSettings(driver, settings, kit)
  return result.isValid ? result : result.problems.map(({ key, message }) => `${key}: ${message}`)
}

describe('texts become what the schema wants', () => {
  it.each([
    ['linky', { port: '5', baud_rate: '9600' }],
    ['linky', { port: 'x', baud_rate: '0x2580', drop_in: ':0', stale_after: '60' }],
    [
      'stiebel-isg',
      { url: 'http://a', user: '007', password: '0123', skip_circuit2: 'true', offset: '-1.5' },
    ],
    ['stiebel-isg', { url: 'http://a', password: { env: 'TOKEN' } }],
  ])('%s %j', (type, settings) => {
    expect(read(type, settings)).toMatchObject({ isValid: true })
  })

  it('keeps a text that may be one, even when it looks like a number', () => {
    expect(read('linky', { port: '5' })).toMatchObject({ device: { place: '5' } })
  })

  it('tells where the drop-in listens', () => {
    expect(read('linky', { port: 'x', drop_in: ':8123' })).toMatchObject({
      dropIn: { host: undefined, port: 8123 },
    })
  })
})

describe('what is refused', () => {
  it.each([
    ['an unknown key', { port: 'x', modde: 'auto' }, ['modde: unknown key, did you mean "mode"?']],
    [
      'a word that is none of the choices',
      { port: 'x', mode: 'atuo' },
      ['mode: "atuo" is not known, did you mean "auto"?'],
    ],
    ['a text for a number', { port: 'x', baud_rate: 'fast' }, ['baud_rate: must be a number, not text']],
    ['a number out of bounds', { port: 'x', baud_rate: '5' }, ['baud_rate: must be at least 300']],
    ['a missing target', {}, ['port: this key is missing: Serial port, or tcp://host:port']],
    [
      'several things at once',
      { stale_after: 'soon', baud_rate: '1.5' },
      [
        'stale_after: "soon" is not a duration; write 5s, 1m or 1h',
        'port: this key is missing: Serial port, or tcp://host:port',
        'baud_rate: must be a whole number, not a fraction',
      ],
    ],
  ])('%s', (_, settings, problems) => {
    expect(read('linky', settings)).toEqual(problems)
  })

  it('keeps an unknown setting that may be a secret to itself', () => {
    const problems = read('stiebel-isg', { url: 'http://a', passwrd: 'hunter2' })

    expect(problems).toEqual(['passwrd: unknown key, did you mean "password"?'])
  })
})
