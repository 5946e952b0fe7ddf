import { systemClock } from '../../src/core/clock.ts'
import { emsEspSimulator, type SimulatedGateway } from '../../src/devices/ems-esp/simulator/index.ts'
import { serveHttp } from '../../src/transport/serve.ts'
import { atCleanUp } from './clean-up.ts'

/** A simulated EMS-ESP gateway within the tests themselves: it can be changed while the program reads it. */
export interface Gateway extends SimulatedGateway {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** What the gateway itself answers at this path of its API. */
  textAt(path: string): string
  /** Takes it off the network until `plugIn`. */
  unplug(): Promise<void>
  plugIn(): Promise<void>
}

/**
 * Switches a gateway on and plugs it in.
 * @param scenarios the house first, then what is wrong with it
 */
export async function startGateway(...scenarios: readonly [string, ...string[]]): Promise<Gateway> {
  const [scenario, ...changes] = scenarios
  const gateway = emsEspSimulator.start({ scenario, seed: 1, clock: systemClock, pace: 1 })
  for (const change of changes) gateway.change(change)
  const names = emsEspSimulator.scenarios.map(({ name }) => name)
  let port = 0
  let url = ''
  let close: (() => Promise<void>) | undefined

  async function plugIn(): Promise<void> {
    const served = await serveHttp({ host: '127.0.0.1', port }, gateway, names, systemClock.now)
    port = served.port
    url = served.address
    close = served.close
  }
  async function unplug(): Promise<void> {
    await close?.()
    close = undefined
  }

  await plugIn()
  atCleanUp(async () => {
    gateway.stop()
    await unplug()
  })
  return { ...gateway, url, textAt: path => gateway.answer(path).body, unplug, plugIn }
}

/** What a firmware that has the endpoint says of the same house: what the derived way must give. */
export function textOfNewest(house: string, variation: string | undefined, path: string): string {
  const gateway = emsEspSimulator.start({ scenario: house, seed: 1, clock: systemClock, pace: 1 })
  if (variation !== undefined) gateway.change(variation)
  return gateway.answer(path).body
}
