import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { HearthError } from '../core/errors.ts'

/** Where the bytes of a device come from. */
export type LineAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'device'; readonly path: string }

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i
const TCP = /^tcp:\/\/(?:\[([0-9a-f:.]+(?:%[\w.-]+)?)\]|([^\s:/?#[\]@]+)):(\d{1,5})\/?$/i
const HOST_AND_PORT = /^[\w.-]+:\d{1,5}$/

/** The parts of `tcp://host:port`, `file:PATH` or a device path; throws a HearthError for anything else. */
export function parseAddress(text: string): LineAddress {
  const address = text.trim()
  if (/[\0-\x1f\x7f]/.test(address)) throw invalid(JSON.stringify(text), 'It holds a control character')
  if (address === '') throw invalid('""', 'Write /dev/ttyUSB0, tcp://host:port or file:PATH')
  if (/^tcp:/i.test(address)) return parseTcp(address)
  if (/^file:/i.test(address)) return parseFile(address)
  if (SCHEME.test(address)) throw invalid(address, 'A line over the network is written tcp://host:port')
  if (address.includes('/')) return { kind: 'device', path: address }
  throw invalid(address, hintFor(address))
}

function parseTcp(address: string): LineAddress {
  const match = TCP.exec(address)
  const port = Number(match?.[3])
  const host = match?.[1] ?? match?.[2]
  if (host === undefined) {
    throw invalid(address, 'Write tcp://host:port, with an IPv6 address as in tcp://[::1]:3333')
  }
  if (port < 1 || port > 65_535) throw invalid(address, 'A port is a number from 1 to 65535')
  return { kind: 'tcp', host: host.toLowerCase(), port }
}

function parseFile(address: string): LineAddress {
  const path = address.slice('file:'.length)
  if (path === '') throw invalid(address, 'Write file: and the path of a capture, as in file:capture.bin')
  return { kind: 'file', path }
}

function hintFor(address: string): string {
  if (HOST_AND_PORT.test(address)) return `Write tcp://${address}`
  if (/^tty\w+$/.test(address)) return `Write /dev/${address}`
  return 'Write a device path such as /dev/ttyUSB0, tcp://host:port, or file:PATH'
}

function invalid(address: string, hint: string): HearthError {
  return new HearthError(
    'HEARTH_ADDRESS_INVALID',
    `"${address.replace(/^"|"$/g, '')}" is no address of a line`,
    {
      hint,
      kind: 'connect',
    },
  )
}

/** One spelling for all the ways to write an address: links such as /dev/serial/by-id/... become the device itself. */
export function normalForm(address: LineAddress): string {
  if (address.kind === 'tcp') {
    const host = address.host.includes(':') ? `[${address.host}]` : address.host
    return `tcp://${host}:${address.port}`
  }
  const path = realPath(address.path)
  return address.kind === 'file' ? `file:${path}` : path
}

/** True when both addresses lead to one line; an address that is none is the same as nothing else. */
export function isSamePlace(a: string, b: string): boolean {
  try {
    return normalForm(parseAddress(a)) === normalForm(parseAddress(b))
  } catch {
    // What is wrong with an address is said where it is used.
    return a === b
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    // The adapter is not plugged in: its name is all there is to compare.
    return resolve(path)
  }
}
