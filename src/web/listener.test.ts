import { once } from 'node:events'
import { createServer } from 'node:net'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../core/clock.ts'
import { HearthError } from '../core/errors.ts'
import { silentLog } from '../core/log.ts'
import { textAnswer } from './answers.ts'
import { type Listener, type ListenerOptions, openListener } from './listener.ts'
import { type RawClient, rawClient } from './raw-client.ts'
import type { Handler } from './request.ts'

const opened: Listener[] = []
const clients: RawClient[] = []
const HELLO = textAnswer(200, 'hello')
const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'

afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.destroy()
  await Promise.all(opened.splice(0).map(listener => listener.close(0)))
})

async function open(handle: Handler = () => HELLO, more: Partial<ListenerOptions> = {}): Promise<Listener> {
  const listener = await openListener({
    address: { host: '127.0.0.1', port: 0 },
    handle,
    log: silentLog,
    clock: systemClock,
    name: 'the test listener',
    ...more,
  })
  opened.push(listener)
  return listener
}

async function client(listener: Listener, write = ''): Promise<RawClient> {
  const made = await rawClient(listener.address.port, write)
  clients.push(made)
  return made
}

async function expectAlive(listener: Listener): Promise<void> {
  const response = await fetch(`${listener.url}/`, { signal: AbortSignal.timeout(2000) })
  expect(await response.text()).toBe('hello\n')
}

const statuses = (text: string) => [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(match => Number(match[1]))

describe('answers', () => {
  it('writes status, headers, length and body', async () => {
    const listener = await open(() => ({ ...HELLO, headers: { 'X-One': 'a', Server: '' } }))

    const response = await fetch(listener.url)

    expect(response.status).toBe(200)
    expect(response.headers.get('x-one')).toBe('a')
    expect(response.headers.get('server')).toBe('')
    expect(response.headers.get('content-length')).toBe('6')
    expect(await response.text()).toBe('hello\n')
  })

  it('gives HEAD the headers of GET and no body', async () => {
    const listener = await open()

    const seen = await client(listener, 'HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')

    const text = await seen.ended()
    expect(text).toContain('Content-Length: 6\r\n')
    expect(text.endsWith('\r\n\r\n')).toBe(true)
  })

  it('keeps the order of pipelined requests, also where the first answer takes longest', async () => {
    const later = new Map([
      ['/1', 40],
      ['/2', 20],
      ['/3', 0],
    ])
    const listener = await open(async request => {
      await new Promise(resolve => setTimeout(resolve, later.get(request.path)))
      return textAnswer(200, request.path)
    })
    const requests = [...later.keys()].map(path => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join('')

    const seen = await client(listener, requests)

    const text = await seen.until(received => received.includes('/3\n'))
    expect([...text.matchAll(/^(\/\d)$/gm)].map(match => match[1])).toEqual(['/1', '/2', '/3'])
  })

  const FAILING: readonly (readonly [claim: string, handle: Handler])[] = [
    [
      'throws',
      () => {
        throw new Error('secret detail')
      },
    ],
    ['rejects', () => Promise.reject(new Error('secret detail'))],
    ['gives a header that HTTP cannot carry', () => textAnswer(200, 'secret detail', { 'X-Bad': 'a\r\nb' })],
  ]
  it.each(FAILING)(
    'answers 500 and lives on when a handler %s, and tells the client nothing',
    async (_, handle) => {
      let isBroken = true
      const listener = await open(request => (isBroken ? handle(request) : HELLO))

      const seen = await client(listener, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')

      const text = await seen.ended()
      expect(statuses(text)).toEqual([500])
      expect(text).not.toContain('secret detail')
      isBroken = false
      await expectAlive(listener)
    },
  )

  it('says a failure once in the log, not once per scrape', async () => {
    const lines: string[] = []
    const log = { ...silentLog, error: (message: string) => void lines.push(message) }
    const listener = await open(() => Promise.reject(new Error('broken')), { log })

    for (let i = 0; i < 5; i++) expect((await fetch(listener.url)).status).toBe(500)

    expect(lines).toEqual(['A request failed: broken'])
  })
})

describe('limits', () => {
  it('answers a header of 10 MB with 431 and lives on', async () => {
    const listener = await open()
    const seen = await client(listener, 'GET / HTTP/1.1\r\nHost: x\r\nX-Big: ')

    const chunk = 'a'.repeat(100_000)
    for (let i = 0; i < 100 && seen.socket.writable; i++) seen.socket.write(chunk)

    expect(statuses(await seen.ended())).toEqual([431])
    await expectAlive(listener)
  })

  it('takes headers of a real size', async () => {
    const listener = await open()

    const response = await fetch(listener.url, { headers: { Cookie: 'a'.repeat(12_000) } })

    expect(response.status).toBe(200)
  })

  it.each([
    ['no HTTP', 'hello there\r\n\r\n'],
    ['a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na'],
    [
      'length and coding',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a broken header', 'GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n'],
  ])('answers 400 to %s', async (_, request) => {
    const listener = await open()

    const seen = await client(listener, request)
    seen.socket.end()

    expect(statuses(await seen.ended())).toEqual([400])
    await expectAlive(listener)
  })

  it('answers what came before a broken request', async () => {
    const listener = await open()

    const seen = await client(listener, `${GET}nonsense\r\n\r\n`)

    expect(statuses(await seen.ended())).toEqual([200, 400])
  })

  it('ends a request that stays half with 408', async () => {
    const limits = { headersTimeoutMs: 100, requestTimeoutMs: 150, timeoutCheckMs: 20 }
    const listener = await open(undefined, { limits })

    const head = await client(listener, 'GET / HTTP/1.1\r\nHos')
    const body = await client(listener, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc')
    const silent = await client(listener)

    expect(statuses(await head.ended())).toEqual([408])
    expect(statuses(await body.ended())).toEqual([408])
    await silent.ended()
    await expectAlive(listener)
  })

  it.each([
    ['announced', `Content-Length: 70000\r\n\r\n`, ''],
    ['sent in chunks', `Transfer-Encoding: chunked\r\n\r\n`, `4000\r\n${'a'.repeat(0x4000)}\r\n`.repeat(5)],
  ])('answers 413 to a body of more than 64 KiB that is %s', async (_, head, body) => {
    let calls = 0
    const listener = await open(() => {
      calls++
      return HELLO
    })

    const seen = await client(listener, `POST / HTTP/1.1\r\nHost: x\r\n${head}${body}`)

    expect(statuses(await seen.ended())).toEqual([413])
    expect(calls).toBe(0)
    await expectAlive(listener)
  })

  it('throws a small body away and answers', async () => {
    const listener = await open()

    const response = await fetch(listener.url, { method: 'POST', body: 'a'.repeat(60_000) })

    expect(response.status).toBe(200)
  })

  it('cuts a client that reads nothing, and serves others meanwhile', async () => {
    const big = { ...HELLO, body: Buffer.alloc(64 * 1024 * 1024) }
    const listener = await open(request => (request.path === '/big' ? big : HELLO), {
      limits: { slowReaderMs: 200 },
    })
    const seen = await client(listener)
    seen.socket.pause()
    seen.socket.write('GET /big HTTP/1.1\r\nHost: x\r\n\r\n')

    await expectAlive(listener)
    await new Promise(resolve => setTimeout(resolve, 800))
    seen.socket.resume()

    expect((await seen.ended()).length).toBeLessThan(big.body.length)
  })

  it('answers many pipelined requests of a client that reads', async () => {
    const listener = await open()

    const seen = await client(listener, GET.repeat(100))

    const text = await seen.until(received => statuses(received).length === 100)
    expect(statuses(text).length).toBe(100)
  })

  it('cuts a client that pipelines without end while its first answer is under way', async () => {
    let calls = 0
    const listener = await open(request => {
      calls++
      return request.path === '/slow' ? new Promise(() => {}) : HELLO
    })

    const seen = await client(listener, `GET /slow HTTP/1.1\r\nHost: x\r\n\r\n${GET.repeat(1000)}`)

    expect(await seen.ended()).toBe('')
    expect(calls).toBeLessThan(200)
  })

  it('turns connections away beyond the limit, frees idle ones and says so', async () => {
    const lines: string[] = []
    const log = { ...silentLog, warn: (message: string) => void lines.push(message) }
    const listener = await open(undefined, { limits: { connections: 2 }, log })
    const idle = await client(listener, GET)
    await idle.until(text => text.includes('hello'))
    const waiting = await client(listener)

    const refused = await client(listener, GET)

    expect(await refused.ended()).toBe('')
    await idle.ended()
    await expectAlive(listener)
    expect(lines).toEqual(['the test listener: 2 connections are open, further ones are turned away'])
    expect(waiting.socket.destroyed).toBe(false)
  })
})

describe('close', () => {
  it('lets a running answer finish, cuts idle and silent connections and takes no new ones', async () => {
    let finish = () => {}
    const running = new Promise<void>(resolve => {
      finish = resolve
    })
    const listener = await open(async request => {
      if (request.path === '/slow') await running
      return HELLO
    })
    const idle = await Promise.all(Array.from({ length: 50 }, () => client(listener, GET)))
    await Promise.all(idle.map(one => one.until(text => text.includes('hello'))))
    const silent = await client(listener)
    const slow = await client(listener, 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n')
    await new Promise(resolve => setTimeout(resolve, 50))

    const startedAt = performance.now()
    const closed = listener.close(1500)
    await Promise.all([...idle, silent].map(one => one.ended()))
    await expect(fetch(listener.url)).rejects.toThrow()
    finish()
    await closed

    expect(performance.now() - startedAt).toBeLessThan(1000)
    const text = await slow.ended()
    expect(text).toContain('Connection: close\r\n')
    expect(text.endsWith('hello\n')).toBe(true)
  })

  it('cuts what is left when the grace is over', async () => {
    const listener = await open(() => new Promise(() => {}))
    const stuck = await client(listener, GET)
    await new Promise(resolve => setTimeout(resolve, 50))

    const startedAt = performance.now()
    await Promise.all([listener.close(100), listener.close(100)])

    expect(performance.now() - startedAt).toBeLessThan(1000)
    expect(await stuck.ended()).toBe('')
  })
})

describe('addresses', () => {
  const failure = (more: Partial<ListenerOptions>) =>
    open(undefined, more).then(
      () => undefined,
      (error: unknown) => error,
    )

  it('listens on every interface of both families without a host', async () => {
    const listener = await open(undefined, { address: { host: undefined, port: 0 } })

    await expectAlive(listener)
    const response = await fetch(`http://127.0.0.1:${listener.address.port}`)
    expect(await response.text()).toBe('hello\n')
  })

  it('names the port, what wanted it, who has it and the setting when it is in use', async () => {
    const first = await open()

    const error = await failure({
      address: first.address,
      name: 'the drop-in of "meter"',
      setting: 'devices.meter.drop_in',
    })

    expect(error).toBeInstanceOf(HearthError)
    expect(error).toMatchObject({
      code: 'HEARTH_ADDRESS_IN_USE',
      message: `Cannot listen on 127.0.0.1:${first.address.port} for the drop-in of "meter": hearth itself listens there already`,
      hint: 'Stop that program, or set another address in "devices.meter.drop_in"',
    })
  })

  it('finds a port in use on another family too', async () => {
    const other = createServer().listen(0, '0.0.0.0')
    await once(other, 'listening')
    const address = other.address()

    const error = await failure({
      address: { host: undefined, port: typeof address === 'object' ? (address?.port ?? 0) : 0 },
    })

    other.close()
    expect(error).toMatchObject({ code: 'HEARTH_ADDRESS_IN_USE' })
  })

  it.each(['192.0.2.1', '2001:db8::1', 'no-such-host.invalid'])(
    'says that %s is not of this machine',
    async host => {
      const error = await failure({ address: { host, port: 0 } })

      expect(error).toMatchObject({ code: 'HEARTH_ADDRESS_UNKNOWN', message: expect.stringContaining(host) })
    },
  )
})

it('lives through 1,000 random requests and answers each with HTTP or silence', async () => {
  const listener = await open()
  const piece = fc.oneof(
    fc.constantFrom(
      'GET ',
      'POST ',
      'PUT ',
      '/',
      '/metrics',
      ' HTTP/1.1',
      '\r\n',
      '\r\n\r\n',
      'Host: x\r\n',
      '%',
      '?a=',
      '#',
    ),
    fc.constantFrom(
      'Content-Length: 5\r\n',
      'Transfer-Encoding: chunked\r\n',
      'Expect: 100-continue\r\n',
      '*',
      'http://a/b',
    ),
    fc.constantFrom(
      'Connection: Upgrade\r\nUpgrade: websocket\r\n',
      'CONNECT a:1',
      'OPTIONS *',
      '\0',
      '\xff',
    ),
    fc.string({ maxLength: 20 }),
  )
  const requests = fc.array(piece, { minLength: 1, maxLength: 8 }).map(pieces => pieces.join(''))

  await fc.assert(
    fc.asyncProperty(fc.array(requests, { minLength: 10, maxLength: 10 }), async batch => {
      const seen = await Promise.all(
        batch.map(async request => {
          const one = await client(listener)
          one.socket.end(Buffer.from(request, 'latin1'))
          return one.ended()
        }),
      )
      for (const text of seen) expect(text).toMatch(/^$|^HTTP\/1\.1 \d{3} /)
    }),
    { numRuns: 100 },
  )

  await expectAlive(listener)
})
