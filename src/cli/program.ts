import { basename } from 'node:path'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import type { Driver } from '../core/driver.ts'
import { HearthError } from '../core/errors.ts'
import type { LogLevel } from '../core/log.ts'
import { drivers } from '../devices/index.ts'
import type { DropInFlags } from './drop-in.ts'
import type { LogFormat, LogOptions } from './log.ts'
import { READ_FORMATS, type ReadFormat } from './read-format.ts'
import { scenarioHelp } from './scenario-help.ts'
import type { SimulateFlags } from './simulate.ts'
import { EXIT, type World } from './world.ts'

/**
 * Runs the program and gives its exit code.
 * @param args arguments without the program's own name
 * @param calledAs name of the link the program was called by: that of an original makes it that drop-in
 */
export async function program(args: readonly string[], calledAs: string, world: World): Promise<number> {
  const outcome: Outcome = { code: EXIT.ok, usageCode: EXIT.usage }
  // Only the simulators know their scenarios, and only this command loads them.
  const scenarios = args[0] === 'simulate' ? await scenarioHelp(drivers) : ''
  const command = root(world, outcome, scenarios)
  const dropInName = drivers.find(({ dropIn: { name } }) => name === basename(calledAs))?.dropIn.name
  try {
    await command.parseAsync(dropInName ? [dropInName, ...args] : [...args], { from: 'user' })
    return outcome.code
  } catch (error) {
    return failure(error, outcome, world)
  }
}

/** What the program ends with: set by the command that runs. */
interface Outcome {
  code: number
  /** For arguments that are wrong. */
  usageCode: number
}

function failure(error: unknown, { usageCode }: Outcome, world: World): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : usageCode
  if (error instanceof HearthError) {
    world.complain(`${error.code === 'HEARTH_CONFIG_INVALID' ? '' : 'hearth: '}${error.message}\n`)
    if (error.hint) world.complain(`  ${error.hint}\n`)
    return EXIT.failed
  }
  const reason = error instanceof Error ? error.message : String(error)
  world.complain(
    `hearth: unexpected failure: ${reason}\n  This is a bug of hearth; please report it with this line.\n`,
  )
  return EXIT.failed
}

type Done = (code: number) => void

function root(world: World, outcome: Outcome, scenarios: string): Command {
  const done: Done = code => {
    outcome.code = code
  }
  const command = new Command('hearth')
    .description(
      "Reads a home's heating and metering devices and hands the readings to Prometheus and to people.",
    )
    .version(`hearth ${world.version} (${world.revision})`, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: text => world.write(text), writeErr: text => world.complain(text) })
    .showSuggestionAfterError()
    .showHelpAfterError('(hearth --help lists the commands)')
  command.commandsGroup('Commands:')
  addRun(command, world, done)
  addCheck(command, world, done)
  addRead(command, world, done)
  addSimulate(command, scenarios, world, done)
  addDemo(command, world, done)
  addHealthy(command, world, done)
  command.commandsGroup(
    'In place of an original exporter (its own flags and variables, no configuration file):',
  )
  for (const driver of drivers) addDropIn(command, driver, world, outcome)
  return command
}

interface LogFlags {
  readonly logLevel: LogLevel
  readonly logFormat: LogFormat
}

function withLog(command: Command): Command {
  return command
    .addOption(
      new Option('--log-level <level>', 'lowest level to write')
        .choices(['debug', 'info', 'warn', 'error'])
        .default('info'),
    )
    .addOption(
      new Option('--log-format <format>', 'form of the log lines')
        .choices(['plain', 'json'])
        .default('plain'),
    )
}

function logOptions({ logLevel, logFormat }: LogFlags): LogOptions {
  return { level: logLevel, format: logFormat }
}

const CONFIG_HELP = 'configuration file (default: $HEARTH_CONFIG, ./hearth.yml, /etc/hearth/hearth.yml)'

function addRun(command: Command, world: World, done: Done): void {
  withLog(
    command.command('run').description('run the service').option('--config <file>', CONFIG_HELP),
  ).action(async ({ config, ...flags }: LogFlags & { config?: string }) => {
    const { run } = await import('./run.ts')
    done(await run({ ...(config === undefined ? {} : { config }), log: logOptions(flags) }, world))
  })
}

function addCheck(command: Command, world: World, done: Done): void {
  command
    .command('check')
    .description('validate a configuration file')
    .option('--config <file>', CONFIG_HELP)
    .action(async (flags: { config?: string }) => {
      const { check } = await import('./check.ts')
      done(check(flags, world))
    })
}

function addRead(command: Command, world: World, done: Done): void {
  command
    .command('read')
    .description('read one device once and print it')
    .argument('<type>', typeHelp(), typeArgument)
    .argument('<target>', 'serial port, tcp://host:port, file:PATH of a capture, or URL')
    .option(
      '--set <key=value>',
      "a key of the device's configuration; may be repeated",
      (pair, all: string[]) => [...all, pair],
      [],
    )
    .addOption(new Option('--format <format>', 'form of the output').choices(READ_FORMATS).default('table'))
    .option('--all', 'print every complete frame or poll, until stopped', false)
    .action(
      async (driver: Driver, target: string, flags: { set: string[]; format: ReadFormat; all: boolean }) => {
        const { read } = await import('./read.ts')
        done(await read(driver, { target, ...flags }, world))
      },
    )
}

function addSimulate(command: Command, scenarios: string, world: World, done: Done): void {
  command
    .command('simulate')
    .description('a simulated device that speaks the real wire protocol')
    .argument('<type>', typeHelp(), typeArgument)
    .option('--listen <address>', 'TCP address to serve on (default: a free port of 127.0.0.1)')
    .option('--pty <path>', 'serve on a pseudo-terminal linked at this path instead (needs socat)')
    .option('--scenario <name>', 'what the device does (default: the one of the demo)')
    .option('--seed <number>', 'seed of everything that varies', '1')
    .option(
      '--pace <factor>',
      '1 is the true pace of the wire, 10 ten times as fast, max as fast as it is read',
      '1',
    )
    .addHelpText('after', scenarios)
    .action(async (driver: Driver, flags: SimulateFlags) => {
      const { simulate } = await import('./simulate.ts')
      done(await simulate(driver, flags, world))
    })
}

function addDemo(command: Command, world: World, done: Done): void {
  withLog(
    command
      .command('demo')
      .description('a whole simulated house, and the service reading it')
      .option('--listen <address>', 'address of the main listener (default: 127.0.0.1:10790)'),
  ).action(async ({ listen, ...flags }: LogFlags & { listen?: string }) => {
    const { demo } = await import('./demo.ts')
    done(await demo({ ...(listen === undefined ? {} : { listen }), log: logOptions(flags) }, world))
  })
}

function addHealthy(command: Command, world: World, done: Done): void {
  command
    .command('healthy')
    .description('exit 0 when hearth answers HTTP, for health checks')
    .argument(
      '[target]',
      'URL, or the name of a drop-in command to ask it on its own port (default: the listener of the configuration)',
    )
    .option('--config <file>', CONFIG_HELP)
    .action(async (target: string | undefined, flags: { config?: string }) => {
      const { healthy } = await import('./healthy.ts')
      done(await healthy(target, flags, world))
    })
}

function addDropIn(command: Command, driver: Driver, world: World, outcome: Outcome): void {
  const { name, summary, defaultPort, portEnv, options, helpText, usageExitCode } = driver.dropIn
  const sub = command.command(name).description(summary)
  if (helpText !== undefined) sub.helpInformation = () => helpText
  if (usageExitCode !== undefined) {
    sub.exitOverride(error => {
      outcome.usageCode = usageExitCode
      throw error
    })
  }
  for (const option of options) {
    if (!option.flag) continue
    const help = [option.help, ...notes(option.default, option.env)].join(' ')
    sub.addOption(new Option(option.flag, help))
  }
  sub.option(
    '--port <port>',
    ['port to listen on, on every interface', ...notes(String(defaultPort), portEnv)].join(' '),
  )
  sub.option('--listen <address>', 'address to listen on, such as 127.0.0.1:8123; wins over the port')
  const onlyEnv = options.filter(({ flag, env }) => !flag && env)
  if (onlyEnv.length > 0 && helpText === undefined) {
    const width = Math.max(...onlyEnv.map(({ env }) => env?.length ?? 0))
    const lines = onlyEnv.map(
      ({ env, help, default: preset }) =>
        `  ${(env ?? '').padEnd(width)}  ${[help, ...notes(preset)].join(' ')}`,
    )
    sub.addHelpText('after', `\nEnvironment:\n${lines.join('\n')}`)
  }
  sub.action(async (flags: CommanderFlags) => {
    const { dropIn } = await import('./drop-in.ts')
    outcome.code = await dropIn(driver, byOptionName(flags, driver), world)
  })
}

function notes(preset: string | undefined, env?: string): string[] {
  return [
    ...(preset === undefined ? [] : [`(default: ${preset})`]),
    ...(env === undefined ? [] : [`[$${env}]`]),
  ]
}

/** A switch that is given is `true`. */
type CommanderFlags = Readonly<Record<string, string | boolean | undefined>>

/** Commander names a flag's value after the flag; options are known by their own names. */
function byOptionName(flags: CommanderFlags, driver: Driver): DropInFlags {
  const textOf = (attribute: string) => {
    const value = flags[attribute]
    return value === undefined ? undefined : String(value)
  }
  const named = driver.dropIn.options.map(({ name, flag }) => [
    name,
    flag ? textOf(new Option(flag).attributeName()) : undefined,
  ])
  return { ...Object.fromEntries(named), port: textOf('port'), listen: textOf('listen') }
}

function typeArgument(text: string): Driver {
  const driver = drivers.find(({ type }) => type === text)
  if (driver) return driver
  throw new InvalidArgumentError(`Device types are: ${drivers.map(({ type }) => type).join(', ')}.`)
}

function typeHelp(): string {
  return `device type: ${drivers.map(({ type }) => type).join(', ')}`
}
