import { setTimeout as pause } from 'node:timers/promises'
import { duration } from './format.ts'
import type { House } from './house.ts'
import type { Inhabitant } from './inhabitant.ts'
import type { Comparison } from './measure.ts'
import { comparisonRow, type Part, type Row } from './part.ts'
import type { Server } from './server.ts'
import { isShort, lasting } from './settings.ts'
import { answerSeconds, meanGap, type Observed, observe, SCRAPE_EVERY_MS } from './watch.ts'

const SETTLE_MS = lasting(10_000)
/** Each device is read at least once in it: the one that allows it least often every 10 s. */
const WHILE_MS = isShort ? 4_000 : 10_000
/** What was cut short is read again by then, and the watched time is as calm as before. */
const RECOVERED_MS = lasting(2_000)
const MOST = 1.05

const TROUBLES = [
  { name: 'hung', begin: (device: Inhabitant) => device.hang() },
  { name: 'slowed', begin: (device: Inhabitant) => device.slow() },
  { name: 'killed', begin: (device: Inhabitant) => device.kill() },
] as const

/** One device in one kind of trouble, beside the calm time right before it. */
interface Episode {
  readonly device: string
  readonly trouble: string
  readonly calm: Observed
  readonly seen: Observed
}

/** Two groups of whiles to hold against each other. */
interface Pair {
  readonly ours: readonly Observed[]
  readonly baseline: readonly Observed[]
}

/** Each device in trouble of each kind: do scrapes or the other devices notice? */
export async function isolationPart(house: House): Promise<Part> {
  const server = await house.startHearth({ shortestInterval: true })
  await house.untilUp(server)
  await pause(SETTLE_MS)
  const episodes: Episode[] = []
  for (const device of house.inhabitants) {
    for (const trouble of TROUBLES) {
      const calm = await observe(server, WHILE_MS)
      const seen = await during(trouble.begin, device, server)
      episodes.push({ device: device.name, trouble: trouble.name, calm, seen })
      await house.untilUp(server)
      await pause(RECOVERED_MS)
    }
  }
  await server.program.stop()
  return {
    title: 'One device in trouble',
    text:
      'The same house, each device asked as often as it allows and at most every 2 s. In turns each device is hung (its simulator is stopped: ' +
      'connections stay open and nothing comes), slowed (its simulator runs a tenth of each second), and killed (connections are refused), ' +
      `for ${WHILE_MS / 1000} s each, then revived. Meanwhile the whole page is scraped every ${SCRAPE_EVERY_MS} ms over one connection. ` +
      `The baseline is the ${WHILE_MS / 1000} s of the same process right before each trouble. The ratio is that of all answers under one kind of trouble, whichever device has it, to all ` +
      'answers of the calm times before; in brackets the device with the lowest and the one with the highest. Between two readings: mean time from one good reading of a device to the next, of ' +
      'all devices but the one in trouble, against their mean over all calm times. The last rows hold every other calm time against the rest: so far does it differ by itself. ' +
      'The simulators run with low priority, so that what they do does not count as a delay of hearth.',
    baseline: 'without trouble',
    rows: [
      ...TROUBLES.flatMap(({ name }) => rowsOf(name, episodes)),
      ...(['median', '99th percentile'] as const).map(which =>
        comparisonRow(`answer time, ${which}, calm`, answerTimes(which, everyOther(episodes)), duration),
      ),
    ],
  }
}

const PERCENT = { median: 50, '99th percentile': 99 } as const

async function during(
  begin: (device: Inhabitant) => void | Promise<void>,
  device: Inhabitant,
  server: Server,
): Promise<Observed> {
  try {
    await begin(device)
    return await observe(server, WHILE_MS)
  } finally {
    await device.revive()
  }
}

function rowsOf(name: string, all: readonly Episode[]): readonly Row[] {
  const episodes = all.filter(({ trouble }) => trouble === name)
  const pairs = episodes.map(({ seen, calm }) => ({ ours: [seen], baseline: [calm] }))
  const calms = all.map(({ calm }) => calm)
  const gaps = episodes.map(episode => gapsOfOthers(episode, calms))
  const row = (what: string, measured: Comparison) =>
    comparisonRow(`${what}, one device ${name}`, measured, duration, {
      text: `ratio at most ${MOST}`,
      isMet: measured.ratio <= MOST,
    })
  return [
    row('answer time, median', answerTimes('median', pairs)),
    row('answer time, 99th percentile', answerTimes('99th percentile', pairs)),
    row(
      'between two readings of the others',
      together(gaps, mean(gaps.map(({ ours }) => ours)), mean(gaps.map(({ baseline }) => baseline))),
    ),
  ]
}

/** Each pair by itself for the ends, all together for the ratio. */
function answerTimes(which: keyof typeof PERCENT, pairs: readonly Pair[]): Comparison {
  const of = (whiles: readonly Observed[]) => answerSeconds(whiles, PERCENT[which])
  return together(
    pairs.map(({ ours, baseline }) => ({ ours: of(ours), baseline: of(baseline) })),
    of(pairs.flatMap(({ ours }) => ours)),
    of(pairs.flatMap(({ baseline }) => baseline)),
  )
}

function together(
  single: readonly { readonly ours: number; readonly baseline: number }[],
  ours: number,
  baseline: number,
): Comparison {
  const ratios = single.map(pair => pair.ours / pair.baseline)
  return { ours, baseline, ratio: ours / baseline, lowest: Math.min(...ratios), highest: Math.max(...ratios) }
}

/** Calm times held against the calm times next to them. */
function everyOther(episodes: readonly Episode[]): readonly Pair[] {
  return episodes.flatMap(({ calm }, i) => {
    const next = episodes[i + 1]
    return i % 2 === 0 && next ? [{ ours: [next.calm], baseline: [calm] }] : []
  })
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
  return { ours: mean(pairs.map(({ ours }) => ours)), baseline: mean(pairs.map(({ baseline }) => baseline)) }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
