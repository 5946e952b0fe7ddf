import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { messageOf } from '../core/errors.ts'
import { isSamePlace, normalForm, parseAddress } from './address.ts'

const folder = mkdtempSync(join(tmpdir(), 'hearth-address-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('an address', () => {
  test.each([
    ['/dev/ttyUSB0', { kind: 'device', path: '/dev/ttyUSB0' }],
    [' /dev/ttyUSB0\n', { kind: 'device', path: '/dev/ttyUSB0' }],
    [
      '/dev/serial/by-path/pci-0000:00:14.0',
      { kind: 'device', path: '/dev/serial/by-path/pci-0000:00:14.0' },
    ],
    ['./simulated', { kind: 'device', path: './simulated' }],
    ['file:capture.bin', { kind: 'file', path: 'capture.bin' }],
    ['FILE:/a b/c', { kind: 'file', path: '/a b/c' }],
    ['tcp://192.168.1.20:3333', { kind: 'tcp', host: '192.168.1.20', port: 3333 }],
    ['TCP://Bridge.local:65535/', { kind: 'tcp', host: 'bridge.local', port: 65535 }],
    ['tcp://[2001:DB8::1]:1', { kind: 'tcp', host: '2001:db8::1', port: 1 }],
    ['tcp://[fe80::1%eth0]:1', { kind: 'tcp', host: 'fe80::1%eth0', port: 1 }],
  ])('%j is understood', (text, expected) => {
    expect(parseAddress(text)).toEqual(expected)
  })

  test.each([
    ['', 'Write /dev/ttyUSB0'],
    ['ttyUSB0', 'Write /dev/ttyUSB0'],
    ['COM3', 'Write a device path'],
    ['bridge:3333', 'Write tcp://bridge:3333'],
    ['socket://bridge:3333', 'tcp://host:port'],
    ['http://bridge/', 'tcp://host:port'],
    ['tcp:bridge:3333', 'tcp://host:port'],
    ['tcp://bridge', 'tcp://host:port'],
    ['tcp://:3333', 'tcp://host:port'],
    ['tcp://2001:db8::1:3333', '[::1]'],
    ['tcp://user@bridge:3333', 'tcp://host:port'],
    ['tcp://bridge:0', '1 to 65535'],
    ['tcp://bridge:65536', '1 to 65535'],
    ['file:', 'file:capture.bin'],
    ['/dev/tty\0USB0', 'control character'],
  ])('%j is refused with words that help', (text, hint) => {
    expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: 'HEARTH_ADDRESS_INVALID' }))
    try {
      parseAddress(text)
    } catch (error) {
      expect(messageOf(error)).toContain(hint)
    }
  })
})

describe('two addresses', () => {
  const device = join(folder, 'device')
  const link = join(folder, 'by-id', 'adapter')
  writeFileSync(device, '')
  mkdirSync(join(folder, 'by-id'))
  symlinkSync('../device', link)

  test.each([
    [device, link, true],
    [device, join(folder, 'by-id', '..', 'device'), true],
    [`file:${device}`, `file:${link}`, true],
    [device, `file:${device}`, false],
    ['/dev/absent0', '/dev/./absent0', true],
    ['/dev/absent0', '/dev/absent1', false],
    ['tcp://Bridge:1', 'tcp://bridge:1', true],
    ['tcp://bridge:1', 'tcp://bridge:2', false],
    ['nonsense', 'nonsense', true],
    ['nonsense', '/dev/absent0', false],
  ])('%s and %s: the same place is %s', (a, b, expected) => {
    expect(isSamePlace(a, b)).toBe(expected)
  })

  test('an IPv6 address keeps its brackets', () => {
    expect(normalForm({ kind: 'tcp', host: '::1', port: 5 })).toBe('tcp://[::1]:5')
  })
})
