import { describe, expect, it } from 'vitest'
import type { MonotonicMs } from '../../core/clock.ts'
import type { AnswerName } from './commands.ts'
import { createJudge } from './judge.ts'
import { MEASURED } from './pairs.test-data.ts'

const MS_PER_HOUR = 3_600_000
const answer = (state: string, command: string) =>
  Buffer.from(MEASURED.find(measured => measured.state === state)?.answers[command] ?? '', 'hex')

const STATUS = answer('idle', 'S?\r')
const HN = answer('idle', 'HN\r')

function changed(bytes: Uint8Array, changes: Readonly<Record<number, number>>): Uint8Array {
  const copy = Uint8Array.from(bytes)
  for (const [at, byte] of Object.entries(changes)) copy[Number(at)] = byte
  return copy
}

function start() {
  const judge = createJudge()
  let at = 0
  return {
    judge,
    hear(name: AnswerName, bytes: Uint8Array, afterMs = 200) {
      at += afterMs
      return judge.hear(name, bytes, at as MonotonicMs, 'plain').kind
    },
  }
}

describe('judge', () => {
  it('believes what is said twice, and then at once', () => {
    const { hear } = start()
    expect([hear('S?', STATUS), hear('S?', STATUS), hear('S?', STATUS)]).toEqual([
      'unconfirmed',
      'accepted',
      'accepted',
    ])
  })

  it('believes a boiler in motion at the third answer', () => {
    const { hear } = start()
    const moving = [0xb6, 0xb8, 0xbb].map(low => changed(STATUS, { 0: low }))
    expect(moving.map(bytes => hear('S?', bytes))).toEqual(['unconfirmed', 'unconfirmed', 'accepted'])
  })

  it('picks of three like answers the one without a wrong bit', () => {
    const judge = createJudge()
    const moving = [STATUS, changed(STATUS, { 0: 0xb7 }), changed(STATUS, { 0: 0xb7, 6: 0x25 })]
    const verdicts = moving.map(bytes => judge.hear('S?', bytes, 0 as MonotonicMs, 'plain'))
    expect(verdicts.at(-1)).toEqual({ kind: 'accepted', bytes: moving[1] })
  })

  it.each([
    ['status code', { 24: 0x40 }],
    ['fault marker', { 27: 0xc0 }],
    ['fault code', { 29: 0x7f }],
    ['flame current', { 23: 0x40 }],
    ['fan duty', { 21: 0x40 }],
  ])('takes no answer with a wrong %s for one of a boiler in motion', (_name, wrong) => {
    const { hear } = start()
    const [first, second, third, fourth] = [0xb6, 0xb8, 0xbb, 0xbc].map(low => changed(STATUS, { 0: low }))
    if (!first || !second || !third || !fourth) throw new Error('no states')
    const said = [first, changed(second, wrong), third, fourth]
    expect(said.map(bytes => hear('S?', bytes))).toEqual([
      'unconfirmed',
      'unconfirmed',
      'unconfirmed',
      'accepted',
    ])
  })

  it('takes of counters in motion the middle answer, so that a wrong bit in the last makes no later fall', () => {
    const judge = createJudge()
    const moving = [0x10, 0x12, 0x94].map(low => changed(HN, { 16: low }))
    const verdicts = moving.map(bytes => judge.hear('HN', bytes, 0 as MonotonicMs, 'plain'))
    expect(verdicts.at(-1)).toEqual({ kind: 'accepted', bytes: moving[1] })
  })

  it('wants one more answer of a boiler whose fixed bytes are not those it always had', () => {
    const { hear } = start()
    hear('S?', STATUS)
    hear('S?', STATUS)
    const other = changed(STATUS, { 25: 1, 31: 0 })
    expect([hear('S?', other), hear('S?', other), hear('S?', other)]).toEqual([
      'unconfirmed',
      'unconfirmed',
      'accepted',
    ])
  })

  it('takes an answer to another command for what it is', () => {
    const { judge, hear } = start()
    for (const [command, name] of [
      ['S?\r', 'S?'],
      ['S2\r', 'S2'],
    ] as const) {
      hear(name, answer('idle', command))
      hear(name, answer('idle', command))
    }
    const verdict = judge.hear('CRC', STATUS, 0 as MonotonicMs, 'plain')
    expect(verdict).toMatchObject({ kind: 'unconfirmed', reason: 'it is the answer to S?', isSuspect: true })
  })

  it('never believes what is like the answer to another command and unlike its own, however often it comes', () => {
    const { judge, hear } = start()
    for (const [name, command] of [
      ['S?', 'S?\r'],
      ['S2', 'S2\r'],
      ['V?', 'V?\r'],
    ] as const) {
      hear(name, answer('idle', command))
      hear(name, answer('idle', command))
    }
    const moved = changed(answer('idle', 'V?\r'), { 2: 44, 3: 45, 5: 46 })
    for (const name of ['S?', 'HN', 'EN'] as const) {
      const verdicts = Array.from(
        { length: 6 },
        () => judge.hear(name, moved, 1_000 as MonotonicMs, 'plain').kind,
      )
      expect(verdicts, name).not.toContain('accepted')
    }
  })

  it('believes nothing new that was only heard after one and the same command', () => {
    const { judge } = start()
    const heardAfter = (name: AnswerName) =>
      judge.hear('S2', answer('idle', 'S2\r'), 0 as MonotonicMs, 'plain', { after: name })
    const verdicts = [heardAfter('S2'), heardAfter('S2'), heardAfter('S2'), heardAfter('V?')]
    expect(verdicts.map(({ kind }) => kind)).toEqual([...Array(3).fill('unconfirmed'), 'accepted'])
    expect(verdicts[2]).toMatchObject({ isOneSided: true })
  })

  it('never believes the bytes of another answer, however often they come', () => {
    const { hear } = start()
    hear('HN', answer('idle', 'HN\r'))
    hear('HN', answer('idle', 'HN\r'))
    const counters = answer('idle', 'HN\r')
    const verdicts = [1, 2, 3, 4, 5, 6].map(() => hear('S?', counters))
    expect(verdicts).not.toContain('accepted')
  })

  it.each([
    ['a temperature of 150.01 °C', { 2: 0x99, 3: 0x3a }],
    ['one of -60.01 °C', { 2: 0x8f, 3: 0xe8 }],
    ['one of -327.68 °C', { 2: 0x00, 3: 0x80 }],
    ['a pressure of 10.01 bar', { 12: 0xe9, 13: 0x03 }],
    ['one of -1.01 bar', { 12: 0x9b, 13: 0xff }],
    ['a fan at 10,001 rpm', { 18: 0x11, 19: 0x27 }],
    ['a fan below 0', { 16: 0xff, 17: 0xff }],
  ])('finds %s impossible', (_name, changes) => {
    expect(start().hear('S?', changed(STATUS, changes))).toBe('impossible')
  })

  it.each([
    ['150.00 °C', { 2: 0x98, 3: 0x3a }],
    ['-60.00 °C', { 2: 0x90, 3: 0xe8 }],
    ['327.67 °C', { 2: 0xff, 3: 0x7f }],
    ['10.00 bar', { 12: 0xe8, 13: 0x03 }],
    ['any pressure without a sensor', { 12: 0x54, 13: 0xf2, 28: 0 }],
    ['10,000 rpm', { 18: 0x10, 19: 0x27 }],
  ])('finds %s possible', (_name, changes) => {
    expect(start().hear('S?', changed(STATUS, changes))).toBe('unconfirmed')
  })

  it('takes what was heard to another command and never believed for what it was, while it may come once more', () => {
    const { hear } = start()
    const [heard, believed] = [changed(STATUS, { 24: 0x33, 29: 0x11 }), STATUS]
    hear('S?', heard)
    for (let i = 0; i < 5; i++) hear('S?', believed)
    const late = Array.from({ length: 5 }, () => hear('V2', heard))
    expect(new Set(late)).toEqual(new Set(['unconfirmed']))
    const muchLater = Array.from({ length: 6 }, (_, i) => hear('V2', heard, i === 0 ? 40_000 : 200))
    expect(muchLater.at(-1)).toBe('accepted')
  })

  it('lets counters go on as fast as a boiler can, also round their end, and doubts falls and leaps', () => {
    const known = changed(HN, { 2: 0xff, 3: 0xff })
    const verdictOn = (changes: Readonly<Record<number, number>>, ms: number) => {
      const { hear } = start()
      hear('HN', known)
      hear('HN', known)
      const next = changed(known, changes)
      hear('HN', next, ms)
      return hear('HN', next)
    }
    expect(verdictOn({ 16: 0x40 }, 5_000)).toBe('accepted')
    expect(verdictOn({ 2: 0, 3: 0 }, 5_000)).toBe('accepted')
    expect(verdictOn({ 1: 0x13 }, 5_000)).toBe('unconfirmed')
    expect(verdictOn({ 1: 0x13 }, 300 * MS_PER_HOUR)).toBe('accepted')
    expect(verdictOn({ 16: 0x38 }, 5_000)).toBe('unconfirmed')
  })

  it('forgets answers from before a silence', () => {
    const { judge, hear } = start()
    hear('S?', STATUS)
    judge.interrupt('S?')
    expect(hear('S?', STATUS)).toBe('unconfirmed')
  })

  it('does not count votes of long ago', () => {
    const { hear } = start()
    hear('S?', STATUS)
    expect(hear('S?', STATUS, 9_000)).toBe('unconfirmed')
    expect(hear('S?', STATUS)).toBe('accepted')
  })

  it('wants a third of a block that nothing but repetition speaks for', () => {
    const { hear } = start()
    const page = Uint8Array.from({ length: 32 }, (_, i) => 3 * i)
    expect([hear('V2', page), hear('V2', page), hear('V2', page)]).toEqual([
      'unconfirmed',
      'unconfirmed',
      'accepted',
    ])
  })

  it('wants four of a status like that of no board seen', () => {
    const { hear } = start()
    const odd = changed(STATUS, { 25: 1, 31: 0 })
    expect([1, 2, 3, 4].map(() => hear('S?', odd))).toEqual([
      'unconfirmed',
      'unconfirmed',
      'unconfirmed',
      'accepted',
    ])
    expect(hear('S?', odd)).toBe('accepted')
  })

  it('wants one more answer that is unlike all before it, unless it is the status', () => {
    const { hear } = start()
    const room = answer('idle', 'S2\r')
    const turned = (...offsets: readonly number[]) =>
      room.map((byte, at) => (offsets.includes(at) ? byte ^ 1 : byte))
    const unknown = [20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]
    const tell = (bytes: Uint8Array, times: number) =>
      Array.from({ length: times }, () => hear('S2', bytes)).indexOf('accepted')
    expect(tell(room, 2)).toBe(1)
    expect(tell(turned(...unknown), 2)).toBe(1)
    expect(tell(turned(0, 2, 3, 18, 19), 3)).toBe(2)
  })

  it('takes no block for another, unless both are blank', () => {
    const { hear } = start()
    const page = Uint8Array.from({ length: 32 }, (_, i) => 3 * i)
    const tell = (name: AnswerName, bytes: Uint8Array) => [1, 2, 3, 4, 5].map(() => hear(name, bytes))
    expect(tell('V0', page)).toContain('accepted')
    expect(tell('V1', page)).not.toContain('accepted')
    expect(tell('V2', new Uint8Array(32))).toContain('accepted')
    expect(tell('V3', new Uint8Array(32))).toContain('accepted')
  })

  it('knows what a believed answer looks like, and nothing else', () => {
    const { judge, hear } = start()
    for (const [command, name] of [
      ['S?\r', 'S?'],
      ['HN\r', 'HN'],
    ] as const) {
      hear(name, answer('idle', command))
      hear(name, answer('idle', command))
    }
    expect(judge.likest(answer('idle', 'HN\r'))).toBe('HN')
    expect(judge.likest(changed(answer('idle', 'S?\r'), { 0: 1, 2: 3, 4: 5, 18: 20 }))).toBe('S?')
    expect(judge.likest(answer('idle', 'CRC'))).toBeUndefined()
    expect(judge.likest(new Uint8Array(32))).toBeUndefined()
  })
})

describe('a wrong bit in an answer of a boiler in motion', () => {
  /** Temperatures, fan speeds, duty and flame current move all the time; bytes 24 to 31 stay. */
  const MOVING = [0, 2, 4, 6, 16, 18, 20, 22]
  /** Hundredths of a degree, rpm, tenths of a per cent, hundredths of a µA: a small step of each. */
  const SMALL = new Map([
    [0, 50],
    [2, 50],
    [4, 50],
    [6, 50],
    [16, 200],
    [18, 200],
    [20, 50],
    [22, 100],
  ])

  function randomNumbers(seed: number) {
    let state = seed
    return (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
  }

  it('is believed in one word only as a small step, and never in a flag or a code', () => {
    const random = randomNumbers(5)
    const words = new Map(MOVING.map(at => [at, 2_000]))
    let accepted = 0
    for (let trial = 0; trial < 3_000; trial++) {
      const judge = createJudge()
      const said: Buffer[] = []
      const wrongOne = random(3)
      for (let i = 0; i < 7; i++) {
        const bytes = Buffer.from(STATUS)
        for (const at of MOVING) {
          const value = Math.max(500, Math.min(6_000, (words.get(at) ?? 0) + random(41) - 20))
          words.set(at, value)
          bytes.writeUInt16LE(value, at)
        }
        said.push(Buffer.from(bytes))
        // One answer in three is damaged: as bad as a line can be that lets anything through.
        if (i % 3 === wrongOne) {
          const place = random(32)
          bytes.writeUInt8(bytes.readUInt8(place) ^ (1 << random(8)), place)
        }
        const verdict = judge.hear('S?', bytes, (i * 250) as MonotonicMs, 'plain')
        if (verdict.kind !== 'accepted') continue
        accepted++
        const believed = Buffer.from(verdict.bytes)
        expect(believed.subarray(24)).toEqual(STATUS.subarray(24))
        for (const [at, small] of SMALL) {
          const off = said.map(real => Math.abs(real.readInt16LE(at) - believed.readInt16LE(at)))
          expect(Math.min(...off), `word ${at}`).toBeLessThanOrEqual(small)
        }
        break
      }
    }
    expect(accepted).toBeGreaterThan(2_900)
  })
})
