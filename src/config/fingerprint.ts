import { createHash } from 'node:crypto'

/**
 * A text that changes when an entry of the configuration does, or a secret it points to.
 * A digest of it all, so that it can be kept and compared without keeping a secret.
 */
export function fingerprint(entry: unknown, secrets: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([sorted(entry), secrets]))
    .digest('hex')
}

// Keys in another order are the same settings.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  )
}
