import { describe, expect, it } from 'vitest'
import { memoryKeep } from '../../core/keep.ts'
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts'
import { type PlantReader, readPlant } from './plant-reader.test-helper.ts'
import { consumptionOf, loginTo } from './simulator/cloud.test-helper.ts'
import { type Cloud, startCloud } from './simulator/index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Midnight in Ljubljana, the beginning of 22 November 2026, day 326. */
const MIDNIGHT = Date.UTC(2026, 10, 21, 23)
/** The cloud corrects the day before at this time. */
const CORRECTION = MIDNIGHT + 40 * MINUTE
/** How late the day's energy may be: its page takes turns with others. */
const LATEST = 6 * MINUTE
const JOULES = 3_600_000
const HEATING = /^hearth_electric_energy_joules_total\{.*function="heating".*\} (\S+)$/

const at = async (clock: FakeClock, moment: number) => {
  await clock.advance(moment - clock.now())
}

function counter(reader: PlantReader): number | undefined {
  const [line] = reader.unified().flatMap(each => HEATING.exec(each)?.[1] ?? [])
  return line === undefined ? undefined : Number(line) / JOULES
}

function gauge(reader: PlantReader): number | undefined {
  const start = 'heat_pump_power_consumption_kwh{function="heating"} '
  const line = reader.dropIn().find(each => each.startsWith(start))
  return line === undefined ? undefined : Number(line.slice(start.length))
}

/** A count in joules is rounded. */
const ROUNDING = 1 / JOULES

/** Heating of a day as the cloud tells it now, asked past the reader. */
function told(cloud: Cloud, place: number): number {
  return Number(consumptionOf(cloud, loginTo(cloud).cookie, 2026, place).CompHeating?.at(-1))
}

describe('a night', () => {
  it('is counted to the last kilowatt hour: midnight does not lower the counter, the correction raises it', async () => {
    const clock = fakeClock(MIDNIGHT - 4 * HOUR)
    const reader = readPlant({ scenario: 'demo', clock })
    const counts: number[] = []
    let beforeMidnight = Number.NaN
    let beforeCorrection = Number.NaN
    while (clock.now() < MIDNIGHT + 8 * HOUR) {
      await clock.advance(5 * MINUTE)
      counts.push(counter(reader) ?? Number.NaN)
      if (clock.now() === MIDNIGHT - 5 * MINUTE) beforeMidnight = gauge(reader) ?? Number.NaN
      if (clock.now() === CORRECTION - 5 * MINUTE) beforeCorrection = counts.at(-1) ?? Number.NaN
      if (clock.now() === MIDNIGHT + 10 * MINUTE) expect(gauge(reader)).toBeLessThan(beforeMidnight / 10)
    }

    for (const [index, count] of counts.entries())
      expect(count).toBeGreaterThanOrEqual(counts[index - 1] ?? 0)
    expect(beforeMidnight).toBeGreaterThan(3)
    const afterCorrection = counts[(4 * HOUR + 50 * MINUTE) / (5 * MINUTE) - 1] ?? Number.NaN
    expect(afterCorrection - beforeCorrection).toBeGreaterThan(0.4)
    const truth = told(reader.cloud, 325) + told(reader.cloud, 326)
    expect(counts.at(-1)).toBeLessThanOrEqual(truth + ROUNDING)
    expect(truth - (counts.at(-1) ?? 0)).toBeLessThan((told(reader.cloud, 326) / (8 * HOUR)) * 2 * LATEST)
    expect(reader.troubles).toEqual([])
    await reader.stop()
  })

  it('neither loses nor repeats anything when hearth is restarted over midnight', async () => {
    const clock = fakeClock(MIDNIGHT - 2 * HOUR)
    const cloud = startCloud({ scenario: 'demo', seed: 1, clock })
    const keep = memoryKeep()
    const first = readPlant({ scenario: 'demo', clock, cloud, keep })
    await at(clock, MIDNIGHT - 10 * MINUTE)
    const before = counter(first) ?? Number.NaN
    await first.stop()

    await at(clock, MIDNIGHT + 20 * MINUTE)
    const second = readPlant({ scenario: 'demo', clock, cloud, keep })
    await at(clock, MIDNIGHT + 26 * MINUTE)
    const after = counter(second) ?? Number.NaN
    await at(clock, MIDNIGHT + HOUR)
    const corrected = counter(second) ?? Number.NaN
    const truth = told(cloud, 325) + told(cloud, 326)
    await second.stop()

    expect(after).toBeGreaterThanOrEqual(before)
    expect(after - before).toBeLessThan(0.6)
    expect(corrected).toBeLessThanOrEqual(truth + ROUNDING)
    expect(truth - corrected).toBeLessThan(0.2)
  })

  it('catches up on days during which hearth did not run', async () => {
    const clock = fakeClock(MIDNIGHT - 2 * HOUR)
    const cloud = startCloud({ scenario: 'demo', seed: 1, clock })
    const keep = memoryKeep()
    const first = readPlant({ scenario: 'demo', clock, cloud, keep })
    await clock.advance(10 * MINUTE)
    await first.stop()

    await at(clock, MIDNIGHT + 5 * 24 * HOUR + 12 * HOUR)
    const second = readPlant({ scenario: 'demo', clock, cloud, keep })
    await clock.advance(LATEST)
    const truth = [325, 326, 327, 328, 329, 330, 331].reduce((sum, day) => sum + told(cloud, day), 0)
    const count = counter(second) ?? Number.NaN
    await second.stop()

    expect(count).toBeLessThanOrEqual(truth + ROUNDING)
    expect(truth - count).toBeLessThan(0.2)
  })

  it('begins with today on a fresh store', async () => {
    const clock = fakeClock(MIDNIGHT + 12 * HOUR)
    const reader = readPlant({ scenario: 'demo', clock })
    await clock.advance(LATEST)
    const count = counter(reader) ?? Number.NaN
    const truth = told(reader.cloud, 326)
    await reader.stop()

    expect(count).toBeGreaterThan(2)
    expect(Math.abs(truth - count)).toBeLessThan(0.2)
  })

  it('is not fooled by a cloud whose day begins late: the counter stays, and is right in the end', async () => {
    const clock = fakeClock(MIDNIGHT - 2 * HOUR)
    const reader = readPlant({ scenario: 'late-midnight', clock })
    await at(clock, MIDNIGHT - 5 * MINUTE)
    const before = counter(reader) ?? Number.NaN
    const counts: number[] = [before]
    while (clock.now() < MIDNIGHT + 19 * MINUTE) {
      await clock.advance(MINUTE)
      counts.push(counter(reader) ?? Number.NaN)
    }
    expect(Math.max(...counts) - before).toBeLessThan(0.3)
    await at(clock, MIDNIGHT + 3 * HOUR)
    const truth = told(reader.cloud, 325) + told(reader.cloud, 326)
    const count = counter(reader) ?? Number.NaN
    await reader.stop()

    expect(count).toBeLessThanOrEqual(truth + ROUNDING)
    expect(truth - count).toBeLessThan(0.2)
  })
})
