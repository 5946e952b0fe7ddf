import { describe, expect, it } from 'vitest'
import { COMMANDS, type Command, type Dialect, xorOf } from './commands.ts'
import { parseAnswer } from './exchange.ts'

const S: Command = COMMANDS.plain[0] ?? { name: 'S?', bytes: Uint8Array.of(), isRequired: true }
const answer = Uint8Array.from({ length: 32 }, (_, i) => (i * 7) % 251)
const join = (...parts: readonly (Uint8Array | readonly number[])[]) =>
  Uint8Array.from(parts.flatMap(part => [...part]))
const BOTH: readonly Dialect[] = ['plain', 'xtreme']

describe('parseAnswer', () => {
  it.each<[string, Uint8Array, readonly Dialect[], object]>([
    ['nothing', join([]), BOTH, { kind: 'silent', hasEcho: false }],
    ['32 bytes', answer, BOTH, { kind: 'answer', dialect: 'plain', bytes: answer, hasEcho: false }],
    ['the echo and 32', join(S.bytes, answer), BOTH, { kind: 'answer', bytes: answer, hasEcho: true }],
    ['the echo alone', S.bytes, BOTH, { kind: 'silent', hasEcho: true }],
    ['a stray byte before', join([1], answer), ['plain'], { kind: 'bad', error: 'framing' }],
    ['a stray byte behind', join(answer, [1]), ['plain'], { kind: 'bad', error: 'framing' }],
    ['half', answer.subarray(0, 16), BOTH, { kind: 'bad', error: 'framing' }],
    ['two answers', join(answer, answer), BOTH, { kind: 'bad', error: 'framing' }],
    [
      '33 with the XOR byte',
      join(answer, [xorOf(answer)]),
      BOTH,
      { kind: 'answer', dialect: 'xtreme', bytes: answer },
    ],
    [
      'the echo and 33 with the XOR byte',
      join(S.bytes, answer, [xorOf(answer)]),
      ['xtreme'],
      { kind: 'answer', dialect: 'xtreme', bytes: answer, hasEcho: true },
    ],
    [
      '33 with it, where plain is settled',
      join(answer, [xorOf(answer)]),
      ['plain'],
      { kind: 'bad', error: 'framing' },
    ],
    [
      '33 with a wrong one',
      join(answer, [xorOf(answer) ^ 1]),
      ['xtreme'],
      { kind: 'bad', error: 'checksum' },
    ],
    ['32 where 33 are due', answer, ['xtreme'], { kind: 'bad', error: 'framing' }],
  ])('%s', (_name, raw, dialects, expected) => {
    expect(parseAnswer(raw, S, dialects)).toMatchObject(expected)
  })

  it('takes 32 bytes that begin like an echo for an answer', () => {
    const alike = join(S.bytes, answer.subarray(3))
    expect(parseAnswer(alike, S, BOTH)).toMatchObject({ kind: 'answer', bytes: alike, hasEcho: false })
  })
})
