import { once } from 'node:events'
import type { Server } from 'node:net'
import { HearthError } from '../core/errors.ts'
import { formatListen } from '../core/settings.ts'
import { codeOf } from './system-error.ts'

/** Makes a server listen, or throws a HearthError that names the place. A machine without IPv6 gets every IPv4 address. */
export async function listening(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
  try {
    server.listen({ host, port })
    await once(server, 'listening')
  } catch (cause) {
    const code = codeOf(cause)
    if (host === '::' && code === 'EAFNOSUPPORT') return listening(server, { host: '0.0.0.0', port })
    const place = formatListen({ host, port })
    throw new HearthError('HEARTH_LISTEN_FAILED', `Cannot listen on ${place} (${code ?? 'unknown'})`, {
      hint: 'Choose another address or port',
      cause,
    })
  }
}

/** The port that a listening server got. */
export function portOf(server: Server, wanted: number): number {
  const bound = server.address()
  return typeof bound === 'object' && bound ? bound.port : wanted
}

/** The address by which this machine reaches what listens on `host`. */
export function reachable(host: string): string {
  return host === '::' || host === '0.0.0.0' ? '127.0.0.1' : host
}
