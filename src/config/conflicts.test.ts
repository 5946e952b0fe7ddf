import { describe, expect, it } from 'vitest'
import { parseListen } from '../core/settings.ts'
import { overlaps, placeConflicts } from './conflicts.ts'

describe('two listeners want one port', () => {
  it.each([
    [':8123', '127.0.0.1:8123', true],
    [':8123', ':8123', true],
    [':8123', '[::1]:8123', true],
    [':8123', '0.0.0.0:8123', true],
    ['[::]:8123', '192.168.1.5:8123', true],
    ['0.0.0.0:8123', '127.0.0.1:8123', true],
    ['0.0.0.0:8123', '[::1]:8123', false],
    ['127.0.0.1:8123', '127.0.0.1:8123', true],
    ['127.0.0.1:8123', '127.0.0.2:8123', false],
    ['localhost:8123', '127.0.0.1:8123', true],
    ['localhost:8123', '[::1]:8123', true],
    ['localhost:8123', '192.168.1.5:8123', false],
    ['Pi.local:8123', 'pi.local:8123', true],
    [':8123', ':8124', false],
    [':0', ':0', false],
  ])('%s and %s: %s', (a, b, expected) => {
    const [one, other] = [parseListen(a), parseListen(b)]
    if (!one || !other) throw new Error('no address')

    expect(overlaps(one, other)).toBe(expected)
    expect(overlaps(other, one)).toBe(expected)
  })
})

describe('two devices at one place', () => {
  const conflicts = (...accounts: (string | undefined)[]) =>
    placeConflicts(
      accounts.map((account, i) => ({ name: `d${i}`, place: 'https://cloud.test', account, offset: i })),
      (a, b) => a === b,
      offset => ({ line: offset + 1, column: 1 }),
    ).map(({ message }) => message)

  it('are told apart by their accounts', () => {
    expect(conflicts('a', 'b', undefined)).toEqual([])
  })

  it('are refused without accounts, and on one account', () => {
    expect(conflicts(undefined, undefined)).toHaveLength(1)
    expect(conflicts('a', 'b', 'a')).toEqual([
      'd2: https://cloud.test is already read by d0 (line 1); two devices cannot share it',
    ])
  })
})
