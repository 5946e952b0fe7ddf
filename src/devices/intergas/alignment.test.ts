import { describe, expect, it } from 'vitest'
import { createAlignment } from './alignment.ts'
import type { AnswerName } from './commands.ts'
import { ALIKE, DISTINCT } from './late-line.test-helper.ts'

const [STATE = {}] = DISTINCT
const answer = (name: AnswerName) => STATE[name] ?? new Uint8Array(32)

/** What a line that keeps the last bytes of each answer back makes of these questions. */
function heard(names: readonly AnswerName[], kept: number) {
  const alignment = createAlignment()
  let rest: Uint8Array = new Uint8Array(kept)
  for (const name of names) {
    const bytes = Buffer.concat([rest, answer(name)])
    alignment.heard(name, bytes.subarray(0, 32))
    rest = bytes.subarray(32)
  }
  return alignment
}

describe('alignment', () => {
  it('is proven by two commands after the same answer that begin differently', () => {
    expect(heard(['S?', 'CRC', 'CRC'], 0).isProven).toBe(false)
    expect(heard(['S?', 'CRC', 'CRC', 'S?'], 0).isProven).toBe(true)
    expect(heard(['CRC', 'S?', 'CRC', 'HN'], 0).isProven).toBe(true)
  })

  it('is not proven by an answer whose end may have moved meanwhile', () => {
    expect(heard(['CRC', 'S?', 'S?', 'HN'], 0).isProven).toBe(false)
  })

  it.each(Array.from({ length: 31 }, (_, i) => i + 1))(
    'is never proven where %i bytes are kept back',
    kept => {
      const names = Object.keys(STATE) as AnswerName[]
      const questions = names.flatMap(first => names.flatMap(second => [first, first, second, first, second]))
      expect(heard(questions, kept).isProven).toBe(false)
    },
  )

  it('is proven for a boiler whose answers are nearly the same', () => {
    const alignment = createAlignment()
    for (const name of ['V?', 'V?', 'S?'] as const) {
      alignment.heard(name, ALIKE[0]?.[name] ?? new Uint8Array(32))
    }
    expect(alignment.isProven).toBe(true)
  })

  it('is not fresh after an interruption, and to be proven again after a doubt', () => {
    const alignment = createAlignment()
    alignment.trust()
    expect(alignment).toMatchObject({ isProven: true, isFresh: true })
    alignment.interrupt()
    expect(alignment).toMatchObject({ isProven: true, isFresh: false })
    alignment.doubt()
    expect(alignment).toMatchObject({ isProven: false, isFresh: false })
  })
})
