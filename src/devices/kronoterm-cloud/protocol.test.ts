import { describe, expect, it } from 'vitest'
import { json, reply } from './cloud.test-helper.ts'
import { judge, plainWords, retryAfterMs } from './protocol.ts'

const BASE_URL = 'https://cloud.test'

describe('an answer', () => {
  it('that is an object is a page', () => {
    expect(judge(json({ a: 1 }), 'x', BASE_URL)).toEqual({ kind: 'page', page: { a: 1 } })
    expect(judge(json({ result: 'success', a: 1 }), 'x', BASE_URL).kind).toBe('page')
    expect(judge(reply(200, '\ufeff{"a":1}'), 'x', BASE_URL).kind).toBe('page')
  })

  it.each([
    json({ result: 'action', js: 'window.location' }),
    reply(401, '{}'),
    reply(403, ''),
    reply(302, '', { headers: { location: '/?login=1' } }),
    reply(303, '', { headers: { location: 'https://cloud.test' } }),
    reply(301, '', { headers: { location: '/dhws/?login=1' } }),
  ])('that asks for a login says that the session is lost (%#)', answer => {
    expect(judge(answer, 'x', BASE_URL)).toEqual({ kind: 'lost' })
  })

  it.each([
    [reply(302, '', { headers: { location: 'http://[' } }), 'http_status', 'redirected elsewhere (HTTP 302)'],
    [
      reply(302, '', { headers: { location: 'https://maintenance.test/' } }),
      'http_status',
      'redirected elsewhere (HTTP 302)',
    ],
    [reply(302, ''), 'http_status', 'redirected elsewhere (HTTP 302)'],
    [reply(204, ''), 'http_status', 'the cloud answers HTTP 204'],
    [reply(429, ''), 'rate_limited', 'fewer requests'],
    [reply(200, ''), 'parse', 'the answer is empty'],
    [reply(200, '  <!DOCTYPE html>'), 'parse', 'no JSON but a web page'],
    [reply(200, '{"a":1'), 'parse', 'the answer is no JSON'],
    [json({ result: 'error' }), 'schema', 'the cloud answers an error: error'],
    [json({ result: 'error', desc: 'a\nb\u0000 c' }), 'schema', 'the cloud answers an error: a b c'],
    [json('text'), 'schema', 'JSON, but no object'],
  ])('that is none says what it is (%#)', (answer, kind, words) => {
    const verdict = judge(answer, 'cloud.test (menu)', BASE_URL)
    if (verdict.kind !== 'bad') throw new Error(verdict.kind)
    expect([verdict.error.kind, verdict.error.message]).toEqual([kind, expect.stringContaining(words)])
    expect(verdict.error.message).toContain('cloud.test (menu): ')
  })

  it('that is deeper than any is no trouble', () => {
    const depth = 200_000
    expect(judge(reply(200, `${'['.repeat(depth)}${']'.repeat(depth)}`), 'x', BASE_URL).kind).toBe('bad')
  })
})

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 21, 10, 0, 0)
  it.each([
    [503, '120', 120_000],
    [429, ' 7 ', 7_000],
    [503, 'Sat, 21 Nov 2026 10:01:00 GMT', 60_000],
    [503, 'Sat, 21 Nov 2026 09:01:00 GMT', 0],
    [503, 'soon', undefined],
    [503, '-5', undefined],
    [200, '120', undefined],
  ])('of HTTP %i with %s is %s', (status, text, expected) => {
    expect(retryAfterMs(reply(status, '', { headers: { 'retry-after': text } }), now)).toBe(expected)
  })

  it('is not there', () => {
    expect(retryAfterMs(reply(503, ''), now)).toBeUndefined()
  })
})

it('words of the cloud are one short line', () => {
  expect(plainWords('\u001b[31m a\r\n b ')).toBe('[31m a b')
  expect(plainWords('x'.repeat(1_000))).toHaveLength(100)
  expect([plainWords(' \n'), plainWords(7), plainWords(undefined)]).toEqual([undefined, undefined, undefined])
})
