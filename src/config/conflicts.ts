import type { ListenAddress } from '../core/settings.ts'
import type { Finding, Place } from './problem.ts'

/** Something that listens, and where the file says so; no offset for a default. */
export interface Listener {
  readonly name: string
  readonly address: ListenAddress
  readonly offset: number | undefined
}

/** A device and where the file says how it is reached. */
export interface Reached {
  readonly name: string
  readonly place: string
  readonly account?: string | undefined
  readonly offset: number
}

/** Every listener whose port is taken by one before it. */
export function listenerConflicts(
  listeners: readonly Listener[],
  placeOf: (offset: number) => Place,
): readonly Finding[] {
  return conflicts(listeners, (a, b) => overlaps(a.address, b.address)).map(({ first, second }) => {
    const line = first.offset === undefined ? 'the default' : `line ${placeOf(first.offset).line}`
    return {
      offset: second.offset ?? 0,
      message: `${second.name}: port ${second.address.port} is taken by ${first.name} (${line}); choose another port`,
    }
  })
}

/** Every device that is reached at the place of one before it, and by the same account where there are accounts. */
export function placeConflicts(
  devices: readonly Reached[],
  isSamePlace: (a: string, b: string) => boolean,
  placeOf: (offset: number) => Place,
): readonly Finding[] {
  // A recorded capture can be read by many; a port or an address only by one.
  const exclusive = devices.filter(({ place }) => !place.startsWith('file:'))
  const clash = (a: Reached, b: Reached) => a.account === b.account && isSamePlace(a.place, b.place)
  return conflicts(exclusive, clash).map(({ first, second }) => {
    const line = placeOf(first.offset).line
    const place = first.place === second.place ? first.place : `${second.place} (the same as ${first.place})`
    return {
      offset: second.offset,
      message: `${second.name}: ${place} is already read by ${first.name} (line ${line}); two devices cannot share it`,
    }
  })
}

/** A device by name, with the words of the machines that it may show beside itself. */
export interface Named {
  readonly name: string
  readonly memberNames: readonly string[]
  readonly offset: number
}

/** Every device that has the name of a machine behind another one. */
export function memberConflicts(
  devices: readonly Named[],
  placeOf: (offset: number) => Place,
): readonly Finding[] {
  const owners = new Map<string, Named>(
    devices.flatMap(gateway =>
      gateway.memberNames.map(word => [`${gateway.name}-${word}`, gateway] as const),
    ),
  )
  return devices.flatMap(({ name, offset }) => {
    const gateway = owners.get(name)
    if (!gateway) return []
    const line = placeOf(gateway.offset).line
    return [
      {
        offset,
        message: `${name}: this is the name of a machine behind ${gateway.name} (line ${line}); give one of the two another name`,
      },
    ]
  })
}

/** Later items of the file that clash with an earlier one, each once. */
function conflicts<T extends { readonly offset: number | undefined }>(
  items: readonly T[],
  clash: (a: T, b: T) => boolean,
): readonly { readonly first: T; readonly second: T }[] {
  const inOrder = items.toSorted((a, b) => (a.offset ?? -1) - (b.offset ?? -1))
  return inOrder.flatMap((second, index) => {
    const first = inOrder.slice(0, index).find(earlier => clash(earlier, second))
    return first ? [{ first, second }] : []
  })
}

/** Whether two listeners cannot both have their port. Port 0 lets the system choose, so it never clashes. */
export function overlaps(a: ListenAddress, b: ListenAddress): boolean {
  if (a.port !== b.port || a.port === 0) return false
  const [one, other] = [hostOf(a), hostOf(b)]
  if (one === EVERY || other === EVERY || one === other) return true
  if (one === EVERY_V4) return !other.includes(':')
  if (other === EVERY_V4) return !one.includes(':')
  const isLoopback = (host: string) => host === '127.0.0.1' || host === '::1'
  return (one === 'localhost' && isLoopback(other)) || (other === 'localhost' && isLoopback(one))
}

// The unspecified IPv6 address takes IPv4 connections as well.
const EVERY = '::'
const EVERY_V4 = '0.0.0.0'

function hostOf({ host }: ListenAddress): string {
  return host === undefined ? EVERY : host.toLowerCase()
}
