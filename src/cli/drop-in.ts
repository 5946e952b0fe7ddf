import type { Driver, DropInCommand, DropInPlan } from '../core/driver.ts'
import type { ListenAddress } from '../core/settings.ts'
import { invalid, listenArgument } from './arguments.ts'
import { deviceOf } from './device-settings.ts'
import type { HousePlan } from './house.ts'
import { createLog } from './log.ts'
import { runService } from './service.ts'
import type { World } from './world.ts'

/** Flags of a drop-in command as commander gives them; the device's own are under their option names. */
export type DropInFlags = Readonly<Record<string, string | undefined>>

/** Runs a drop-in command: one device, its original's settings, port and page, no configuration file. */
export async function dropIn(driver: Driver, flags: DropInFlags, world: World): Promise<number> {
  const { dropIn: command } = driver
  const plan = command.resolve(textsOf(command, flags, world))
  const address = addressOf(command, flags, world)
  const log = await createLog({
    level: plan.logLevel ?? 'info',
    format: 'plain',
    ...(plan.logLine ? { line: plan.logLine } : {}),
  })
  return runService({
    world,
    log,
    canReload: false,
    readPlan: () => housePlan(driver, plan, address, world),
    settingOf: () =>
      flags['listen'] === undefined ? [`--port`, command.portEnv].filter(Boolean).join(' or ') : '--listen',
    onStarted(house) {
      for (const url of house.addresses().values()) log.info(`${command.name} listening on ${url}`)
    },
  })
}

/** Texts of the options: the flag, else the variable, else the default. A variable that is set and empty is set. */
function textsOf(
  command: DropInCommand,
  flags: DropInFlags,
  world: World,
): Record<string, string | undefined> {
  return Object.fromEntries(
    command.options.map(option => [
      option.name,
      flags[option.name] ?? (option.env === undefined ? undefined : world.env[option.env]) ?? option.default,
    ]),
  )
}

/** Where a drop-in listens. `--listen` wins over the port; the originals listened on every interface. */
export function addressOf(command: DropInCommand, flags: DropInFlags, world: World): ListenAddress {
  const listen = flags['listen']
  if (listen !== undefined) return listenArgument(listen)
  const name = flags['port'] === undefined ? (command.portEnv ?? 'port') : '--port'
  const text = flags['port'] ?? (command.portEnv === undefined ? undefined : world.env[command.portEnv])
  if (text === undefined) return { host: undefined, port: command.defaultPort }
  const port = /^\s*\d{1,5}\s*$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return { host: undefined, port }
  throw invalid(name, text, `Set it to a port number, such as ${command.defaultPort}`)
}

function housePlan(driver: Driver, plan: DropInPlan, address: ListenAddress, world: World): HousePlan {
  return {
    site: 'unknown',
    privacy: { showSerials: false },
    devices: [
      {
        name: driver.type,
        type: driver.type,
        title: driver.title,
        device: deviceOf(driver, plan.settings, world, key => key),
        dropIn: address,
        fingerprint: driver.dropIn.name,
      },
    ],
  }
}
