import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PAGES } from './pages.ts'
import { ORIGINAL_PAGES, steadyPages } from './turns.ts'

describe('the pages', () => {
  it('are questions: none writes', () => {
    for (const { query } of Object.values(PAGES))
      expect(new URLSearchParams(query).get('Action')).not.toBe('1')
    expect(Object.values(PAGES).filter(({ method }) => method === 'POST')).toEqual([PAGES.consumption])
  })

  it('and the login are all that any file of the driver sends', () => {
    const folder = new URL('./', import.meta.url)
    const senders = globSync('*.ts', { cwd: folder })
      .filter(file => !/\.(test|test-helper|test-data)\.ts$/.test(file))
      .filter(file =>
        /client\.ask|'POST'|param_name|\bfetch\(/.test(readFileSync(new URL(file, folder), 'utf8')),
      )
    expect(senders.sort()).toEqual(['pages.ts', 'session.ts'])
  })

  it('of every interval are at most six', () => {
    expect([ORIGINAL_PAGES.length, steadyPages('all').length, steadyPages('original').length]).toEqual([
      6, 5, 6,
    ])
  })
})
