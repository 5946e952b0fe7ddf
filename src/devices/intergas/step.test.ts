import { describe, expect, it } from 'vitest'
import type { MonotonicMs } from '../../core/clock.ts'
import type { AnswerName } from './commands.ts'
import { createStep } from './step.ts'

const at = (ms: number) => ms as MonotonicMs

/** Books of a line that was proven. */
function proven() {
  const step = createStep()
  step.answered('S?', 'S?', at(0), at(100))
  expect(step.isInDoubt).toBe(false)
  return step
}

/** Askings answered in a row, 600 ms apart. */
function answers(step: ReturnType<typeof createStep>, name: AnswerName, count: number, fromMs: number) {
  return Array.from({ length: count }, (_, i) => {
    const askedAt = fromMs + 600 * i
    return step.answered(name, undefined, at(askedAt), at(askedAt + 100))
  })
}

describe('a line', () => {
  it('is in doubt at first, and proven by two answers in a row', () => {
    expect(answers(createStep(), 'S?', 3, 0)).toEqual(['unproven', 'own', 'own'])
  })

  it('is proven by one answer that only this command gives', () => {
    expect(createStep().answered('HN', 'HN', at(0), at(100))).toBe('own')
  })

  it('is not proven by an answer like that of another command, asked or not', () => {
    const step = proven()
    step.doubt()
    expect(step.answered('S2', 'CRC', at(5_000), at(5_100))).toBe('unproven')
  })

  it('wants more silence while it is in doubt', () => {
    const step = proven()
    expect(step.quietMs()).toBe(32)
    step.doubt()
    expect(step.quietMs()).toBe(100)
  })

  it('is left to somebody else who asks on it too, once, and for another time each time', () => {
    const step = proven()
    step.beginRow(at(5_000))
    expect(step.turnMs()).toBe(0)
    const turns = Array.from({ length: 20 }, () => {
      step.doubt(true)
      const turnMs = step.turnMs()
      expect(step.turnMs()).toBe(0)
      return turnMs
    })
    expect(new Set(turns).size).toBeGreaterThan(15)
    expect(Math.min(...turns)).toBeGreaterThanOrEqual(700)
    expect(Math.max(...turns)).toBeLessThanOrEqual(2_100)
  })

  it('is left to somebody else at each poll, until nobody else asked for a minute', () => {
    const step = proven()
    step.unasked(31, undefined, at(5_000))
    step.beginRow(at(6_000))
    expect(step.turnMs()).toBe(0)
    step.unasked(64, undefined, at(7_000))
    step.turnMs()
    for (const ms of [10_000, 66_000]) {
      step.beginRow(at(ms))
      expect(step.turnMs()).toBeGreaterThanOrEqual(700)
    }
    step.beginRow(at(67_500))
    expect(step.turnMs()).toBe(0)
  })
})

describe('a question without answer', () => {
  it('keeps the next one away for at least 2.5 s, never for the same time', () => {
    const waits = Array.from({ length: 10 }, () => {
      const step = createStep(7)
      for (let i = 0; i < 3; i++) step.unanswered('S2', at(1_000), at(2_000))
      return step.waitMs(at(2_000))
    })
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(1_500)
    expect(Math.max(...waits)).toBeLessThanOrEqual(2_000)
    const step = createStep()
    const apart = [1, 2, 3, 4].map(i => {
      step.unanswered('S2', at(5_000 * i), at(5_000 * i + 1_000))
      return step.waitMs(at(5_000 * i + 1_000))
    })
    expect(new Set(apart).size).toBe(4)
  })

  it('takes three answers in a row to prove the line again', () => {
    const step = proven()
    step.unanswered('S2', at(1_000), at(2_000))
    expect(answers(step, 'S2', 3, 5_000)).toEqual(['unproven', 'unproven', 'own'])
  })

  it('or one that only another command gives: it has overtaken the lost one', () => {
    const step = proven()
    step.unanswered('S2', at(1_000), at(2_000))
    expect(step.answered('CRC', 'CRC', at(4_000), at(4_100))).toBe('own')
  })

  it('but not one like its own: that may be the answer to the first question', () => {
    const step = proven()
    step.unanswered('S2', at(1_000), at(2_000))
    expect(step.answered('S2', 'S2', at(4_000), at(4_100))).toBe('unproven')
  })

  it('has its answer recognised in the place of another', () => {
    const step = proven()
    step.unanswered('S2', at(1_000), at(2_000))
    expect(step.answered('CRC', 'S2', at(4_000), at(4_100))).toBe('foreign')
    expect(step.latenessMs(at(4_100))).toBe(3_100)
    expect(step.isInDoubt).toBe(true)
  })

  it('may come late for 35 s: its command takes a second answer meanwhile', () => {
    const step = proven()
    step.unanswered('S2', at(1_000), at(2_000))
    step.answered('CRC', 'CRC', at(4_000), at(4_100))
    expect(step.answered('HN', 'HN', at(5_000), at(5_100))).toBe('own')
    expect(step.answered('S2', 'S2', at(6_000), at(6_100))).toBe('unproven')
    expect(step.answered('S2', 'S2', at(6_600), at(6_700))).toBe('own')
    expect(step.answered('S2', 'S2', at(37_000), at(37_100))).toBe('own')
  })
})

describe('a late answer', () => {
  it('that comes while nothing is asked closes the question it belongs to', () => {
    const step = proven()
    step.unanswered('S2', at(1_000), at(2_000))
    step.unasked(32, undefined, at(2_500))
    expect([step.waitMs(at(2_500)), step.latenessMs(at(2_500))]).toEqual([0, 1_500])
    expect(step.isInDoubt).toBe(true)
  })

  it('closes the question that it looks like the answer to', () => {
    const step = proven()
    step.unanswered('S2', at(1_000), at(2_000))
    step.unanswered('CRC', at(4_000), at(5_000))
    step.unasked(32, 'CRC', at(5_200))
    expect(step.latenessMs(at(5_200))).toBe(1_200)
    expect([step.isClear('CRC', at(5_200)), step.isClear('S2', at(5_200))]).toEqual([true, false])
  })

  it('makes later open questions wait for theirs, twice as long and a second', () => {
    const step = proven()
    step.unanswered('S2', at(1_000), at(2_000))
    step.unasked(32, undefined, at(5_000))
    step.unanswered('CRC', at(6_000), at(7_000))
    expect(step.waitMs(at(7_000))).toBe(8_000)
    expect(step.waitMs(at(15_000))).toBe(0)
  })

  it('that comes in the time of the next question is known by the silence after it', () => {
    const step = proven()
    step.unanswered('S?', at(1_000), at(2_000))
    step.unanswered('S2', at(4_000), at(5_000))
    expect(step.answered('S?', 'S?', at(7_000), at(7_200))).toBe('unproven')
    step.unanswered('S?', at(7_600), at(8_600))
    expect(step.latenessMs(at(8_600))).toBe(7_600)
    // One answer for four questions: three are open, the one in between among them.
    for (const ms of [9_000, 9_500]) step.unasked(32, undefined, at(ms))
    expect(step.waitMs(at(9_500))).toBeGreaterThan(0)
    step.unasked(32, undefined, at(10_000))
    expect(step.waitMs(at(10_000))).toBe(0)
  })

  it('is waited for no longer than 35 s, and forgotten after two minutes without another', () => {
    const step = proven()
    step.unanswered('S2', at(0), at(1_000))
    step.unasked(32, undefined, at(29_000))
    step.unanswered('CRC', at(30_000), at(31_000))
    expect(step.waitMs(at(31_000))).toBe(34_000)
    expect(step.waitMs(at(65_000))).toBe(0)
    expect(step.latenessMs(at(149_001))).toBeUndefined()
  })

  it('calls for five answers in a row, unless it came before the next question', () => {
    const early = proven()
    early.unanswered('S2', at(1_000), at(2_000))
    early.unasked(32, undefined, at(2_500))
    expect(answers(early, 'S2', 2, 3_000)).toEqual(['unproven', 'own'])
    const late = proven()
    late.unanswered('S2', at(1_000), at(2_000))
    late.unasked(32, undefined, at(5_000))
    expect(answers(late, 'S2', 5, 6_000)).toEqual(['unproven', 'unproven', 'unproven', 'unproven', 'own'])
  })

  it('calls for answers that take about as long', () => {
    const step = proven()
    step.unanswered('S2', at(1_000), at(2_000))
    step.unasked(32, undefined, at(5_000))
    const took = [100, 160, 900, 100, 120, 110, 130, 100]
    const standings = took.map((ms, i) =>
      step.answered('S2', undefined, at(6_000 + 2_000 * i), at(6_000 + 2_000 * i + ms)),
    )
    expect(standings.indexOf('own')).toBe(7)
  })

  it('is not a stray byte', () => {
    const step = proven()
    step.unasked(1, undefined, at(1_000))
    expect([step.latenessMs(at(1_000)), step.isInDoubt]).toEqual([undefined, true])
  })
})

describe('more answers than questions', () => {
  it('are not taken for answers to questions that are open', () => {
    const step = proven()
    step.unasked(32, undefined, at(1_000))
    step.unanswered('S2', at(2_000), at(3_000))
    step.unasked(32, undefined, at(3_500))
    expect(step.waitMs(at(3_500))).toBeGreaterThan(1_000)
  })

  it('make an answer want three in a row that is not known by what it holds', () => {
    const step = proven()
    step.unasked(64, undefined, at(1_000))
    expect(step.answered('HN', 'HN', at(2_000), at(2_100))).toBe('own')
    expect(answers(step, 'S?', 3, 3_000)).toEqual(['unproven', 'unproven', 'own'])
  })
})
