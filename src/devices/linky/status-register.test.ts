import { describe, expect, it } from 'vitest'
import { parseStatusRegister, statusParts } from './status-register.ts'

describe('parseStatusRegister', () => {
  it('takes the register of a producer apart', () => {
    expect(parseStatusRegister('00CA0701')).toEqual({
      dryContact: 'open',
      breaker: 'closed',
      terminalCover: 'closed',
      isOverVoltage: false,
      isOverPower: false,
      isProducer: true,
      isEnergyNegative: true,
      supplierIndex: 2,
      distributorIndex: 1,
      isClockDegraded: false,
      output: 'standard',
      euridis: 'on without security',
      powerLine: 'registered',
      isPowerLineSynchronised: true,
      tempoToday: 'unknown',
      tempoTomorrow: 'unknown',
      peakNotice: 0,
      peakRunning: 0,
    })
  })

  it('reads the highest bits of a Tempo register', () => {
    expect(parseStatusRegister('1ECA4C80')).toMatchObject({
      isOverPower: true,
      supplierIndex: 4,
      distributorIndex: 2,
      tempoToday: 'white',
      tempoTomorrow: 'red',
      peakNotice: 1,
      peakRunning: 0,
    })
    expect(parseStatusRegister('FFFFFFFF')).toMatchObject({
      peakNotice: 3,
      peakRunning: 3,
      tempoTomorrow: 'red',
    })
  })

  it.each(['', '00CA070', '00CA07011', '00CA07G1'])('refuses %j', text => {
    expect(parseStatusRegister(text)).toBeUndefined()
  })

  it('shows every part under a name', () => {
    const status = parseStatusRegister('00CA0701')
    expect(status && Object.keys(statusParts(status))).toHaveLength(18)
  })
})
