import { Agent } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { get } from './scrape.ts'
import type { Server } from './server.ts'

export const SCRAPE_EVERY_MS = 2
/** No device is read more often than this many scrapes apart, and looking through a page takes as long as a scrape. */
const LOOK_AT_EVERY_SCRAPE = 50
const READ_AT = /^hearth_device_last_success_timestamp_seconds\{device="([^"]+)"\} (\S+)$/gm

/** What a scraper saw in a while. */
export interface Observed {
  /** How long each answer took. */
  readonly seconds: readonly number[]
  /** For each device the times of its good readings, in seconds; the first is that before the while. */
  readonly readAt: ReadonlyMap<string, readonly number[]>
}

/** Scrapes at a steady pace, and notes how long that took and when each device was last read. */
export async function observe({ url }: Server, forMs: number): Promise<Observed> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const times: number[] = []
  const readAt = new Map<string, number[]>()
  const from = performance.now()
  for (let at = 0; at < forMs; at += SCRAPE_EVERY_MS) {
    await pause(Math.max(0, from + at - performance.now()))
    if (performance.now() - from > forMs) break
    const asked = performance.now()
    const { status, body } = await get(`${url}/metrics`, 'identity', agent)
    times.push((performance.now() - asked) / 1000)
    if (status !== 200) throw new Error(`${url}/metrics answered ${status}`)
    if (times.length % LOOK_AT_EVERY_SCRAPE === 1) note(body.toString(), readAt)
  }
  agent.destroy()
  return { seconds: times, readAt }
}

/** How long answers took in several whiles together: so many of a hundred took no longer. */
export function answerSeconds(whiles: readonly Observed[], percent: number): number {
  const sorted = whiles.flatMap(({ seconds }) => seconds).toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length * percent) / 100)] ?? Number.NaN
}

/** Mean time from one good reading of a device to the next; undefined where there were not two. */
export function meanGap(whiles: readonly Observed[], device: string): number | undefined {
  let seconds = 0
  let gaps = 0
  for (const { readAt } of whiles) {
    const times = readAt.get(device) ?? []
    seconds += (times.at(-1) ?? 0) - (times[0] ?? 0)
    gaps += Math.max(0, times.length - 1)
  }
  return gaps === 0 ? undefined : seconds / gaps
}

function note(page: string, readAt: Map<string, number[]>): void {
  for (const [, device = '', seconds] of page.matchAll(READ_AT)) {
    const times = readAt.get(device) ?? []
    readAt.set(device, times)
    if (times.at(-1) !== Number(seconds)) times.push(Number(seconds))
  }
}
