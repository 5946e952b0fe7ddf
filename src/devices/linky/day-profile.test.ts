import { describe, expect, it } from 'vitest'
import { describeDayProfile, parseDayProfile } from './day-profile.ts'

const UNUSED = 'NONUTILE'
const profile = (...used: string[]) => [...used, ...Array(11 - used.length).fill(UNUSED)].join(' ')

describe('parseDayProfile', () => {
  it('reads time, index and dry contact', () => {
    expect(parseDayProfile(profile('06004002'))).toEqual([
      { time: '06:00', supplierIndex: 2, closedContacts: [], dryContact: 'by the Tempo setting' },
    ])
  })

  it('reads virtual contacts and indexes that do not change', () => {
    expect(parseDayProfile(profile('0000C7F0', '2230800A'))).toEqual([
      {
        time: '00:00',
        supplierIndex: undefined,
        closedContacts: [1, 2, 3, 4, 5, 6, 7],
        dryContact: 'closed',
      },
      { time: '22:30', supplierIndex: 10, closedContacts: [], dryContact: 'open' },
    ])
  })

  it.each([
    '',
    profile('06004002').slice(0, 90),
    profile('24004002'),
    profile('0600400G'),
    profile('06604002'),
  ])('refuses %j', text => {
    expect(parseDayProfile(text)).toBeUndefined()
  })

  it('is said in words', () => {
    expect(describeDayProfile(parseDayProfile(profile('00008001', '06004012')) ?? [])).toBe(
      '00:00 index 1, dry contact open; 06:00 index 2, dry contact by the Tempo setting, contacts 1',
    )
    expect(describeDayProfile([])).toBe('no switching')
  })
})
