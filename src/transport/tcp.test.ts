import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '../core/clock.ts'
import { messageOf } from '../core/errors.ts'
import type { Connection, LineSettings } from '../core/line.ts'
import type { SimulatedLine } from '../core/simulator.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { connectError } from './connect-error.ts'
import { lineTransport } from './index.ts'
import { openWithin } from './open-within.ts'
import { type ServedTcp, serveTcp } from './serve.ts'

const SETTINGS: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }
const { signal: never } = new AbortController()
const ending: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const end of ending.splice(0)) await end()
})

async function line(): Promise<{ served: ServedTcp; device: SimulatedLine; connection: Connection }> {
  const lines: SimulatedLine[] = []
  const served = await serveTcp({ host: '127.0.0.1', port: 0 }, next => lines.push(next))
  const connection = await lineTransport(served.address, { clock: systemClock }).open(SETTINGS, never)
  ending.push(() => connection.close(), served.close)
  await expect.poll(() => lines.length).toBe(1)
  const device = lines[0]
  if (!device) throw new Error('nobody connected')
  return { served, device, connection }
}

async function take(connection: Connection, characters: number): Promise<string> {
  let text = ''
  for await (const chunk of connection.read(never)) {
    text += Buffer.from(chunk).toString('latin1')
    if (text.length >= characters) break
  }
  return text
}

describe('a line over TCP', () => {
  test('carries bytes both ways', async () => {
    const { device, connection } = await line()
    device.onReceive(bytes => void device.send(Buffer.concat([Buffer.from('got '), bytes])))

    await connection.write(Buffer.from('S?\r'), never)

    expect(await take(connection, 7)).toBe('got S?\r')
  })

  test('gives what came before the other side hung up, then the loss', async () => {
    const { device, connection } = await line()
    await device.send(Buffer.from('last words'))
    await expect.poll(async () => take(connection, 10)).toBe('last words')
    device.hangUp()

    const failure = await take(connection, 1).catch((error: unknown) => error)

    expect(failure).toMatchObject({ code: 'HEARTH_LINE_LOST', kind: 'connect' })
    expect(messageOf(failure)).toContain('tcp://127.0.0.1:')
  })

  test('tells the device when the reader leaves', async () => {
    const { device, connection } = await line()

    await connection.close()

    await expect.poll(() => device.gone.aborted).toBe(true)
    await device.send(Buffer.from('into the void'))
  })

  test('holds the sender back while nobody reads', async () => {
    const { device, connection } = await line()
    const block = Buffer.alloc(64 * 1024)
    let sent = 0
    const sending = (async () => {
      for (; sent < 1024 && !device.gone.aborted; sent++) await device.send(block)
    })()

    await expect.poll(() => sent).toBeGreaterThan(1)
    const before = await settled(() => sent)

    expect(before).toBeLessThan(1024)
    await take(connection, before * block.length)
    await expect.poll(() => sent).toBeGreaterThan(before)
    await connection.close()
    await sending
  })
})

/** The number once it no longer moves. */
async function settled(read: () => number): Promise<number> {
  let last = -1
  await expect
    .poll(
      () => {
        const isSame = read() === last
        last = read()
        return isSame
      },
      { interval: 100, timeout: 5000 },
    )
    .toBe(true)
  return last
}

describe('a connection that does not come about', () => {
  test('because nothing listens is refused with words', async () => {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const bound = server.address()
    const port = typeof bound === 'object' && bound ? bound.port : 0
    await new Promise(resolve => server.close(resolve))

    const opening = lineTransport(`tcp://localhost:${port}`, { clock: systemClock }).open(SETTINGS, never)

    await expect(opening).rejects.toMatchObject({
      code: 'HEARTH_CONNECT_REFUSED',
      kind: 'connect',
      message: expect.stringContaining(`tcp://localhost:${port}`),
    })
  })

  test.each([
    ['ECONNREFUSED', 'HEARTH_CONNECT_REFUSED'],
    ['ENOTFOUND', 'HEARTH_HOST_UNKNOWN'],
    ['EAI_AGAIN', 'HEARTH_HOST_UNKNOWN'],
    ['EHOSTUNREACH', 'HEARTH_CONNECT_UNREACHABLE'],
    ['ENETUNREACH', 'HEARTH_CONNECT_UNREACHABLE'],
    ['ETIMEDOUT', 'HEARTH_CONNECT_TIMEOUT'],
    ['EMFILE', 'HEARTH_CONNECT_FAILED'],
  ])('because of %s is %s', (code, expected) => {
    const single = Object.assign(new Error('x'), { code })

    expect(connectError('tcp://a:1', single)).toMatchObject({ code: expected, kind: 'connect' })
    expect(connectError('tcp://a:1', new AggregateError([single])).code).toBe(expected)
  })

  test('in time is given up, and what opens late is closed', async () => {
    const clock = fakeClock()
    const late: string[] = []
    let open = (_: string) => {}
    const opening = openWithin(
      { place: 'tcp://a:1', clock, signal: never, limitMs: 5000, hint: 'Check it' },
      () =>
        new Promise<string>(resolve => {
          open = resolve
        }),
      what => late.push(what),
    )
    const outcome = opening.catch((error: unknown) => error)

    await clock.advance(5000)
    open('socket')

    expect(await outcome).toMatchObject({ code: 'HEARTH_CONNECT_TIMEOUT', hint: 'Check it' })
    await clock.advance(0)
    expect(late).toEqual(['socket'])
    expect(clock.pending).toBe(0)
  })
})

describe('a simulated line on TCP', () => {
  test('is not served on a port that is taken', async () => {
    const first = await serveTcp({ host: '127.0.0.1', port: 0 }, () => {})
    ending.push(first.close)

    await expect(serveTcp({ host: '127.0.0.1', port: first.port }, () => {})).rejects.toMatchObject({
      code: 'HEARTH_LISTEN_FAILED',
    })
  })

  test('takes readers again after it hung up', async () => {
    const { served, connection } = await line()

    served.hangUpAll()

    await expect(take(connection, 1)).rejects.toMatchObject({ code: 'HEARTH_LINE_LOST' })
    const again = await lineTransport(served.address, { clock: systemClock }).open(SETTINGS, never)
    await again.close()
  })
})
