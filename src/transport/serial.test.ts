import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { Connection, LineSettings } from '../core/line.ts'
import type { SimulatedLine } from '../core/simulator.ts'
import { lineTransport } from './index.ts'
import { type ServedPty, servePty } from './serve.ts'

const SETTINGS: LineSettings = { baudRate: 1200, dataBits: 7, parity: 'even', stopBits: 1 }
const folder = mkdtempSync(join(tmpdir(), 'hearth-serial-'))
const port = join(folder, 'port')
const { signal: never } = new AbortController()

/** A program that says why it cannot open the port that its argument names. */
const OPENER = `
  const { lineTransport } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))})
  const { systemClock } = await import(${JSON.stringify(join(import.meta.dirname, '../core/clock.ts'))})
  const line = lineTransport(process.argv[1], { clock: systemClock })
  await line.open(${JSON.stringify(SETTINGS)}, new AbortController().signal).catch(e => console.log(e.code, e.message))
`

let served: ServedPty
let newestLine: SimulatedLine
let opened: Connection[] = []

const device = (): SimulatedLine => newestLine
const openPort = async (path = port): Promise<Connection> => {
  const connection = await lineTransport(path, { clock: systemClock }).open(SETTINGS, never)
  opened.push(connection)
  return connection
}
const send = (text: string) => device().send(Buffer.from(text))

/** Reads until as many characters are there. */
async function take(connection: Connection, characters: number): Promise<string> {
  let text = ''
  for await (const chunk of connection.read(never)) {
    text += Buffer.from(chunk).toString('latin1')
    if (text.length >= characters) break
  }
  return text
}

function descriptors(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap(fd => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)]
    } catch {
      return []
    }
  })
}

beforeAll(async () => {
  served = await servePty(port, line => {
    newestLine = line
  })
})

afterEach(async () => {
  for (const connection of opened) await connection.close()
  opened = []
})

afterAll(async () => {
  await served.close()
  rmSync(folder, { recursive: true })
})

describe('an open port', () => {
  test('gives the bytes as they arrive, though a pseudo-terminal has no 7E1', async () => {
    const connection = await openPort()

    const reading = take(connection, 10)
    await send('hello')
    await send('there')

    expect(await reading).toBe('hellothere')
    expect(connection.isLive).toBe(true)
  })

  test('sends bytes as they are', async () => {
    const connection = await openPort()
    const received = new Promise<string>(resolve =>
      device().onReceive(bytes => resolve(Buffer.from(bytes).toString('hex'))),
    )

    await connection.write(Uint8Array.of(0x53, 0x3f, 0x0d), never)

    expect(await received).toBe('533f0d')
  })

  test('can be read again after a read was aborted', async () => {
    const connection = await openPort()
    const stop = new AbortController()
    const first = (async () => {
      for await (const _ of connection.read(stop.signal)) throw new Error('nothing was sent')
    })()
    stop.abort()
    await first

    const second = take(connection, 3)
    await send('abc')

    expect(await second).toBe('abc')
  })

  test('ends a read quietly when it is closed, twice is no harm, and then takes nothing', async () => {
    const connection = await openPort()
    const reading = take(connection, 1)

    await connection.close()
    await connection.close()

    expect(await reading).toBe('')
    await expect(connection.write(Uint8Array.of(1), never)).rejects.toMatchObject({
      code: 'HEARTH_LINE_LOST',
    })
  })

  test('leaves no descriptor behind, 200 times over', async () => {
    await (await openPort()).close()
    const before = descriptors()

    for (let round = 0; round < 200; round++) {
      const connection = await lineTransport(port, { clock: systemClock }).open(SETTINGS, never)
      await connection.close()
    }

    const target = realpathSync(port)
    const ofPort = (all: readonly string[]) => all.filter(path => path === target).length
    expect(ofPort(descriptors())).toBe(ofPort(before))
    expect(descriptors().length).toBeLessThanOrEqual(before.length)
  })
})

describe('a port that is pulled', () => {
  test('ends the read with an error that names it, frees it, and opens again when it is back', async () => {
    const connection = await openPort()
    const target = realpathSync(port)
    const before = device()
    const reading = take(connection, 1)

    served.hangUpAll()

    const failure = await reading.catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'HEARTH_LINE_LOST', kind: 'connect' })
    expect(messageOf(failure)).toContain(port)
    await connection.close()
    expect(descriptors().filter(path => path.startsWith(target))).toEqual([])
    await expect.poll(() => device() !== before, { timeout: 5000 }).toBe(true)
    const again = take(await openPort(), 4)
    await send('back')
    expect(await again).toBe('back')
  })

  test('is noticed when the other side dies without a word', async () => {
    const path = join(folder, 'mortal')
    const socat = spawn('socat', ['-d', '-d', `PTY,raw,echo=0,link=${path}`, 'PTY,raw,echo=0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    for await (const text of socat.stderr) if (String(text).includes('starting data transfer')) break
    const connection = await openPort(path)
    const failure = take(connection, 1).catch((error: unknown) => error)

    socat.kill('SIGKILL')
    await once(socat, 'close')

    expect(await failure).toMatchObject({ code: 'HEARTH_LINE_LOST' })
  })
})

describe('a port that cannot be opened', () => {
  test('that is absent is named', async () => {
    await expect(openPort('/dev/hearth-absent')).rejects.toMatchObject({
      code: 'HEARTH_PORT_MISSING',
      message: '/dev/hearth-absent does not exist',
    })
  })

  test('that another program has locked names that program', async () => {
    const holder = spawn('flock', ['-F', '-x', port, 'sh', '-c', 'echo locked; exec sleep 30'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(holder.stdout, 'data')

    const failure = await openPort().catch((error: unknown) => error)

    holder.kill()
    expect(failure).toMatchObject({ code: 'HEARTH_PORT_BUSY' })
    expect(messageOf(failure)).toContain(`in use by sleep (process ${holder.pid})`)
    await once(holder, 'close')
  })

  test('that this program has open stays locked for as long as it is open', async () => {
    const first = await openPort()

    await expect(openPort()).rejects.toMatchObject({ code: 'HEARTH_PORT_BUSY' })

    await first.close()
    await (await openPort()).close()
  })

  test('that this user may not use says who may', async () => {
    const target = realpathSync(port)
    const mode = statSync(target).mode
    chmodSync(target, 0)
    // Root may open everything, so root tries as nobody.
    const asNobody =
      process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []
    const [command = '', ...args] = [
      ...asNobody,
      process.execPath,
      '--input-type=module',
      '-e',
      OPENER,
      target,
    ]
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    for await (const text of child.stdout) said += text
    chmodSync(target, mode)

    expect(said).toContain('HEARTH_PORT_DENIED')
    expect(said).toContain(`${target}: permission denied, it belongs to the group`)
  })

  test.each([
    ['a folder', () => folder, 'HEARTH_PORT_NOT_A_LINE'],
    ['a file', () => join(folder, 'file'), 'HEARTH_PORT_NOT_A_LINE'],
    ['a device that is no terminal', () => '/dev/null', 'HEARTH_PORT_NOT_A_LINE'],
    ['a path below a file', () => join(folder, 'file', 'x'), 'HEARTH_PORT_MISSING'],
  ])('that is %s is no line', async (_, path, code) => {
    writeFileSync(join(folder, 'file'), 'untouched')

    await expect(openPort(path())).rejects.toMatchObject({ code })
  })

  test('leaves no descriptor behind', async () => {
    const before = descriptors().length

    for (const path of [folder, '/dev/null', '/dev/hearth-absent']) {
      await openPort(path).catch(() => undefined)
    }

    expect(descriptors().length).toBeLessThanOrEqual(before)
  })

  test('is given up when the signal is aborted before', async () => {
    const transport = lineTransport(port, { clock: systemClock })

    await expect(transport.open(SETTINGS, AbortSignal.abort())).rejects.toMatchObject({
      code: 'HEARTH_OPEN_ABANDONED',
    })
  })
})
