import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, nearest, suggestion } from './suggest.ts'

describe('editDistance', () => {
  it.each([
    ['port', 'port', 0],
    ['', 'port', 4],
    ['prot', 'port', 1],
    ['linkey', 'linky', 1],
    ['lnky', 'linky', 1],
    ['linki', 'linky', 1],
    ['ca', 'abc', 3],
  ])('%s to %s takes %i edits', (from, to, edits) => {
    expect(editDistance(from, to)).toBe(edits)
  })

  it('is the same both ways, never more than the longer word, and 0 only for equal words', () => {
    const word = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c') })
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b)

        expect(distance).toBe(editDistance(b, a))
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
        expect(distance === 0).toBe(a === b)
      }),
    )
  })
})

describe('nearest', () => {
  const known = ['port', 'mode', 'stale_after', 'drop_in', 'stiebel-isg', 'to']

  it.each([
    ['prot', 'port'],
    ['PORT', 'port'],
    ['staleAfter', 'stale_after'],
    ['stale-after', 'stale_after'],
    ['isg', 'stiebel-isg'],
    ['serial_port', 'port'],
    ['colour', undefined],
    ['x', undefined],
    ['ot', undefined],
    ['', undefined],
    ['port'.repeat(20), undefined],
  ])('for %s is %s', (word, expected) => {
    expect(nearest(word, known)).toBe(expected)
  })
})

describe('suggestion', () => {
  it('names the word that was meant', () => {
    expect(suggestion('prot', ['port'], 'it knows')).toBe(', did you mean "port"?')
  })

  it('lists the known words when none is near', () => {
    expect(suggestion('colour', ['mode', 'port'], 'it knows')).toBe('; it knows mode, port')
  })

  it('says nothing when nothing is known', () => {
    expect(suggestion('colour', [], 'it knows')).toBe('')
  })
})
