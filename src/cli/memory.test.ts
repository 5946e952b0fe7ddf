import { expect, it } from 'vitest'
import { forgetStart } from './memory.ts'

const LARGE = `return [${Array.from({ length: 20_000 }, (_, i) => `n + ${i}`).join(',')}].length`

it('gives up the code of what ran at the start, which runs again all the same', () => {
  const functions = Array.from({ length: 20 }, (_, i) => new Function('n', `/* ${i} */ ${LARGE}`))
  const run = () => functions.map(each => each(1))
  const expected = run()
  const before = process.memoryUsage().heapUsed

  forgetStart()

  expect(before - process.memoryUsage().heapUsed).toBeGreaterThan(2_000_000)
  expect(run()).toEqual(expected)
})
