import { describe, expect, it } from 'vitest'
import type { Flavour, Page } from '../core/page.ts'
import { createDropIn } from './drop-in.ts'
import { ask, someProcess, someSite } from './exposition.test-helper.ts'
import { processPage } from './process-families.ts'

const page: ReadonlyMap<string, Page> = new Map([
  [
    'metrics',
    {
      kind: 'metrics',
      families: [{ name: 'a', help: 'A', type: 'gauge', samples: [{ labels: [], value: 1 }] }],
    },
  ],
])

function start(flavour: Flavour, hasProcessFamilies: boolean) {
  const made = createDropIn({ ...someSite(flavour), hasProcessFamilies })
  const names = () =>
    Buffer.from(made.answer('/metrics', ask()).body)
      .toString('utf8')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(line => line.split(' ', 1)[0])
  return { made, names }
}

describe('process families of a drop-in', () => {
  it('stand before the page where the original has them', () => {
    const { made, names } = start('python', true)
    made.updateProcess(processPage(someProcess()))
    made.update(page)
    expect(names()).toHaveLength(7)
    expect(names().at(-1)).toBe('a')
  })

  it('are sorted in with the others by a Go library', () => {
    const { made, names } = start('go', true)
    made.update(page)
    made.updateProcess(processPage(someProcess()))
    expect(names()).toHaveLength(7)
    expect(names()[0]).toBe('a')
  })

  it('are not there where the original has none', () => {
    const { made, names } = start('python', false)
    made.updateProcess(processPage(someProcess()))
    made.update(page)
    expect(names()).toEqual(['a'])
  })

  it('change the kept page when they change, and only then', () => {
    const { made } = start('python', true)
    made.update(page)
    made.updateProcess(processPage(someProcess()))
    const first = made.answer('/metrics', ask()).body
    made.updateProcess(processPage(someProcess()))
    expect(made.answer('/metrics', ask()).body).toBe(first)
    made.updateProcess(processPage({ ...someProcess(), openFds: 99 }))
    expect(made.answer('/metrics', ask()).body).not.toBe(first)
  })
})
