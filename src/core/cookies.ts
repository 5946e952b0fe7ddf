import { parseSetCookie } from 'set-cookie-parser'
import type { UnixMs } from './clock.ts'

/** The cookies of one account on one host. */
export interface CookieJar {
  /** Takes the Set-Cookie headers of an answer; a cookie that the host deletes is gone. Gives the names that were deleted. */
  take(setCookies: readonly string[], now: UnixMs): void
  get(name: string): string | undefined
  /** The Cookie header, `{}` when there is none. */
  headers(): Readonly<Record<string, string>>
  clear(): void
}

/** A host that invents cookies without end must not fill the memory. */
const MOST_COOKIES = 50

/** The library writes what it cannot read to the console: a host's words, once for each answer. */
const QUIETLY = { decodeValues: false, silent: true } as const

/** Makes an empty jar. Paths and domains are not looked at: a jar belongs to one device, which has one host. */
export function createCookieJar(): CookieJar {
  const cookies = new Map<string, string>()
  return {
    take(setCookies, now) {
      for (const cookie of parseSetCookie([...setCookies], QUIETLY)) {
        if (isDeletion(cookie, now)) cookies.delete(cookie.name)
        else if (cookies.has(cookie.name) || cookies.size < MOST_COOKIES)
          cookies.set(cookie.name, cookie.value)
      }
    },
    get: name => cookies.get(name),
    headers: () =>
      cookies.size === 0
        ? {}
        : { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    clear: () => cookies.clear(),
  }
}

/** A host deletes a cookie by an end in the past, a life of nothing, or PHP's word for it. */
function isDeletion(
  { value, expires, maxAge }: { value: string; expires?: Date; maxAge?: number },
  now: UnixMs,
): boolean {
  if (maxAge !== undefined) return maxAge <= 0
  return value === 'deleted' || value === '' || (expires !== undefined && expires.getTime() <= now)
}
