import { formatProblem } from '../config/problem.ts'
import { configPath, readConfig } from './config-file.ts'
import { EXIT, type World } from './world.ts'

/** `hearth check`: every problem of a configuration as `FILE:LINE:COL: message`, or one line that says it is good. */
export function check(options: { readonly config?: string }, world: World): number {
  const path = configPath(options.config, world)
  const result = readConfig(path, world)
  if (!result.isValid) {
    for (const problem of result.problems) world.complain(`${formatProblem(problem)}\n`)
    return EXIT.failed
  }
  const { devices } = result.config
  world.write(`${path}: good, ${devices.length} ${devices.length === 1 ? 'device' : 'devices'}\n`)
  return EXIT.ok
}
