import { describe, expect, it } from 'vitest'
import { CONTACT, dayProfile } from './day-profile.ts'

describe('dayProfile', () => {
  it('writes the block of the specification', () => {
    const profile = dayProfile([{ fromMinute: 6 * 60, index: 2, contact: CONTACT.byTempo }])

    expect(profile.slice(0, 8)).toBe('06004002')
  })

  it('fills 98 characters, whatever is used', () => {
    const profile = dayProfile([
      { fromMinute: 0, index: 1, contact: CONTACT.closed },
      { fromMinute: 22 * 60 + 30, index: 10, contact: CONTACT.open },
    ])

    expect(profile).toBe(`0000C001 2230800A${' NONUTILE'.repeat(9)}`)
    expect(profile).toHaveLength(98)
  })
})
