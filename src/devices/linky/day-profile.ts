/** One switching of a day profile (PJOURF+1, PPOINTE). */
export interface Switching {
  /** `06:00` */
  readonly time: string
  /** Supplier index from then on, 1 to 10; undefined: no change. */
  readonly supplierIndex: number | undefined
  /** Virtual contacts that are closed from then on, 1 to 7. */
  readonly closedContacts: readonly number[]
  readonly dryContact: 'unchanged' | 'by the Tempo setting' | 'open' | 'closed'
}

const BLOCKS = 11
const UNUSED = 'NONUTILE'
const DRY_CONTACT = ['unchanged', 'by the Tempo setting', 'open', 'closed'] as const

/** Reads the 11 blocks of a day profile; undefined when one of them is none. */
export function parseDayProfile(text: string): readonly Switching[] | undefined {
  const blocks = text.split(' ')
  if (blocks.length !== BLOCKS) return undefined
  const switchings: Switching[] = []
  for (const block of blocks) {
    if (block === UNUSED) continue
    const match = /^([01]\d|2[0-3])([0-5]\d)([0-9A-F]{4})$/.exec(block)
    if (!match) return undefined
    const word = Number.parseInt(match[3] ?? '', 16)
    const index = word & 0xf
    switchings.push({
      time: `${match[1]}:${match[2]}`,
      supplierIndex: index >= 1 && index <= 10 ? index : undefined,
      closedContacts: [1, 2, 3, 4, 5, 6, 7].filter(contact => word & (1 << (contact + 3))),
      dryContact: DRY_CONTACT[word >>> 14] ?? 'unchanged',
    })
  }
  return switchings
}

/** A day profile in words: `00:00 index 1, 06:00 index 2`. */
export function describeDayProfile(switchings: readonly Switching[]): string {
  if (switchings.length === 0) return 'no switching'
  return switchings
    .map(({ time, supplierIndex, closedContacts, dryContact }) => {
      const parts = [supplierIndex === undefined ? 'same index' : `index ${supplierIndex}`]
      if (dryContact !== 'unchanged') parts.push(`dry contact ${dryContact}`)
      if (closedContacts.length > 0) parts.push(`contacts ${closedContacts.join(' ')}`)
      return `${time} ${parts.join(', ')}`
    })
    .join('; ')
}
