import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MonotonicMs } from '../../core/clock.ts'
import type { AnswerName, Dialect } from './commands.ts'
import { readingsOf } from './fields.ts'
import { createJudge } from './judge.ts'
import { MEASURED } from './pairs.test-data.ts'

/** Damaged answers in the ordinary run. */
const DAMAGED = 100_000

const NAMES: readonly (readonly [command: string, name: AnswerName])[] = [
  ['S?\r', 'S?'],
  ['S2\r', 'S2'],
  ['CRC', 'CRC'],
  ['HN\r', 'HN'],
  ['V?\r', 'V?'],
]

function randomNumbers(seed: number) {
  let state = seed >>> 0 || 1
  return (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** Still 32 bytes: wrong bits, wrong bytes, a lost byte with another at the end, a doubled one, another answer, noise. */
function damage(
  bytes: Uint8Array,
  others: readonly Uint8Array[],
  random: (below: number) => number,
): Uint8Array {
  const damaged = Uint8Array.from(bytes)
  const at = random(32)
  switch (random(6)) {
    case 0:
      for (let bits = 1 + random(3); bits > 0; bits--) {
        const where = random(32)
        damaged[where] = (damaged[where] ?? 0) ^ (1 << random(8))
      }
      return damaged
    case 1:
      damaged[at] = random(256)
      return damaged
    case 2:
      return Uint8Array.of(...damaged.subarray(0, at), ...damaged.subarray(at + 1), random(256))
    case 3:
      return Uint8Array.of(random(256), ...damaged.subarray(0, 31))
    case 4:
      return Uint8Array.from(others[random(others.length)] ?? damaged)
    default:
      return damaged.map(() => random(256))
  }
}

describe('damaged answers', () => {
  it(`are never believed among true ones, of ${DAMAGED}`, () => {
    const random = randomNumbers(20_261_121)
    const wrong: string[] = []
    let at = 0
    let refused = 0
    for (let done = 0; done < DAMAGED; ) {
      const judge = createJudge()
      const answers = MEASURED[random(MEASURED.length)]?.answers ?? {}
      const table = NAMES.map(([command, name]) => ({
        name,
        bytes: Buffer.from(answers[command] ?? '', 'hex'),
      }))
      const hear = (name: AnswerName, bytes: Uint8Array) => {
        at += 200
        return judge.hear(name, bytes, at as MonotonicMs, 'plain')
      }
      for (const { name, bytes } of table) {
        hear(name, bytes)
        hear(name, bytes)
      }
      for (let i = 0; i < 500; i++, done++) {
        const { name, bytes } = table[i % table.length] ?? { name: 'S?', bytes: Buffer.alloc(32) }
        const others = table.filter(other => other.name !== name).map(other => other.bytes)
        const damaged = damage(bytes, others, random)
        const verdict = hear(name, damaged)
        if (verdict.kind !== 'accepted') refused++
        else if (!bytes.equals(verdict.bytes)) wrong.push(`${name} ${Buffer.from(damaged).toString('hex')}`)
        const after = hear(name, bytes)
        if (after.kind !== 'accepted' || !bytes.equals(after.bytes)) wrong.push(`${name} true answer refused`)
      }
      if (wrong.length > 0) break
    }
    expect(wrong).toEqual([])
    expect(refused).toBeGreaterThan(DAMAGED * 0.95)
  })

  it('are never believed before the first true one, unless twice the same', () => {
    const random = randomNumbers(7)
    for (let i = 0; i < 5_000; i++) {
      const judge = createJudge()
      for (const [command, name] of NAMES) {
        const bytes = Buffer.from(MEASURED[i % MEASURED.length]?.answers[command] ?? '', 'hex')
        expect(judge.hear(name, damage(bytes, [bytes], random), 0 as MonotonicMs, 'plain').kind).not.toBe(
          'accepted',
        )
      }
    }
  })
})

describe('any 32 bytes', () => {
  it('become readings that are numbers, flags or text', () => {
    const name = fc.constantFrom<AnswerName>('S?', 'S2', 'CRC', 'HN', 'V?', 'EN', 'REV', 'D2', 'V0')
    const dialect = fc.constantFrom<Dialect>('plain', 'xtreme')
    fc.assert(
      fc.property(name, dialect, fc.uint8Array({ minLength: 32, maxLength: 32 }), (which, spoken, bytes) => {
        for (const { value } of readingsOf(which, bytes, spoken)) {
          if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
