import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { rolldown } from 'rolldown'
import { nodeFlags } from '../scripts/release/project.ts'
import { type Program, startProgram } from './processes.ts'
import { freePort, get } from './scrape.ts'

/** The program as it is installed. */
export const HEARTH = join(import.meta.dirname, '../bin/hearth')
const POLL_MS = 2
const START_DEADLINE_MS = 15_000
const LOOK_MS = 250

/** The bare server would get no optimised code at all by the other flags: nothing in it asks for it under load. */
const OPTIMISING_FLAGS = nodeFlags().filter(flag => !['--no-maglev', '--no-opt'].includes(flag))

/** A started server. */
export interface Server {
  readonly program: Program
  readonly url: string
  /** From the start of the process to its first 200. */
  readonly startSeconds: number
}

/** A page as hearth sent it. */
export interface Page {
  readonly headers: Readonly<Record<string, string>>
  readonly plain: Buffer
  readonly gzip: Buffer
  readonly series: number
}

/** Starts `hearth run` with these devices. */
export async function startHearth(
  folder: string,
  devices: Readonly<Record<string, unknown>>,
): Promise<Server> {
  const port = await freePort()
  const file = join(folder, `hearth-${port}.yml`)
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ listen: `127.0.0.1:${port}`, devices }))
  return startServer(port, () => startProgram(HEARTH, ['run', '--config', file]))
}

/** What starts a `node:http` server that sends a page and does nothing else, bundled as hearth is. */
export async function bareServers(folder: string): Promise<(page: Page) => Promise<Server>> {
  const bundle = join(folder, 'bare-server.cjs')
  const built = await rolldown({ input: join(import.meta.dirname, 'bare-server.ts'), platform: 'node' })
  await built.write({ file: bundle, format: 'cjs', minify: true })
  await built.close()
  return async ({ headers, plain, gzip }) => {
    const port = await freePort()
    const files = { headers: JSON.stringify(headers), plain, gzip }
    const paths = Object.entries(files).map(([name, content]) => {
      const path = join(folder, `${name}-${port}`)
      writeFileSync(path, content)
      return path
    })
    return startServer(port, () =>
      startProgram(process.execPath, [...OPTIMISING_FLAGS, bundle, String(port), ...paths]),
    )
  }
}

/** Waits until this many devices are up; throws when some are not by the deadline. */
export async function untilUp({ url, program }: Server, count: number, deadlineMs: number): Promise<void> {
  const deadline = performance.now() + deadlineMs
  for (;;) {
    const { body } = await get(`${url}/metrics`, 'identity')
    const states = body.toString().match(/^hearth_device_up\{.*\} [01]$/gm) ?? []
    const down = states.filter(state => state.endsWith(' 0'))
    if (states.length >= count && down.length === 0) return
    const failure = program.failure()
    if (failure !== undefined) throw new Error(failure)
    if (performance.now() > deadline)
      throw new Error(
        `${states.length - down.length} of ${count} devices are up; not: ${down.slice(0, 5).join(', ')}`,
      )
    await pause(LOOK_MS)
  }
}

/** The whole page of a hearth, plain and compressed. */
export async function pageOf({ url }: Server): Promise<Page> {
  const plain = await get(`${url}/metrics`, 'identity')
  const gzip = await get(`${url}/metrics`, 'gzip')
  if (gzip.headers['content-encoding'] !== 'gzip') throw new Error('hearth did not compress')
  const { 'content-type': type = '', vary = '' } = plain.headers
  const lines = plain.body.toString().split('\n')
  return {
    headers: { 'Content-Type': type, Vary: vary },
    plain: plain.body,
    gzip: gzip.body,
    series: lines.filter(line => line !== '' && !line.startsWith('#')).length,
  }
}

async function startServer(port: number, start: () => Program): Promise<Server> {
  const url = `http://127.0.0.1:${port}`
  const from = performance.now()
  const program = start()
  for (;;) {
    const isUp = await get(`${url}/-/healthy`, 'identity').then(
      answer => answer.status === 200,
      () => false,
    )
    const startSeconds = (performance.now() - from) / 1000
    const failure = program.failure()
    if (failure !== undefined) throw new Error(failure)
    if (isUp) return { program, url, startSeconds }
    if (startSeconds * 1000 > START_DEADLINE_MS) throw new Error(`nothing answers at ${url}`)
    await pause(POLL_MS)
  }
}
