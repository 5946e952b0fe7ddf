import { expect, test } from 'vitest'
import type { LineSettings } from '../core/line.ts'
import { setUpPort, sttyArgs } from './port-setup.ts'

const SEVEN_EVEN: LineSettings = { baudRate: 1200, dataBits: 7, parity: 'even', stopBits: 1 }
const EIGHT_NONE: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }
const { signal } = new AbortController()
const unused = () => Promise.reject(new Error('not to be called'))

test('a port that refuses 7E1 is set to 8N1', async () => {
  const asked: LineSettings[] = []
  const refuses7 = async (_path: string, settings: LineSettings) => {
    asked.push(settings)
    if (settings.dataBits === 7) throw new Error('Error: Invalid argument, setting up')
    return -1
  }

  await setUpPort('/dev/x', SEVEN_EVEN, signal, { loadAddon: () => refuses7, stty: unused })

  expect(asked).toEqual([SEVEN_EVEN, { ...SEVEN_EVEN, dataBits: 8, parity: 'none' }])
})

test('8N1 that is refused is an error', async () => {
  const refuses = () => Promise.reject(new Error('Error: Invalid argument'))

  const settingUp = setUpPort('/dev/x', EIGHT_NONE, signal, { loadAddon: () => refuses, stty: unused })

  await expect(settingUp).rejects.toThrow('Invalid argument')
})

test('a locked port is not tried with other settings', async () => {
  let tries = 0
  const locked = async () => {
    tries++
    throw new Error('Error Resource temporarily unavailable Cannot lock port')
  }

  const settingUp = setUpPort('/dev/x', SEVEN_EVEN, signal, { loadAddon: () => locked, stty: unused })

  await expect(settingUp).rejects.toThrow('Cannot lock port')
  expect(tries).toBe(1)
})

test('without the addon stty sets up the port', async () => {
  const calls: (readonly string[])[] = []
  const stty = async (args: readonly string[]) => {
    calls.push(args)
    if (args.includes('cs7'))
      throw Object.assign(new Error('unable to perform all requested operations'), { code: 1 })
  }

  await setUpPort('/dev/x', SEVEN_EVEN, signal, { loadAddon: () => undefined, stty })

  expect(calls).toHaveLength(2)
  expect(calls[1]).toEqual(sttyArgs('/dev/x', { ...SEVEN_EVEN, dataBits: 8, parity: 'none' }))
})

test('without the addon and stty the error says what to install', async () => {
  const stty = () => Promise.reject(Object.assign(new Error('spawn stty'), { code: 'ENOENT' }))

  const settingUp = setUpPort('/dev/x', EIGHT_NONE, signal, { loadAddon: () => undefined, stty })

  await expect(settingUp).rejects.toMatchObject({
    code: 'HEARTH_SERIAL_UNSUPPORTED',
    hint: expect.stringMatching('stty'),
  })
})

test.each([
  [SEVEN_EVEN, ['1200', 'cs7', 'parenb', '-parodd', '-cstopb', '-crtscts']],
  [EIGHT_NONE, ['9600', 'cs8', '-parenb', '-crtscts']],
  [{ ...EIGHT_NONE, parity: 'odd', stopBits: 2 } as const, ['parenb', 'parodd', 'cstopb']],
])('stty is asked for %j after raw', (settings, words) => {
  const args = sttyArgs('/dev/x', settings)

  for (const word of words) expect(args).toContain(word)
  expect(args.indexOf('raw')).toBeLessThan(args.indexOf(`cs${settings.dataBits}`))
})
