import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deviceFromSettings } from '../config/from-settings.ts'
import { settingsKit } from '../config/secrets.ts'
import type { Device, Driver } from '../core/driver.ts'
import { HearthError } from '../core/errors.ts'
import type { World } from './world.ts'

/**
 * The device of plain keys and values, as the command line and the environment give them.
 * Throws a HearthError with every refusal, a line each.
 */
export function deviceOf(
  driver: Driver,
  settings: Readonly<Record<string, unknown>>,
  world: World,
  nameOf: (key: string) => string,
): Device {
  const kit = settingsKit({
    env: world.env,
    configPath: join(world.folder, 'settings'),
    readFile: path => readFileSync(path, 'utf8'),
  })
  const configured = deviceFromSettings(driver, settings, kit)
  if (configured.isValid) return configured.device
  const lines = configured.problems.map(({ key, message }) => `${nameOf(key)}: ${message}`)
  throw new HearthError('HEARTH_SETTING_INVALID', lines.join('\n'))
}
