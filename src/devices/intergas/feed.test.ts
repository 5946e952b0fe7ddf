import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../testing/fake-clock.ts'
import { type Reader, readBoiler, startReader } from './boiler.test-helper.ts'
import { intergasSimulator, type SimulatedBoiler } from './simulator/index.ts'

const INTERVAL_MS = 5_000
const STALE_MS = 30_000

const asked = ({ boiler }: { boiler: SimulatedBoiler }) =>
  boiler.heard.flatMap(heard => (heard.kind === 'command' ? [heard.command.name] : []))
const up = (reader: Reader) => reader.dropIn().find(line => line.startsWith('intergas_up '))
const count = (reader: Reader, start: string) => reader.dropIn().filter(line => line.startsWith(start)).length

describe('a poll', () => {
  it('is over when all was asked, what is asked seldom too', async () => {
    const reader = readBoiler('state-a')
    while (reader.attempts.length === 0) await reader.clock.advance(10)
    expect(reader.slot.view().readings.get('software')?.value).toBe('V2.53')
    await reader.stop()
  })

  it('asks once what has not changed, in the order of the original', async () => {
    const reader = readBoiler('state-a')
    await reader.clock.advance(4_000)
    const before = asked(reader).length
    await reader.clock.advance(2 * INTERVAL_MS)
    expect(asked(reader).slice(before)).toEqual([
      'S?',
      'S2',
      'CRC',
      'HN',
      'V?',
      'S?',
      'S2',
      'CRC',
      'HN',
      'V?',
    ])
    await reader.stop()
  })

  it('asks twice before it believes for the first time', async () => {
    const reader = readBoiler('state-a')
    await reader.clock.advance(4_000)
    expect(asked(reader).slice(0, 10)).toEqual(['S?', 'S?', 'S2', 'S2', 'CRC', 'CRC', 'HN', 'HN', 'V?', 'V?'])
    await reader.stop()
  })

  it('asks for release and fault history at a slow pace', async () => {
    const reader = readBoiler('state-a')
    await reader.clock.advance(10 * 60_000)
    const names = asked(reader)
    const times = (name: string) => names.filter(each => each === name).length
    expect(times('REV')).toBe(2)
    expect(times('EN')).toBeLessThanOrEqual(12)
    expect(times('EN')).toBeGreaterThanOrEqual(10)
    expect(reader.slot.view().readings.get('software')?.value).toBe('V2.53')
    expect(reader.slot.view().readings.get('fault_5_count')?.value).toBe(1)
    expect(reader.boiler.writes).toEqual([])
    await reader.stop()
  })

  it.each(['silent-en', 'silent-rev'])('does not mind a board without them (%s)', async scenario => {
    const reader = readBoiler(scenario)
    await reader.clock.advance(3_600_000)
    expect(reader.troubles).toEqual([])
    expect(new Set(reader.attempts)).toEqual(new Set([true]))
    expect(
      asked(reader).filter(name => name === (scenario === 'silent-en' ? 'EN' : 'REV')).length,
    ).toBeLessThan(12)
    await reader.stop()
  })

  it('leaves no timer behind', async () => {
    const reader = readBoiler('state-a')
    await reader.clock.advance(3_000)
    await reader.stop()
    reader.boiler.stop()
    expect(reader.clock.pending).toBe(0)
    expect(reader.state.closed).toBe(reader.state.opened)
  })

  it('keeps the line open between polls', async () => {
    const reader = readBoiler('state-a')
    await reader.clock.advance(60_000)
    expect(reader.state.opened).toBe(1)
    await reader.stop()
  })
})

describe('a group that fails', () => {
  it.each([
    ['S?', 'intergas_temperature_celcius', 27],
    ['S2', 'intergas_pump_pwm', 2],
    ['CRC', 'intergas_load', 3],
    ['HN', 'intergas_hours', 12],
  ] as const)('%s: is gone when stale, the others go on, up is 0 meanwhile', async (name, family, series) => {
    const reader = readBoiler('state-a')
    await reader.clock.advance(4_000)
    expect(up(reader)).toBe('intergas_up 1.0')
    const calm = reader.boiler.disturb({ kind: 'silent', only: [name] })
    await reader.clock.advance(INTERVAL_MS + 2_000)
    expect(up(reader)).toBe('intergas_up 0.0')
    expect(count(reader, family)).toBeGreaterThan(0)
    await reader.clock.advance(STALE_MS)
    expect(count(reader, family)).toBe(0)
    expect(reader.dropIn()).toHaveLength(77 - series)
    expect(reader.troubles.every(text => text === `timeout: wire: no answer to ${name} within 1 s`)).toBe(
      true,
    )
    calm()
    await reader.clock.advance(2 * INTERVAL_MS)
    expect(up(reader)).toBe('intergas_up 1.0')
    expect(reader.dropIn()).toHaveLength(77)
    await reader.stop()
  })

  it('V?: is gone when stale, and up stays 1', async () => {
    const reader = readBoiler('state-a')
    await reader.clock.advance(4_000)
    reader.boiler.disturb({ kind: 'silent', only: ['V?'] })
    await reader.clock.advance(STALE_MS + INTERVAL_MS)
    expect(count(reader, 'intergas_parameter')).toBe(0)
    expect(reader.dropIn()).toHaveLength(77 - 31)
    expect(up(reader)).toBe('intergas_up 1.0')
    await reader.stop()
  })
})

describe('a line', () => {
  it('that falls silent: up is 0 within 5 s of the poll, values leave at their age, and come back', async () => {
    const reader = readBoiler('state-a')
    await reader.clock.advance(INTERVAL_MS - 1)
    const calm = reader.boiler.disturb({ kind: 'silent' })
    await reader.clock.advance(5_000)
    expect(up(reader)).toBe('intergas_up 0.0')
    expect(reader.dropIn()).toHaveLength(77)
    await reader.clock.advance(STALE_MS)
    expect(reader.dropIn().filter(line => !/^intergas_(up|updated) /.test(line))).toEqual([])
    expect(reader.troubles[0]).toContain('timeout: wire: no answer from the boiler')
    calm()
    await reader.clock.advance(15_000)
    expect(up(reader)).toBe('intergas_up 1.0')
    await reader.stop()
  })

  it('that is not there at the start: is waited for, tried at least every 10 s', async () => {
    const clock = fakeClock()
    const boiler = intergasSimulator.start({ scenario: 'state-a', seed: 1, clock, pace: 1 })
    const reader = startReader(line => boiler.attach(line), { clock, isPlugged: false })
    await clock.advance(120_000)
    expect(up(reader)).toBe('intergas_up 0.0')
    const tries = reader.troubles.length
    expect(tries).toBeGreaterThan(12)
    reader.state.isPlugged = true
    await clock.advance(14_000)
    expect(up(reader)).toBe('intergas_up 1.0')
    await reader.stop()
  })

  it('that is pulled in the middle of an answer: is opened again', async () => {
    const reader = readBoiler('state-a')
    await reader.clock.advance(INTERVAL_MS - 1)
    reader.boiler.disturb({ kind: 'hang-up', times: 1 })
    await reader.clock.advance(400)
    expect(up(reader)).toBe('intergas_up 0.0')
    await reader.clock.advance(3_000)
    expect(up(reader)).toBe('intergas_up 1.0')
    expect(reader.slot.view().health.reconnects).toBe(1)
    expect(reader.troubles).toEqual(['connect: wire: lost'])
    await reader.stop()
  })

  it('that is pulled between two polls: is noticed at the next', async () => {
    const reader = readBoiler('state-a')
    await reader.clock.advance(4_000)
    reader.boiler.hangUp()
    await reader.clock.advance(8_000)
    expect(up(reader)).toBe('intergas_up 1.0')
    expect(reader.troubles).toEqual(['connect: wire: lost'])
    await reader.stop()
  })

  it('that echoes: is read all the same, and said once', async () => {
    const reader = readBoiler('echo')
    await reader.clock.advance(120_000)
    expect(new Set(reader.attempts)).toEqual(new Set([true]))
    expect(reader.troubles).toHaveLength(1)
    expect(reader.troubles[0]).toContain('the echo is dropped')
    await reader.stop()
  })

  it('that gives nothing but the echo: is told from a silent one', async () => {
    const reader = readBoiler('echo')
    reader.boiler.disturb({ kind: 'silent' })
    await reader.clock.advance(30_000)
    expect(reader.dropIn()).toEqual(['intergas_up 0.0'])
    expect(reader.troubles.some(text => text.includes('only the echo'))).toBe(true)
    await reader.stop()
  })

  it('on which every answer is noise: gives nothing', async () => {
    const reader = readBoiler('noise')
    await reader.clock.advance(600_000)
    expect(reader.dropIn()).toEqual(['intergas_up 0.0'])
    expect(reader.unified()).toEqual([])
    await reader.stop()
  })

  it('on which a second program asks too: shows what is true, or nothing', async () => {
    const quiet = readBoiler('state-a')
    await quiet.clock.advance(9_000)
    const real = new Set([...quiet.dropIn(), ...quiet.unified()])
    await quiet.stop()
    const clock = fakeClock()
    const boiler = intergasSimulator.start({ scenario: 'state-a', seed: 3, clock, pace: 1 })
    const first = startReader(line => boiler.attach(line), { clock })
    const second = startReader(line => boiler.attach(line), { clock, settings: { interval: '3s' } })
    for (let ms = 0; ms < 60_000; ms += 250) {
      await clock.advance(250)
      for (const reader of [first, second]) {
        const shown = [...reader.dropIn(), ...reader.unified()]
        expect(shown.filter(line => !real.has(line) && !/^intergas_up/.test(line))).toEqual([])
      }
    }
    expect(first.attempts).toContain(true)
    await first.stop()
    await second.stop()
  })
})

describe('intergas_up', () => {
  it('is 0 within 5 s of the first question that is not answered, whenever the boiler falls silent', async () => {
    const waits: number[] = []
    for (let offset = 0; offset < INTERVAL_MS; offset += 90) {
      const reader = readBoiler('demo')
      await reader.clock.advance(4 * INTERVAL_MS + offset)
      reader.boiler.disturb({ kind: 'silent' })
      let askedAt: number | undefined
      reader.boiler.onHeard(() => {
        askedAt ??= reader.clock.monotonic()
      })
      for (let ms = 0; ms < 20_000 && up(reader) === 'intergas_up 1.0'; ms += 50)
        await reader.clock.advance(50)
      waits.push(reader.clock.monotonic() - (askedAt ?? 0))
      await reader.stop()
      reader.boiler.stop()
    }
    expect(Math.max(...waits)).toBeLessThan(5_000)
  })

  it.each(['S?', 'S2', 'CRC', 'HN'] as const)(
    'is 0 within 5 s of the first question when %s alone is not answered any more',
    async name => {
      const reader = readBoiler('state-a')
      await reader.clock.advance(4 * INTERVAL_MS)
      reader.boiler.disturb({ kind: 'silent', only: [name] })
      let askedAt: number | undefined
      reader.boiler.onHeard(heard => {
        if (heard.kind === 'command' && heard.command.name === name) askedAt ??= reader.clock.monotonic()
      })
      for (let ms = 0; ms < 20_000 && up(reader) === 'intergas_up 1.0'; ms += 50)
        await reader.clock.advance(50)
      expect(reader.clock.monotonic() - (askedAt ?? 0)).toBeLessThan(5_000)
      await reader.stop()
    },
  )
})
