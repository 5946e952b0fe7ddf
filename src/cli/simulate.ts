import type { Driver } from '../core/driver.ts'
import { HearthError } from '../core/errors.ts'
import type { ListenAddress } from '../core/settings.ts'
import type { HttpSimulator, SimulatorOptions } from '../core/simulator.ts'
import { serveHttp, servePty, serveTcp } from '../transport/serve.ts'
import { invalid, listenArgument } from './arguments.ts'
import { EXIT, type World } from './world.ts'

export interface SimulateFlags {
  readonly listen?: string
  readonly pty?: string
  readonly scenario?: string
  readonly seed?: string
  readonly pace?: string
}

const LOOPBACK: ListenAddress = { host: '127.0.0.1', port: 0 }

/** A simulated device that is being served. */
export interface Simulation {
  /** What a device's configuration names to reach it: `tcp://127.0.0.1:41234` or the path of a pseudo-terminal. */
  readonly place: string
  close(): Promise<void>
}

/** `hearth simulate TYPE`: a simulated device on TCP or on a pseudo-terminal, until a signal ends it. */
export async function simulate(driver: Driver, flags: SimulateFlags, world: World): Promise<number> {
  const simulation = await startSimulation(driver, flags, world)
  world.write(`${driver.type} simulated on ${simulation.place}\n`)
  await new Promise<void>(resolve => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) world.onSignal(name, resolve)
  })
  await simulation.close()
  return EXIT.ok
}

/** Starts a simulated device; throws a HearthError for a scenario it does not know. */
export async function startSimulation(
  driver: Driver,
  flags: SimulateFlags,
  world: World,
): Promise<Simulation> {
  const simulator = await driver.simulator()
  const scenario = flags.scenario ?? driver.demo.scenario
  if (!simulator.scenarios.some(({ name }) => name === scenario)) {
    throw new HearthError('HEARTH_SCENARIO_UNKNOWN', `${driver.type} has no scenario "${scenario}"`, {
      hint: `There are: ${simulator.scenarios.map(({ name }) => name).join(', ')}`,
    })
  }
  const options = {
    scenario,
    seed: wholeNumber(flags.seed ?? '1', '--seed'),
    pace: paceOf(flags.pace ?? '1'),
    clock: world.clock,
  }
  if (simulator.kind === 'http') return startHttp(simulator, options, flags)
  const device = simulator.start(options)
  const served =
    flags.pty === undefined
      ? await serveTcp(addressOf(flags.listen), line => device.attach(line))
      : await servePty(flags.pty, line => device.attach(line))
  return simulationOf(device, served)
}

async function startHttp(
  simulator: HttpSimulator,
  options: SimulatorOptions,
  { listen, pty }: SimulateFlags,
): Promise<Simulation> {
  if (pty !== undefined) throw invalid('--pty', pty, 'This device is asked over HTTP: use --listen')
  const device = simulator.start(options)
  const names = simulator.scenarios.map(({ name }) => name)
  return simulationOf(device, await serveHttp(addressOf(listen), device, names, () => options.clock.now()))
}

function simulationOf(
  device: { stop(): void },
  served: { readonly address: string; close(): Promise<void> },
): Simulation {
  return {
    place: served.address,
    async close() {
      device.stop()
      await served.close()
    },
  }
}

function addressOf(listen: string | undefined): { host: string; port: number } {
  const address = listen === undefined ? LOOPBACK : listenArgument(listen)
  return { host: address.host ?? '::', port: address.port }
}

function wholeNumber(text: string, name: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw invalid(name, text, 'Write a whole number')
}

function paceOf(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY
  const pace = Number(text)
  if (text !== '' && pace > 0) return pace
  throw invalid(
    '--pace',
    text,
    'Write 1 for the true pace, 10 for ten times as fast, max for as fast as it is read',
  )
}
