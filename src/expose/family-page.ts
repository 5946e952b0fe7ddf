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
    for (const name in table) {
      const family = table[name]
      let isFirst = true
      for (const part of parts) {
        const chunk = part.chunks.get(name)
        if (chunk === undefined || family === undefined) continue
        if (isFirst) pieces.push(headerOf(format, name, family))
        isFirst = false
        pieces.push(chunk)
      }
    }
  }
  pieces.push(format.end)
  return pieces.join('')
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
