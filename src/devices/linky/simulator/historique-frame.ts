import { COLOUR } from './calendar.ts'
import { type Contract, subscribedAmps } from './contract.ts'
import { digits, historiqueGroup } from './frame.ts'
import type { MeterFacts } from './meter.ts'

const PHASES = [1, 2, 3] as const
const TOMORROW = ['----', 'BLEU', 'BLAN', 'ROUG'] as const
/** Constants of a Linky, which keeps no maximum current. */
const IMAX_SINGLE = '090'
const IMAX_OF_THREE = '060'

/** All groups of a long frame in the order of the meter. */
export function longGroups(facts: MeterFacts, contract: Contract): readonly string[] {
  return [
    ...head(facts, contract),
    ...(contract.phases === 1 ? singlePhase(facts, contract) : threePhases(facts)),
    historiqueGroup('PAPP', apparentPower(facts.drawnVa)),
    historiqueGroup('HHPHC', 'A'),
    historiqueGroup('MOTDETAT', '000000'),
    ...(contract.phases === 3 ? [historiqueGroup('PPOT', '00')] : []),
  ]
}

/** The groups of a short frame: warnings of phases in overrun come before the address. */
export function shortGroups(facts: MeterFacts, contract: Contract): readonly string[] {
  const limit = subscribedAmps(contract)
  const currents = facts.phases.map(({ amps }, phase) => ({ amps, phase: phase + 1 }))
  return [
    ...currents
      .filter(({ amps }) => amps > limit)
      .map(({ amps, phase }) => historiqueGroup(`ADIR${phase}`, digits(amps, 3))),
    historiqueGroup('ADCO', contract.serial),
    ...currents.map(({ amps, phase }) => historiqueGroup(`IINST${phase}`, digits(amps, 3))),
  ]
}

/** The warning of a single-phase meter. */
export function overrunGroup(amps: number): string {
  return historiqueGroup('ADPS', digits(amps, 3))
}

function head({ atMs, supplierWh, period }: MeterFacts, contract: Contract): readonly string[] {
  const { calendar, serial } = contract
  const hasColours = calendar.coloursAt(atMs).today !== COLOUR.none
  return [
    historiqueGroup('ADCO', serial),
    historiqueGroup('OPTARIF', calendar.optarif),
    historiqueGroup('ISOUSC', digits(subscribedAmps(contract), 2)),
    ...calendar.indexLabels.map((label, index) => historiqueGroup(label, digits(supplierWh[index] ?? 0, 9))),
    ...(calendar.isPeakNoticeAt(atMs) ? [historiqueGroup('PEJP', '30')] : []),
    historiqueGroup('PTEC', period.ptec),
    ...(hasColours ? [historiqueGroup('DEMAIN', TOMORROW[calendar.coloursAt(atMs).tomorrow])] : []),
  ]
}

function singlePhase({ phases }: MeterFacts, contract: Contract): readonly string[] {
  const amps = phases[0]?.amps ?? 0
  return [
    historiqueGroup('IINST', digits(amps, 3)),
    ...(amps > subscribedAmps(contract) ? [overrunGroup(amps)] : []),
    historiqueGroup('IMAX', IMAX_SINGLE),
  ]
}

function threePhases({ phases, drawnPeaks }: MeterFacts): readonly string[] {
  return [
    ...PHASES.map(phase => historiqueGroup(`IINST${phase}`, digits(phases[phase - 1]?.amps ?? 0, 3))),
    ...PHASES.map(phase => historiqueGroup(`IMAX${phase}`, IMAX_OF_THREE)),
    historiqueGroup('PMAX', digits(drawnPeaks.yesterday.va, 5)),
  ]
}

/** Rounded to 10 VA, as the meter does. */
function apparentPower(va: number): string {
  return digits(Math.round(va / 10) * 10, 5)
}
