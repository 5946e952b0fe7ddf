import { systemClock } from '../../src/core/clock.ts'
import { intergasSimulator, type SimulatedBoiler } from '../../src/devices/intergas/simulator/index.ts'
import { servePty, serveTcp } from '../../src/transport/serve.ts'
import { atCleanUp } from './clean-up.ts'

/** A simulated boiler within the tests themselves: it can be disturbed while the program reads it. */
export interface Boiler extends SimulatedBoiler {
  /** `tcp://127.0.0.1:PORT`, or the path of a pseudo-terminal. */
  readonly place: string
  /** Takes the adapter away: the port is gone until `plugIn`. */
  unplug(): Promise<void>
  plugIn(): Promise<void>
}

export interface BoilerOptions {
  /** Path of a pseudo-terminal in place of TCP. */
  readonly pty?: string | undefined
  readonly pace?: number
  readonly seed?: number
}

/** Switches a boiler on and plugs it in. */
export async function startBoiler(
  scenario: string,
  { pty, pace = 1, seed = 1 }: BoilerOptions = {},
): Promise<Boiler> {
  const boiler = intergasSimulator.start({ scenario, seed, clock: systemClock, pace })
  let port = 0
  let served: { readonly address: string; close(): Promise<void> } | undefined

  async function plugIn(): Promise<void> {
    if (pty !== undefined) {
      served = await servePty(pty, line => boiler.attach(line))
      return
    }
    const tcp = await serveTcp({ host: '127.0.0.1', port }, line => boiler.attach(line))
    port = tcp.port
    served = tcp
  }

  async function unplug(): Promise<void> {
    await served?.close()
    served = undefined
  }

  await plugIn()
  const place = served?.address ?? ''
  atCleanUp(async () => {
    boiler.stop()
    await unplug()
  })
  return { ...boiler, place, unplug, plugIn }
}
