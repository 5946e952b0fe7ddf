import { Agent } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { digits, duration, megabytes } from './format.ts'
import type { House } from './house.ts'
import type { Aim, Part, Row } from './part.ts'
import { cpuShare, type Memory, memoryOf } from './processes.ts'
import { get } from './scrape.ts'
import type { Server } from './server.ts'
import { lasting } from './settings.ts'

const EVERY_MS = 100
const SETTLE_MS = lasting(20_000)
const IDLE_MS = lasting(60_000)
const SCRAPING_MS = lasting(60_000)
/** The first scrapes load code and fill caches; growth after them would be growth for ever. */
const WARM_MS = lasting(20_000)
const FLAT = 1.1
const MINUTE_SECONDS = 60
const AIM_RESIDENT_BYTES = 64e6
const AIM_ANONYMOUS_BYTES = 20e6
const AIM_CPU_SHARE = 0.005

interface Watched {
  /** CPU seconds per second. */
  readonly idleCpu: number
  readonly busyCpu: number
  readonly before: Memory
  readonly warm: Memory
  readonly after: Memory
}

/** What the house costs while nobody asks, and whether being scraped often and for long costs memory. */
export async function memoryPart(house: House): Promise<Part> {
  const servers = [await house.startHearth(), await house.startBare()] as const
  await house.untilUp(servers[0])
  const [ours, bare] = await Promise.all([watch(servers[0]), watch(servers[1])])
  await Promise.all(servers.map(({ program }) => program.stop()))
  const growth = ours.after.anonymousBytes / ours.warm.anonymousBytes
  return {
    title: 'At idle and in a minute of scraping',
    text:
      `The same house and the same baseline. At idle: the ${IDLE_MS / 1000} s that begin ${SETTLE_MS / 1000} s after every device was up, ` +
      'while the devices are read and nobody asks; memory is that at their end. ' +
      `Then both servers are scraped every ${EVERY_MS} ms with gzip for ${SCRAPING_MS / 1000} s: whenever a device has changed, ` +
      'hearth puts a new page together and compresses it for the next scrape; a real scraper asks hundreds of times less often. ' +
      'RssAnon is what the process itself takes, VmRSS counts the shared pages of the Node binary as well.',
    baseline: 'bare node:http',
    rows: [
      cpuRow('CPU per minute at idle', ours.idleCpu, bare.idleCpu, {
        text: `at most ${AIM_CPU_SHARE * 100} % of a core`,
        isMet: ours.idleCpu <= AIM_CPU_SHARE,
      }),
      cpuRow('CPU per minute while scraped', ours.busyCpu, bare.busyCpu),
      ...memoryRows('at idle', ours.before, bare.before),
      ...memoryRows('after the scraping', ours.after, bare.after),
      {
        what: `RssAnon after ${SCRAPING_MS / 1000} s, against that after ${WARM_MS / 1000} s`,
        hearth: digits(growth),
        baseline: digits(bare.after.anonymousBytes / bare.warm.anonymousBytes),
        ratio: '',
        aim: { text: `flat: at most ${FLAT}`, isMet: growth <= FLAT },
      },
    ],
  }
}

function cpuRow(what: string, ours: number, bare: number, aim?: Aim): Row {
  const shown = (share: number) => `${duration(share * MINUTE_SECONDS)} (${digits(share * 100)} % of a core)`
  return {
    what,
    hearth: shown(ours),
    baseline: shown(bare),
    ratio: bare > 0 ? digits(ours / bare) : '-',
    aim,
  }
}

function memoryRows(when: string, ours: Memory, bare: Memory): readonly Row[] {
  const row = (name: string, key: keyof Memory, aimBytes: number): Row => ({
    what: `${name} ${when}`,
    hearth: megabytes(ours[key]),
    baseline: megabytes(bare[key]),
    ratio: digits(ours[key] / bare[key]),
    aim: { text: `at most ${megabytes(aimBytes)}`, isMet: ours[key] <= aimBytes },
  })
  return [
    row('RssAnon', 'anonymousBytes', AIM_ANONYMOUS_BYTES),
    row('VmRSS', 'residentBytes', AIM_RESIDENT_BYTES),
  ]
}

async function watch({ program: { pid }, url }: Server): Promise<Watched> {
  await pause(SETTLE_MS)
  const idleCpu = await cpuShare(pid, () => pause(IDLE_MS))
  const before = memoryOf(pid)
  let warm = before
  const busyCpu = await cpuShare(pid, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const from = performance.now()
    for (let at = 0; at < SCRAPING_MS; at += EVERY_MS) {
      await pause(Math.max(0, from + at - performance.now()))
      const { status } = await get(`${url}/metrics`, 'gzip', agent)
      if (status !== 200) throw new Error(`${url}/metrics answered ${status}`)
      if (at === WARM_MS) warm = memoryOf(pid)
    }
    agent.destroy()
  })
  return { idleCpu, busyCpu, before, warm, after: memoryOf(pid) }
}
