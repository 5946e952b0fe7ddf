import { afterEach, describe, expect, it } from 'vitest'
import type { HttpSimulation } from '../core/simulator.ts'
import { type ServedHttp, serveHttp } from './serve-http.ts'

let served: ServedHttp | undefined
afterEach(() => served?.close())

async function start() {
  let scenario = 'calm'
  const device: HttpSimulation = {
    handle(request, response) {
      if (request.url === '/hang') return
      response.end(scenario)
    },
    change(name) {
      scenario = name
    },
    stop() {},
  }
  served = await serveHttp({ host: '127.0.0.1', port: 0 }, device, ['calm', 'sick'], () => 7)
  return served
}

describe('a simulated device on HTTP', () => {
  it('is steered from outside and remembers what it was asked', async () => {
    const { address } = await start()
    expect(await (await fetch(`${address}/page?s=1,0`)).text()).toBe('calm')

    const changed = await fetch(`${address}/-/scenario`, { method: 'POST', body: 'sick\n' })

    expect(changed.status).toBe(204)
    expect(await (await fetch(`${address}/page`)).text()).toBe('sick')
    expect(await (await fetch(`${address}/-/requests`)).json()).toEqual([
      { at: 7, method: 'GET', url: '/page?s=1,0' },
      { at: 7, method: 'GET', url: '/page' },
    ])
  })

  it('names its scenarios when it does not know the one asked for', async () => {
    const { address } = await start()

    const refused = await fetch(`${address}/-/scenario`, { method: 'POST', body: 'odd' })

    expect(refused.status).toBe(400)
    expect(await refused.text()).toBe('POST one of: calm, sick\n')
  })

  it('ends while an answer is open', async () => {
    const { address, close } = await start()
    const hanging = fetch(`${address}/hang`).then(
      () => 'answered',
      () => 'cut',
    )
    await fetch(`${address}/page`)
    await close()

    expect(await hanging).toBe('cut')
  })
})
