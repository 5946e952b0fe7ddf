import { describe, expect, it } from 'vitest'
import { EMS_ESP_COMMAND } from './command.ts'

const defaults = Object.fromEntries(
  EMS_ESP_COMMAND.options.map(({ name, default: preset }) => [name, preset]),
)

describe('ems-esp', () => {
  it('finds a gateway where it calls itself', () => {
    expect(EMS_ESP_COMMAND.resolve(defaults)).toEqual({
      settings: { url: 'http://ems-esp.local', interval: 30 },
    })
    expect(EMS_ESP_COMMAND).toMatchObject({ name: 'ems-esp', defaultPort: 8084, portEnv: 'EMS_ESP_PORT' })
    expect(EMS_ESP_COMMAND.options.map(({ env }) => env)).toEqual([
      ...['EMS_ESP_URL', 'EMS_ESP_TOKEN', 'EMS_ESP_INTERVAL'],
    ])
  })

  it('takes a token, and none where the variable is empty', () => {
    expect(EMS_ESP_COMMAND.resolve({ ...defaults, token: 't' }).settings).toHaveProperty('token', 't')
    expect(EMS_ESP_COMMAND.resolve({ ...defaults, token: '' }).settings).not.toHaveProperty('token')
  })

  it.each(['', 'soon', '0', '1.5', '-3', '86401'])('refuses an interval of "%s"', interval => {
    expect(() => EMS_ESP_COMMAND.resolve({ ...defaults, interval })).toThrow('EMS_ESP_INTERVAL')
  })
})
