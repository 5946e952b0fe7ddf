import { systemClock } from '../../../core/clock.ts'
import { type ServedHttp, serveHttp } from '../../../transport/serve-http.ts'
import { emsEspSimulator, type SimulatedGateway } from './index.ts'

/** A gateway that tests ask without a socket. */
export function gatewayOf(scenario: string, ...changes: readonly string[]): SimulatedGateway {
  const gateway = emsEspSimulator.start({ scenario, seed: 1, clock: systemClock, pace: 1 })
  for (const change of changes) gateway.change(change)
  return gateway
}

/** The body of an answer. */
export function bodyOf(gateway: SimulatedGateway, path: string): string {
  return gateway.answer(path).body
}

export interface Served extends ServedHttp {
  readonly gateway: SimulatedGateway
}

/** A gateway on a socket, ten times as fast where it waits. */
export async function serve(scenario: string): Promise<Served> {
  const gateway = emsEspSimulator.start({ scenario, seed: 1, clock: systemClock, pace: 10 })
  const names = emsEspSimulator.scenarios.map(({ name }) => name)
  const served = await serveHttp({ host: '127.0.0.1', port: 0 }, gateway, names, () => systemClock.now())
  return {
    ...served,
    gateway,
    async close() {
      gateway.stop()
      await served.close()
    },
  }
}
