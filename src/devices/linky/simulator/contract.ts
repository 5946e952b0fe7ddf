import type { Calendar } from './calendar.ts'
import type { Surge } from './household.ts'

/** What a meter was installed and programmed for. */
export interface Contract {
  /** 12 digits: `ADCO`, `ADSC`. */
  readonly serial: string
  readonly phases: 1 | 3
  readonly prefKva: number
  readonly calendar: Calendar
  /** Indexes at the start, by supplier index. */
  readonly initialWh: readonly number[]
  readonly isProducer: boolean
  /** Best power of the panels on the roof. */
  readonly solarWatts: number
  readonly surges: readonly Surge[]
}

type Given = Pick<Contract, 'serial' | 'calendar' | 'initialWh'> & Partial<Contract>

/** A contract of 9 kVA on one phase, but for what is given. */
export function contract(given: Given): Contract {
  return { phases: 1, prefKva: 9, isProducer: false, solarWatts: 0, surges: [], ...given }
}

/** The limit of each phase, `ISOUSC`. */
export function subscribedAmps({ prefKva, phases }: Contract): number {
  return Math.floor((prefKva * 1000) / 200 / phases)
}
