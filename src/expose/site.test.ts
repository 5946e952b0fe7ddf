import { describe, expect, it } from 'vitest'
import { exposed, someDevice, someView } from './exposition.test-helper.ts'
import { healthSeries } from './health-series.ts'
import { readingsJson } from './status.ts'

const identity = { class: 'heat_pump', serial: '0123456789', site: 'Long Street 7' } as const
const device = someDevice({ identity })
const siteOf = (site: string, showSerials: boolean) => {
  const [info] = healthSeries(exposed('pump', device, { site, showSerials }), someView([]), identity, 0)
  return info?.labels?.['site']
}

describe("the owner's name of the place", () => {
  it('is shown where the serial is, and where the configuration names none', () => {
    expect([siteOf('unknown', true), siteOf('home', true)]).toEqual(['Long Street 7', 'home'])
    expect([siteOf('unknown', false), siteOf('home', false)]).toEqual(['unknown', 'home'])
  })

  it('is in the JSON of the owner only', () => {
    const owner = { name: 'pump', type: 'x', identity }
    expect(readingsJson(owner, someView([]), { isMasked: false }).device.info).toEqual(identity)
    expect(readingsJson(owner, someView([]), { isMasked: true }).device.info).toEqual({
      class: 'heat_pump',
      serial: '...6789',
    })
  })
})
