import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

/** What our compose files may say; a key that nobody looks at here would be a promise that nobody keeps. */
const service = z.strictObject({
  image: z.string(),
  restart: z.literal('unless-stopped'),
  // Not root.
  user: z.string().regex(/^[1-9]\d*:[1-9]\d*$/),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  ports: z.array(z.string()),
  devices: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  env_file: z.array(z.string()).default([]),
  healthcheck: z.strictObject({
    test: z.tuple([z.literal('CMD')], z.string()),
    interval: z.string(),
    timeout: z.string(),
    start_period: z.string(),
  }),
})
const file = z.strictObject({ services: z.record(z.string(), service) })

export type ComposeService = z.infer<typeof service>

/** The services of a compose file, variables filled in; throws where it says what is not expected. */
export function composeServices(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, ComposeService>> {
  // Filled in once YAML has been read, as compose does: what comes from a variable is text.
  const filled = (_key: unknown, value: unknown) =>
    typeof value === 'string'
      ? value.replace(/\$\{(\w+):-([^}]*)\}/g, (_all, name: string, preset: string) => env[name] || preset)
      : value
  return file.parse(parse(readFileSync(path, 'utf8'), filled)).services
}

/** Path of the one compose file that a command names. */
export function composeFile(path: string): string {
  const found = resolve(path)
  if (!existsSync(found)) throw new Error(`stat ${found}: no such file or directory`)
  return found
}

/** Text of the variables files of a service, beside the compose file. */
export function environmentFiles(path: string, { env_file: names }: ComposeService): readonly string[] {
  return names.map(name => readFileSync(join(dirname(path), name), 'utf8'))
}

/** Compose names a project after its folder. */
export function projectOf(path: string): string {
  return basename(dirname(path))
}
