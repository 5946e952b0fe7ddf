import { describe, expect, it } from 'vitest'
import { HearthError } from '../../core/errors.ts'
import { type Asked, type OwnReply, ownPage, startReading } from './own-gateway.test-helper.ts'

const SEVEN = ['1,0', '1,1', '2,0', '2,1', '2,3', '2,4', '4,7']
const FLAGS = ['isg_flag_heizen 1']
const connect = new HearthError('HEARTH_HTTP_CONNECT', 'gateway/ refused the connection', { kind: 'connect' })
const good = ({ page }: Asked): OwnReply => ownPage(page === '2,0' ? { STATUS: [['HEIZEN', null]] } : {})

describe('pages that never come', () => {
  it('at the beginning do not keep the others away for ever', async () => {
    const reading = startReading(asked => (asked.page.startsWith('1,') ? 'hang' : good(asked)))
    await reading.clock.advance(119_000)
    expect(reading.values()).toEqual(FLAGS)
    await reading.clock.advance(600_000)

    expect(reading.values()).toEqual(FLAGS)
    expect(reading.view().health.isUp).toBe(false)
    await reading.stop()
  })

  it('are asked first again once all came', async () => {
    let isIll = true
    const reading = startReading(asked => (isIll && asked.page.startsWith('1,') ? 'hang' : good(asked)))
    await reading.clock.advance(100_000)
    isIll = false
    await reading.clock.advance(130_000)
    const before = reading.asked.length
    await reading.clock.advance(60_000)

    expect(reading.asked.slice(before).map(({ page }) => page)).toEqual(SEVEN)
    await reading.stop()
  })

  it('are not thought of a gateway that was away: its first page is asked first', async () => {
    let isAway = true
    const reading = startReading(asked => (isAway ? connect : good(asked)))
    await reading.clock.advance(100_000)
    isAway = false
    const before = reading.asked.length
    await reading.clock.advance(60_000)

    expect(reading.asked.slice(before).map(({ page }) => page)).toEqual(SEVEN)
    await reading.stop()
  })
})

describe('what is said of a page', () => {
  it('is one line of a bearable length, whatever is on the page', async () => {
    const rows = Array.from(
      { length: 1_500 },
      (_, i) => [`K\u001b[31m\n${i} ${'x'.repeat(280)}`, '1 234'] as const,
    )
    const reading = startReading(() => ownPage({ H: rows }))
    await reading.clock.advance(0)

    expect(reading.view().health.errors.parse).toBe(7 * 1_500)
    const [line = ''] = reading.lines
    expect(line).toContain('and 1492 more')
    expect(line.length).toBeLessThan(700)
    expect(line).not.toMatch(/\p{Cc}/u)
    await reading.stop()
  })

  it('names the packing of one that came packed', async () => {
    const reading = startReading(() => ({
      headers: { 'content-encoding': 'gzip' },
      body: Buffer.from('\u001f\u008b'),
    }))
    await reading.clock.advance(0)

    expect(reading.lines[0]).toMatch(/page 1,\d: it is packed \(gzip\), which nobody asked for/)
    await reading.stop()
  })
})
