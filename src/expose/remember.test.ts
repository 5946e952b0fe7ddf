import { describe, expect, it } from 'vitest'
import { remembered } from './remember.ts'

function counting() {
  const seen: (string | undefined)[] = []
  const work = remembered(header => {
    seen.push(header)
    return header?.length ?? -1
  })
  return { seen, work }
}

describe('a remembered function of a header', () => {
  it('works once for the same header and gives each header its own answer', () => {
    const { seen, work } = counting()

    const answers = [work('a'), work('bb'), work('a'), work('bb')]

    expect(answers).toEqual([1, 2, 1, 2])
    expect(seen).toEqual(['a', 'bb'])
  })

  it('answers where there is no header', () => {
    expect(counting().work(undefined)).toBe(-1)
  })

  it('does not keep long headers', () => {
    const { seen, work } = counting()
    const long = 'x'.repeat(513)

    expect([work(long), work(long)]).toEqual([513, 513])

    expect(seen).toHaveLength(2)
  })

  it('forgets, when ever new headers come', () => {
    const { seen, work } = counting()
    for (let i = 0; i < 33; i++) work(`header ${i}`)

    work('header 0')

    expect(seen).toHaveLength(34)
  })
})
