import type { Cancel, Clock } from '../core/clock.ts'

/** All that the program takes from its surroundings; only `main.ts` makes the real one. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  random(): number
  /** Results: standard output. */
  write(text: string): void
  /** Complaints that no log line fits: standard error. */
  complain(text: string): void
  onSignal(name: 'SIGINT' | 'SIGTERM' | 'SIGHUP', task: () => void): Cancel
  /** The folder the program was started in. */
  readonly folder: string
  readonly version: string
  readonly revision: string
}

/** Exit codes: wanted end, cannot start or failed, wrong usage. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const
