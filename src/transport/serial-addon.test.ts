import { expect, test } from 'vitest'
import { type Log, silentLog } from '../core/log.ts'
import { type AddonSource, findAddon, sayAddon } from './serial-addon.ts'

const SETTINGS = { baudRate: 1200, dataBits: 7, parity: 'even', stopBits: 1 } as const

const working = (name: string): AddonSource => ({ name, load: () => async () => 7 })
const failing = (name: string, reason: string): AddonSource => ({
  name,
  load() {
    throw new Error(`${reason}\n    require stack`)
  },
})

function said(sources: readonly AddonSource[]): readonly string[] {
  const lines: string[] = []
  const at = (level: string) => (message: string, fields?: object) =>
    void lines.push(`${level}: ${message} ${JSON.stringify(fields)}`)
  const log: Log = { ...silentLog, debug: at('debug'), info: at('info'), warn: at('warn') }
  sayAddon(findAddon(sources), log)
  return lines
}

test('the first source that works is taken, and no other is tried', async () => {
  const addon = findAddon([working('one'), failing('two', 'not to be called')])

  expect(addon).toMatchObject({ from: 'one', isFallback: false })
  expect(await addon.setUp?.('/dev/x', SETTINGS)).toBe(7)
})

test('the port is opened with a lock and without any flow control', async () => {
  const asked: unknown[] = []
  const addon = findAddon([
    {
      name: 'one',
      load:
        () =>
        async (...args: unknown[]) => {
          asked.push(args)
          return 3
        },
    },
  ])

  await addon.setUp?.('/dev/x', SETTINGS)

  expect(asked).toEqual([
    ['/dev/x', expect.objectContaining({ ...SETTINGS, lock: true, hupcl: false, rtscts: false, xon: false })],
  ])
})

test('a source that fails is named with its reason on one line', () => {
  expect(said([failing('inside', 'read-only file system'), working('beside')])).toEqual([
    'warn: serial port addon loaded from its second place {"from":"beside (inside: read-only file system)"}',
  ])
})

test('where none works stty has to do, and the log says why', () => {
  expect(findAddon([failing('inside', 'noexec'), failing('beside', 'absent')]).setUp).toBeUndefined()
  expect(said([failing('inside', 'noexec'), failing('beside', 'absent')])).toEqual([
    'warn: serial ports are set up by stty, without a lock against other programs {"why":"inside: noexec; beside: absent"}',
  ])
})

test('the usual place is worth no more than a line for those who look closely', () => {
  expect(said([working('package')])).toEqual(['debug: serial port addon loaded {"from":"package"}'])
})

test.each([
  ['a package of another shape', undefined],
  ['a text', 'open'],
])('%s is not called', (_, loaded) => {
  expect(findAddon([{ name: 'odd', load: () => loaded }])).toMatchObject({
    from: 'odd: its shape is not the one that is known',
  })
})

test('what is no descriptor is an error that names the port', async () => {
  const { setUp } = findAddon([{ name: 'odd', load: () => async () => 'seven' }])

  await expect(setUp?.('/dev/x', SETTINGS)).rejects.toMatchObject({ code: 'HEARTH_SERIAL_UNSUPPORTED' })
})
