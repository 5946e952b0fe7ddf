import { setFlagsFromString } from 'node:v8'
import type { Clock } from '../core/clock.ts'

const COMPILERS = ['maglev', 'turbofan'] as const

/**
 * So much of one processor is much to do. A house of five devices takes a hundredth of it; on the smallest machines ten
 * times that.
 */
const BUSY_SHARE = 0.2
const LOOK_EVERY_MS = 2_000
/** So many looks in a row without much to do, and it is over. */
const CALM_LOOKS = 30
const US_PER_MS = 1_000

/**
 * Whether V8 may make optimised code from now on. `bin/hearth` starts it without: a service that reads a few devices runs
 * nothing often enough for such code to be worth its making, and the compilers alone take 8 MB of resident memory.
 */
export function optimise(isWanted: boolean): void {
  for (const name of COMPILERS) setFlagsFromString(isWanted ? `--${name}` : `--no-${name}`)
}

export interface OptimiserUse {
  readonly clock: Clock
  /** Time on a processor since the start, in microseconds. */
  cpuUs(): number
  optimise(isWanted: boolean): void
}

/** Lets V8 optimise while there is much to do: a thousand devices, or many who ask. The function returned ends that. */
export function optimiseWhileBusy({ clock, cpuUs, optimise }: OptimiserUse): () => void {
  let cancel = () => {}
  let before = { cpuUs: cpuUs(), at: clock.monotonic() }
  let isOptimising = false
  let calmLooks = 0

  function look(): void {
    const now = { cpuUs: cpuUs(), at: clock.monotonic() }
    const share = (now.cpuUs - before.cpuUs) / ((now.at - before.at) * US_PER_MS)
    before = now
    calmLooks = share > BUSY_SHARE ? 0 : calmLooks + 1
    const isWanted = isOptimising ? calmLooks < CALM_LOOKS : calmLooks === 0
    if (isWanted !== isOptimising) optimise(isWanted)
    isOptimising = isWanted
    cancel = clock.after(LOOK_EVERY_MS, look)
  }

  cancel = clock.after(LOOK_EVERY_MS, look)
  return () => cancel()
}
