import { systemClock } from '../../src/core/clock.ts'
import {
  DEMO_CREDENTIALS,
  isgSimulator,
  type SimulatedGateway,
} from '../../src/devices/stiebel-isg/simulator/index.ts'
import { serveHttp } from '../../src/transport/serve.ts'
import { atCleanUp } from './clean-up.ts'
import { type Serving, startDropIn } from './hearth.ts'

/** A simulated gateway within the tests themselves: it can be changed while the program reads it, and tells how it was asked. */
export interface IsgGateway extends SimulatedGateway {
  /** `http://127.0.0.1:PORT` */
  readonly place: string
  /** Takes it off the network: nothing listens until `plugIn`. */
  unplug(): Promise<void>
  plugIn(): Promise<void>
}

/** Switches a gateway on. */
export async function startGateway(
  scenario: string,
  { pace = 1, isPluggedIn = true }: { pace?: number; isPluggedIn?: boolean } = {},
): Promise<IsgGateway> {
  const gateway = isgSimulator.start({ scenario, seed: 1, clock: systemClock, pace })
  const names = isgSimulator.scenarios.map(({ name }) => name)
  const plug = (port: number) =>
    serveHttp({ host: '127.0.0.1', port }, gateway, names, () => systemClock.now())
  const first = await plug(0)
  let served: typeof first | undefined = first
  const { port, address: place } = first

  async function plugIn(): Promise<void> {
    served ??= await plug(port)
  }
  async function unplug(): Promise<void> {
    await served?.close()
    served = undefined
  }
  if (!isPluggedIn) await unplug()
  atCleanUp(async () => {
    gateway.stop()
    await unplug()
  })
  return { ...gateway, place, unplug, plugIn }
}

/** The variables by which `isg_exporter` reads a gateway every second. */
export function variablesFor(place: string): Readonly<Record<string, string>> {
  const { user, password } = DEMO_CREDENTIALS
  return { ISG_URL: place, ISG_USER: user, ISG_PASSWORD: password, INTERVAL: '1' }
}

/** `hearth isg_exporter` reading a gateway every second, on a free port. */
export function startIsgExporter(
  place: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Serving> {
  return startDropIn('isg_exporter', { ...variablesFor(place), ...env })
}

/** The families of a page that are the gateway's, without those of the program itself. */
export function gatewayPart(page: string): string {
  return page
    .split('\n')
    .filter(line => /^(# (HELP|TYPE) )?isg_(?!\w+duration\b|\w+duration_(sum|count)\b|sgready_)/.test(line))
    .map(line => `${line}\n`)
    .join('')
}
