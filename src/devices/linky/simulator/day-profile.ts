import { twoDigits } from './legal-time.ts'

const BLOCKS = 11
const UNUSED = 'NONUTILE'

/** What the dry contact does from a block's start on. */
export const CONTACT = { unchanged: 0, byTempo: 1, open: 2, closed: 3 } as const

/** From a minute of the day on: which supplier index counts, and what the dry contact does. */
export interface ProfileBlock {
  readonly fromMinute: number
  readonly index: number
  readonly contact: number
}

/** The 98 characters of `PJOURF+1` and `PPOINTE`: 11 blocks of 8, one space between. */
export function dayProfile(blocks: readonly ProfileBlock[]): string {
  const used = blocks.map(({ fromMinute, index, contact }) => {
    const start = twoDigits(Math.floor(fromMinute / 60)) + twoDigits(fromMinute % 60)
    const bits = contact * 2 ** 14 + index
    return start + bits.toString(16).toUpperCase().padStart(4, '0')
  })
  return Array.from({ length: BLOCKS }, (_, place) => used[place] ?? UNUSED).join(' ')
}
