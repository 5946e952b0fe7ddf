import { HearthError, messageOf } from '../core/errors.ts'
import { formatListen, type ListenAddress } from '../core/settings.ts'
import { findPortHolder } from './port-holder.ts'

/** The place that wanted an address and the setting that chose it, for messages. */
export interface Wanted {
  readonly address: ListenAddress
  readonly name: string
  readonly setting: string | undefined
  /** Programs whose usual port it is: another of them may be the one that has it. */
  readonly usualFor?: readonly string[]
}

/** Why listening failed, and what to do about it. */
export async function listenError(error: unknown, wanted: Wanted): Promise<HearthError> {
  const { address, name } = wanted
  const place = formatListen(address)
  const change = wanted.setting ? `set another address in "${wanted.setting}"` : 'choose another address'
  const failed = `Cannot listen on ${place} for ${name}`
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new HearthError('HEARTH_ADDRESS_IN_USE', `${failed}: ${await holderWords(address.port)}`, {
        hint: `Stop that program, or ${change}${usualWords(wanted)}`,
        cause: error,
      })
    case 'EACCES':
    case 'EPERM':
      return new HearthError('HEARTH_ADDRESS_DENIED', `${failed}: the system does not allow it`, {
        hint:
          address.port < 1024
            ? `Ports below 1024 need the capability CAP_NET_BIND_SERVICE; grant it, or ${change} with a port from 1024 on`
            : `A security policy may forbid this port; ${change}`,
        cause: error,
      })
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return new HearthError(
        'HEARTH_ADDRESS_UNKNOWN',
        `${failed}: this machine has no address "${address.host ?? 'any'}"`,
        {
          hint: `Use an address of this machine, 127.0.0.1 for this machine alone or ":${address.port}" for every interface; ${change}`,
          cause: error,
        },
      )
    default:
      return new HearthError('HEARTH_LISTEN_FAILED', `${failed}: ${messageOf(error)}`, {
        hint: `If this stays so, ${change}`,
        cause: error,
      })
  }
}

/** Two originals that want the same port cannot both have it: that is better said than found out. */
function usualWords({ address, usualFor = [] }: Wanted): string {
  if (usualFor.length < 2) return ''
  const all = usualFor.length === 2 ? 'both' : 'all'
  return `. ${usualFor.join(' and ')} ${all} use port ${address.port} unless they are told otherwise`
}

async function holderWords(port: number): Promise<string> {
  const holder = await findPortHolder(port)
  if (!holder) return 'another program listens there already'
  if (holder.pid === process.pid) return 'hearth itself listens there already'
  return `"${holder.program}" (process ${holder.pid}) listens there already`
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
