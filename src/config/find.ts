import { HearthError } from '../core/errors.ts'

/** Where the configuration is looked for when nobody says where it is. */
export const USUAL_PLACES = ['./hearth.yml', '/etc/hearth/hearth.yml'] as const

/** The path of the configuration file: the flag, else `$HEARTH_CONFIG`, else the first usual place that exists. */
export function findConfig(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  exists: (path: string) => boolean,
): string {
  if (flag !== undefined) return named(flag, '--config', exists)
  const fromEnvironment = env['HEARTH_CONFIG']
  if (fromEnvironment) return named(fromEnvironment, '$HEARTH_CONFIG', exists)
  const found = USUAL_PLACES.find(exists)
  if (found) return found
  throw new HearthError(
    'HEARTH_CONFIG_MISSING',
    `there is no configuration: --config and $HEARTH_CONFIG are not set, and neither ${USUAL_PLACES.join(' nor ')} exists`,
    { hint: 'Write one of these files, or run "hearth demo" to see a simulated house without one' },
  )
}

// A file that someone named is meant: another one in its place would be a surprise.
function named(path: string, by: string, exists: (path: string) => boolean): string {
  if (path !== '' && exists(path)) return path
  throw new HearthError('HEARTH_CONFIG_MISSING', `${by} names "${path}", but there is no such file`, {
    hint: 'Correct the path, or run "hearth demo" to see a simulated house without a configuration',
  })
}
