import { createServer } from 'node:net'
import type { ListenAddress } from '../core/settings.ts'

/** Whether something could listen at an address now. Another program may still be faster: only a hint. */
export function isFree({ host, port }: ListenAddress): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => server.close(() => resolve(true)))
  })
}
