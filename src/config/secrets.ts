import { dirname, isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { Secret } from '../core/secret.ts'
import type { SettingsKit } from '../core/settings.ts'

/** Where secrets come from; everything is handed in, so that a test needs neither files nor environment. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The configuration file; a relative `{ file: PATH }` is looked for beside it. */
  readonly configPath: string
  readFile(path: string): string
  /** Told every value found, so that a reload notices a changed one. */
  onSecret?(value: string): void
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
}

/** The kit with which device schemas read secrets. No message it makes ever holds a secret's value. */
export function settingsKit(sources: SecretSources): SettingsKit {
  return {
    secret: help =>
      z
        .xor([z.string(), z.strictObject({ file: z.string() }), z.strictObject({ env: z.string() })], {
          error: ({ input }) => formWords(input),
        })
        .transform((source, context) => {
          const found = lookUp(source, sources)
          if ('value' in found) {
            sources.onSecret?.(found.value)
            return new Secret(found.value)
          }
          context.issues.push({ code: 'custom', input: undefined, path: found.path, message: found.message })
          return z.NEVER
        })
        .describe(help),
  }
}

type Source = string | { readonly file: string } | { readonly env: string }
type Found = { readonly value: string } | { readonly path: string[]; readonly message: string }

function lookUp(source: Source, sources: SecretSources): Found {
  if (typeof source === 'string') {
    return source === '' ? { path: [], message: 'a secret cannot be empty' } : { value: source }
  }
  return 'env' in source ? fromEnvironment(source.env, sources) : fromFile(source.file, sources)
}

function fromEnvironment(name: string, { env }: SecretSources): Found {
  // Someone may have put the secret itself here: only what can be a name is shown.
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return { path: ['env'], message: 'this is no name of an environment variable' }
  }
  const value = env[name]
  if (value) return { value }
  const state = value === undefined ? 'not set' : 'empty'
  return { path: ['env'], message: `environment variable ${name} is ${state}` }
}

function fromFile(path: string, sources: SecretSources): Found {
  const full = isAbsolute(path) ? path : join(dirname(sources.configPath), path)
  let text: string
  try {
    text = sources.readFile(full)
  } catch (error) {
    return { path: ['file'], message: `cannot read the secret from ${full}: ${reasonOf(error)}` }
  }
  const value = text.replace(/[\r\n]+$/, '')
  return value ? { value } : { path: ['file'], message: `the secret file ${full} is empty` }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[code] ?? (code || 'reading failed')
}

// Never shows what stands there: it is the secret, or a part of it that YAML took for something else.
function formWords(input: unknown): string {
  if (typeof input === 'number') {
    return 'YAML reads this as a number, and leading zeros get lost; put the secret in quotes'
  }
  if (typeof input === 'boolean') return 'YAML reads this as true or false; put the secret in quotes'
  return 'write a secret as text in quotes, { file: PATH } or { env: NAME }'
}
