import { afterEach, describe, expect, it } from 'vitest'
import { xorOf } from './bytes.ts'
import { type Conversation, converse } from './conversation.test-helper.ts'

const IDLE_STATUS = 'b60dc20db40d210c14ec14eca200000000000000000000007e00804020ff00ff'
const IDLE_STATUS_2 = '0000c800ff7fff7fff7fff7fff7fff7fff7f0000ffffffffffffffffffffffff'

const running: { stop(): void }[] = []
afterEach(() => {
  for (const boiler of running.splice(0)) boiler.stop()
})

function idle(options: { pace?: number } = {}): Conversation {
  return talk('pair-idle', options)
}

function talk(scenario: string, options: { pace?: number } = {}): Conversation {
  const conversation = converse(scenario, options)
  running.push(conversation.boiler)
  return conversation
}

describe('disturbances', () => {
  it('half: the first bytes alone', async () => {
    const { ask, boiler } = idle()
    boiler.disturb({ kind: 'half', bytes: 7 })

    expect(await ask('S?\r')).toBe(IDLE_STATUS.slice(0, 14))
  })

  it('half: never none and never all where no number is said', async () => {
    const { ask, boiler } = idle()
    boiler.disturb({ kind: 'half' })
    for (let turn = 0; turn < 40; turn++) {
      const answer = await ask('S?\r')
      expect(IDLE_STATUS.startsWith(answer)).toBe(true)
      expect(answer.length).toBeGreaterThan(0)
      expect(answer.length).toBeLessThan(64)
    }
  })

  it('garbage: other bytes, of any number', async () => {
    const { ask, boiler } = idle()
    boiler.disturb({ kind: 'garbage' })
    const lengths = new Set<number>()
    for (let turn = 0; turn < 20; turn++) lengths.add((await ask('S?\r')).length)

    expect(lengths.size).toBeGreaterThan(5)
  })

  it('noise: as many bytes as an answer, all different each time', async () => {
    const { ask, boiler } = idle()
    boiler.disturb({ kind: 'noise' })
    const [first, second] = [await ask('S?\r'), await ask('S?\r')]

    expect([first.length, second.length]).toEqual([64, 64])
    expect(new Set([first, second, IDLE_STATUS]).size).toBe(3)
  })

  it('pieces: the whole answer with pauses', async () => {
    const { ask, boiler, line } = idle()
    boiler.disturb({ kind: 'pieces', bytes: 16, pauseMs: 300 })

    expect(await ask('S?\r')).toBe(IDLE_STATUS)
    const gaps = line.lumps.slice(1).map(({ atMs }, place) => atMs - (line.lumps[place]?.atMs ?? 0))
    expect(gaps.map(gap => gap > 300)).toEqual([false, true, false])
  })

  it('late: by the delay, in real time whatever the pace', async () => {
    const { ask, boiler, line } = idle({ pace: 10 })
    boiler.disturb({ kind: 'late', delayMs: 1200 })

    expect(await ask('S?\r', 1200)).toBe('')
    expect(await ask('', 100)).toBe(IDLE_STATUS)
    expect(line.lumps[0]?.atMs).toBeGreaterThan(1200)
  })

  it.each([0, 5, 40, 90, 400])('late by one: %i ms after the next command', async delayMs => {
    const { ask, boiler, clock, line } = idle()
    boiler.disturb({ kind: 'late-by-one', delayMs, times: 1 })

    expect(await ask('S?\r', 5000)).toBe('')
    const askedAt = clock.monotonic()
    const answers = await ask('S2\r')
    expect(new Set([answers.slice(0, 64), answers.slice(64)])).toEqual(new Set([IDLE_STATUS, IDLE_STATUS_2]))
    const first = answers.startsWith(IDLE_STATUS) ? line.lumps[0] : line.lumps[4]
    expect((first?.atMs ?? 0) - askedAt).toBeGreaterThanOrEqual(delayMs)
  })

  it('stray: a byte before or after', async () => {
    const { ask, boiler } = idle()
    const end = boiler.disturb({ kind: 'stray', where: 'before', bytes: Uint8Array.of(0x55) })
    expect(await ask('S?\r')).toBe(`55${IDLE_STATUS}`)
    end()
    boiler.disturb({ kind: 'stray', where: 'after', bytes: Uint8Array.of(0x55, 0x66) })

    expect(await ask('S?\r')).toBe(`${IDLE_STATUS}5566`)
  })

  it('echo: every byte comes back first, known or not', async () => {
    const { ask, boiler } = idle()
    boiler.disturb({ kind: 'echo' })

    expect(await ask('S?\r')).toBe(`533f0d${IDLE_STATUS}`)
    expect(await ask('xx')).toBe('7878')
  })

  it('hang-up: in the middle of an answer', async () => {
    const { ask, boiler, line } = idle()
    boiler.disturb({ kind: 'hang-up', bytes: 11, times: 1 })

    expect(await ask('S?\r')).toBe(IDLE_STATUS.slice(0, 22))
    expect(line.gone.aborted).toBe(true)
  })

  it('flip: the bit that is named', async () => {
    const { ask, boiler } = idle()
    boiler.disturb({ kind: 'flip', offset: 1, mask: 0x80 })

    expect(await ask('S?\r')).toBe(`b68d${IDLE_STATUS.slice(4)}`)
  })

  it('flip: one bit somewhere', async () => {
    const { ask, boiler } = idle()
    boiler.disturb({ kind: 'flip', bits: 1 })
    const sound = Buffer.from(IDLE_STATUS, 'hex')
    for (let turn = 0; turn < 10; turn++) {
      const answer = Buffer.from(await ask('S?\r'), 'hex')
      const turned = [...answer]
        .map((byte, at) => byte ^ (sound[at] ?? 0))
        .filter(difference => difference !== 0)
      expect(turned.length).toBe(1)
      expect([1, 2, 4, 8, 16, 32, 64, 128]).toContain(turned[0])
    }
  })

  it('goes with an Xtreme too: the check byte no longer fits', async () => {
    const { ask, boiler } = talk('xtreme')
    boiler.disturb({ kind: 'flip', bits: 1 })
    const answer = Buffer.from(await ask('S?\ra'), 'hex')

    expect(answer.length).toBe(33)
    expect(xorOf(answer)).not.toBe(0)
  })
})
