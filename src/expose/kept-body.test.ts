import { gunzipSync } from 'node:zlib'
import { expect, it, vi } from 'vitest'
import { gzipBody, keptBody } from './kept-body.ts'

it('renders once and compresses once per change, whatever the number of requests', () => {
  const render = vi.fn(() => 'text é\n')
  const compress = vi.fn(gzipBody)
  const body = keptBody(render, compress)
  const ask = () => Array.from({ length: 100 }, () => [body.plain(), body.gzip()]).flat()

  const first = new Set(ask())
  body.drop()
  const second = new Set(ask())

  expect(first.size).toBe(2)
  expect(second.size).toBe(2)
  expect(new Set([...first, ...second]).size).toBe(4)
  expect(render).toHaveBeenCalledTimes(2)
  expect(compress).toHaveBeenCalledTimes(2)
  expect(gunzipSync(body.gzip()).toString('utf8')).toBe('text é\n')
})

it('does nothing before the first request', () => {
  const render = vi.fn(() => '')

  keptBody(render).drop()

  expect(render).not.toHaveBeenCalled()
})
