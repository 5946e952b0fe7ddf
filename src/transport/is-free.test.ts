import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from 'vitest'
import { isFree } from './is-free.ts'

it('tells a port that is taken from one that is free', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0

  expect(await isFree({ host: '127.0.0.1', port })).toBe(false)
  server.close()
  await once(server, 'close')
  expect(await isFree({ host: '127.0.0.1', port })).toBe(true)
})
