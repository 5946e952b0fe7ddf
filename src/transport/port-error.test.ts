import { describe, expect, test } from 'vitest'
import { messageOf } from '../core/errors.ts'
import { type PortTrouble, portError } from './port-error.ts'
import { portCodeOf } from './port-facts.ts'

const place = '/dev/ttyUSB0'

describe('a port that does not open', () => {
  test.each<[Omit<PortTrouble, 'place'>, string, string[]]>([
    [{ code: 'ENOENT' }, 'HEARTH_PORT_MISSING', ['/dev/ttyUSB0 does not exist', '/dev/serial/by-id']],
    [{ code: 'ENXIO' }, 'HEARTH_PORT_MISSING', ['no adapter', 'Unplug']],
    [
      { code: 'EACCES', group: { id: 20, name: 'dialout' } },
      'HEARTH_PORT_DENIED',
      ['permission denied', 'group dialout', 'usermod -aG dialout', '--group-add 20'],
    ],
    [{ code: 'EACCES', group: { id: 0, name: 'root' } }, 'HEARTH_PORT_DENIED', ['group root', 'udev']],
    [{ code: 'EACCES' }, 'HEARTH_PORT_DENIED', ['permission denied', 'dialout']],
    [{ code: 'EPERM' }, 'HEARTH_PORT_DENIED', ['--device=/dev/ttyUSB0']],
    [
      { code: 'EBUSY', holder: { pid: 42, program: 'minicom' } },
      'HEARTH_PORT_BUSY',
      ['in use by minicom (process 42)'],
    ],
    [{ code: 'ELOCKED' }, 'HEARTH_PORT_BUSY', ['another program', 'fuser']],
    [{ code: 'ENOTTY' }, 'HEARTH_PORT_NOT_A_LINE', ['no serial port', 'file:PATH']],
    [{ code: 'EISDIR' }, 'HEARTH_PORT_NOT_A_LINE', ['is a folder']],
    [{ code: 'ELOOP' }, 'HEARTH_PORT_FAILED', ['(ELOOP)']],
  ])('%j is %s', (facts, code, words) => {
    const error = portError({ place, ...facts })

    expect(error).toMatchObject({ code, kind: 'connect' })
    expect(messageOf(error)).toContain(place)
    for (const word of words) expect(messageOf(error)).toContain(word)
  })
})

test.each([
  [Object.assign(new Error('x'), { code: 'EACCES' }), 'EACCES'],
  [new Error('Error Resource temporarily unavailable Cannot lock port'), 'ELOCKED'],
  [new Error('Error: Permission denied, cannot open /dev/ttyUSB0'), 'EACCES'],
  [new Error('Error: Device or resource busy, cannot open /dev/ttyUSB0'), 'EBUSY'],
  [new Error('Error: Resource busy, cannot open /dev/ttyUSB0'), 'EBUSY'],
  [new Error('Error: No such file or directory, cannot open /dev/ttyUSB0'), 'ENOENT'],
  [new Error('Error: Not a tty setting custom baud rate of 9600'), 'ENOTTY'],
  [new Error('something else'), 'something else'],
])('%s has the code %s', (error, code) => {
  expect(portCodeOf(error)).toBe(code)
})
