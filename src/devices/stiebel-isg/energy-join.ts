/** The registers of one counter at one moment, in watt-hours. */
export interface Registers {
  readonly totalWh: number
  /** Undefined: the day's register is not there. */
  readonly dayWh: number | undefined
  /** When they were read. */
  readonly at: number
}

/** Joins registers of all days and of the day to counters that only grow. */
export interface EnergyJoin {
  /** The counter in watt-hours; undefined while it cannot be said. The same registers give the same answer. */
  joined(id: string, registers: Registers): number | undefined
}

interface Kept {
  at: number
  /** The registers that `shownWh` was made of. */
  basis: Registers
  shownWh: number
  held: number
  answer: number | undefined
}

const MOST_HELD = 3
const TRANSFER_WH = 1000
/** A sum that falls by less is a transfer seen half-way. */
const SMALL_FALL_WH = 1500

/**
 * At midnight whole kilowatt-hours move from the day's register to the other, which is not one step: for up to three
 * readings a sum that such a step explains is not believed.
 */
export function createEnergyJoin(): EnergyJoin {
  const memory = new Map<string, Kept>()
  return {
    joined(id, registers) {
      const sumWh = registers.totalWh + (registers.dayWh ?? 0)
      const kept = memory.get(id)
      if (!kept) {
        memory.set(id, { at: registers.at, basis: registers, shownWh: sumWh, held: 0, answer: sumWh })
        return sumWh
      }
      if (kept.at === registers.at) return kept.answer
      kept.at = registers.at
      // Without the day's register the sum would fall, and its return would look like work.
      if (kept.basis.dayWh !== undefined && registers.dayWh === undefined) {
        kept.answer = undefined
        return undefined
      }
      if (isHalfWay(kept, registers, sumWh) && kept.held < MOST_HELD) kept.held++
      else {
        kept.held = 0
        kept.basis = registers
        kept.shownWh = sumWh
      }
      kept.answer = kept.shownWh
      return kept.answer
    },
  }
}

function isHalfWay({ basis, shownWh }: Kept, { totalWh, dayWh }: Registers, sumWh: number): boolean {
  const hasDayFallen = dayWh !== undefined && basis.dayWh !== undefined && dayWh < basis.dayWh
  if (sumWh < shownWh) return hasDayFallen || shownWh - sumWh < SMALL_FALL_WH
  const hasLeapt = totalWh - basis.totalWh >= TRANSFER_WH
  return dayWh !== undefined && basis.dayWh !== undefined && hasLeapt && !hasDayFallen
}
