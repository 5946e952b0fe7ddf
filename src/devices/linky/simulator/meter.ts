import type { Period } from './calendar.ts'
import type { Contract } from './contract.ts'
import { createHousehold, SLOT_MS, type SlotPower } from './household.ts'
import { legalTime } from './legal-time.ts'
import { createMeanTracker, createPeakTracker, type Mean, type Peak } from './trackers.ts'

/** Long enough for all of yesterday, on a day of 25 hours too. */
const HISTORY_MS = 50 * 3_600_000
const CURVE_MS = 30 * 60_000
const VOLTAGE_MS = 10 * 60_000
const MILLIJOULES_PER_WH = 3_600_000
const SUPPLIER_INDEXES = 10
const DISTRIBUTOR_INDEXES = 4

interface Peaks {
  readonly today: Peak
  readonly yesterday: Peak
}

interface Means {
  readonly last: Mean
  readonly lastButOne: Mean
}

/** One phase as the meter measures it. */
export interface PhaseFacts {
  readonly amps: number
  readonly volts: number
  readonly drawnVa: number
  readonly peaks: Peaks
  readonly meanVolts: Mean
}

/** Everything the meter knows at one moment. Energies are whole Wh (varh for the reactive ones). */
export interface MeterFacts {
  readonly atMs: number
  readonly period: Period
  /** 1 to 4. */
  readonly distributorIndex: number
  readonly phases: readonly PhaseFacts[]
  readonly drawnVa: number
  readonly injectedVa: number
  readonly drawnPeaks: Peaks
  readonly injectedPeaks: Peaks
  readonly drawnCurve: Means
  readonly injectedCurve: Means
  readonly totalWh: number
  readonly supplierWh: readonly number[]
  readonly distributorWh: readonly number[]
  readonly injectedWh: number
  readonly reactiveVarh: readonly number[]
}

/** A meter and the house behind it. */
export interface Meter {
  /** The state at a moment that is not before the last one asked for. */
  readAt(atMs: number): MeterFacts
  /** Currents per phase at any moment. */
  ampsAt(atMs: number): readonly number[]
}

/** A meter whose indexes are the exact integral of the power: whole millijoules are added, so nothing is ever rounded away. */
export function createMeter(contract: Contract, seed: number, startAt: number): Meter {
  const { calendar } = contract
  const powerOf = createHousehold({
    seed,
    startAt,
    phases: contract.phases,
    limitWatts: contract.prefKva * 1000,
    waterHeaterMinute: calendar.waterHeaterMinute,
    solarWatts: contract.solarWatts,
    surges: contract.surges,
  })
  const historyAt = startAt - HISTORY_MS
  const phaseList = Array.from({ length: contract.phases }, () => ({
    peak: createPeakTracker(historyAt),
    volts: createMeanTracker(VOLTAGE_MS, historyAt),
  }))
  const drawn = { peak: createPeakTracker(historyAt), curve: createMeanTracker(CURVE_MS, historyAt) }
  const injected = { peak: createPeakTracker(historyAt), curve: createMeanTracker(CURVE_MS, historyAt) }
  const supplier = new Array<number>(SUPPLIER_INDEXES).fill(0)
  const distributor = new Array<number>(DISTRIBUTOR_INDEXES).fill(0)
  const reactive = new Array<number>(4).fill(0)
  let total = 0
  let fedIn = 0
  let now = historyAt

  function live(power: SlotPower, fromMs: number, spanMs: number): void {
    const endMs = fromMs + spanMs
    const { drawnVa, injectedVa } = balance(power)
    drawn.peak.observe(drawnVa, spanMs, endMs)
    drawn.curve.observe(drawnVa, spanMs, endMs)
    injected.peak.observe(injectedVa, spanMs, endMs)
    injected.curve.observe(injectedVa, spanMs, endMs)
    phaseList.forEach(({ peak, volts }, phase) => {
      peak.observe(Math.max(0, power.watts[phase] ?? 0), spanMs, endMs)
      volts.observe(power.volts[phase] ?? 0, spanMs, endMs)
    })
  }

  function count(power: SlotPower, fromMs: number, spanMs: number): void {
    const { drawnVa, injectedVa } = balance(power)
    const period = calendar.periodAt(fromMs)
    total += drawnVa * spanMs
    fedIn += injectedVa * spanMs
    add(supplier, period.index - 1, drawnVa * spanMs)
    add(distributor, distributorIndexAt(fromMs, period) - 1, drawnVa * spanMs)
    // A little magnetising power: quadrant 1 while drawing, 2 while injecting.
    add(reactive, drawnVa > 0 ? 0 : 1, Math.floor((drawnVa + injectedVa) / 12) * spanMs)
  }

  function advance(toMs: number): void {
    while (now < toMs) {
      const slot = Math.floor(now / SLOT_MS)
      const endMs = Math.min((slot + 1) * SLOT_MS, toMs)
      const power = powerOf(slot)
      live(power, now, endMs - now)
      if (now >= startAt) count(power, now, endMs - now)
      now = endMs
    }
  }

  advance(startAt)
  const atStart = shareOut(contract.initialWh, startAt, calendar.periodAt(startAt))
  const initialTotal = contract.initialWh.reduce((sum, wh) => sum + wh, 0)

  return {
    readAt(atMs) {
      advance(atMs)
      const power = powerOf(Math.floor(atMs / SLOT_MS))
      const period = calendar.periodAt(atMs)
      return {
        atMs,
        period,
        distributorIndex: distributorIndexAt(atMs, period),
        phases: phaseList.map(({ peak, volts }, phase) => ({
          amps: ampsOf(power, phase),
          volts: power.volts[phase] ?? 0,
          drawnVa: Math.max(0, power.watts[phase] ?? 0),
          peaks: peak.peaks(),
          meanVolts: volts.means().last,
        })),
        ...balance(power),
        drawnPeaks: drawn.peak.peaks(),
        injectedPeaks: injected.peak.peaks(),
        drawnCurve: drawn.curve.means(),
        injectedCurve: injected.curve.means(),
        totalWh: initialTotal + whole(total),
        supplierWh: supplier.map((energy, index) => (contract.initialWh[index] ?? 0) + whole(energy)),
        distributorWh: distributor.map((energy, index) => (atStart[index] ?? 0) + whole(energy)),
        injectedWh: contract.isProducer ? 4_215_300 + whole(fedIn) : 0,
        reactiveVarh: reactive.map(whole),
      }
    },
    ampsAt: atMs => {
      const power = powerOf(Math.floor(atMs / SLOT_MS))
      return power.watts.map((_, phase) => ampsOf(power, phase))
    },
  }
}

/** The sign of the sum decides the direction, as in a meter of several phases. */
function balance({ watts }: SlotPower): { readonly drawnVa: number; readonly injectedVa: number } {
  const sum = watts.reduce((total, phase) => total + phase, 0)
  return { drawnVa: Math.max(0, sum), injectedVa: Math.max(0, -sum) }
}

function ampsOf({ watts, volts }: SlotPower, phase: number): number {
  return Math.round(Math.abs(watts[phase] ?? 0) / (volts[phase] ?? 230))
}

/** The distributor splits by season and hours, whatever the offer: 1 and 2 in the high season, 3 and 4 in the low one. */
function distributorIndexAt(atMs: number, period: Period): number {
  const { month } = legalTime(atMs)
  const isHighSeason = month >= 11 || month <= 3
  return (isHighSeason ? 1 : 3) + (period.isOffPeak ? 0 : 1)
}

/** Distributor indexes at the start: all four in use, their sum that of the supplier's. */
function shareOut(supplierWh: readonly number[], atMs: number, period: Period): readonly number[] {
  const sum = supplierWh.reduce((total, wh) => total + wh, 0)
  const share = Math.floor(sum / 5)
  const shares = new Array<number>(DISTRIBUTOR_INDEXES).fill(share)
  add(shares, distributorIndexAt(atMs, period) - 1, sum - DISTRIBUTOR_INDEXES * share)
  return shares
}

function whole(millijoules: number): number {
  return Math.floor(millijoules / MILLIJOULES_PER_WH)
}

function add(sums: number[], index: number, amount: number): void {
  sums[index] = (sums[index] ?? 0) + amount
}
