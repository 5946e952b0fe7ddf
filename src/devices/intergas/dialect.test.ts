import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../testing/fake-clock.ts'
import { type Reader, readBoiler, startReader } from './boiler.test-helper.ts'
import { COMMANDS, xorOf } from './commands.ts'
import { createDialectChoice } from './feed.ts'
import { STATES } from './simulator/states.ts'

const up = (reader: Reader) => reader.dropIn().find(line => line.startsWith('intergas_up '))

describe('the dialect', () => {
  it('is found by asking plainly first, and otherwise when that is met with silence', async () => {
    const reader = readBoiler('xtreme')
    await reader.clock.advance(20_000)
    expect(up(reader)).toBe('intergas_up 1.0')
    expect(reader.slot.view().readings.get('t_koud')?.value).toBe(11.2)
    expect(reader.dropIn().some(line => line.startsWith('intergas_fanspeed_rpm{type="measured"}'))).toBe(true)
    expect(reader.dropIn().some(line => line.includes('"retour"'))).toBe(false)
    await reader.stop()
  })

  it('is not sought when it is configured', async () => {
    const wrong = readBoiler('xtreme', { dialect: 'plain' })
    await wrong.clock.advance(60_000)
    expect(wrong.dropIn()).toEqual(['intergas_up 0.0'])
    await wrong.stop()
    const right = readBoiler('xtreme', { dialect: 'xtreme' })
    await right.clock.advance(12_000)
    expect(right.attempts).toEqual([true, true])
    await right.stop()
  })

  it('stays with the one that was answered', () => {
    const choice = createDialectChoice('auto')
    expect([choice.asked(), choice.accepted(), choice.other()]).toEqual([
      'plain',
      ['plain', 'xtreme'],
      'xtreme',
    ])
    choice.learn({ dialect: 'plain', hasHeard: true })
    for (let i = 0; i < 5; i++) choice.learn({ dialect: undefined, hasHeard: true })
    expect([choice.asked(), choice.accepted(), choice.other()]).toEqual(['plain', ['plain'], undefined])
  })

  it('is not found by a stray byte that happens to be the XOR of the answer before it', async () => {
    const clock = fakeClock()
    const answers = new Map(COMMANDS.plain.map(({ name, bytes }) => [Buffer.from(bytes).toString(), name]))
    let count = 0
    const reader = startReader(
      line =>
        line.onReceive(question => {
          const name = answers.get(Buffer.from(question).toString())
          const answer = name && new Map(Object.entries(STATES.a)).get(name)
          if (!answer) return
          count++
          const hasStray = count === 2 || (clock.monotonic() < 8_000 && count % 7 === 0)
          const bytes = hasStray ? Uint8Array.of(...answer, xorOf(answer)) : answer
          clock.after(60, () => void line.send(bytes))
        }),
      { clock },
    )
    for (let ms = 0; ms < 20_000; ms += 500) {
      await clock.advance(500)
      expect(reader.slot.view().readings.has('t_koud')).toBe(false)
    }
    expect(up(reader)).toBe('intergas_up 1.0')
    await reader.stop()
  })

  it('is sought again when nothing answers any more for a while', () => {
    const choice = createDialectChoice('auto')
    choice.learn({ dialect: 'xtreme', hasHeard: true })
    for (let i = 0; i < 6; i++) choice.learn({ dialect: undefined, hasHeard: false })
    expect(choice.accepted()).toEqual(['plain', 'xtreme'])
    const configured = createDialectChoice('xtreme')
    for (let i = 0; i < 6; i++) configured.learn({ dialect: undefined, hasHeard: false })
    expect(configured.accepted()).toEqual(['xtreme'])
  })

  it('is asked in both forms while nothing answers, each every 10 s or so', async () => {
    const reader = readBoiler('silent')
    const sent: { form: string; at: number }[] = []
    reader.boiler.onHeard(heard => {
      if (heard.kind === 'command') sent.push({ form: 'plain', at: reader.clock.monotonic() })
      if (heard.kind !== 'command') sent.push({ form: 'xtreme', at: reader.clock.monotonic() })
    })
    await reader.clock.advance(180_000)
    for (const form of ['plain', 'xtreme']) {
      const times = sent.filter(one => one.form === form).map(({ at }) => at)
      const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0))
      expect(times.length, form).toBeGreaterThan(15)
      // Two runs begin at most 10 s apart; when within a run each form has its turn is irregular.
      expect(Math.max(...gaps), form).toBeLessThanOrEqual(11_000)
    }
    await reader.stop()
  })

  it.each(['demo', 'xtreme'])('is found soon by whatever moment a boiler wakes at (%s)', async scenario => {
    const waits: number[] = []
    for (let wakesAt = 500; wakesAt < 40_000; wakesAt += 900) {
      const reader = readBoiler(scenario)
      const wake = reader.boiler.disturb({ kind: 'silent' })
      await reader.clock.advance(wakesAt)
      wake()
      let waited = 0
      for (; waited < 60_000 && up(reader) !== 'intergas_up 1.0'; waited += 250)
        await reader.clock.advance(250)
      waits.push(waited)
      await reader.stop()
      reader.boiler.stop()
    }
    expect(Math.max(...waits)).toBeLessThan(22_000)
  })
})
