import { setTimeout as pause } from 'node:timers/promises'
import { duration } from './format.ts'
import type { House } from './house.ts'
import type { Inhabitant } from './inhabitant.ts'
import { comparisonOf } from './measure.ts'
import { comparisonRow, type Part, type Row } from './part.ts'
import type { Server } from './server.ts'
import { isShort, lasting } from './settings.ts'
import { meanGap, type Observed, observe, SCRAPE_EVERY_MS } from './watch.ts'

const SETTLE_MS = lasting(10_000)
/** Time for a few readings of most devices. */
const CALM_MS = isShort ? 4_000 : 6_000
const TROUBLE_MS = CALM_MS
/** What was cut short is read again by then, and the watched time is as calm as before. */
const RECOVERED_MS = lasting(2_000)
const MOST = 1.05

const TROUBLES = [
  { name: 'hung', begin: (device: Inhabitant) => device.hang() },
  { name: 'slowed', begin: (device: Inhabitant) => device.slow() },
  { name: 'killed', begin: (device: Inhabitant) => device.kill() },
] as const

/** One device in one kind of trouble, beside the calm time before it. */
interface Episode {
  readonly device: string
  readonly trouble: string
  readonly calm: Observed
  readonly seen: Observed
}

/** Each device in trouble of each kind: do scrapes or the other devices notice? */
export async function isolationPart(house: House): Promise<Part> {
  const server = await house.startHearth({ shortestInterval: true })
  await house.untilUp(server)
  await pause(SETTLE_MS)
  const calms = [await observe(server, CALM_MS)]
  const episodes: Episode[] = []
  for (const device of house.inhabitants) {
    for (const trouble of TROUBLES) {
      const seen = await during(trouble.begin, device, server)
      await house.untilUp(server)
      await pause(RECOVERED_MS)
      episodes.push({ device: device.name, trouble: trouble.name, calm: lastOf(calms), seen })
    }
    calms.push(await observe(server, CALM_MS))
  }
  await server.program.stop()
  return {
    title: 'One device in trouble',
    text:
      'The same house, each device asked as often as it allows and at most every 2 s. In turns each device is hung (its simulator is stopped: ' +
      'connections stay open and nothing comes), slowed (its simulator runs a tenth of each second), and killed (connections are refused), ' +
      `for ${TROUBLE_MS / 1000} s each, then revived. Meanwhile the whole page is scraped every ${SCRAPE_EVERY_MS} ms over one connection. ` +
      `The baseline is the ${CALM_MS / 1000} s of the same process before the device's troubles; the ratio is the median over the devices, ` +
      'with the lowest and the highest device. Between two readings: mean time from one good reading of a device to the next, of all devices but the one in trouble, ' +
      'against their mean over all calm times. The last row shows how far calm times lie apart by themselves.',
    baseline: 'without trouble',
    rows: [
      ...TROUBLES.flatMap(({ name }) =>
        rowsOf(
          name,
          episodes.filter(({ trouble }) => trouble === name),
          calms,
        ),
      ),
      ...noiseRows(calms),
    ],
  }
}

async function during(
  begin: (device: Inhabitant) => void | Promise<void>,
  device: Inhabitant,
  server: Server,
): Promise<Observed> {
  try {
    await begin(device)
    return await observe(server, TROUBLE_MS)
  } finally {
    await device.revive()
  }
}

function rowsOf(name: string, episodes: readonly Episode[], calms: readonly Observed[]): readonly Row[] {
  const latency = (key: 'medianSeconds' | 'p99Seconds') =>
    comparisonOf(episodes.map(({ seen, calm }) => ({ ours: seen[key], baseline: calm[key] })))
  const freshness = comparisonOf(episodes.map(episode => gapsOfOthers(episode, calms)))
  const row = (what: string, measured: ReturnType<typeof latency>) =>
    comparisonRow(`${what}, one device ${name}`, measured, duration, {
      text: `ratio at most ${MOST}`,
      isMet: measured.ratio <= MOST,
    })
  return [
    row('answer time, median', latency('medianSeconds')),
    row('answer time, 99th percentile', latency('p99Seconds')),
    row('between two readings of the others', freshness),
  ]
}

function noiseRows(calms: readonly Observed[]): readonly Row[] {
  const pairs = (key: 'medianSeconds' | 'p99Seconds') =>
    calms.slice(1).map((calm, i) => ({ ours: calm[key], baseline: calms[i]?.[key] ?? Number.NaN }))
  return [
    comparisonRow('answer time, median, calm', comparisonOf(pairs('medianSeconds')), duration),
    comparisonRow('answer time, 99th percentile, calm', comparisonOf(pairs('p99Seconds')), duration),
  ]
}

/** Mean time between two readings of all devices but the one in trouble and those behind it. */
function gapsOfOthers({ device, seen }: Episode, calms: readonly Observed[]) {
  const others = [...seen.readAt.keys()].filter(name => name !== device && !name.startsWith(`${device}-`))
  const pairs = others.flatMap(name => {
    const ours = meanGap([seen], name)
    const baseline = meanGap(calms, name)
    return ours === undefined || baseline === undefined ? [] : [{ ours, baseline }]
  })
  if (pairs.length === 0) throw new Error(`no other device was read while ${device} was in trouble`)
  const mean = (key: 'ours' | 'baseline') => pairs.reduce((sum, pair) => sum + pair[key], 0) / pairs.length
  return { ours: mean('ours'), baseline: mean('baseline') }
}

function lastOf(calms: readonly Observed[]): Observed {
  const last = calms.at(-1)
  if (!last) throw new Error('nothing was observed yet')
  return last
}
