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
    for (const [name, family] of Object.entries(table)) {
      const chunks = parts.flatMap(part => part.chunks.get(name) ?? [])
      if (chunks.length > 0) pieces.push(format.header(name, family), ...chunks)
    }
  }
  pieces.push(format.end)
  return pieces.join('')
}
