import { setTimeout as pause } from 'node:timers/promises'
import { duration, perSecond } from './format.ts'
import type { House } from './house.ts'
import { comparisonOf, inTurns } from './measure.ts'
import { type Aim, comparisonRow, type Part, type Row } from './part.ts'
import { cpuSeconds } from './processes.ts'
import type { Coding } from './scrape.ts'
import type { Server } from './server.ts'
import { isShort, lasting } from './settings.ts'
import { type Load, load } from './wrk.ts'

const CLIENTS = [1, 8, 64] as const
const ROUNDS = isShort ? 2 : 3
const ROUND_SECONDS = isShort ? 1 : 2
/** hearth lets the runtime optimise after two seconds of load, and that needs some ten thousand requests until it is done. */
const WARM_UP = { connections: 8, seconds: isShort ? 1 : 8 }
const AIM_SPEED = 0.8
const AIM_CPU = 1.2
const START_ROUNDS = 5
const SETTLE_MS = lasting(10_000)

/** The running program against a bare server: speed and CPU for each number of clients, and the start. */
export async function servePart(house: House): Promise<Part> {
  const { page, inhabitants } = house
  const start = await startRow(house)
  const [hearth, bare] = [await house.startHearth(), await house.startBare()]
  await house.untilUp(hearth)
  await pause(SETTLE_MS)
  const rows: Row[] = []
  for (const coding of ['identity', 'gzip'] as const) {
    await load(`${hearth.url}/metrics`, coding, WARM_UP)
    await load(`${bare.url}/metrics`, coding, WARM_UP)
    for (const clients of CLIENTS) rows.push(...(await loadRows(hearth, bare, coding, clients)))
  }
  await Promise.all([hearth.program.stop(), bare.program.stop()])
  return {
    title: 'The running program',
    text:
      `\`hearth run\` on a house of ${inhabitants.length} simulated devices (${inhabitants.map(({ type }) => type).join(', ')}), ` +
      'each in a process of its own, at their true pace and asked at their usual intervals, the meter at the full rate of its line: ' +
      `${page.series} series, ${Math.round(page.plain.length / 1000)} kB as OpenMetrics, ${(page.gzip.length / 1000).toFixed(1)} kB compressed. ` +
      'The baseline is a `node:http` server of a few lines, bundled as hearth is and started with optimised code allowed from the first moment, ' +
      'that sends the same bytes and does nothing else. ' +
      `Speed and the 99th percentile: \`wrk\`, one thread, ${ROUND_SECONDS} s a round. ` +
      'CPU per scrape: all CPU time of the process over the scrapes of the same rounds, so hearth also pays for its devices there. ' +
      'Start: from the start of the process to the first 200 on `/-/healthy`.',
    baseline: 'bare node:http',
    rows: [...rows, start],
  }
}

interface Round extends Load {
  readonly cpuPerScrape: number
}

async function loadRows(
  hearth: Server,
  bare: Server,
  coding: Coding,
  clients: number,
): Promise<readonly Row[]> {
  const pairs: { readonly ours: Round; readonly baseline: Round }[] = []
  for (let round = 0; round < ROUNDS; round++)
    pairs.push({ ours: await loaded(hearth, coding, clients), baseline: await loaded(bare, coding, clients) })
  const of = (key: 'perSecond' | 'p99Seconds' | 'cpuPerScrape') =>
    comparisonOf(pairs.map(({ ours, baseline }) => ({ ours: ours[key], baseline: baseline[key] })))
  const name = `${coding === 'gzip' ? 'gzip' : 'plain'}, ${clients} ${clients === 1 ? 'client' : 'clients'}`
  const [speed, cpu] = [of('perSecond'), of('cpuPerScrape')]
  const speedAim: Aim = { text: `ratio at least ${AIM_SPEED}`, isMet: speed.ratio >= AIM_SPEED }
  const cpuAim: Aim = { text: `ratio at most ${AIM_CPU}`, isMet: cpu.ratio <= AIM_CPU }
  return [
    comparisonRow(`CPU per scrape, ${name}`, cpu, duration, cpuAim),
    comparisonRow(`scrapes per second, ${name}`, speed, perSecond, speedAim),
    comparisonRow(`99th percentile of the answer time, ${name}`, of('p99Seconds'), duration),
  ]
}

async function loaded({ program, url }: Server, coding: Coding, connections: number): Promise<Round> {
  const before = cpuSeconds(program.pid)
  const seen = await load(`${url}/metrics`, coding, { connections, seconds: ROUND_SECONDS })
  return { ...seen, cpuPerScrape: (cpuSeconds(program.pid) - before) / seen.requests }
}

async function startRow(house: House): Promise<Row> {
  const started = async (start: () => Promise<Server>) => {
    const { program, startSeconds } = await start()
    await program.stop()
    return startSeconds
  }
  const measured = await inTurns(
    START_ROUNDS,
    () => started(() => house.startHearth()),
    () => started(() => house.startBare()),
  )
  return comparisonRow('start to first answer', measured, duration)
}
