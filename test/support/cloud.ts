import { systemClock } from '../../src/core/clock.ts'
import { kronotermSimulator } from '../../src/devices/kronoterm-cloud/simulator/index.ts'
import { type ServedHttp, serveHttp } from '../../src/transport/serve.ts'
import { atCleanUp } from './clean-up.ts'

/** A question that reached the cloud. */
export interface AskedAt {
  /** Wall time. */
  readonly at: number
  readonly method: string
  /** Path and query. */
  readonly url: string
}

/** A simulated Kronoterm cloud within the tests themselves: it can be changed while the program reads it. */
export interface Cloud {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly asked: readonly AskedAt[]
  /** Goes on as another scenario; what it was asked before stays in `asked`. */
  change(scenario: string): void
  /** Nobody listens at its address until `plugIn`. */
  unplug(): Promise<void>
  plugIn(): Promise<void>
}

/** True for a login. */
export function isLogin({ method, url }: AskedAt): boolean {
  return method === 'POST' && url.includes('login=1')
}

/** Switches a cloud on. */
export async function startCloud(scenario: string, seed = 1): Promise<Cloud> {
  const simulation = kronotermSimulator.start({ scenario, seed, clock: systemClock, pace: 1 })
  const names = kronotermSimulator.scenarios.map(({ name }) => name)
  const asked: AskedAt[] = []
  let port = 0
  let served: ServedHttp | undefined

  async function plugIn(): Promise<void> {
    served = await serveHttp(
      { host: '127.0.0.1', port },
      {
        ...simulation,
        handle(request, response) {
          asked.push({ at: Date.now(), method: request.method ?? '', url: request.url ?? '' })
          simulation.handle(request, response)
        },
      },
      names,
      Date.now,
    )
    port = served.port
  }

  async function unplug(): Promise<void> {
    await served?.close()
    served = undefined
  }

  await plugIn()
  atCleanUp(async () => {
    simulation.stop()
    await unplug()
  })
  return { url: served?.address ?? '', asked, change: simulation.change, unplug, plugIn }
}
