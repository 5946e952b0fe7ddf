/** What the status register `STGE` says; what is left out is 0. */
export interface Status {
  readonly isContactOpen?: boolean
  readonly breaker?: number
  readonly isCoverOpen?: boolean
  readonly isOvervoltage?: boolean
  readonly isOverReferencePower?: boolean
  readonly isProducer?: boolean
  readonly isInjecting?: boolean
  /** 1 to 10, as in EASF01 to EASF10. */
  readonly supplierIndex: number
  /** 1 to 4, as in EASD01 to EASD04. */
  readonly distributorIndex: number
  readonly isClockDegraded?: boolean
  readonly isStandard?: boolean
  /** 0 off, 1 on without security, 3 on with security. */
  readonly euridis?: number
  /** 2 is registered. */
  readonly powerLine?: number
  readonly isPowerLineSynchronised?: boolean
  /** 0 none, 1 blue, 2 white, 3 red. */
  readonly today?: number
  readonly tomorrow?: number
  /** 0 none, 1 to 3 the mobile peak. */
  readonly notice?: number
  readonly runningPeak?: number
}

/** The 32 bits of `STGE` as 8 hexadecimal characters. */
export function statusRegister(status: Status): string {
  const fields: readonly (readonly [bit: number, value: number | boolean | undefined])[] = [
    [0, status.isContactOpen],
    [1, status.breaker],
    [4, status.isCoverOpen],
    [6, status.isOvervoltage],
    [7, status.isOverReferencePower],
    [8, status.isProducer],
    [9, status.isInjecting],
    [10, status.supplierIndex - 1],
    [14, status.distributorIndex - 1],
    [16, status.isClockDegraded],
    [17, status.isStandard],
    [19, status.euridis],
    [21, status.powerLine],
    [23, status.isPowerLineSynchronised],
    [24, status.today],
    [26, status.tomorrow],
    [28, status.notice],
    [30, status.runningPeak],
  ]
  // A product, not a shift: bit 31 would turn the sign.
  const bits = fields.reduce((sum, [bit, value]) => sum + Number(value ?? 0) * 2 ** bit, 0)
  return bits.toString(16).toUpperCase().padStart(8, '0')
}
