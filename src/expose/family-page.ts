import type { Family } from '../core/families/index.ts'
import type { Format } from './format.ts'
import type { Part } from './part.ts'

/** Families in their order, and who contributes to them. */
export interface Section {
  readonly table: Readonly<Record<string, Family>>
  readonly parts: readonly Pick<Part<string>, 'chunks'>[]
}

/** A page of ready chunks: each family's metadata once, then its samples of all contributors. */
export function familyPage(format: Format, sections: readonly Section[]): string {
  const pieces: string[] = []
  for (const { table, parts } of sections) {
    const chunks = chunksByFamily(parts)
    for (const name in table) {
      const family = table[name]
      const found = chunks.get(name)
      if (family === undefined || found === undefined) continue
      pieces.push(headerOf(format, name, family))
      for (const chunk of found) pieces.push(chunk)
    }
  }
  pieces.push(format.end)
  return pieces.join('')
}

/** Of a hundred families a contributor has a few: it is not asked for each. */
function chunksByFamily(parts: Section['parts']): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const part of parts) {
    part.chunks.forEach((chunk, name) => {
      const before = found.get(name)
      if (before) before.push(chunk)
      else found.set(name, [chunk])
    })
  }
  return found
}

interface Header {
  readonly name: string
  readonly text: string
}

/** On a page of a hundred series the metadata, made anew each time, would cost as much as all the samples. */
const headers = new WeakMap<Format, WeakMap<Family, Header>>()

function headerOf(format: Format, name: string, family: Family): string {
  const ofFormat = headers.get(format) ?? new WeakMap<Family, Header>()
  headers.set(format, ofFormat)
  const known = ofFormat.get(family)
  if (known?.name === name) return known.text
  const text = format.header(name, family)
  ofFormat.set(family, { name, text })
  return text
}
