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
  /** CPU seconds per second. */
  readonly idleCpu: number
  readonly busyCpu: number
  readonly before: number
  readonly warm: number
  readonly after: number
}

/** Does being scraped often and for long cost memory, and what CPU does it take? */
export async function memoryPart(house: House): Promise<Part> {
  const servers = [await house.startHearth(), await house.startBare()] as const
  const [ours, bare] = await Promise.all([watch(servers[0]), watch(servers[1])])
  await Promise.all(servers.map(({ program }) => program.stop()))
  return {
    title: 'A minute of scraping',
    text:
      `Both servers scraped every ${EVERY_MS} ms with gzip for ${SCRAPING_MS / 1000} s, ten seconds after their start. ` +
      'The meters change several times a second, so hearth puts a new page together and compresses it for many of these scrapes; ' +
      'a real scraper asks hundreds of times less often. CPU time is counted in steps of 10 ms, so small figures are rough.',
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
      cpuRow('CPU per second before the first scrape', ours.idleCpu, bare.idleCpu),
      cpuRow('CPU per second while scraped', ours.busyCpu, bare.busyCpu),
    ],
  }
}

function cpuRow(what: string, ours: number, bare: number): Row {
  const ratio = bare > 0 ? digits(ours / bare) : '-'
  return { what, hearth: duration(ours), baseline: duration(bare), ratio, aim: undefined }
}

function memoryRow(what: string, ours: Watched, bare: Watched): Omit<Row, 'aim'> {
  const grown = ({ warm, after }: Watched) =>
    `${megabytes(after)}, was ${megabytes(warm)} (${digits(after / warm)})`
  return { what, hearth: grown(ours), baseline: grown(bare), ratio: digits(ours.after / bare.after) }
}

async function watch({ program: { pid }, url }: Server): Promise<Watched> {
  await pause(IDLE_MS / 2)
  const idleCpu = await cpuShare(pid, () => pause(IDLE_MS / 2))
  const before = memoryOf(pid).anonymousBytes
  let warm = before
  const busyCpu = await cpuShare(pid, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const from = performance.now()
    for (let at = 0; at < SCRAPING_MS; at += EVERY_MS) {
      await pause(Math.max(0, from + at - performance.now()))
      const { status } = await get(`${url}/metrics`, 'gzip', agent)
      if (status !== 200) throw new Error(`${url}/metrics answered ${status}`)
      if (at === WARM_MS) warm = memoryOf(pid).anonymousBytes
    }
    agent.destroy()
  })
  return { idleCpu, busyCpu, before, warm, after: memoryOf(pid).anonymousBytes }
}

/** CPU seconds per second that a process uses during `task`. */
async function cpuShare(pid: number, task: () => Promise<void>): Promise<number> {
  const cpu = cpuSeconds(pid)
  const from = performance.now()
  await task()
  return (cpuSeconds(pid) - cpu) / ((performance.now() - from) / 1000)
}
