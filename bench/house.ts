import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { rolldown } from 'rolldown'
import { type Program, startProgram } from './processes.ts'
import { freePort, get } from './scrape.ts'

const ROOT = join(import.meta.dirname, '..')
/** As in bin/hearth. */
const NODE_FLAGS = ['--max-semi-space-size=1', '--optimize-for-size']
/** Meters of all kinds: about 500 series with hearth's own. */
const SCENARIOS = [
  'standard',
  'standard-three-phase',
  'producer',
  'tempo',
  'hc',
  'historique-three-phase',
] as const
const POLL_MS = 2
const START_DEADLINE_MS = 15_000
const SETTLE_DEADLINE_MS = 30_000
/** A frame of the slowest meter takes about two seconds. */
const SETTLE_MS = 4_000
const FEWEST_SERIES = 450
const MOST_SERIES = 600

/** A started server. */
export interface Server {
  readonly program: Program
  readonly url: string
  /** From the start of the process to its first 200. */
  readonly startSeconds: number
}

/** Simulated meters, and what is needed to start hearth and the bare server on them again and again. */
export interface House {
  readonly series: number
  readonly meters: number
  readonly plainBytes: number
  readonly gzipBytes: number
  startHearth(): Promise<Server>
  startBare(): Promise<Server>
  close(): Promise<void>
}

export async function openHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-bench-'))
  // On every way out, also where a part failed or the time was up.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = (name: string) => join(folder, name)
  const meters = startProgram(process.execPath, [join(import.meta.dirname, 'meters.ts'), ...SCENARIOS])
  const places: unknown = JSON.parse(await meters.firstLine())
  if (!Array.isArray(places)) throw new Error('the simulated meters did not start')
  const bundle = file('bare-server.cjs')
  await buildBareServer(bundle)

  const startHearth = async (): Promise<Server> => {
    const port = await freePort()
    writeFileSync(file('hearth.yml'), configOf(port, places.map(String)))
    return startServer(port, () =>
      startProgram(join(ROOT, 'bin/hearth'), ['run', '--config', file('hearth.yml')]),
    )
  }
  const page = await capture(startHearth)
  writeFileSync(file('headers.json'), JSON.stringify(page.headers))
  writeFileSync(file('page'), page.plain)
  writeFileSync(file('page.gz'), page.gzip)

  return {
    series: page.series,
    meters: SCENARIOS.length,
    plainBytes: page.plain.length,
    gzipBytes: page.gzip.length,
    startHearth,
    async startBare() {
      const port = await freePort()
      const args = [String(port), file('headers.json'), file('page'), file('page.gz')]
      return startServer(port, () => startProgram(process.execPath, [...NODE_FLAGS, bundle, ...args]))
    },
    close: () => meters.stop(),
  }
}

/** A page with every meter on it, as hearth sends it: the bare server sends the same. */
async function capture(startHearth: () => Promise<Server>) {
  const server = await startHearth()
  const deadline = performance.now() + SETTLE_DEADLINE_MS
  while ((await get(`${server.url}/-/ready`, 'identity')).status !== 200) {
    if (performance.now() > deadline) throw new Error('hearth did not hear all meters')
    await pause(100)
  }
  await pause(SETTLE_MS)
  const plain = await get(`${server.url}/metrics`, 'identity')
  const gzip = await get(`${server.url}/metrics`, 'gzip')
  await server.program.stop()
  const text = plain.body.toString()
  const series = text.split('\n').filter(line => line !== '' && !line.startsWith('#')).length
  const heard = text.split('\n').filter(line => /^hearth_device_up\{.*\} 1$/.test(line)).length
  if (heard !== SCENARIOS.length) throw new Error(`${heard} of ${SCENARIOS.length} meters are up`)
  if (series < FEWEST_SERIES || series > MOST_SERIES)
    throw new Error(`${series} series are not the ones wanted`)
  if (gzip.headers['content-encoding'] !== 'gzip') throw new Error('hearth did not compress')
  const { 'content-type': type = '', vary = '' } = plain.headers
  const headers = { 'Content-Type': type, Vary: vary }
  return { series, plain: plain.body, gzip: gzip.body, headers }
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

function configOf(port: number, places: readonly string[]): string {
  const devices = places.map((place, number) => `  meter-${number}: { type: linky, port: "${place}" }\n`)
  return `listen: 127.0.0.1:${port}\ndevices:\n${devices.join('')}`
}

async function buildBareServer(target: string): Promise<void> {
  const bundle = await rolldown({ input: join(import.meta.dirname, 'bare-server.ts'), platform: 'node' })
  await bundle.write({ file: target, format: 'cjs', minify: true })
  await bundle.close()
}
