import { program } from './cli/program.ts'
import type { World } from './cli/world.ts'
import { systemClock } from './core/clock.ts'

declare const HEARTH_VERSION: string | undefined
declare const HEARTH_REVISION: string | undefined

const world: World = {
  env: process.env,
  clock: systemClock,
  random: Math.random,
  write: text => void process.stdout.write(text),
  complain: text => void process.stderr.write(text),
  onSignal(name, task) {
    process.on(name, task)
    return () => void process.off(name, task)
  },
  folder: process.cwd(),
  version: typeof HEARTH_VERSION === 'string' ? HEARTH_VERSION : 'unbuilt',
  revision: typeof HEARTH_REVISION === 'string' ? HEARTH_REVISION : 'unknown',
}

// Other programs name the holder of a port by its title.
process.title = 'hearth'

// A reader that goes away early (`hearth read ... | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  process.stderr.write(`hearth: the output cannot be written (${error.code ?? error.message})\n`)
  process.exit(1)
})

const calledAs = process.env['HEARTH_CALLED_AS'] ?? process.argv0
program(process.argv.slice(2), calledAs, world).then(code => {
  process.exitCode = code
})
