import { parse } from 'yaml'
import type { Device, Driver } from '../core/driver.ts'
import type { ListenAddress, SettingsKit } from '../core/settings.ts'
import { explain } from './explain.ts'
import { onOneLine } from './problem.ts'
import { shapeOf } from './shape.ts'

/** What is wrong with one setting, in words to be put after the name of its flag or variable. */
export interface SettingProblem {
  readonly key: string
  readonly message: string
}

/** The device that the settings describe, or all that is wrong with them. */
export type FromSettings =
  | { readonly isValid: true; readonly device: Device; readonly dropIn: ListenAddress | undefined }
  | { readonly isValid: false; readonly problems: readonly SettingProblem[] }

/**
 * Makes a device of plain keys and values, as the command line and the environment give them.
 * Texts that the schema refuses are tried once more as the number or boolean they spell.
 *
 * A problem never shows the value of a setting that may be a secret: print it as `--set KEY: MESSAGE`.
 */
export function deviceFromSettings(
  driver: Driver,
  settings: Readonly<Record<string, unknown>>,
  kit: SettingsKit,
): FromSettings {
  const asGiven = { ...settings, type: driver.type }
  const first = driver.configure(asGiven, kit)
  if (first.isValid) return first
  const refused = new Set(first.issues.map(issue => String(issue.path[0])))
  const entry = Object.fromEntries(
    Object.entries(asGiven).map(([key, value]) => [key, refused.has(key) ? asScalar(value) : value]),
  )
  const second = driver.configure(entry, kit)
  if (second.isValid) return second
  const problems = explain(second.issues, entry, shapeOf(driver.schema(kit)), driver.type)
  return {
    isValid: false,
    problems: problems.map(({ path, message }) => ({ key: path.join('.'), message: onOneLine(message) })),
  }
}

/** The number or boolean that a text spells in YAML; anything else stays what it is. */
function asScalar(value: unknown): unknown {
  if (typeof value !== 'string' || !/^(true|false|[-+]?[0-9.][0-9a-fox.e+-]*)$/i.test(value)) return value
  const parsed: unknown = parse(value, { schema: 'core', logLevel: 'silent' })
  return typeof parsed === 'number' || typeof parsed === 'boolean' ? parsed : value
}
