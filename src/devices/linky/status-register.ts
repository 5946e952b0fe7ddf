/** The status register STGE of a meter in standard mode, 32 bits sent as 8 hexadecimal characters. */
export interface StatusRegister {
  readonly dryContact: 'closed' | 'open'
  readonly breaker: string
  readonly terminalCover: 'closed' | 'open'
  readonly isOverVoltage: boolean
  readonly isOverPower: boolean
  readonly isProducer: boolean
  readonly isEnergyNegative: boolean
  /** Running index of the supplier's contract, 1 to 10 (EASF01 to EASF10). */
  readonly supplierIndex: number
  /** Running index of the distributor's contract, 1 to 4. */
  readonly distributorIndex: number
  readonly isClockDegraded: boolean
  readonly output: 'historique' | 'standard'
  readonly euridis: string
  readonly powerLine: string
  readonly isPowerLineSynchronised: boolean
  readonly tempoToday: TempoColor
  readonly tempoTomorrow: TempoColor
  /** Announced mobile peak, 0 none, else 1 to 3. */
  readonly peakNotice: number
  /** Running mobile peak, 0 none, else 1 to 3. */
  readonly peakRunning: number
}

export type TempoColor = 'unknown' | 'blue' | 'white' | 'red'

const BREAKER = [
  'closed',
  'open: over power',
  'open: over voltage',
  'open: load shedding',
  'open: order over PLC or Euridis',
  'open: overheating above the maximum switching current',
  'open: overheating below the maximum switching current',
  'unknown',
] as const
const EURIDIS = ['off', 'on without security', 'unknown', 'on with security'] as const
const POWER_LINE = ['new, unlocked', 'new, locked', 'registered', 'unknown'] as const
const TEMPO = ['unknown', 'blue', 'white', 'red'] as const

/** Takes the register apart; undefined when the text is not 8 hexadecimal characters. */
export function parseStatusRegister(text: string): StatusRegister | undefined {
  if (!/^[0-9A-Fa-f]{8}$/.test(text)) return undefined
  const word = Number.parseInt(text, 16)
  const bits = (from: number, count: number) => (word >>> from) & ((1 << count) - 1)
  const bit = (at: number) => bits(at, 1) === 1
  return {
    dryContact: bit(0) ? 'open' : 'closed',
    breaker: BREAKER[bits(1, 3)] ?? 'unknown',
    terminalCover: bit(4) ? 'open' : 'closed',
    isOverVoltage: bit(6),
    isOverPower: bit(7),
    isProducer: bit(8),
    isEnergyNegative: bit(9),
    supplierIndex: bits(10, 4) + 1,
    distributorIndex: bits(14, 2) + 1,
    isClockDegraded: bit(16),
    output: bit(17) ? 'standard' : 'historique',
    euridis: EURIDIS[bits(19, 2)] ?? 'unknown',
    powerLine: POWER_LINE[bits(21, 2)] ?? 'unknown',
    isPowerLineSynchronised: bit(23),
    tempoToday: TEMPO[bits(24, 2)] ?? 'unknown',
    tempoTomorrow: TEMPO[bits(26, 2)] ?? 'unknown',
    peakNotice: bits(28, 2),
    peakRunning: bits(30, 2),
  }
}

/** The parts of the register as readings show them, by the last part of their key. */
export function statusParts(status: StatusRegister): Readonly<Record<string, string | number | boolean>> {
  return {
    dry_contact: status.dryContact,
    breaker: status.breaker,
    terminal_cover: status.terminalCover,
    over_voltage: status.isOverVoltage,
    over_power: status.isOverPower,
    producer: status.isProducer,
    energy_negative: status.isEnergyNegative,
    supplier_index: status.supplierIndex,
    distributor_index: status.distributorIndex,
    clock_degraded: status.isClockDegraded,
    output: status.output,
    euridis: status.euridis,
    plc: status.powerLine,
    plc_synchronised: status.isPowerLineSynchronised,
    tempo_today: status.tempoToday,
    tempo_tomorrow: status.tempoTomorrow,
    peak_notice: status.peakNotice,
    peak_running: status.peakRunning,
  }
}
