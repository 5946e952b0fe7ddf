import type { Clock } from '../../core/clock.ts'
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

interface Known {
  list: readonly OldEntity[] | undefined
  readonly described: Map<string, JsonObject>
}

export function createDescriber(asker: Asker, keep: Keep, clock: Clock): Describer {
  let identity = ''
  let known = new Map<string, Known>()

  function of(word: string): Known {
    const found = known.get(word) ?? { list: undefined, described: new Map<string, JsonObject>() }
    known.set(word, found)
    return found
  }

  function missing(word: string, keys: ReadonlySet<string>): readonly OldEntity[] {
    const { list, described } = of(word)
    return (list ?? []).filter(
      entity => keys.has(`${entity.circuit}.${entity.name}`) && !described.has(entity.key),
    )
  }

  function load(wanted: string): void {
    identity = wanted
    known = new Map()
    const kept = keep.load()
    if (!isObject(kept) || stringAt(kept, 'of') !== wanted) return
    for (const [word, described] of readKept(kept['described'])) {
      known.set(word, { list: undefined, described: new Map(described) })
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
        own.list = got.kind === 'json' ? readOldList(got.object) : []
      }
      let hasLearned = false
      try {
        for (const entity of missing(word, keys)) {
          if (signal.aborted || clock.monotonic() >= until) break
          const got = await asker.get(`${word}/${descriptionPath(entity)}`, signal)
          const described = got.kind === 'json' ? essence(got.object) : undefined
          // One that does not describe itself is not asked again: it has no place in the text.
          own.described.set(entity.key, described ?? { type: 'command' })
          hasLearned = true
        }
      } finally {
        if (hasLearned) save()
      }
    },
  }
}
