import { existsSync, readFileSync } from 'node:fs'
import { findConfig } from '../config/find.ts'
import { type ConfigResult, loadConfig } from '../config/load.ts'
import { formatProblem } from '../config/problem.ts'
import { HearthError, messageOf } from '../core/errors.ts'
import { drivers } from '../devices/index.ts'
import { isSamePlace, parseAddress } from '../transport/address.ts'
import type { HousePlan } from './house.ts'
import type { World } from './world.ts'

/** The configuration file to use: the flag, the variable, or one of the usual places. */
export function configPath(flag: string | undefined, world: World): string {
  return findConfig(flag, world.env, existsSync)
}

/** Reads and validates a configuration file. Throws a HearthError only when it cannot be read. */
export function readConfig(path: string, world: World): ConfigResult {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
    throw new HearthError('HEARTH_CONFIG_UNREADABLE', `${path} cannot be read (${reason})`, {
      hint: 'Name the file with --config FILE',
      cause,
    })
  }
  return loadConfig({
    text,
    path,
    drivers,
    env: world.env,
    readFile: file => readFileSync(file, 'utf8'),
    isSamePlace,
    lineTrouble,
  })
}

/** The house of a configuration file; throws a HearthError with every problem, a line each. */
export function planOf(path: string, world: World): HousePlan {
  const result = readConfig(path, world)
  if (result.isValid) return result.config
  throw new HearthError('HEARTH_CONFIG_INVALID', result.problems.map(formatProblem).join('\n'))
}

/** What is wrong with the address of a line, if anything. */
function lineTrouble(address: string): string | undefined {
  try {
    parseAddress(address)
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}
