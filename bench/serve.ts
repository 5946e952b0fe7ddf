import { setTimeout as pause } from 'node:timers/promises'
import { duration, megabytes, perSecond, ratio } from './format.ts'
import type { House, Server } from './house.ts'
import { type Comparison, comparisonOf, inTurns } from './measure.ts'
import type { Aim, Part, Row } from './part.ts'
import { cpuSeconds, memoryOf } from './processes.ts'
import type { Coding } from './scrape.ts'
import { load } from './wrk.ts'

const LOAD_ROUNDS = 3
const LOAD = { connections: 8, seconds: 5 }
/** The compiler of the runtime needs some ten thousand requests until it is done with them. */
const WARM_UP = { connections: 8, seconds: 4 }
const CPU_LOAD = { connections: 1, seconds: 2 }
const AIM_OF_BARE = 0.8
const START_ROUNDS = 5
const IDLE_MS = 4_000

/** The running program against a bare server: speed, CPU, memory, start. */
export async function servePart(house: House): Promise<Part> {
  const starts = await startRows(house)
  const [hearth, bare] = [await house.startHearth(), await house.startBare()]
  await pause(IDLE_MS)
  const loads: Row[] = []
  for (const coding of ['identity', 'gzip'] as const) loads.push(...(await loadRows(hearth, bare, coding)))
  await Promise.all([hearth.program.stop(), bare.program.stop()])
  return {
    title: 'The running program',
    text:
      `\`hearth run\` on ${house.meters} simulated meters over TCP that talk at their true pace: ${house.series} series, ` +
      `${Math.round(house.plainBytes / 1000)} kB as OpenMetrics, ${(house.gzipBytes / 1000).toFixed(1)} kB compressed. ` +
      'The baseline is a `node:http` server of a few lines, bundled and started the same way, that sends the same bytes and does nothing else. ' +
      `Speed and the 99th percentile: \`wrk\`, one thread, ${LOAD.connections} connections, ${LOAD.seconds} s a round. ` +
      'CPU per scrape: all CPU time of the process over the scrapes of one connection, so hearth also pays for its meters there. ' +
      'Start: from the start of the process to the first 200 on `/-/healthy`. ' +
      `Idle: ${IDLE_MS / 1000} s after the start, meters talking, nobody scraping; RssAnon is what the process itself takes, ` +
      'VmRSS counts the shared pages of the Node binary as well.',
    baseline: 'bare node:http',
    rows: [...loads, ...starts],
  }
}

async function loadRows(hearth: Server, bare: Server, coding: Coding): Promise<readonly Row[]> {
  const name = coding === 'gzip' ? 'gzip' : 'plain'
  const tails: { ours: number; baseline: number }[] = []
  const loads: { ours: number; baseline: number }[] = []
  await load(`${hearth.url}/metrics`, coding, WARM_UP)
  await load(`${bare.url}/metrics`, coding, WARM_UP)
  for (let round = 0; round < LOAD_ROUNDS; round++) {
    const ours = await load(`${hearth.url}/metrics`, coding, LOAD)
    const baseline = await load(`${bare.url}/metrics`, coding, LOAD)
    loads.push({ ours: ours.perSecond, baseline: baseline.perSecond })
    tails.push({ ours: ours.p99Seconds, baseline: baseline.p99Seconds })
  }
  const speed = comparisonOf(loads)
  const cpu = await inTurns(
    LOAD_ROUNDS,
    () => cpuPerScrape(hearth, coding),
    () => cpuPerScrape(bare, coding),
  )
  const aim = { text: `ratio at least ${AIM_OF_BARE}`, isMet: speed.ratio >= AIM_OF_BARE }
  return [
    row(`scrapes per second, ${name}`, speed, perSecond, aim),
    row(`99th percentile of the answer time, ${name}`, comparisonOf(tails), duration),
    row(`CPU per scrape, ${name}`, cpu, duration),
  ]
}

async function cpuPerScrape({ program, url }: Server, coding: Coding): Promise<number> {
  const before = cpuSeconds(program.pid)
  const { requests } = await load(`${url}/metrics`, coding, CPU_LOAD)
  return (cpuSeconds(program.pid) - before) / requests
}

interface Start {
  readonly startSeconds: number
  readonly anonymousBytes: number
  readonly residentBytes: number
}

async function startRows(house: House): Promise<readonly Row[]> {
  const pairs: { readonly ours: Start; readonly baseline: Start }[] = []
  for (let round = 0; round < START_ROUNDS; round++) {
    const ours = await startedAndIdle(() => house.startHearth())
    pairs.push({ ours, baseline: await startedAndIdle(() => house.startBare()) })
  }
  const of = (key: keyof Start) =>
    comparisonOf(pairs.map(({ ours, baseline }) => ({ ours: ours[key], baseline: baseline[key] })))
  return [
    row('start to first answer', of('startSeconds'), duration),
    row('RssAnon at idle', of('anonymousBytes'), megabytes),
    row('VmRSS at idle', of('residentBytes'), megabytes),
  ]
}

async function startedAndIdle(start: () => Promise<Server>): Promise<Start> {
  const { program, startSeconds } = await start()
  await pause(IDLE_MS)
  const memory = memoryOf(program.pid)
  await program.stop()
  return { startSeconds, ...memory }
}

function row(what: string, measured: Comparison, show: (value: number) => string, aim?: Aim): Row {
  return {
    what,
    hearth: show(measured.ours),
    baseline: show(measured.baseline),
    ratio: ratio(measured),
    aim,
  }
}
