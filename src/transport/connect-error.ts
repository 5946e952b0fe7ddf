import { HearthError } from '../core/errors.ts'
import { codeOf } from './system-error.ts'

/** Why a TCP connection did not come about, in words for the person who set it up. */
export function connectError(place: string, cause: unknown): HearthError {
  const code = codeOf(cause) ?? 'unknown'
  const { id, what, hint } = wordsFor(code)
  return new HearthError(id, `${place}: ${what}`, { kind: 'connect', hint, cause })
}

function wordsFor(code: string): { id: string; what: string; hint: string } {
  switch (code) {
    case 'ECONNREFUSED':
      return {
        id: 'HEARTH_CONNECT_REFUSED',
        what: 'connection refused, nothing listens there',
        hint: 'Check the port number and that the bridge (ser2net, socat) runs',
      }
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return {
        id: 'HEARTH_HOST_UNKNOWN',
        what: 'no such host',
        hint: 'Check the name, or write the IP address',
      }
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
      return {
        id: 'HEARTH_CONNECT_UNREACHABLE',
        what: 'the host cannot be reached',
        hint: 'Check that it is switched on and in this network',
      }
    case 'ETIMEDOUT':
      return {
        id: 'HEARTH_CONNECT_TIMEOUT',
        what: 'the host does not answer',
        hint: 'Check the address and the firewall',
      }
    default:
      return {
        id: 'HEARTH_CONNECT_FAILED',
        what: `no connection (${code})`,
        hint: 'Check the address and the network',
      }
  }
}
