import type { Clock } from '../../core/clock.ts'
import { HearthError } from '../../core/errors.ts'
import type { Keep } from '../../core/keep.ts'
import type { Asker } from './asker.ts'
import { isObject, type JsonObject, stringAt } from './json.ts'
import { noJson } from './machine-reading.ts'
import { descriptionPath, essence, type OldEntity, readKept, readOldList } from './old-machine.ts'

/** Descriptions of firmware 3.4 to 3.6, which gives one per question: asked once, slowly, and kept. */
export interface Describer {
  /** What the descriptions are of (version, language, devices): when it changes, all are asked anew. */
  use(identity: string): void
  list(word: string): readonly OldEntity[]
  descriptions(word: string): ReadonlyMap<string, JsonObject>
  /** Whether each entity with a value has its description. */
  isComplete(word: string, keys: ReadonlySet<string>): boolean
  /** Asks for what is missing until the time is over. */
  askOn(word: string, keys: ReadonlySet<string>, until: number, signal: AbortSignal): Promise<void>
}

/** Times that an entity is asked for before it is given up: one that never answers must not cost the others. */
const MOST_TRIES = 3

interface Known {
  list: readonly OldEntity[] | undefined
  /** Questions in vain, by key. */
  readonly inVain: Map<string, number>
  readonly described: Map<string, JsonObject>
}

export function createDescriber(asker: Asker, keep: Keep, clock: Clock): Describer {
  let identity = ''
  let known = new Map<string, Known>()

  function of(word: string): Known {
    const found = known.get(word) ?? {
      list: undefined,
      inVain: new Map<string, number>(),
      described: new Map<string, JsonObject>(),
    }
    known.set(word, found)
    return found
  }

  function missing(word: string, keys: ReadonlySet<string>): readonly OldEntity[] {
    const { list, inVain, described } = of(word)
    return (list ?? []).filter(
      entity =>
        keys.has(`${entity.circuit}.${entity.name}`) &&
        !described.has(entity.key) &&
        (inVain.get(entity.key) ?? 0) < MOST_TRIES,
    )
  }

  function load(wanted: string): void {
    identity = wanted
    known = new Map()
    const kept = keep.load()
    if (!isObject(kept) || stringAt(kept, 'of') !== wanted) return
    for (const [word, described] of readKept(kept['described'])) {
      known.set(word, { list: undefined, inVain: new Map(), described: new Map(described) })
    }
  }

  function save(): void {
    const described = Object.fromEntries(
      [...known].map(([word, each]) => [word, Object.fromEntries(each.described)]),
    )
    keep.save({ of: identity, described })
  }

  return {
    use(wanted) {
      if (wanted !== identity) load(wanted)
    },
    list: word => of(word).list ?? [],
    descriptions: word => of(word).described,
    isComplete: (word, keys) => of(word).list !== undefined && missing(word, keys).length === 0,
    async askOn(word, keys, until, signal) {
      const own = of(word)
      if (!own.list) {
        const got = await asker.get(`${word}/entities`, signal)
        if (got.kind === 'text') throw noJson(asker.nameOf(`${word}/entities`))
        if (got.kind === 'none') return
        own.list = readOldList(got.object)
      }
      let hasLearned = false
      let problem: unknown
      try {
        for (const entity of missing(word, keys)) {
          if (signal.aborted || clock.monotonic() >= until) break
          const got = await asker
            .get(`${word}/${descriptionPath(entity)}`, signal)
            .catch((error: unknown) => {
              if (signal.aborted || !isOfOne(error)) throw error
              own.inVain.set(entity.key, (own.inVain.get(entity.key) ?? 0) + 1)
              problem = error
            })
          if (!got) continue
          const described = got.kind === 'json' ? essence(got.object) : undefined
          // One that does not describe itself is not asked again: it has no place in the text.
          own.described.set(entity.key, described ?? { type: 'command' })
          hasLearned = true
        }
      } finally {
        if (hasLearned) save()
      }
      if (problem !== undefined) throw problem
    },
  }
}

/** A failure that is this question's; a gateway that does not answer at all fails all of them. */
function isOfOne(error: unknown): boolean {
  return error instanceof HearthError && !['connect', 'timeout', 'auth', 'rate_limited'].includes(error.kind)
}
