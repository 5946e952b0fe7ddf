import { describe, expect, it, vi } from 'vitest'
import type { UnixMs } from './clock.ts'
import { createCookieJar } from './cookies.ts'

const NOW = Date.UTC(2026, 10, 21) as UnixMs

describe('cookie jar', () => {
  it('sends back what it was given, undecoded', () => {
    const jar = createCookieJar()
    jar.take(['PHPSESSID=ab%20c; path=/', 'lang=en'], NOW)

    expect(jar.headers()).toEqual({ Cookie: 'PHPSESSID=ab%20c; lang=en' })
  })

  it.each([
    'a=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0',
    'a=x; expires=Thu, 01-Jan-1970 00:00:01 GMT',
    'a=x; Max-Age=0',
    'a=; path=/',
  ])('forgets a cookie that the host deletes: %s', header => {
    const jar = createCookieJar()
    jar.take(['a=1'], NOW)
    jar.take([header], NOW)

    expect(jar.get('a')).toBeUndefined()
    expect(jar.headers()).toEqual({})
  })

  it('keeps a cookie whose life goes on', () => {
    const jar = createCookieJar()
    jar.take(['a=1; expires=Thu, 01-Jan-2037 00:00:01 GMT', 'b=2; Max-Age=60'], NOW)

    expect(jar.get('a')).toBe('1')
    expect(jar.get('b')).toBe('2')
  })

  it('takes what is no cookie without a word', () => {
    const said = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const jar = createCookieJar()
    jar.take(['a=1; expires=nonsense', '=;;;', 'b=2; Max-Age=x', 'c=3; SameSite=\u001b[31m'], NOW)

    expect(jar.get('a')).toBe('1')
    expect([...said.mock.calls, ...error.mock.calls]).toEqual([])
    vi.restoreAllMocks()
  })

  it('does not grow without end', () => {
    const jar = createCookieJar()
    jar.take(
      Array.from({ length: 500 }, (_, i) => `n${i}=1`),
      NOW,
    )

    expect(jar.headers()['Cookie']?.split('; ').length).toBe(50)
  })
})
