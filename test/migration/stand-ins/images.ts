import { readFileSync } from 'node:fs'
import { z } from 'zod'

const CONTAINERFILE = '/opt/hearth/packaging/container/Containerfile'
const words = z.array(z.string())

/** What an image says about running it. */
export interface ImageWords {
  readonly user: string
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly port: string
  readonly env: Readonly<Record<string, string>>
}

/** The image of this name as the Containerfile has it; undefined where it has none. */
export function imageOf(name: string): ImageWords | undefined {
  const text = readFileSync(CONTAINERFILE, 'utf8').replaceAll('\\\n', '')
  const [base = '', ...others] = text.split(/^FROM /m).slice(1)
  const own = others.find(other => other.includes(` AS ${name}\n`))
  if (own === undefined) return undefined
  // The last one holds: a stage may say again what its base says.
  const last = (instruction: string) =>
    [...`${base}${own}`.matchAll(new RegExp(`^${instruction} (.*)$`, 'gm'))].at(-1)?.[1] ?? ''
  return {
    user: last('USER'),
    entrypoint: words.parse(JSON.parse(last('ENTRYPOINT'))),
    command: words.parse(JSON.parse(last('CMD'))),
    port: last('EXPOSE'),
    env: Object.fromEntries(
      [...`${base}${own}`.matchAll(/^ENV (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    ),
  }
}
