import { describe, expect, it } from 'vitest'
import { KRONOTERM_COMMAND } from './command.ts'

const ACCOUNT = { user: 'me', password: 'secret' }
const settings = (texts: Record<string, string | undefined>) =>
  KRONOTERM_COMMAND.resolve({ ...ACCOUNT, ...texts }).settings

describe('kronoterm-cloud-relay', () => {
  it('reads what the original asked, every half minute', () => {
    expect(settings({})).toEqual({
      user: 'me',
      password: 'secret',
      base_url: 'https://cloud.kronoterm.com',
      interval: '30s',
      pages: 'original',
    })
    expect([KRONOTERM_COMMAND.defaultPort, KRONOTERM_COMMAND.portEnv]).toEqual([8555, 'KRONOTERM_RELAY_PORT'])
  })

  it.each([
    ['', '30s'],
    ['  ', '30s'],
    ['10', '10s'],
    ['5', '10s'],
    ['-3', '10s'],
    [' 60 ', '60s'],
    ['86400', '86400s'],
  ])('takes an interval of "%s" as %s', (text, expected) => {
    expect(settings({ interval: text })['interval']).toBe(expected)
  })

  it.each(['30s', '15.5', 'x', '86401', '1e3'])('refuses an interval of "%s"', text => {
    expect(() => settings({ interval: text })).toThrow(`PROMETHEUS_UPDATE_INTERVAL is "${text}"`)
  })

  it.each([
    ['Europe/Ljubljana', 'Europe/Ljubljana'],
    [':Europe/Ljubljana', 'Europe/Ljubljana'],
    ['/usr/share/zoneinfo/Europe/Ljubljana', 'Europe/Ljubljana'],
    [':/usr/share/zoneinfo/posix/Europe/Ljubljana', 'Europe/Ljubljana'],
    ['posix/Europe/Ljubljana', 'Europe/Ljubljana'],
    ['UTC0', '+00:00'],
    ['CET-1', '+01:00'],
    ['<+0530>-5:30', '+05:30'],
    ['EST+5', '-05:00'],
    ['', undefined],
    [undefined, undefined],
  ])('takes TZ %s as %s', (text, expected) => {
    expect(settings({ timeZone: text })['timezone']).toBe(expected)
  })

  it('refuses a time zone that is none, and an account without user or password', () => {
    for (const timeZone of ['Ljubljana', 'CET-25', 'CET-1CEST,M3.5.0,M10.5.0/3', ':/etc/localtime'])
      expect(() => settings({ timeZone })).toThrow(`TZ is "${timeZone}"`)
    expect(() => settings({ user: '' })).toThrow('KRONOTERM_CLOUD_USER is not set')
    expect(() => settings({ password: undefined })).toThrow('KRONOTERM_CLOUD_PASSWORD is not set')
  })

  it('takes an address of the cloud; an empty one is the usual', () => {
    expect(settings({ url: 'http://127.0.0.1:1' })['base_url']).toBe('http://127.0.0.1:1')
    expect(settings({ url: '' })['base_url']).toBe('https://cloud.kronoterm.com')
  })
})
