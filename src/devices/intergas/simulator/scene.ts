import type { CommandName, Dialect } from './commands.ts'
import type { Disturbance } from './disturbance.ts'

/** A boiler without its line: what it would say to a command at a moment. */
export interface Boiler {
  /** 32 bytes; undefined where this boiler does not know the command. Moments never go back. */
  answer(name: CommandName, elapsedMs: number): Uint8Array | undefined
}

export interface BoilerStart {
  readonly seed: number
  /** Wall time at which it starts, as milliseconds since 1970. */
  readonly startAt: number
}

/** A scenario and the boiler that plays it. */
export interface Scene {
  readonly name: string
  readonly summary: string
  readonly dialect: Dialect
  /** What a reader finds: answers it can trust, or something to drop. */
  readonly verdict: 'good' | 'bad'
  readonly disturbances: readonly Disturbance[]
  make(start: BoilerStart): Boiler
}

/** An undisturbed boiler of the plain dialect. */
export function soundScene(name: string, summary: string, make: Scene['make']): Scene {
  return { name, summary, dialect: 'plain', verdict: 'good', disturbances: [], make }
}
