import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { HearthError } from '../core/errors.ts'
import { silentLog } from '../core/log.ts'
import { textAnswer } from './answers.ts'
import { client, closeAll, expectAlive, GET, HELLO, open, statuses } from './listener.test-helper.ts'
import type { ListenerOptions } from './listener.ts'
import type { Handler } from './request.ts'

afterEach(closeAll)

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
      usualFor: ['intergas-exporter', 'isg_exporter'],
    })

    expect(error).toBeInstanceOf(HearthError)
    expect(error).toMatchObject({
      code: 'HEARTH_ADDRESS_IN_USE',
      message: `Cannot listen on 127.0.0.1:${first.address.port} for the drop-in of "meter": hearth itself listens there already`,
      hint:
        'Stop that program, or set another address in "devices.meter.drop_in". ' +
        `intergas-exporter and isg_exporter both use port ${first.address.port} unless they are told otherwise`,
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
