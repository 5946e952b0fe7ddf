import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Connection } from '../core/line.ts'
import { type FakeClock, fakeClock } from '../testing/fake-clock.ts'
import { createInlet, type Inlet } from './inlet.ts'
import { socketConnection } from './socket-connection.ts'

const { signal: never } = new AbortController()
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

interface Pair {
  readonly clock: FakeClock
  readonly far: Socket
  readonly near: Socket
  readonly inlet: Inlet
  readonly connection: Connection
  readonly released: () => number
}

async function pair(): Promise<Pair> {
  const server = createServer({ pauseOnConnect: true })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  const inlet = createInlet(undefined)
  const port = typeof bound === 'object' && bound ? bound.port : 0
  const near = connect({ port, host: '127.0.0.1', onread: inlet.onread })
  const [far] = await Promise.all([
    new Promise<Socket>(resolve => server.once('connection', resolve)),
    once(near, 'connect'),
  ])
  server.close()
  sockets.push(near, far)
  const clock = fakeClock()
  let released = 0
  const connection = socketConnection({
    place: 'tcp://x:1',
    socket: near,
    inlet,
    clock,
    isLive: true,
    async release() {
      released++
      near.destroy()
    },
  })
  return { clock, far, near, inlet, connection, released: () => released }
}

const BLOCK = new Uint8Array(1024 * 1024)

/** Writes until the other side, which does not read, takes no more; gives the write that waits. */
async function fill(connection: Connection, near: Socket): Promise<{ readonly stuck: Promise<unknown> }> {
  for (;;) {
    let isWritten = false
    const writing = connection.write(BLOCK, never).then(
      () => {
        isWritten = true
      },
      (error: unknown) => error,
    )
    await expect.poll(() => isWritten || near.writableLength > 0).toBe(true)
    await new Promise(resolve => setTimeout(resolve, 50))
    if (!isWritten) return { stuck: writing }
  }
}

test('a write that is not taken within 2 s fails and ends the line', async () => {
  const { clock, connection, near, released } = await pair()
  const { stuck } = await fill(connection, near)

  await clock.advance(2000)

  expect(await stuck).toMatchObject({ code: 'HEARTH_WRITE_TIMEOUT', kind: 'timeout' })
  expect(released()).toBe(1)
  await expect(connection.read(never)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'HEARTH_LINE_LOST',
  })
  expect(clock.pending).toBe(0)
})

test('a write is given up when its signal aborts', async () => {
  const { connection, near } = await pair()
  await fill(connection, near)
  const stop = new AbortController()
  const writing = connection.write(Uint8Array.of(1), stop.signal)

  stop.abort()

  await expect(writing).rejects.toMatchObject({ code: 'HEARTH_WRITE_ABANDONED' })
})

test('what nobody asks for is held back: at most 256 KiB are kept', async () => {
  const { far, inlet } = await pair()
  let sent = 0
  const push = () => {
    while (sent < 64 && far.write(BLOCK)) sent++
  }
  far.on('drain', push)
  push()

  await new Promise(resolve => setTimeout(resolve, 300))

  expect(inlet.isShut()).toBe(true)
  const { length } = inlet.take() ?? []
  expect(length).toBeGreaterThan(0)
  expect(length).toBeLessThanOrEqual(256 * 1024)
})

test('a reset is a loss, and the socket is freed once', async () => {
  const { far, connection, released } = await pair()
  const reading = connection.read(never)[Symbol.asyncIterator]().next()

  far.resetAndDestroy()

  await expect(reading).rejects.toMatchObject({
    code: 'HEARTH_LINE_LOST',
    message: expect.stringContaining('ECONNRESET'),
  })
  await connection.close()
  await connection.close()
  expect(released()).toBe(1)
})

test('a line that gathers is read a few times a second, and loses nothing of what comes meanwhile', async () => {
  const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  const port = typeof bound === 'object' && bound ? bound.port : 0
  const inlet = createInlet(250)
  const near = connect({ port, host: '127.0.0.1', onread: inlet.onread })
  const [far] = await Promise.all([
    new Promise<Socket>(resolve => server.once('connection', resolve)),
    once(near, 'connect'),
  ])
  server.close()
  sockets.push(near, far)
  const clock = fakeClock()
  const use = { place: 'tcp://x:1', socket: near, inlet, clock, isLive: true, gatherMs: 250 }
  const connection = socketConnection({ ...use, release: async () => void near.destroy() })
  const reading = connection.read(never)[Symbol.asyncIterator]()
  const sent = Array.from({ length: 50 }, (_, i) => `group ${i}\n`)
  let said = ''
  let reads = 0
  const take = async () => {
    const { value } = await reading.next()
    reads++
    said += Buffer.from(value ?? []).toString('latin1')
  }

  far.write(sent[0] ?? '')
  await take()
  const next = take()
  for (const line of sent.slice(1)) await new Promise(resolve => far.write(line, resolve))
  await new Promise(resolve => setImmediate(resolve))
  expect(reads).toBe(1)
  await clock.advance(250)
  await next
  while (said.length < sent.join('').length) {
    const more = take()
    await clock.advance(250)
    await more
  }

  expect(said).toBe(sent.join(''))
  expect(reads).toBeLessThan(10)
})
