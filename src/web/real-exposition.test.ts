import { afterEach, expect, it } from 'vitest'
import { createExposition } from '../expose/exposition.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { dropInHandler } from './drop-in-handler.ts'
import { exposedDevice, viewOf } from './fake-exposition.test-helper.ts'
import { closeAll, open } from './listener.test-helper.ts'
import { routes } from './routes.ts'

afterEach(closeAll)

const clock = fakeClock()

function realExposition() {
  const exposition = createExposition({ version: '1.2.3', revision: 'abc', runtime: 'v24.0.0' })
  const readings = [{ key: 'ADCO', value: '041476203915', raw: '041476203915', isPersonal: true }]
  exposition.put(exposedDevice('meter'), viewOf(readings, clock.now()))
  return exposition
}

function mainHandler() {
  const house = {
    reload: async () => ({ ok: true as const }),
    isReady: () => ({ ready: true, waitingFor: [] }),
    isStopping: () => false,
  }
  return routes({ exposition: realExposition(), house, clock })
}

it('serves the real exposition as Prometheus asks for it, compressed', async () => {
  const listener = await open(mainHandler())

  const response = await fetch(`${listener.url}/metrics`, {
    headers: {
      Accept: 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5',
      'Accept-Encoding': 'gzip',
    },
  })

  expect(response.headers.get('content-type')).toMatch(/^application\/openmetrics-text; version=1\.0\.0/)
  expect(response.headers.get('content-encoding')).toBe('gzip')
  const text = await response.text()
  expect(text).toContain('hearth_device_up{device="meter"} 1')
  expect(text.trimEnd().endsWith('# EOF')).toBe(true)
})

it.each(['/', '/metrics', '/devices/meter/unified', '/devices/meter/status', '/sd'])(
  'tells no personal value at %s',
  async path => {
    const listener = await open(mainHandler())

    const response = await fetch(`${listener.url}${path}`)

    expect(response.status).toBe(200)
    expect(await response.text()).not.toContain('041476203915')
  },
)

it('answers on a drop-in path as its site says', async () => {
  const listener = await open(
    dropInHandler({ exposition: realExposition(), name: 'meter', flavour: 'python' }),
  )

  expect((await fetch(`${listener.url}/nothing`)).status).toBe(404)
})
