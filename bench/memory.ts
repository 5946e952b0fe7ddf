import { Agent } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { digits, duration, megabytes } from './format.ts'
import type { House, Server } from './house.ts'
import type { Part, Row } from './part.ts'
import { cpuSeconds, memoryOf } from './processes.ts'
import { get } from './scrape.ts'

const EVERY_MS = 100
const IDLE_MS = 10_000
const SCRAPING_MS = 60_000
/** The first scrapes load code and fill caches; growth after them would be growth for ever. */
const WARM_MS = 20_000
const FLAT = 1.1

interface Watched {
  readonly idleCpuPerSecond: number
  readonly before: number
  readonly warm: number
  readonly after: number
  readonly cpuPerScrape: number
}

/** Does being scraped often and for long cost memory? And what does a scrape cost when the page is a new one each time? */
export async function memoryPart(house: House): Promise<Part> {
  const servers = [await house.startHearth(), await house.startBare()] as const
  const [ours, bare] = await Promise.all([watch(servers[0]), watch(servers[1])])
  await Promise.all(servers.map(({ program }) => program.stop()))
  return {
    title: 'A minute of scraping',
    text:
      `Both servers scraped every ${EVERY_MS} ms with gzip for ${SCRAPING_MS / 1000} s, ten seconds after their start. ` +
      'The meters change several times a second, so hearth makes a new page and compresses it for about every second scrape; ' +
      'CPU per scrape leaves out what the process used before anybody scraped it.',
    baseline: 'bare node:http',
    rows: [
      {
        ...memoryRow(
          `RssAnon after ${SCRAPING_MS / 1000} s, against that after ${WARM_MS / 1000} s`,
          ours,
          bare,
        ),
        aim: { text: `flat: at most ${FLAT} of hearth's own`, isMet: ours.after / ours.warm <= FLAT },
      },
      {
        what: 'RssAnon before the first scrape',
        hearth: megabytes(ours.before),
        baseline: megabytes(bare.before),
        ratio: digits(ours.before / bare.before),
        aim: undefined,
      },
      {
        what: 'CPU of a process that nobody scrapes, per second',
        hearth: duration(ours.idleCpuPerSecond),
        baseline: duration(bare.idleCpuPerSecond),
        ratio: '-',
        aim: undefined,
      },
      {
        what: 'CPU per scrape at this pace, pages made and compressed',
        hearth: duration(ours.cpuPerScrape),
        baseline: duration(bare.cpuPerScrape),
        ratio: digits(ours.cpuPerScrape / bare.cpuPerScrape),
        aim: undefined,
      },
    ],
  }
}

function memoryRow(what: string, ours: Watched, bare: Watched): Omit<Row, 'aim'> {
  const grown = ({ warm, after }: Watched) =>
    `${megabytes(after)}, was ${megabytes(warm)} (${digits(after / warm)})`
  return { what, hearth: grown(ours), baseline: grown(bare), ratio: digits(ours.after / bare.after) }
}

async function watch({ program: { pid }, url }: Server): Promise<Watched> {
  await pause(IDLE_MS / 2)
  const settledCpu = cpuSeconds(pid)
  await pause(IDLE_MS / 2)
  const idleCpu = cpuSeconds(pid)
  const idleCpuPerSecond = (idleCpu - settledCpu) / (IDLE_MS / 2000)
  const before = memoryOf(pid).anonymousBytes
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let warm = before
  let scrapes = 0
  const from = performance.now()
  for (let at = 0; at < SCRAPING_MS; at += EVERY_MS) {
    await pause(Math.max(0, from + at - performance.now()))
    const { status } = await get(`${url}/metrics`, 'gzip', agent)
    if (status !== 200) throw new Error(`${url}/metrics answered ${status}`)
    scrapes++
    if (at === WARM_MS) warm = memoryOf(pid).anonymousBytes
  }
  agent.destroy()
  const seconds = (performance.now() - from) / 1000
  const spent = cpuSeconds(pid) - idleCpu - seconds * idleCpuPerSecond
  const after = memoryOf(pid).anonymousBytes
  return { idleCpuPerSecond, before, warm, after, cpuPerScrape: spent / scrapes }
}
