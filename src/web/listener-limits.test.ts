import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { silentLog } from '../core/log.ts'
import { client, closeAll, expectAlive, GET, HELLO, open, statuses } from './listener.test-helper.ts'

afterEach(closeAll)

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
