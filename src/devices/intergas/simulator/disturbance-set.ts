import type { Random } from '../../../simulation/random.ts'
import type { CommandName } from './commands.ts'
import { type Disturbance, disturbed, type Reply } from './disturbance.ts'

/** All that is wrong with a line at a time. */
export interface DisturbanceSet {
  readonly isEchoing: boolean
  /** What becomes of a sound reply. */
  apply(name: CommandName, reply: Reply): Reply
  /** Switches one on; the function returned switches it off. */
  add(disturbance: Disturbance): () => void
  /** Replaces those that belong to the scenario. */
  ofScene(disturbances: readonly Disturbance[]): void
  clear(): void
}

interface Active {
  readonly disturbance: Disturbance
  /** How many replies it could have touched. */
  met: number
  /** How many it did touch. */
  done: number
}

/** A line with nothing wrong. */
export function disturbanceSet(random: Random): DisturbanceSet {
  let ofScene: Active[] = []
  let added: Active[] = []

  function isDue(active: Active, name: CommandName): boolean {
    const { disturbance } = active
    if (disturbance.kind === 'echo') return false
    const { only, every = 1, times = Number.POSITIVE_INFINITY } = disturbance
    if ((only && !only.includes(name)) || active.done >= times) return false
    active.met += 1
    if (active.met % every !== 0) return false
    active.done += 1
    return true
  }

  return {
    get isEchoing() {
      return [...ofScene, ...added].some(({ disturbance }) => disturbance.kind === 'echo')
    },
    apply(name, sound) {
      let reply = sound
      for (const active of [...ofScene, ...added]) {
        if (reply.steps.length === 0 || active.disturbance.kind === 'echo' || !isDue(active, name)) continue
        reply = disturbed(reply, active.disturbance, random)
      }
      return reply
    },
    add(disturbance) {
      const active = fresh(disturbance)
      added.push(active)
      return () => {
        added = added.filter(other => other !== active)
      }
    },
    ofScene(disturbances) {
      ofScene = disturbances.map(fresh)
    },
    clear() {
      ofScene = []
      added = []
    },
  }
}

function fresh(disturbance: Disturbance): Active {
  return { disturbance, met: 0, done: 0 }
}
