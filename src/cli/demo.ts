import type { ConfiguredDevice } from '../config/devices.ts'
import type { ListenAddress } from '../core/settings.ts'
import { drivers } from '../devices/index.ts'
import { isFree } from '../transport/is-free.ts'
import { listenArgument } from './arguments.ts'
import { deviceOf } from './device-settings.ts'
import type { House, HousePlan } from './house.ts'
import { createLog, type LogOptions } from './log.ts'
import { runService } from './service.ts'
import { type Simulation, startSimulation } from './simulate.ts'
import type { World } from './world.ts'

const DEFAULT_LISTEN: ListenAddress = { host: '127.0.0.1', port: 10790 }

/** `hearth demo`: every device simulated over its real protocol, and the service against them. */
export async function demo(
  options: { readonly listen?: string; readonly log: LogOptions },
  world: World,
): Promise<number> {
  const listen = options.listen === undefined ? DEFAULT_LISTEN : listenArgument(options.listen)
  const simulations: Simulation[] = []
  const ports = await dropInPorts(listen)
  const devices: ConfiguredDevice[] = []
  for (const driver of drivers) {
    const simulation = await startSimulation(driver, {}, world)
    simulations.push(simulation)
    const settings = { ...driver.demo.settings, [driver.targetKey]: simulation.place }
    devices.push({
      name: driver.demo.name,
      type: driver.type,
      title: driver.title,
      device: deviceOf(driver, settings, world, key => `demo ${key}`),
      dropIn: { host: listen.host, port: ports.get(driver.type) ?? 0 },
      fingerprint: driver.dropIn.name,
    })
  }
  const plan: HousePlan = { listen, site: 'demo', privacy: { showSerials: false }, devices }
  return runService({
    world,
    log: await createLog(options.log),
    canReload: false,
    readPlan: () => plan,
    settingOf: () => '--listen',
    onStarted: house => world.write(welcome(house, plan)),
    async onEnded() {
      await Promise.all(simulations.map(simulation => simulation.close()))
    },
  })
}

/**
 * The port of each drop-in: its original's, the next one where two want the same, and any free one where another program
 * has it. A main listener on any free port (0) has the drop-ins on free ports too, so that two demos can run at once.
 */
async function dropInPorts({ host, port }: ListenAddress): Promise<ReadonlyMap<string, number>> {
  const ports = new Map<string, number>()
  if (port === 0) return ports
  const taken = new Set([port])
  for (const { type, dropIn } of drivers) {
    let wanted = dropIn.defaultPort
    while (taken.has(wanted)) wanted++
    taken.add(wanted)
    ports.set(type, (await isFree({ host, port: wanted })) ? wanted : 0)
  }
  return ports
}

function welcome(house: House, { devices }: HousePlan): string {
  const addresses = house.addresses()
  const main = addresses.get('main') ?? ''
  const rows = [
    ['what the house is doing now', `${main}/`],
    ['all devices, for Prometheus', `${main}/metrics`],
    ...devices.map(({ name, fingerprint }) => [
      `"${name}" as ${fingerprint} shows it`,
      `${addresses.get(name)}/metrics`,
    ]),
  ]
  const width = Math.max(...rows.map(([what = '']) => what.length))
  const lines = rows.map(([what = '', where]) => `  ${what.padEnd(width)}  ${where}`)
  return `\nA simulated house is running. Stop it with Ctrl-C.\n\n${lines.join('\n')}\n\n`
}
