// In place of docker where no daemon runs: containers are programs in a root of their own, made of the assembled tree of
// our images, as the user and with the variables and devices that the command names.
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  type Container,
  create,
  execute,
  find,
  isUp,
  readState,
  start,
  stop,
  writeState,
} from './containers.ts'
import { refuse, variablesOf } from './processes.ts'

const state = readState()
const [verb = '', ...rest] = process.argv.slice(2)

/** `a:b`, or the same name inside. */
const pair = (word: string): [string, string] => {
  const [outside = '', inside = outside] = word.split(':')
  return [outside, inside]
}
const assigned = (word: string): [string, string] => {
  const at = word.indexOf('=')
  if (at < 0) refuse(`-e ${word}: this stand-in wants NAME=VALUE`)
  return [word.slice(0, at), word.slice(at + 1)]
}

const RUN_OPTIONS = {
  detach: { type: 'boolean', short: 'd' },
  interactive: { type: 'boolean', short: 'i' },
  tty: { type: 'boolean', short: 't' },
  name: { type: 'string' },
  env: { type: 'string', short: 'e', multiple: true },
  'env-file': { type: 'string', multiple: true },
  device: { type: 'string', multiple: true },
  volume: { type: 'string', short: 'v', multiple: true },
  publish: { type: 'string', short: 'p', multiple: true },
  restart: { type: 'string' },
} as const

/** Flags end where the image is named; what follows is the program's. */
function run(words: readonly string[]): void {
  const { tokens = [] } = parseArgs({
    args: [...words],
    options: RUN_OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const image = tokens.find(({ kind }) => kind === 'positional')?.index ?? refuse('docker run: no image')
  const { values } = parseArgs({ args: words.slice(0, image), options: RUN_OPTIONS })
  if (!values.detach) refuse('docker run: this stand-in wants -d')
  const devices = (values.device ?? []).map(pair)
  for (const volume of values.volume ?? []) {
    // A device that is a volume as well is that device.
    if (!devices.some(each => each.join(':') === volume)) refuse(`-v ${volume}: not known to this stand-in`)
  }
  const files = (values['env-file'] ?? []).map(path => variablesOf(readFileSync(path, 'utf8'), false))
  const made = create(state, {
    name: values.name ?? `container-${state.containers.length + 1}`,
    image: words[image] ?? '',
    args: words.slice(image + 1),
    env: Object.assign({}, ...files, Object.fromEntries((values.env ?? []).map(assigned))),
    devices,
    ports: values.publish ?? [],
    isReadOnly: false,
  })
  console.log(made.id)
}

function list(words: readonly string[]): readonly Container[] {
  const { values } = parseArgs({
    args: [...words],
    options: { quiet: { type: 'boolean' }, filter: { type: 'string' } },
  })
  const [key, port] = values.filter?.split('=') ?? []
  if (!values.quiet || key !== 'publish')
    refuse('docker ps: this stand-in wants --quiet --filter publish=PORT')
  return state.containers.filter(each => isUp(each) && each.ports.some(ports => ports.startsWith(`${port}:`)))
}

async function compose(words: readonly string[]): Promise<void> {
  // Only here: most commands can do without the time it takes to load YAML.
  const { composeFile, composeServices, environmentFiles, projectOf } = await import('./compose.ts')
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { file: { type: 'string' }, detach: { type: 'boolean' } },
    allowPositionals: true,
  })
  const path = composeFile(values.file ?? 'compose.yml')
  for (const [name, service] of Object.entries(composeServices(path, process.env))) {
    const container = `${projectOf(path)}-${name}-1`
    if (positionals[0] === 'up' && values.detach) {
      const files = environmentFiles(path, service).map(text => variablesOf(text, true))
      create(state, {
        name: container,
        image: service.image,
        args: [],
        env: Object.assign({}, ...files, service.environment),
        devices: service.devices.map(pair),
        ports: service.ports,
        user: service.user,
        isReadOnly: service.read_only,
      })
    } else if (positionals[0] === 'down') {
      await remove(find(state, container))
    } else refuse(`docker compose ${words.join(' ')}: not known to this stand-in`)
  }
}

async function remove(each: Container): Promise<void> {
  await stop(each)
  state.containers = state.containers.filter(({ id }) => id !== each.id)
}

switch (verb) {
  case 'load': {
    const { values } = parseArgs({ args: rest, options: { input: { type: 'string' } } })
    if (!existsSync(values.input ?? '')) refuse(`open ${values.input}: no such file or directory`)
    state.isLoaded = true
    break
  }
  case 'run':
    run(rest)
    break
  case 'ps':
    for (const { id } of list(rest)) console.log(id)
    break
  case 'rename':
    if (rest.length !== 2) refuse('docker rename: requires exactly 2 arguments')
    find(state, rest[0] ?? '').name = rest[1] ?? ''
    break
  case 'stop':
    await stop(find(state, rest[0] ?? ''))
    break
  case 'start':
    start(state, find(state, rest[0] ?? ''))
    break
  case 'rm': {
    const each = find(state, rest.at(-1) ?? '')
    if (isUp(each) && rest[0] !== '--force') refuse('container is running: stop it before removing')
    await remove(each)
    break
  }
  case 'exec':
    process.exitCode = execute(find(state, rest[0] ?? ''), rest.slice(1))
    break
  case 'compose':
    await compose(rest)
    break
  default:
    refuse(`docker: this stand-in does not know ${verb}`)
}
writeState(state)
