import { COLOUR } from './calendar.ts'
import type { Contract } from './contract.ts'
import { dayProfile } from './day-profile.ts'
import { centred, digits, standardGroup } from './frame.ts'
import { horodate, horodateOfDay, legalTime } from './legal-time.ts'
import type { MeterFacts } from './meter.ts'
import { statusRegister } from './status-register.ts'
import type { Mean, Peak } from './trackers.ts'

const DELIVERY_POINT = '09123456789012'
/** Two halves of 16 characters, one above the other on the meter's display. */
const NO_MESSAGE = 'PAS DE          MESSAGE         '
const PEAK_HOURS = { fromMinute: 6 * 60, toMinute: 22 * 60 } as const

/** All groups of a frame in the order of the meter; `shortMessage` is sent in one frame only. */
export function standardGroups(
  facts: MeterFacts,
  contract: Contract,
  shortMessage: string | undefined,
): readonly string[] {
  return [
    standardGroup('ADSC', contract.serial),
    standardGroup('VTIC', '02'),
    standardGroup('DATE', '', horodate(facts.atMs)),
    standardGroup('NGTF', centred(contract.calendar.name, 16)),
    standardGroup('LTARF', centred(facts.period.name, 16)),
    ...energies(facts, contract),
    ...measures(facts, contract),
    standardGroup('STGE', status(facts, contract)),
    ...announcedPeak(facts, contract),
    standardGroup('MSG1', NO_MESSAGE),
    ...(shortMessage === undefined ? [] : [standardGroup('MSG2', shortMessage.padEnd(16))]),
    standardGroup('PRM', DELIVERY_POINT),
    // Relay 1 follows the off-peak hours; the seven virtual ones are not programmed.
    standardGroup('RELAIS', facts.period.isOffPeak ? '001' : '000'),
    standardGroup('NTARF', digits(facts.period.index, 2)),
    ...profiles(facts, contract),
  ]
}

function energies(facts: MeterFacts, { isProducer }: Contract): readonly string[] {
  return [
    energy('EAST', facts.totalWh),
    ...facts.supplierWh.map((wh, index) => energy(`EASF${digits(index + 1, 2)}`, wh)),
    ...facts.distributorWh.map((wh, index) => energy(`EASD${digits(index + 1, 2)}`, wh)),
    ...(isProducer ? [energy('EAIT', facts.injectedWh)] : []),
    ...(isProducer ? facts.reactiveVarh.map((varh, index) => energy(`ERQ${index + 1}`, varh)) : []),
  ]
}

function measures(facts: MeterFacts, contract: Contract): readonly string[] {
  const phases = facts.phases.map((phase, index) => ({ ...phase, number: index + 1 }))
  const severalPhases = phases.length > 1 ? phases : []
  const producer = (groups: readonly string[]) => (contract.isProducer ? groups : [])
  return [
    ...phases.map(({ number, amps }) => standardGroup(`IRMS${number}`, digits(amps, 3))),
    ...phases.map(({ number, volts }) => standardGroup(`URMS${number}`, digits(volts, 3))),
    standardGroup('PREF', digits(contract.prefKva, 2)),
    standardGroup('PCOUP', digits(contract.prefKva, 2)),
    standardGroup('SINSTS', digits(facts.drawnVa, 5)),
    ...severalPhases.map(({ number, drawnVa }) => standardGroup(`SINSTS${number}`, digits(drawnVa, 5))),
    peak('SMAXSN', facts.drawnPeaks.today),
    ...severalPhases.map(({ number, peaks }) => peak(`SMAXSN${number}`, peaks.today)),
    peak('SMAXSN-1', facts.drawnPeaks.yesterday),
    ...severalPhases.map(({ number, peaks }) => peak(`SMAXSN${number}-1`, peaks.yesterday)),
    ...producer([
      standardGroup('SINSTI', digits(facts.injectedVa, 5)),
      peak('SMAXIN', facts.injectedPeaks.today),
      peak('SMAXIN-1', facts.injectedPeaks.yesterday),
    ]),
    mean('CCASN', facts.drawnCurve.last, 5),
    mean('CCASN-1', facts.drawnCurve.lastButOne, 5),
    ...producer([
      mean('CCAIN', facts.injectedCurve.last, 5),
      mean('CCAIN-1', facts.injectedCurve.lastButOne, 5),
    ]),
    ...phases.map(({ number, meanVolts }) => mean(`UMOY${number}`, meanVolts, 3)),
  ]
}

function status(facts: MeterFacts, { calendar, prefKva, isProducer }: Contract): string {
  const { today, tomorrow } = calendar.coloursAt(facts.atMs)
  const isRedDay = today === COLOUR.red && !facts.period.isOffPeak
  return statusRegister({
    isContactOpen: !facts.period.isOffPeak,
    isOverReferencePower: facts.drawnVa > prefKva * 1000,
    isProducer,
    isInjecting: facts.injectedVa > 0,
    supplierIndex: facts.period.index,
    distributorIndex: facts.distributorIndex,
    isStandard: true,
    euridis: 1,
    powerLine: 2,
    isPowerLineSynchronised: true,
    today,
    tomorrow,
    notice: tomorrow === COLOUR.red ? 1 : 0,
    runningPeak: isRedDay ? 1 : 0,
  })
}

/** A red day is the mobile peak of Tempo: its start and end, from the announcement until it is over. */
function announcedPeak({ atMs, period }: MeterFacts, { calendar }: Contract): readonly string[] {
  const { today, tomorrow } = calendar.coloursAt(atMs)
  const isRunning = today === COLOUR.red && !period.isOffPeak
  if (!isRunning && tomorrow !== COLOUR.red) return []
  const day = isRunning ? legalTime(atMs).dayNumber : comingTempoDay(atMs)
  return [
    standardGroup('DPM1', '00', horodateOfDay(day, PEAK_HOURS.fromMinute)),
    standardGroup('FPM1', '00', horodateOfDay(day, PEAK_HOURS.toMinute)),
  ]
}

function profiles({ atMs }: MeterFacts, { calendar }: Contract): readonly string[] {
  const { today, tomorrow } = calendar.coloursAt(atMs)
  return [
    standardGroup('NJOURF', digits(today, 2)),
    standardGroup('NJOURF+1', digits(tomorrow, 2)),
    standardGroup('PJOURF+1', dayProfile(calendar.profile(tomorrow))),
    ...(tomorrow === COLOUR.red ? [standardGroup('PPOINTE', dayProfile(calendar.profile(COLOUR.red)))] : []),
  ]
}

/** A day of Tempo begins at 6:00: after midnight, what is announced begins on the same date. */
function comingTempoDay(atMs: number): number {
  const { dayNumber, minuteOfDay } = legalTime(atMs)
  return minuteOfDay < PEAK_HOURS.fromMinute ? dayNumber : dayNumber + 1
}

function energy(label: string, wh: number): string {
  return standardGroup(label, digits(wh, 9))
}

function peak(label: string, { va, atMs }: Peak): string {
  return standardGroup(label, digits(va, 5), horodate(atMs))
}

function mean(label: string, { value, atMs }: Mean, width: number): string {
  return standardGroup(label, digits(value, width), horodate(atMs))
}
