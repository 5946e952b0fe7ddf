import { symlinkSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanUp, temporaryFolder } from '../support/clean-up.ts'
import { get, HEARTH, type Serving, simulateLinky, startHearth, startRun } from '../support/hearth.ts'
import { startProgram } from '../support/program.ts'
import { runOnce } from '../support/run-once.ts'
import { until } from '../support/until.ts'

afterAll(cleanUp)

const END_WITHIN_MS = 2_000

/** A port that nobody has at this moment. */
async function freePort(): Promise<number> {
  const server = http.createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function request(
  url: string,
  method: string,
): Promise<{ status: number; headers: http.IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method, timeout: 5_000 }, answer => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('the service', () => {
  let serving: Serving
  let place: string

  beforeAll(async () => {
    place = (await simulateLinky('hc', '--pace', '4')).place
    serving = await startRun({ meter: { type: 'linky', port: place } })
    await until('ready', async () =>
      (await get(`${serving.url}/-/ready`)).status === 200 ? true : undefined,
    )
  })

  it.each([
    ['/', 200, 'text/html; charset=utf-8'],
    ['/metrics', 200, 'text/plain; version=0.0.4; charset=utf-8'],
    ['/devices/meter/metrics', 200, 'text/plain; version=0.0.4; charset=utf-8'],
    ['/devices/meter/unified', 200, 'text/plain; version=0.0.4; charset=utf-8'],
    ['/devices/meter/status', 200, 'application/json; charset=utf-8'],
    ['/sd', 200, 'application/json'],
    ['/-/healthy', 200, 'text/plain; charset=utf-8'],
    ['/-/ready', 200, 'text/plain; charset=utf-8'],
    ['/devices/nobody/metrics', 404, 'text/plain; charset=utf-8'],
    ['/nowhere', 404, 'text/plain; charset=utf-8'],
  ])('answers %s with %i', async (path, status, type) => {
    const answer = await get(serving.url + path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type])
  })

  it('answers HEAD with the length and without the body', async () => {
    const head = await request(`${serving.url}/metrics`, 'HEAD')
    expect([head.status, head.text]).toEqual([200, ''])
    expect(Number(head.headers['content-length'])).toBeGreaterThan(1000)
  })

  it('answers a wrong method with 405', async () => {
    expect(await request(`${serving.url}/metrics`, 'DELETE')).toMatchObject({
      status: 405,
      headers: { allow: expect.stringContaining('GET') },
    })
  })

  it('hides the serial everywhere but on the drop-in page', async () => {
    const serial =
      /adco="(\d{12})"/.exec((await get(`${serving.url}/devices/meter/metrics`)).text)?.[1] ?? 'none'
    expect(serial).toMatch(/^\d{12}$/)
    for (const path of ['/', '/metrics', '/devices/meter/unified', '/devices/meter/status', '/sd']) {
      expect((await get(serving.url + path)).text, path).not.toContain(serial)
    }
  })
})

describe('a configuration that is read again', () => {
  const folder = () => temporaryFolder()

  async function start() {
    const first = await simulateLinky('hc', '--pace', '4')
    const second = await simulateLinky('tempo', '--pace', '4')
    const file = join(folder(), 'hearth.yml')
    const write = (devices: Record<string, unknown>) =>
      writeFileSync(file, JSON.stringify({ listen: '127.0.0.1:0', devices }))
    const meter = { type: 'linky', port: first.place }
    write({ meter })
    const program = startHearth(['run', '--config', file])
    const [, url = ''] = await program.waitFor(/listening.*?(http:\/\/[^\s/"]+)/)
    await until('the first meter', async () =>
      (await get(`${url}/devices/meter/metrics`)).status === 200 ? true : undefined,
    )
    return { program, url, write, file, meter, other: { type: 'linky', port: second.place } }
  }

  it('adds and removes devices and leaves the others as they are', async () => {
    const { url, write, meter, other, program } = await start()
    const polls = async () =>
      /polls_total\{device="meter",result="success"\} (\d+)/.exec((await get(`${url}/metrics`)).text)?.[1]
    const before = Number(await polls())

    write({ meter, second: other })
    program.kill('SIGHUP')
    await until('the second meter', async () =>
      (await get(`${url}/devices/second/metrics`)).status === 200 ? true : undefined,
    )
    expect(Number(await polls())).toBeGreaterThanOrEqual(before)

    write({ second: other })
    expect((await request(`${url}/-/reload`, 'POST')).status).toBe(200)
    expect((await get(`${url}/devices/meter/metrics`)).status).toBe(404)
    expect((await get(`${url}/metrics`)).text).not.toContain('device="meter"')
  })

  it('keeps the old one when the new one is bad, and says why with line and column', async () => {
    const { url, file } = await start()
    writeFileSync(file, 'devices:\n  meter:\n    type: linkey\n')
    const answer = await request(`${url}/-/reload`, 'POST')
    expect(answer.status).toBe(500)
    expect(answer.text).toContain(`${file}:3:11:`)
    writeFileSync(file, 'devices:\n  meter:\n    type: linky\n    port: ttyUSB0\n')
    expect((await request(`${url}/-/reload`, 'POST')).text).toContain(`${file}:4:11:`)
    expect((await get(`${url}/devices/meter/metrics`)).status).toBe(200)
  })
})

describe('a listener that moves', () => {
  async function start(listen: string) {
    const file = join(temporaryFolder(), 'hearth.yml')
    const write = (address: string) =>
      writeFileSync(
        file,
        JSON.stringify({ listen: address, devices: { meter: { type: 'linky', port: 'tcp://127.0.0.1:9' } } }),
      )
    write(listen)
    const program = startHearth(['run', '--config', file])
    const [, url = ''] = await program.waitFor(/listening.*?(http:\/\/[^\s/"]+)/)
    return { write, port: new URL(url).port, url, file }
  }

  it('answers the reload that moves it to another port, and is there', async () => {
    const other = await freePort()
    const { write, url } = await start('127.0.0.1:0')
    write(`127.0.0.1:${other}`)
    expect((await request(`${url}/-/reload`, 'POST')).status).toBe(200)
    expect((await get(`http://127.0.0.1:${other}/-/healthy`)).status).toBe(200)
    await until('the old port is closed', async () =>
      get(`${url}/-/healthy`).then(
        () => undefined,
        () => true,
      ),
    )
  })

  it('widens on the same port', async () => {
    const port = await freePort()
    const { write, url } = await start(`127.0.0.1:${port}`)
    write(`:${port}`)
    expect((await request(`${url}/-/reload`, 'POST')).status).toBe(200)
    expect((await get(`http://localhost:${port}/-/healthy`)).status).toBe(200)
  })

  it('stays where it was when the new address is taken', async () => {
    const holder = await start('127.0.0.1:0')
    const { write, url } = await start('127.0.0.1:0')
    write(`127.0.0.1:${holder.port}`)
    const answer = await request(`${url}/-/reload`, 'POST')
    expect(answer.status).toBe(500)
    expect(answer.text).toContain(holder.port)
    expect((await get(`${url}/-/healthy`)).status).toBe(200)
  })
})

describe('trouble with the output', () => {
  it('a log that cannot be written does not end the service', async () => {
    const program = startProgram('sh', [
      '-c',
      `exec "${HEARTH}" linky-exporter --interface tcp://127.0.0.1:9 --listen 127.0.0.1:${await freePort()} 2>/dev/full`,
    ])
    await new Promise(resolve => setTimeout(resolve, 3_000))
    expect(await program.stop()).toBe(0)
  })

  it('a result that cannot be written is a failure', () => {
    expect(runOnce('sh', ['-c', `"${HEARTH}" --help >/dev/full`]).exitCode).toBe(1)
  })
})

describe('the end', () => {
  it('comes with exit 0 however often it is asked for', async () => {
    const serving = await startRun({ meter: { type: 'linky', port: 'tcp://127.0.0.1:9' } })
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const) serving.program.kill(signal)
    expect(await serving.program.ended).toBe(0)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: running scrapes are answered, exit 0 within two seconds',
    async signal => {
      const meter = await simulateLinky('hc', '--pace', '4')
      const serving = await startRun({ meter: { type: 'linky', port: meter.place, drop_in: '127.0.0.1:0' } })
      await until('values', async () =>
        (await get(`${serving.url}/devices/meter/metrics`)).status === 200 ? true : undefined,
      )
      const agent = new http.Agent({ keepAlive: true, maxSockets: 8 })
      const statuses: unknown[] = []
      let isScraping = true
      const scraping = Promise.all(
        Array.from({ length: 8 }, async () => {
          while (isScraping) {
            await new Promise<void>(resolve => {
              http
                .get(`${serving.url}/metrics`, { agent }, answer => {
                  statuses.push(answer.statusCode)
                  answer.resume().on('end', resolve).on('error', resolve)
                })
                .on('error', () => {
                  isScraping = false
                  resolve()
                })
            })
          }
        }),
      )
      await until('scrapes are running', () => (statuses.length > 20 ? true : undefined))

      const askedAt = performance.now()
      serving.program.kill(signal)
      const code = await serving.program.ended
      const tookMs = performance.now() - askedAt
      await scraping
      agent.destroy()

      expect(code).toBe(0)
      expect(tookMs).toBeLessThan(END_WITHIN_MS)
      expect(new Set(statuses)).toEqual(new Set([200]))
      await expect(get(`${serving.url}/-/healthy`)).rejects.toThrow()
    },
  )
})

describe('the command line', () => {
  it('is the drop-in of the name it is called by', async () => {
    const link = join(temporaryFolder(), 'linky-exporter')
    symlinkSync(HEARTH, link)
    const meter = await simulateLinky('document', '--pace', '4')
    const program = startProgram(link, ['--listen', '127.0.0.1:0'], {
      env: { LINKY_EXPORTER_INTERFACE: meter.place },
    })
    const [line, url = ''] = await program.waitFor(/(?:.*) listening on (http:\S+)/)
    expect(line).toMatch(/^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d - INFO - /)
    const page = await until('a page', async () => {
      const answer = await get(`${url}/metrics`)
      return answer.status === 200 ? answer : undefined
    })
    expect(page.text).toContain('linky_papp{')
    expect((await get(`${url}/`)).status).toBe(301)
    expect((await get(`${url}/metrics/`)).status).toBe(404)
    expect(await program.stop()).toBe(0)
  })

  it.each([
    [['--help'], 0, /Usage: hearth/],
    [['--version'], 0, /^hearth \d+\.\d+\.\d+ \(/],
    [['run', '--help'], 0, /Usage: hearth run/],
    [['linky-exporter', '--help'], 0, /LINKY_EXPORTER_INTERFACE/],
    [['frobnicate'], 2, /unknown command 'frobnicate'/],
    [['read', 'linky'], 2, /missing required argument 'target'/],
    [['read', 'linkey', '/dev/ttyUSB0'], 2, /Device types are: linky/],
    [['run', '--frob'], 2, /unknown option '--frob'/],
    [['run', '--config', '/nowhere/hearth.yml'], 1, /\/nowhere\/hearth\.yml/],
    [['read', 'linky', '/dev/no-such-port'], 1, /\/dev\/no-such-port does not exist/],
    [['read', 'linky', '/dev/null', '--set', 'modde=auto'], 1, /did you mean "mode"/],
    [['simulate', 'linky', '--scenario', 'nothing'], 1, /There are: /],
  ] as const)('%j ends with %i', (args, exitCode, says) => {
    const { exitCode: given, stdout, stderr } = runOnce(HEARTH, args)
    expect(given).toBe(exitCode)
    expect(stdout + stderr).toMatch(says)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it.each([
    [{ LINKY_EXPORTER_MODE: 'historique' }, /LINKY_EXPORTER_MODE is "historique"/],
    [{ LINKY_EXPORTER_LOGLEVEL: 'LOUD' }, /LINKY_EXPORTER_LOGLEVEL/],
    [{ LINKY_EXPORTER_PORT: 'http' }, /LINKY_EXPORTER_PORT is "http"/],
    [{ LINKY_FRAME_TIMEOUT: '1.5' }, /LINKY_FRAME_TIMEOUT is "1\.5"/],
    [{ TZ: 'Europe/Lutetia' }, /TZ is "Europe\/Lutetia"/],
  ])('linky-exporter refuses %j with exit 1', (env, says) => {
    const { exitCode, stderr } = runOnce(HEARTH, ['linky-exporter'], { env: env as Record<string, string> })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(says)
  })

  it('says whose address it could not have', async () => {
    const first = await startRun({ meter: { type: 'linky', port: 'tcp://127.0.0.1:9' } })
    const { exitCode, stderr } = runOnce(HEARTH, ['linky-exporter', '--listen', new URL(first.url).host])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(new URL(first.url).host)
    expect(stderr).toContain('--listen')
  })
})
