import { expect } from 'vitest'
import { systemClock } from '../core/clock.ts'
import { silentLog } from '../core/log.ts'
import { textAnswer } from './answers.ts'
import { type Listener, type ListenerOptions, openListener } from './listener.ts'
import { type RawClient, rawClient } from './raw-client.test-helper.ts'
import type { Handler } from './request.ts'

/** For tests: a complete request. */
export const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'
/** For tests: what a listener answers unless told otherwise. */
export const HELLO = textAnswer(200, 'hello')

const opened: Listener[] = []
const clients: RawClient[] = []

/** For tests: ends every listener and client opened here. */
export async function closeAll(): Promise<void> {
  for (const one of clients.splice(0)) one.socket.destroy()
  await Promise.all(opened.splice(0).map(listener => listener.close(0)))
}

/** For tests: a listener on a free port of this machine. */
export async function open(
  handle: Handler = () => HELLO,
  more: Partial<ListenerOptions> = {},
): Promise<Listener> {
  const listener = await openListener({
    address: { host: '127.0.0.1', port: 0 },
    handle,
    log: silentLog,
    clock: systemClock,
    name: 'the test listener',
    ...more,
  })
  opened.push(listener)
  return listener
}

/** For tests: a raw client of a listener. */
export async function client(listener: Listener, write = ''): Promise<RawClient> {
  const made = await rawClient(listener.address.port, write)
  clients.push(made)
  return made
}

/** For tests: the listener still answers, and soon. */
export async function expectAlive(listener: Listener): Promise<void> {
  const response = await fetch(`${listener.url}/`, { signal: AbortSignal.timeout(2000) })
  expect(await response.text()).toBe('hello\n')
}

/** For tests: the status of every answer in what a raw client received. */
export function statuses(text: string): readonly number[] {
  return [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(match => Number(match[1]))
}
