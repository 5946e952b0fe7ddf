import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTcp } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../core/clock.ts'
import { HearthError } from '../core/errors.ts'
import { httpClient } from './http-client.ts'

const open: { close(): void }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

const never = new AbortController().signal

async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close() {
      server.close()
      server.closeAllConnections()
    },
  })
  const address = server.address()
  return { server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` }
}

function client(over: { deadlineMs?: number; keepAlive?: boolean; mostBytes?: number } = {}) {
  const made = httpClient({ deadlineMs: 2_000, keepAlive: false, ...over }, { clock: systemClock })
  open.push(made)
  return made
}

async function refusal(asked: Promise<unknown>): Promise<HearthError> {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof HearthError) return error
  throw new Error(`no HearthError: ${String(error)}`)
}

describe('http client', () => {
  it('gives status, headers, cookies and body of any answer, and follows no redirect', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(302, { Location: '/elsewhere', 'Set-Cookie': ['a=1; path=/', 'b=2'] }).end('gone')
    })

    const answer = await client().ask({ url: `${url}/x?s=1,0` }, never)

    expect(answer.status).toBe(302)
    expect(answer.headers['location']).toBe('/elsewhere')
    expect(answer.setCookies).toEqual(['a=1; path=/', 'b=2'])
    expect(Buffer.from(answer.body).toString()).toBe('gone')
  })

  it('sends the address as it is written, the form and the headers', async () => {
    const seen: unknown[] = []
    const { url } = await serve((request, response) => {
      let body = ''
      request.on('data', chunk => {
        body += String(chunk)
      })
      request.on('end', () => {
        seen.push(request.method, request.url, request.headers['cookie'], request.headers['connection'], body)
        response.end()
      })
    })

    await client().ask(
      { method: 'POST', url: `${url}/?s=1,0`, headers: { Cookie: 'id=7' }, body: 'user=é' },
      never,
    )

    expect(seen).toEqual(['POST', '/?s=1,0', 'id=7', 'close', 'user=é'])
  })

  it.each([
    ['a body shorter than announced', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort', 'framing'],
    [
      'a chunked body without its end',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n',
      'framing',
    ],
    ['no HTTP', 'SSH-2.0-dropbear\r\n', 'framing'],
    ['nothing', '', 'connect'],
    [
      'a change to another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
      'framing',
    ],
  ])('refuses %s and names the place', async (_what, bytes, kind) => {
    const server = createTcp(socket => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(bytes))
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    open.push(server)
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0

    const error = await refusal(client().ask({ url: `http://127.0.0.1:${port}/page?password=hush` }, never))

    expect(error.kind).toBe(kind)
    expect(error.message).toContain(`127.0.0.1:${port}/page`)
    expect(`${error.message} ${error.hint}`).not.toContain('hush')
  })

  it('ends at the deadline, whether nothing comes or the body does not end', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/slow') response.write('a beginning')
    })

    const silent = await refusal(client({ deadlineMs: 60 }).ask({ url: `${url}/silent` }, never))
    const slow = await refusal(client({ deadlineMs: 60 }).ask({ url: `${url}/slow` }, never))

    expect(silent.kind).toBe('timeout')
    expect(slow.kind).toBe('timeout')
    expect(slow.message).toContain('within 0.06 s')
  })

  it('says who is not there', async () => {
    const refused = await refusal(client().ask({ url: 'http://127.0.0.1:1/' }, never))
    const unknown = await refusal(client().ask({ url: 'http://no-such-host.invalid/' }, never))

    expect(refused.message).toBe('127.0.0.1:1/ refused the connection (ECONNREFUSED)')
    expect(unknown.kind).toBe('connect')
  })

  it('takes no answer without end', async () => {
    const { url } = await serve((_request, response) => {
      response.end('x'.repeat(5_000))
    })

    const error = await refusal(client({ mostBytes: 1_000 }).ask({ url }, never))

    expect(error.kind).toBe('framing')
    expect(error.message).toContain('longer than 1000 bytes')
  })

  it('asks once more when a kept connection was closed meanwhile', async () => {
    let answered = 0
    const { url, server } = await serve((_request, response) => {
      answered++
      response.end('ok')
    })
    const kept = client({ keepAlive: true })
    await kept.ask({ url }, never)
    server.closeAllConnections()

    const again = await kept.ask({ url }, never)

    expect(again.status).toBe(200)
    expect(answered).toBe(2)
  })

  it('stops at once when hearth ends', async () => {
    const { url } = await serve(() => {})
    const stop = new AbortController()
    const asked = refusal(client().ask({ url }, stop.signal))
    stop.abort()

    expect((await asked).kind).toBe('other')
  })
})
