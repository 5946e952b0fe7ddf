import { createHash } from 'node:crypto'

/** A session that nobody uses is forgotten, as PHP does it. */
const IDLE_MS = 24 * 60_000
const MOST_SESSIONS = 100

/** What the gateway remembers of a browser. */
export interface Session {
  readonly id: string
  user: string | undefined
  /** Pages since the login. */
  pages: number
  usedAt: number
}

export type Sessions = ReturnType<typeof createSessions>

/** Sessions of PHP: `PHPSESSID`, 32 hexadecimal digits. */
export function createSessions(seed: number) {
  const sessions = new Map<string, Session>()
  let made = 0
  return {
    /** The session of a Cookie header, or a new one that the browser has to be told of. */
    of(cookie: string | undefined, now: number): { readonly session: Session; readonly isNew: boolean } {
      const [, id = ''] = /(?:^|;\s*)PHPSESSID=([0-9a-f]{32})(?:;|$)/.exec(cookie ?? '') ?? []
      const known = sessions.get(id)
      if (known && now - known.usedAt < IDLE_MS) {
        known.usedAt = now
        return { session: known, isNew: false }
      }
      sessions.delete(id)
      made += 1
      const session: Session = { id: hex(`${seed} ${made}`), user: undefined, pages: 0, usedAt: now }
      sessions.set(session.id, session)
      const [oldest] = sessions.keys()
      if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest)
      return { session, isNew: true }
    },
    /** Nobody is logged in any more, as after a restart. */
    forget() {
      sessions.clear()
    },
  }
}

function hex(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
