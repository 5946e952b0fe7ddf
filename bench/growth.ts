import { Agent } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { digits, duration, megabytes, perMinute } from './format.ts'
import { comparisonOf } from './measure.ts'
import { comparisonRow, type Part, type Row } from './part.ts'
import { cpuShare, memoryOf, startProgram } from './processes.ts'
import { type Coding, get } from './scrape.ts'
import { bareServers, type Page, pageOf, type Server, startHearth, untilUp } from './server.ts'
import { isShort, lasting } from './settings.ts'

const SIZES = isShort ? [1, 10, 100] : [1, 10, 100, 1_000]
const INTERVAL_SECONDS = 20
const ALL_UP_MS = 90_000
const SETTLE_MS = lasting(5_000)
/** One interval: each device is asked once in it. */
const IDLE_MS = lasting(INTERVAL_SECONDS * 1000)
const SCRAPES = isShort ? 3 : 15
const SCRAPE_PAUSE_MS = 100

interface Size {
  readonly devices: number
  readonly page: Page
  /** CPU seconds per second. */
  readonly idleCpu: number
  readonly anonymousBytes: number
  readonly bareAnonymousBytes: number
  readonly scrapes: Readonly<Record<Coding, ReturnType<typeof comparisonOf>>>
}

/** One device, ten, a hundred, a thousand: what grows, and how fast. */
export async function growthParts(folder: string): Promise<readonly Part[]> {
  const startBare = await bareServers(folder)
  const sizes: Size[] = []
  for (const devices of SIZES) sizes.push(await measureSize(folder, devices, startBare))
  return [totals(sizes), perDevice(sizes)]
}

function totals(sizes: readonly Size[]): Part {
  return {
    title: 'As the house grows',
    text:
      `Simulated Intergas boilers at their true pace, each on a TCP port of its own, all in one process, asked every ${INTERVAL_SECONDS} s; ` +
      'the baseline is the bare server with the page of the same house. ' +
      `CPU: over the ${IDLE_MS / 1000} s in which each device is asked once and nobody scrapes. ` +
      `Scrape: median of ${SCRAPES} in turns, ${SCRAPE_PAUSE_MS} ms apart, over one connection. Where there are many devices, ` +
      'one of them has changed before nearly each scrape, so the whole page is put together and compressed for it.',
    baseline: 'bare node:http',
    rows: sizes.flatMap(sizeRows),
  }
}

function sizeRows({ devices, page, idleCpu, anonymousBytes, bareAnonymousBytes, scrapes }: Size): Row[] {
  const name = `${devices.toLocaleString('en-US')} ${devices === 1 ? 'device' : 'devices'}`
  return [
    {
      what: `${name}, ${page.series.toLocaleString('en-US')} series: RssAnon`,
      hearth: megabytes(anonymousBytes),
      baseline: megabytes(bareAnonymousBytes),
      ratio: digits(anonymousBytes / bareAnonymousBytes),
      aim: undefined,
    },
    { what: `${name}: CPU per minute`, hearth: perMinute(idleCpu), baseline: '', ratio: '', aim: undefined },
    comparisonRow(`${name}: scrape, plain`, scrapes.identity, duration),
    comparisonRow(`${name}: scrape, gzip`, scrapes.gzip, duration),
  ]
}

function perDevice(sizes: readonly Size[]): Part {
  const [one, ten, ...more] = sizes
  if (!one || !ten) throw new Error('too few sizes to compare')
  const memory = (size: Size) => (size.anonymousBytes - one.anonymousBytes) / (size.devices - one.devices)
  const cpu = (size: Size) => size.idleCpu / size.devices
  const row =
    (what: string, of: (size: Size) => number, show: (value: number) => string) => (size: Size) => ({
      what: `${size.devices.toLocaleString('en-US')} devices: ${what}`,
      hearth: show(of(size)),
      baseline: show(of(ten)),
      ratio: digits(of(size) / of(ten)),
      aim: undefined,
    })
  return {
    title: 'What each device adds',
    text:
      'The same houses. CPU per minute divided by the devices; memory beyond that of the house of one, divided by the devices beyond one. ' +
      'A ratio near 1 is growth in step with the devices.',
    baseline: `${ten.devices} devices`,
    rows: [
      ...more.map(row('CPU per device and minute', cpu, perMinute)),
      ...more.map(row('RssAnon per device', memory, megabytes)),
    ],
  }
}

async function measureSize(
  folder: string,
  count: number,
  startBare: (page: Page) => Promise<Server>,
): Promise<Size> {
  const boilers = startProgram(process.execPath, [join(import.meta.dirname, 'boilers.ts'), String(count)])
  const places: unknown = JSON.parse(await boilers.firstLine())
  if (!Array.isArray(places)) throw new Error('the simulated boilers did not start')
  const entries = places.map((place, number) => {
    const entry = { type: 'intergas', port: String(place), interval: `${INTERVAL_SECONDS}s` }
    return [`boiler-${number}`, entry] as const
  })
  const hearth = await startHearth(folder, Object.fromEntries(entries))
  await untilUp(hearth, count, ALL_UP_MS)
  await pause(SETTLE_MS)
  const idleCpu = await cpuShare(hearth.program.pid, () => pause(IDLE_MS))
  const page = await pageOf(hearth)
  const bare = await startBare(page)
  const scrapes = {
    identity: await scrapesOf(hearth, bare, 'identity'),
    gzip: await scrapesOf(hearth, bare, 'gzip'),
  }
  const { anonymousBytes } = memoryOf(hearth.program.pid)
  const bareAnonymousBytes = memoryOf(bare.program.pid).anonymousBytes
  await Promise.all([hearth, bare].map(({ program }) => program.stop()))
  await boilers.stop()
  return { devices: count, page, idleCpu, anonymousBytes, bareAnonymousBytes, scrapes }
}

async function scrapesOf(hearth: Server, bare: Server, coding: Coding) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const timed = async ({ url }: Server): Promise<number> => {
    await pause(SCRAPE_PAUSE_MS)
    const from = performance.now()
    const { status } = await get(`${url}/metrics`, coding, agent)
    if (status !== 200) throw new Error(`${url}/metrics answered ${status}`)
    return (performance.now() - from) / 1000
  }
  const pairs: { ours: number; baseline: number }[] = []
  // The first two open the connections.
  for (let round = -2; round < SCRAPES; round++) {
    const pair = { ours: await timed(hearth), baseline: await timed(bare) }
    if (round >= 0) pairs.push(pair)
  }
  agent.destroy()
  return comparisonOf(pairs)
}
