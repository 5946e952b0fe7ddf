import { afterEach, describe, expect, it } from 'vitest'
import { silentLog } from '../core/log.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { exposedDevice, fakeExposition, viewOf } from './fake-exposition.test-helper.ts'
import type { House } from './house.ts'
import { type Listener, openListener } from './listener.ts'
import { rawClient } from './raw-client.test-helper.ts'
import { routes } from './routes.ts'

const clock = fakeClock()
const CALM: House = {
  reload: async () => ({ ok: true }),
  isReady: () => ({ ready: true, waitingFor: [] }),
  isStopping: () => false,
}
const METER = {
  exposed: exposedDevice('meter'),
  view: viewOf([{ key: 'BASE', value: 12_345_678, unit: 'Wh' }], clock.now()),
}
const opened: Listener[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map(listener => listener.close(0)))
})

async function serve(more: { house?: Partial<House>; names?: readonly string[] } = {}) {
  const devices = more.names?.map(name => ({ ...METER, exposed: exposedDevice(name) })) ?? [METER]
  const exposition = fakeExposition(devices)
  const listener = await openListener({
    address: { host: '127.0.0.1', port: 0 },
    handle: routes({ exposition, house: { ...CALM, ...more.house }, clock }),
    log: silentLog,
    clock,
    name: 'the main listener',
  })
  opened.push(listener)
  return {
    exposition,
    listener,
    get: (path: string, init?: RequestInit) => fetch(`${listener.url}${path}`, init),
    /** fetch tidies paths up and guards its Host header; this sends both as they are. */
    async raw(path: string, host = 'x', method = 'GET', version = '1.1') {
      const hostLine = host === '' ? '' : `Host: ${host}\r\n`
      const one = await rawClient(
        listener.address.port,
        `${method} ${path} HTTP/${version}\r\n${hostLine}Connection: close\r\n\r\n`,
      )
      const text = await one.ended()
      return { status: Number(text.split(' ')[1]), body: text.slice(text.indexOf('\r\n\r\n') + 4) }
    },
  }
}

describe('what Prometheus asks for', () => {
  it.each([
    ['/metrics', 'all'],
    ['/metrics?x=%zz', 'all'],
    ['/devices/meter/metrics', 'drop-in meter /metrics'],
    ['/devices/meter/unified', 'unified meter'],
    ['/devices/meter/status', 'status meter'],
    ['/devices/m%65ter/unified', 'unified meter'],
  ])('GET %s is answered by the exposition', async (path, body) => {
    const { raw } = await serve()

    expect(await raw(path)).toEqual({ status: 200, body: `${body}\n` })
  })

  it('hands on what the client accepts and the query', async () => {
    const { get, exposition } = await serve()

    await get('/devices/meter/metrics?name[]=linky_papp', {
      headers: { Accept: ';;,q=9, */*/*', 'Accept-Encoding': 'gzip' },
    })

    const ask = exposition.asked[0]?.ask
    expect(ask?.accept).toBe(';;,q=9, */*/*')
    expect(ask?.acceptEncoding).toBe('gzip')
    expect(ask?.query.getAll('name[]')).toEqual(['linky_papp'])
  })

  it('takes the absolute form a proxy sends', async () => {
    const { raw } = await serve()

    expect(await raw('http://hearth.local:10790/metrics?x=1')).toEqual({ status: 200, body: 'all\n' })
  })

  it('answers HEAD as GET without a body', async () => {
    const { get } = await serve()

    const response = await get('/metrics', { method: 'HEAD' })

    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('4')
    expect(await response.text()).toBe('')
  })
})

describe('requests that lead nowhere', () => {
  it.each([
    ['/nothing', 404],
    ['/metrics/', 404],
    ['//metrics', 404],
    ['*', 404],
    ['/devices/../..%2f', 404],
    ['/devices/..%2f..%2fetc%2fpasswd/status', 404],
    ['/devices/meter/../../metrics', 404],
    ['/devices//metrics', 404],
    ['/devices/%00/metrics', 404],
    ['/devices/__proto__/metrics', 404],
    [`/devices/${'a'.repeat(5000)}/metrics`, 404],
    ['/devices/%zz/metrics', 400],
    ['/%', 400],
    ['/%ff', 400],
  ])('GET %s is %s', async (path, status) => {
    const { raw, exposition } = await serve()

    expect((await raw(path)).status).toBe(status)
    expect(exposition.asked).toEqual([])
  })

  it('names the devices there are, as far as they fit', async () => {
    const { get } = await serve({ names: Array.from({ length: 23 }, (_, i) => `d${i}`) })

    const response = await get('/devices/nobody/unified')

    expect(response.status).toBe(404)
    const text = await response.text()
    expect(text).toMatch(/hearth knows: d0, d1, .*d19 and 3 more\.\n$/)
    expect(text).not.toContain('nobody')
  })

  it.each([
    ['POST', '/metrics', 'GET, HEAD'],
    ['DELETE', '/devices/meter/unified', 'GET, HEAD'],
    ['OPTIONS', '/', 'GET, HEAD'],
    ['GET', '/-/reload', 'POST, PUT'],
    ['HEAD', '/-/reload', 'POST, PUT'],
  ])('%s %s is 405 and says what is allowed', async (method, path, allowed) => {
    const { get } = await serve()

    const response = await get(path, { method })

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe(allowed)
  })
})

describe('/sd', () => {
  it('lists each device under the address it was asked at, without a label "device"', async () => {
    const { raw } = await serve({ names: ['meter', 'hot water'] })

    const { body } = await raw('/sd', 'hearth.local:10790')

    expect(JSON.parse(body)).toEqual([
      {
        targets: ['hearth.local:10790'],
        labels: {
          __metrics_path__: '/devices/meter/unified',
          __meta_hearth_device: 'meter',
          __meta_hearth_driver: 'linky',
        },
      },
      {
        targets: ['hearth.local:10790'],
        labels: {
          __metrics_path__: '/devices/hot%20water/unified',
          __meta_hearth_device: 'hot water',
          __meta_hearth_driver: 'linky',
        },
      },
    ])
  })

  it('is an empty list of type JSON without devices', async () => {
    const { get } = await serve({ names: [] })

    const response = await get('/sd')

    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.text()).toBe('[]\n')
  })

  it.each(['hearth.local', '192.168.1.5:10790', '[fe80::1]:10790', 'a_b-c:1'])(
    'repeats the host %s',
    async host => {
      const { raw } = await serve()

      expect(JSON.parse((await raw('/sd', host)).body)[0].targets).toEqual([host])
    },
  )

  it.each([
    'evil.example/metrics?x=',
    'a,b',
    'user@host',
    'host:port',
    'host:123456',
    '"><script>',
    '[::1',
    '-',
    'a b',
    `${'a'.repeat(300)}.local`,
  ])('does not repeat the host %s', async host => {
    const { raw, listener } = await serve()

    const { body } = await raw('/sd', host)

    expect(JSON.parse(body)[0].targets).toEqual([`127.0.0.1:${listener.address.port}`])
  })

  it('knows its address also where HTTP 1.0 names no host', async () => {
    const { raw, listener } = await serve()

    const { body } = await raw('/sd', '', 'GET', '1.0')

    expect(JSON.parse(body)[0].targets).toEqual([`127.0.0.1:${listener.address.port}`])
  })
})

describe('administration', () => {
  it('is healthy whatever the devices do', async () => {
    const { get } = await serve({ house: { isReady: () => ({ ready: false, waitingFor: ['meter'] }) } })

    expect((await get('/-/healthy')).status).toBe(200)
  })

  it.each([
    ['every device was tried', {}, 200, 'ready'],
    [
      'a device was not tried',
      { isReady: () => ({ ready: false, waitingFor: ['meter', 'pump'] }) },
      503,
      'meter, pump',
    ],
    ['hearth is stopping', { isStopping: () => true }, 503, 'stopping'],
  ])('readiness when %s', async (_, house, status, words) => {
    const { get } = await serve({ house })

    const response = await get('/-/ready')

    expect(response.status).toBe(status)
    expect(await response.text()).toContain(words)
  })

  it.each(['POST', 'PUT'])('%s /-/reload reloads', async method => {
    let calls = 0
    const reload: House['reload'] = async () => {
      calls++
      return { ok: true }
    }
    const { get } = await serve({ house: { reload } })

    expect((await get('/-/reload', { method, body: 'x' })).status).toBe(200)
    expect(calls).toBe(1)
  })

  it('says why a reload failed', async () => {
    const reload: House['reload'] = async () => ({ ok: false, message: 'hearth.yml:3:5: unknown key' })
    const { get } = await serve({ house: { reload } })

    const response = await get('/-/reload', { method: 'POST' })

    expect(response.status).toBe(500)
    expect(await response.text()).toBe('The configuration stays as it was: hearth.yml:3:5: unknown key\n')
  })

  it('has a picture for the tab of a browser', async () => {
    const { get } = await serve()

    expect((await get('/favicon.ico')).headers.get('content-type')).toBe('image/svg+xml')
  })

  it("answers a gateway's own paths below /api/ as its drop-in does", async () => {
    const { get } = await serve()

    const answer = await get('/devices/meter/api/boiler/hc1/metrics')

    expect(await answer.text()).toBe('drop-in meter /api/boiler/hc1/metrics\n')
    expect((await get('/devices/none/api/boiler/metrics')).status).toBe(404)
  })
})
