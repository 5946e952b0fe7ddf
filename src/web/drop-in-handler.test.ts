import { afterEach, describe, expect, it } from 'vitest'
import { silentLog } from '../core/log.ts'
import type { Flavour } from '../core/page.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { dropInHandler } from './drop-in-handler.ts'
import { exposedDevice, fakeExposition, viewOf } from './fake-exposition.test-helper.ts'
import { type Listener, openListener } from './listener.ts'

const clock = fakeClock()
const opened: Listener[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map(listener => listener.close(0)))
})

async function serve(flavour: Flavour, name = 'meter') {
  const exposition = fakeExposition([{ exposed: exposedDevice('meter'), view: viewOf([], clock.now()) }])
  const listener = await openListener({
    address: { host: '127.0.0.1', port: 0 },
    handle: dropInHandler({ exposition, name, flavour }),
    log: silentLog,
    clock,
    name: 'the drop-in of "meter"',
  })
  opened.push(listener)
  return { exposition, get: (path: string, method = 'GET') => fetch(`${listener.url}${path}`, { method }) }
}

describe('a drop-in listener', () => {
  it.each(['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'])(
    'answers %s as GET where the original was Python',
    async method => {
      const { get } = await serve('python')

      const response = await get('/metrics', method)

      expect(response.status).toBe(200)
      expect(await response.text()).toBe('drop-in meter /metrics\n')
    },
  )

  it.each(['python', 'go', 'plain'] as const)('answers HEAD without a body (%s)', async flavour => {
    const { get } = await serve(flavour)

    const response = await get('/metrics', 'HEAD')

    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('23')
    expect(await response.text()).toBe('')
  })

  it.each(['go', 'plain'] as const)('answers 404 to other methods (%s)', async flavour => {
    const { get, exposition } = await serve(flavour)

    expect((await get('/metrics', 'POST')).status).toBe(404)
    expect(exposition.asked).toEqual([])
  })

  it.each([
    ['/', '/'],
    ['/any/thing?x=1', '/any/thing'],
    ['/%6detrics', '/metrics'],
    ['/%zz', '/%zz'],
  ])('hands the path of %s on as %s', async (path, handed) => {
    const { get, exposition } = await serve('python')

    await get(path)

    expect(exposition.asked[0]?.what).toBe(`drop-in meter ${handed}`)
  })

  it('refuses a broken percent sign as Go does', async () => {
    const { get } = await serve('go')

    expect((await get('/%zz')).status).toBe(400)
  })

  it('hands the query on', async () => {
    const { get, exposition } = await serve('python')

    await get('/metrics?name[]=a&name[]=b')

    expect(exposition.asked[0]?.ask?.query.getAll('name[]')).toEqual(['a', 'b'])
  })

  it('answers 503 until its device is there', async () => {
    const { get } = await serve('python', 'boiler')

    expect((await get('/metrics')).status).toBe(503)
  })
})
