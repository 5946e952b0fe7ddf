import { hashUnit } from '../../../simulation/random.ts'

/** More logins than this at once are no household: the oldest is forgotten. */
const MOST_SESSIONS = 50

/** The sessions of the cloud. */
export interface Sessions {
  /** Begins a session and gives its id. */
  begin(): string
  /** True where the Cookie header of a request names a session that lives. */
  isKnown(cookie: string | undefined): boolean
  /** Ends all. */
  clear(): void
}

/** No sessions yet; ids repeat with the seed. */
export function createSessions(seed: number): Sessions {
  const ids = new Set<string>()
  let count = 0
  return {
    begin() {
      const id = sessionId(seed, count++)
      ids.add(id)
      const [oldest] = ids
      if (ids.size > MOST_SESSIONS && oldest !== undefined) ids.delete(oldest)
      return id
    },
    isKnown: cookie => ids.has(cookieOf(cookie, 'PHPSESSID') ?? ''),
    clear: () => ids.clear(),
  }
}

/** Value of one cookie of a Cookie header. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const found = header?.split(';').find(part => part.trim().startsWith(`${name}=`))
  return found?.trim().slice(name.length + 1)
}

/** Twenty-six characters, as PHP makes them. */
export function sessionId(seed: number, count: number): string {
  return Array.from({ length: 26 }, (_, index) =>
    Math.floor(hashUnit(seed, count, index) * 32).toString(32),
  ).join('')
}
