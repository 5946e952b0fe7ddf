import { constants, setPriority } from 'node:os'
import { settingsKit } from '../src/config/secrets.ts'
import type { Driver } from '../src/core/driver.ts'
import { type Program, startProgram } from './processes.ts'
import { HEARTH } from './server.ts'

/** A simulated device in a process of its own, and what can be done to it. */
export interface Inhabitant {
  readonly name: string
  readonly type: string
  /** Its entry in the configuration. With `shortestInterval` it is asked as often as it may be. */
  entry(options?: { readonly shortestInterval: boolean }): Readonly<Record<string, unknown>>
  /** It is there and says nothing. */
  hang(): void
  /** It gets a tenth of the time, a slice each second. */
  slow(): void
  /** Its process is gone, and its place answers no more. */
  kill(): Promise<void>
  /** All is well again, at the same place. */
  revive(): Promise<void>
  stop(): Promise<void>
}

/** Meters that talk as fast as their lines allow; all others play the scenario of the demo. */
const FULL_RATE: Readonly<Record<string, string>> = { linky: 'standard-three-phase' }
const SHORTEST_INTERVAL = '2s'
const SLICE_MS = 100
const PAUSE_MS = 900
/** Decides only whether a driver takes an interval. */
const KIT = settingsKit({ env: {}, configPath: 'hearth.yml', readFile: () => '' })

export async function startInhabitant(driver: Driver): Promise<Inhabitant> {
  const { type, targetKey, demo } = driver
  let simulator: Program | undefined = simulate(driver, '127.0.0.1:0')
  const place = (await simulator.firstLine()).split(' ').at(-1) ?? ''
  const address = new URL(place).host
  const plain = { type, ...demo.settings, [targetKey]: place }
  const hurried = { ...plain, interval: SHORTEST_INTERVAL }
  const takesInterval = driver.configure(hurried, KIT).isValid
  let turn: NodeJS.Timeout | undefined

  const goOn = () => {
    clearTimeout(turn)
    simulator?.signal('SIGCONT')
  }
  const nap = (isAwake: boolean) => {
    simulator?.signal(isAwake ? 'SIGCONT' : 'SIGSTOP')
    turn = setTimeout(nap, isAwake ? SLICE_MS : PAUSE_MS, !isAwake)
  }
  return {
    name: demo.name,
    type,
    entry: options => (options?.shortestInterval && takesInterval ? hurried : plain),
    hang: () => simulator?.signal('SIGSTOP'),
    slow: () => nap(false),
    async kill() {
      simulator?.signal('SIGKILL')
      await simulator?.stop()
      simulator = undefined
    },
    async revive() {
      goOn()
      simulator ??= simulate(driver, address)
      await simulator.firstLine()
    },
    async stop() {
      goOn()
      await simulator?.stop()
    },
  }
}

function simulate({ type, demo }: Driver, listen: string): Program {
  const scenario = FULL_RATE[type] ?? demo.scenario
  const program = startProgram(HEARTH, ['simulate', type, '--listen', listen, '--scenario', scenario])
  // A real device takes no time of the machine that reads it.
  setPriority(program.pid, constants.priority.PRIORITY_LOW)
  return program
}
