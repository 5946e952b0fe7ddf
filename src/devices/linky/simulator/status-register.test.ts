import { describe, expect, it } from 'vitest'
import { statusRegister } from './status-register.ts'

describe('statusRegister', () => {
  it.each([
    [
      '00CA0701',
      {
        isContactOpen: true,
        isProducer: true,
        isInjecting: true,
        supplierIndex: 2,
        distributorIndex: 1,
        isStandard: true,
        euridis: 1,
        powerLine: 2,
        isPowerLineSynchronised: true,
      },
    ],
    [
      '1ECA4C80',
      {
        isOverReferencePower: true,
        supplierIndex: 4,
        distributorIndex: 2,
        isStandard: true,
        euridis: 1,
        powerLine: 2,
        isPowerLineSynchronised: true,
        today: 2,
        tomorrow: 3,
        notice: 1,
      },
    ],
    ['00000000', { supplierIndex: 1, distributorIndex: 1 }],
    ['C0000000', { supplierIndex: 1, distributorIndex: 1, runningPeak: 3 }],
    [
      '0001005C',
      {
        supplierIndex: 1,
        distributorIndex: 1,
        breaker: 6,
        isCoverOpen: true,
        isOvervoltage: true,
        isClockDegraded: true,
      },
    ],
  ])('is %s', (text, status) => {
    expect(statusRegister(status)).toBe(text)
  })
})
