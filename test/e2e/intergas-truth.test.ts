import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Boiler, startBoiler } from '../support/boiler.ts'
import { cleanUp } from '../support/clean-up.ts'
import { pageOf, samplesOf } from '../support/drop-in-page.ts'
import { type Serving, startRun } from '../support/hearth.ts'
import { until } from '../support/until.ts'

/** As the boiler of the scenario `states` shows them in turn. */
const STATES = ['state-a', 'state-b', 'state-c']
/** Each state for seven seconds, each at least once more than most bad stretches of the line can hide. */
const WATCH_MS = 43_000
/** A stretch of nearly a minute is rare, and longer where the machine has much else to do. */
const LONGEST_WATCH_MS = 150_000
const SCRAPE_EVERY_MS = 100
const SEEDS = [1, 2, 3]

/** Which answer a series of each dialect comes from. What one answer says belongs together. */
const ANSWERS: readonly { answer: string; series: RegExp; not?: RegExp }[] = [
  {
    answer: 'S? in the drop-in',
    series: /^intergas_(temperature|water_pressure|display|fan|flag|ionization)/,
  },
  { answer: 'S2 in the drop-in', series: /^intergas_(pump_pwm|tapflow)/ },
  { answer: 'CRC in the drop-in', series: /^intergas_(interrupt_time|load)/ },
  { answer: 'HN in the drop-in', series: /^intergas_(hours|stats|gasmeter|watermeter)/ },
  { answer: 'V? in the drop-in', series: /^intergas_parameter/ },
  {
    answer: 'S? in the unified dialect',
    series:
      /^hearth_(temperature_celsius|temperature_setpoint_celsius|water_pressure|flame|rotational|modulation|component_active|demand|blocked|status|activity)/,
    not: /^hearth_modulation_ratio.*pump|room_air|"(maximum|selected)"/,
  },
  {
    answer: 'V? in the unified dialect',
    series: /^hearth_temperature_setpoint_celsius.*"(maximum|selected)"/,
  },
  { answer: 'HN in the unified dialect', series: /^hearth_(starts|operating|events|fuel|water_volume)/ },
]

/** Lines of a page about one device that its answers gave, without the device's name and what is about the reading itself. */
function told(page: string): readonly string[] {
  return samplesOf(page)
    .filter(line => /^(intergas|hearth)_/.test(line) && !/^(intergas_(up|updated)|hearth_device_)/.test(line))
    .map(line => line.replace(/device="[^"]*",?/, ''))
}

function toldBy(lines: readonly string[], { series, not }: (typeof ANSWERS)[number]): string {
  return lines
    .filter(line => series.test(line) && !not?.test(line))
    .sort()
    .join('\n')
}

const PATHS = ['metrics', 'unified']
const isComplete = (page: string) =>
  page.includes('hearth_device_up{') && /^hearth_device_up\{.*\} 1$/m.test(page)

let run: Serving
const boilers: Boiler[] = []
/** For each answer what it looks like in each state. */
const real = new Map<string, ReadonlySet<string>>()
/** All lines that any state shows. */
const realLines = new Set<string>()

const page = (device: string, path: string) => pageOf(run, `/devices/${device}/${path}`)

beforeAll(async () => {
  const devices: Record<string, unknown> = {}
  for (const state of STATES) {
    const { place } = await startBoiler(state)
    devices[state] = { type: 'intergas', port: place, interval: '1s' }
  }
  for (const seed of SEEDS) {
    const boiler = await startBoiler('states', { seed })
    boilers.push(boiler)
    devices[`storm-${seed}`] = { type: 'intergas', port: boiler.place, interval: '1s' }
  }
  run = await startRun(devices)
  const lines = await Promise.all(
    STATES.map(async state => {
      await until(`${state} was read`, async () => isComplete(await page(state, 'unified')) || undefined)
      return (await Promise.all(PATHS.map(path => page(state, path)))).flatMap(told)
    }),
  )
  for (const line of lines.flat()) realLines.add(line)
  for (const each of ANSWERS) {
    real.set(each.answer, new Set(lines.map(ofState => toldBy(ofState, each))))
  }
})
afterAll(cleanUp)

/** A line with nearly everything wrong now and then: the storm of the simulator. */
function storm(boiler: Boiler): void {
  boiler.disturb({ kind: 'silent', every: 11 })
  boiler.disturb({ kind: 'half', every: 13 })
  boiler.disturb({ kind: 'garbage', every: 17 })
  boiler.disturb({ kind: 'noise', every: 19 })
  boiler.disturb({ kind: 'flip', bits: 1, every: 9 })
  boiler.disturb({ kind: 'stray', where: 'before', every: 14 })
  boiler.disturb({ kind: 'stray', where: 'after', every: 16 })
  boiler.disturb({ kind: 'late', delayMs: 1100, every: 21 })
  boiler.disturb({ kind: 'pieces', bytes: 5, pauseMs: 120, every: 7 })
  boiler.disturb({ kind: 'hang-up', every: 47 })
}

describe('a boiler that goes through three states on a line with everything wrong', () => {
  it('knows the states apart by every answer that differs', () => {
    for (const { answer } of ANSWERS) expect(real.get(answer)?.size, answer).toBe(/HN/.test(answer) ? 1 : 3)
    expect(realLines.size).toBeGreaterThan(150)
  })

  it('scraped ten times a second, never shows a value or a group of values that was not', async () => {
    for (const boiler of boilers) storm(boiler)
    const wrong = new Set<string>()
    const seen = new Map(ANSWERS.map(({ answer }) => [answer, new Set<string>()]))
    let scrapes = 0
    /** The storm let something through of more than one state. */
    const hasSeenEnough = () =>
      ANSWERS.every(({ answer }) => (seen.get(answer)?.size ?? 0) >= (/HN/.test(answer) ? 1 : 2))
    const startedAt = performance.now()
    const elapsedMs = () => performance.now() - startedAt
    while (elapsedMs() < WATCH_MS || (!hasSeenEnough() && elapsedMs() < LONGEST_WATCH_MS)) {
      const next = sleep(SCRAPE_EVERY_MS)
      for (const seed of SEEDS) {
        const pages = await Promise.all(PATHS.map(path => page(`storm-${seed}`, path)))
        const lines = pages.flatMap(told)
        scrapes += pages.length
        for (const line of lines) if (!realLines.has(line)) wrong.add(line)
        for (const each of ANSWERS) {
          const group = toldBy(lines, each)
          if (group === '') continue
          seen.get(each.answer)?.add(group)
          if (!real.get(each.answer)?.has(group)) wrong.add(`${each.answer}:\n${group}`)
        }
      }
      await next
    }
    expect([...wrong]).toEqual([])
    expect(scrapes).toBeGreaterThan((WATCH_MS / SCRAPE_EVERY_MS) * SEEDS.length)
    for (const { answer } of ANSWERS) {
      expect(seen.get(answer)?.size, answer).toBeGreaterThanOrEqual(/HN/.test(answer) ? 1 : 2)
    }
    for (const { writes } of boilers) expect(writes).toEqual([])
  }, 200_000)

  it('counted what it dropped', async () => {
    const text = await pageOf(run)
    const count = (device: string) =>
      [...text.matchAll(new RegExp(`^hearth_device_errors_total\\{device="${device}".*\\} (\\d+)$`, 'gm'))]
        .map(([, value]) => Number(value))
        .reduce((sum, value) => sum + value, 0)
    for (const seed of SEEDS) expect(count(`storm-${seed}`)).toBeGreaterThan(5)
    for (const state of STATES) expect(count(state)).toBe(0)
  })
})
