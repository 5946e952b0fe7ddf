import { afterEach, describe, expect, it } from 'vitest'
import { fakeClock } from '../../../testing/fake-clock.ts'
import { xorOf } from './bytes.ts'
import { type Conversation, converse, testLine } from './conversation.test-helper.ts'
import { intergasSimulator } from './index.ts'

const IDLE_STATUS = 'b60dc20db40d210c14ec14eca200000000000000000000007e00804020ff00ff'
const IDLE_STATUS_2 = '0000c800ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff'
const CHARACTER_MS = 10_000 / 9600

const running: { stop(): void }[] = []
afterEach(() => {
  for (const boiler of running.splice(0)) boiler.stop()
})

function idle(options: { seed?: number; pace?: number } = {}): Conversation {
  return talk('pair-idle', options)
}

function talk(scenario: string, options: { seed?: number; pace?: number } = {}): Conversation {
  const conversation = converse(scenario, options)
  running.push(conversation.boiler)
  return conversation
}

describe('a boiler on its line', () => {
  it('says nothing of itself', async () => {
    const { clock, line } = idle()
    await clock.advance(600_000)

    expect(line.hex()).toBe('')
    expect(clock.pending).toBe(0)
  })

  it('answers with the bytes of its state', async () => {
    const { ask } = idle()

    expect(await ask('S?\r')).toBe(IDLE_STATUS)
    expect(await ask('S2\r')).toBe(IDLE_STATUS_2)
    expect(await ask('CRC')).toBe('f2039501a500280000020000000000000000000000000000b694d25f2da01107')
    expect(await ask('HN\r')).toBe('43120c00e817af017c1103000000010039b79303fb234300010004000a010101')
    expect(await ask('V?\r')).toBe('01003232030000000000414b19f91905010000011414190123433c000a002800')
  })

  it.each([
    ['S?\r', 150],
    ['EN\r', 150],
    ['REV', 135],
    ['V?\r', 135],
    ['HN\r', 130],
    ['CRC', 100],
  ])('has answered %j within its longest time, at the speed of the line', async (command, mostMs) => {
    const { ask, clock, line } = idle()
    for (let turn = 0; turn < 20; turn++) {
      const askedAt = clock.monotonic()
      await ask(command)
      const last = line.lumps.at(-1)?.atMs ?? 0
      const first = line.lumps[0]

      expect(last - askedAt).toBeLessThanOrEqual(mostMs + 0.001)
      expect(last - askedAt).toBeGreaterThan(0.5 * mostMs)
      expect(last - (first?.atMs ?? 0)).toBeCloseTo((32 - (first?.bytes.length ?? 0)) * CHARACTER_MS, 6)
    }
  })

  it('is ten times as fast at pace 10', async () => {
    const { ask, line } = idle({ pace: 10 })

    expect(await ask('S?\r')).toBe(IDLE_STATUS)
    expect(line.lumps.at(-1)?.atMs).toBeLessThanOrEqual(15)
  })

  it('answers at once at the pace of its reader', async () => {
    const { clock, line } = idle({ pace: Number.POSITIVE_INFINITY })
    line.say('S?\r')
    line.say('S2\r')
    await clock.advance(0)

    expect(line.hex()).toBe(IDLE_STATUS + IDLE_STATUS_2)
  })

  it('lives on with each exchange where no clock runs', async () => {
    const { ask } = talk('demo', { pace: Number.POSITIVE_INFINITY })
    const cold = await ask('S?\r', 0)
    for (let turn = 0; turn < 200; turn++) await ask('V?\r', 0)
    const warm = await ask('S?\r', 0)

    expect(Buffer.from(warm, 'hex').readInt16LE(0)).toBeGreaterThan(Buffer.from(cold, 'hex').readInt16LE(0))
  })

  it.each(['S?', 'LX?\r', 'VER', 'H0\r', 'D2\r', 'HN', 'xyz', 'S?\n', '\r'])(
    'never answers %j',
    async command => {
      const { ask, line } = idle()

      expect(await ask(command)).toBe('')
      expect(line.gone.aborted).toBe(false)
      expect(await ask('S?\r')).toBe(IDLE_STATUS)
    },
  )

  it('reports a write, does not answer and does not change', async () => {
    const { ask, boiler } = idle()
    const before = await ask('V?\r')
    const heard: string[] = []
    const end = boiler.onHeard(({ kind }) => heard.push(kind))

    expect(await ask('P\x03\x50\x03')).toBe('')
    end()
    expect(await ask('V?\r')).toBe(before)
    expect(boiler.writes.map(bytes => Buffer.from(bytes).toString('hex'))).toEqual(['50035003'])
    expect(heard).toEqual(['write'])
  })

  it('keeps what it heard', async () => {
    const { ask, boiler } = idle()
    await ask('S?\r')
    await ask('HN')

    expect(boiler.heard.map(({ kind }) => kind)).toEqual(['command', 'incomplete'])
    expect(boiler.writes).toEqual([])
  })

  it('answers two commands one after the other', async () => {
    const { ask, line } = idle()

    expect(await ask('S?\rS2\r')).toBe(IDLE_STATUS + IDLE_STATUS_2)
    expect(line.lumps.at(-1)?.atMs).toBeGreaterThan(170)
  })

  it('is one wire: every reader hears every answer', async () => {
    const { ask, boiler, clock } = idle()
    const other = testLine(clock)
    boiler.attach(other)
    await ask('S?\r')

    expect(other.hex()).toBe(IDLE_STATUS)
  })

  it('says the same for the same seed, lump by lump', async () => {
    const both = [talk('storm', { seed: 4 }), talk('storm', { seed: 4 })]
    const heard = []
    for (const { ask, line } of both) {
      const lumps: string[] = []
      for (let turn = 0; turn < 30; turn++) {
        await ask('S?\r')
        lumps.push(...line.lumps.map(({ atMs, bytes }) => `${atMs} ${bytes.toString('hex')}`))
      }
      heard.push(lumps)
    }

    expect(heard[0]).toEqual(heard[1])
  })

  it('leaves no timer and no line when it is stopped', async () => {
    const { boiler, clock, line } = idle()
    line.say('S?\r')
    line.say('S')
    await clock.advance(10)
    boiler.stop()
    const late = testLine(clock)
    boiler.attach(late)
    late.say('S?\r')
    await clock.advance(1000)

    expect(clock.pending).toBe(0)
    expect([line.gone.aborted, line.hex(), late.hex()]).toEqual([true, '', ''])
  })

  it('ignores a reader that is gone', async () => {
    const { boiler, clock } = idle()
    const line = testLine(clock)
    line.leave()
    boiler.attach(line)
    line.say('S?\r')
    await clock.advance(1000)

    expect(boiler.heard).toEqual([])
  })

  it('speaks with check bytes as an Xtreme, and only so', async () => {
    const { ask } = talk('xtreme')
    const answer = Buffer.from(await ask('S?\ra'), 'hex')

    expect(answer.length).toBe(33)
    expect(xorOf(answer)).toBe(0)
    expect((await ask('REV')).length).toBe(66)
    expect(await ask('S?\r')).toBe('')
    expect((await ask('H0\ru')).length).toBe(66)
  })

  it('knows no other scenario', () => {
    expect(() => intergasSimulator.start({ scenario: 'warm', seed: 1, clock: fakeClock(), pace: 1 })).toThrow(
      expect.objectContaining({ code: 'HEARTH_SCENARIO_UNKNOWN' }),
    )
  })
})

describe('a boiler that a test plays with', () => {
  it('becomes another one', async () => {
    const { ask, boiler } = talk('state-a')
    const first = await ask('S?\r')
    boiler.show('state-b')
    const second = await ask('S?\r')
    boiler.show('state-a')

    expect(second).not.toBe(first)
    expect(await ask('S?\r')).toBe(first)
  })

  it('keeps switched-on disturbances when it becomes another, and loses those of its scenario', async () => {
    const { ask, boiler } = talk('silent')
    boiler.show('pair-idle')
    expect(await ask('S?\r')).toBe(IDLE_STATUS)
    boiler.disturb({ kind: 'silent' })
    boiler.show('state-a')

    expect(await ask('S?\r')).toBe('')
  })

  it('is sound again when a disturbance is switched off, or all are', async () => {
    const { ask, boiler } = idle()
    const end = boiler.disturb({ kind: 'silent' })
    expect(await ask('S?\r')).toBe('')
    end()
    expect(await ask('S?\r')).toBe(IDLE_STATUS)
    boiler.disturb({ kind: 'half', bytes: 3 })
    boiler.calm()

    expect(await ask('S?\r')).toBe(IDLE_STATUS)
  })

  it('disturbs only the commands named, only every second, only so often', async () => {
    const { ask, boiler } = idle()
    boiler.disturb({ kind: 'silent', only: ['S2'], every: 2, times: 1 })
    const lengths: number[] = []
    for (let turn = 0; turn < 5; turn++) {
      expect(await ask('S?\r')).toBe(IDLE_STATUS)
      lengths.push((await ask('S2\r')).length)
    }

    expect(lengths).toEqual([64, 0, 64, 64, 64])
  })

  it('says what it is told to, unasked', async () => {
    const { boiler, clock, line } = idle()
    boiler.say(Uint8Array.of(0xaa, 0xbb))
    await clock.advance(10)

    expect(line.hex()).toBe('aabb')
  })

  it('loses every cable and takes new ones', async () => {
    const { boiler, clock, line } = idle()
    boiler.hangUp()
    const next = testLine(clock)
    boiler.attach(next)
    next.say('S?\r')
    await clock.advance(1000)

    expect([line.gone.aborted, next.hex()]).toEqual([true, IDLE_STATUS])
  })
})
