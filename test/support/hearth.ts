import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { temporaryFolder } from './clean-up.ts'
import { type ProgramOptions, type RunningProgram, startProgram } from './program.ts'

/** The checkout under test. */
export const ROOT = resolve(import.meta.dirname, '../..')
/** The program as people call it. */
export const HEARTH = join(ROOT, 'bin/hearth')

/** Runs `hearth` with these arguments. */
export function startHearth(args: readonly string[], options?: ProgramOptions): RunningProgram {
  return startProgram(HEARTH, args, options)
}

/** A simulated device and where to read it. */
export interface Simulated {
  /** `tcp://127.0.0.1:PORT`, or the path of a pseudo-terminal. */
  readonly place: string
  readonly program: RunningProgram
}

/** A simulated device on a free TCP port, or where `args` says (`--pty PATH`, `--listen ADDR`). */
export async function simulate(
  type: string,
  scenario: string,
  ...args: readonly string[]
): Promise<Simulated> {
  const program = startHearth(['simulate', type, '--scenario', scenario, ...args])
  const [, place = ''] = await program.waitFor(/simulated on (\S+)/)
  return { place, program }
}

/** A simulated Linky meter. */
export function simulateLinky(scenario: string, ...args: readonly string[]): Promise<Simulated> {
  return simulate('linky', scenario, ...args)
}

/** A program that serves HTTP. */
export interface Serving {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly program: RunningProgram
}

/** A drop-in command with these variables, on a free port. */
export async function startDropIn(command: string, env: Readonly<Record<string, string>>): Promise<Serving> {
  const program = startHearth([command, '--listen', '127.0.0.1:0'], { env })
  return { url: await urlOf(program), program }
}

/** `hearth linky-exporter` reading `place`, on a free port. */
export function startLinkyExporter(
  place: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Serving> {
  return startDropIn('linky-exporter', { LINKY_EXPORTER_INTERFACE: place, ...env })
}

/** `hearth intergas-exporter` reading `place`, on a free port. */
export function startIntergasExporter(place: string): Promise<Serving> {
  return startDropIn('intergas-exporter', { INTERGAS_EXPORTER_INTERFACE: place })
}

/** `hearth kronoterm-cloud-relay` reading the simulated cloud at `place`, on a free port. */
export function startKronotermRelay(
  place: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Serving> {
  return startDropIn('kronoterm-cloud-relay', {
    KRONOTERM_CLOUD_URL: place,
    KRONOTERM_CLOUD_USER: 'demo@example.org',
    KRONOTERM_CLOUD_PASSWORD: 'demo',
    TZ: 'Europe/Ljubljana',
    ...env,
  })
}

/**
 * `hearth run` with a configuration, on a free port.
 * @param devices the section `devices` of the configuration
 * @param more other sections
 */
export async function startRun(
  devices: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Serving> {
  const file = join(temporaryFolder(), 'hearth.yml')
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ listen: '127.0.0.1:0', ...more, devices }, undefined, 2))
  const program = startHearth(['run', '--config', file])
  return { url: await urlOf(program), program }
}

async function urlOf(program: RunningProgram): Promise<string> {
  const [, url = ''] = await program.waitFor(/listening.*?(http:\/\/[^\s/"]+)/)
  return url
}

/** Answer of a GET that must not take long. */
export async function get(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
  const response = await fetch(url, {
    headers: { ...headers },
    redirect: 'manual',
    signal: AbortSignal.timeout(5_000),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}
