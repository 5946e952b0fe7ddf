import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baseCalendar, offPeakCalendar, tempoCalendar } from './calendar.ts'
import { contract, subscribedAmps } from './contract.ts'
import { createHousehold, SLOT_MS } from './household.ts'
import { createMeter, type MeterFacts } from './meter.ts'

const START = Date.UTC(2026, 10, 21, 10, 0, 3, 217)
const HOUR_MS = 3_600_000
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const offPeak = contract({ serial: '041976770135', calendar: offPeakCalendar(), initialWh: [100, 200] })

describe('createMeter', () => {
  it('has an index that is the exact integral of the power', () => {
    const meter = createMeter(offPeak, 5, START)
    const other = createMeter(offPeak, 5, START)
    let wattMs = 0
    for (let atMs = START; atMs < START + 8 * HOUR_MS; ) {
      const next = (Math.floor(atMs / SLOT_MS) + 1) * SLOT_MS
      wattMs += meter.readAt(atMs).drawnVa * (next - atMs)
      atMs = next
      expect(other.readAt(atMs).totalWh).toBe(300 + Math.floor(wattMs / HOUR_MS))
    }
    expect(wattMs).toBeGreaterThan(0)
  })

  it('comes to the same state however often it is read', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 20 }), steps => {
        const readOften = createMeter(offPeak, 2, START)
        const readOnce = createMeter(offPeak, 2, START)
        let atMs = START
        for (const step of steps) {
          atMs += step
          readOften.readAt(atMs)
        }
        expect(readOften.readAt(atMs + 1).supplierWh).toEqual(readOnce.readAt(atMs + 1).supplierWh)
      }),
      { numRuns: 10 },
    )
  })

  it('splits the total over supplier and distributor indexes', () => {
    const tempo = contract({
      serial: '0',
      calendar: tempoCalendar(1),
      initialWh: [1001, 1002, 1003, 1004, 1005, 1006],
    })
    const meter = createMeter(tempo, 1, START)

    for (let hour = 0; hour < 120; hour++) {
      const { totalWh, supplierWh, distributorWh } = meter.readAt(START + hour * HOUR_MS)
      // Each index drops its own fraction of a watt-hour.
      expect(totalWh - sum(supplierWh)).toBeGreaterThanOrEqual(0)
      expect(totalWh - sum(supplierWh)).toBeLessThan(10)
      expect(totalWh - sum(distributorWh)).toBeGreaterThanOrEqual(0)
      expect(totalWh - sum(distributorWh)).toBeLessThan(4)
    }
  })

  it('keeps within the contract and lives: night heating, quiet afternoons', () => {
    const meter = createMeter(offPeak, 1, START)
    const hours: MeterFacts[] = []
    for (let hour = 0; hour < 24 * 30; hour++) hours.push(meter.readAt(START + hour * HOUR_MS))

    const amps = hours.map(({ phases }) => phases[0]?.amps ?? 0)
    expect(Math.max(...amps)).toBeLessThanOrEqual(subscribedAmps(offPeak))
    expect(Math.min(...hours.map(({ drawnVa }) => drawnVa))).toBeGreaterThan(50)
    expect(new Set(hours.map(({ drawnVa }) => drawnVa)).size).toBeGreaterThan(300)
    const mean = (index: number) =>
      sum(hours.map(({ period, drawnVa }) => (period.index === index ? drawnVa : 0))) /
      hours.filter(({ period }) => period.index === index).length
    expect(mean(1)).toBeGreaterThan(mean(2))
    const kwhPerDay = ((hours.at(-1)?.totalWh ?? 0) - 300) / 30_000
    expect(kwhPerDay).toBeGreaterThan(10)
    expect(kwhPerDay).toBeLessThan(80)
  })

  it('knows the peaks of today and yesterday and the last two points of the curve', () => {
    const meter = createMeter(offPeak, 1, START)
    const evening = meter.readAt(Date.UTC(2026, 10, 21, 22, 50))
    const night = meter.readAt(Date.UTC(2026, 10, 21, 23, 5))

    expect(evening.drawnPeaks.yesterday.va).toBeGreaterThan(500)
    expect(night.drawnPeaks.yesterday).toEqual(evening.drawnPeaks.today)
    expect(night.drawnCurve.last.atMs).toBe(Date.UTC(2026, 10, 21, 23, 0))
    expect(night.drawnCurve.lastButOne.atMs).toBe(Date.UTC(2026, 10, 21, 22, 30))
    expect(night.phases[0]?.meanVolts.atMs).toBe(Date.UTC(2026, 10, 21, 23, 0))
    expect(night.phases[0]?.meanVolts.value).toBeGreaterThan(220)
  })

  it('injects by day and never draws and injects at once', () => {
    const producer = contract({
      serial: '0',
      calendar: offPeakCalendar(),
      initialWh: [0, 0],
      isProducer: true,
      solarWatts: 5200,
    })
    const start = Date.UTC(2026, 5, 10, 22)
    const meter = createMeter(producer, 1, start)
    const noon = { before: meter.readAt(start + HOUR_MS), after: meter.readAt(start + 14 * HOUR_MS) }

    expect(noon.before.injectedVa).toBe(0)
    expect(noon.after.injectedVa).toBeGreaterThan(0)
    expect(noon.after.drawnVa).toBe(0)
    expect(noon.after.injectedWh).toBeGreaterThan(noon.before.injectedWh)
    expect(noon.after.reactiveVarh[1]).toBeGreaterThan(0)
    expect(meter.readAt(start + 25 * HOUR_MS).injectedWh).toBe(
      meter.readAt(start + 25.5 * HOUR_MS).injectedWh,
    )
  })
})

describe('createHousehold', () => {
  const plan = {
    seed: 1,
    startAt: START,
    phases: 3,
    limitWatts: 9000,
    waterHeaterMinute: 1350,
    solarWatts: 0,
    surges: [],
  } as const

  it('repeats itself for the same seed only', () => {
    const slots = Array.from({ length: 50 }, (_, index) => Math.floor(START / SLOT_MS) + index * 37)
    const life = (seed: number) => slots.map(createHousehold({ ...plan, seed })).map(({ watts }) => watts)

    expect(life(1)).toEqual(life(1))
    expect(life(1)).not.toEqual(life(2))
  })

  it('answers for any slot in any order', () => {
    const powerOf = createHousehold(plan)
    const slot = Math.floor(START / SLOT_MS)
    const before = powerOf(slot).watts
    powerOf(slot + 1000)

    expect(powerOf(slot).watts).toEqual(before)
    expect(before).toHaveLength(3)
  })
})

describe('subscribedAmps', () => {
  it.each([
    [1, 3, 15],
    [1, 9, 45],
    [3, 9, 15],
    [3, 18, 30],
  ] as const)('on %d phases %d kVA is %d A', (phases, prefKva, amps) => {
    const given = contract({ serial: '0', calendar: baseCalendar(), initialWh: [0], phases, prefKva })
    expect(subscribedAmps(given)).toBe(amps)
  })
})
