import type { Clock } from '../core/clock.ts'
import type { LineTransport } from '../core/line.ts'
import { type Log, silentLog } from '../core/log.ts'
import { parseAddress } from './address.ts'
import { captureTransport } from './capture.ts'
import { serialTransport } from './serial.ts'
import { tcpTransport } from './tcp.ts'

/** The line at an address as a person writes it; throws a HearthError when it is none. Nothing is opened yet. */
export function lineTransport(
  address: string,
  { clock, log = silentLog }: { readonly clock: Clock; readonly log?: Log },
): LineTransport {
  const parsed = parseAddress(address)
  const use = { place: address.trim(), clock }
  switch (parsed.kind) {
    case 'tcp':
      return tcpTransport(parsed, use)
    case 'file':
      return captureTransport(parsed.path, use)
    case 'device':
      return serialTransport(parsed.path, { ...use, log })
    default:
      return parsed satisfies never
  }
}
