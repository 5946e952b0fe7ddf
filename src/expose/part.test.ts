import { describe, expect, it } from 'vitest'
import { families } from '../core/families/family.ts'
import { createPart } from './part.ts'

const TABLE = families({
  x_joules_total: { type: 'counter', help: 'X.', labels: ['direction', 'tariff'], unit: 'joules' },
  x_watts: { type: 'gauge', help: 'X.', labels: ['point'], unit: 'watts' },
  x_mode: { type: 'stateset', help: 'X.', labels: ['circuit'], states: ['off', 'on', 'a"b'] },
  x_info: { type: 'info', help: 'X.', labels: ['text'] },
  x_duration_seconds: { type: 'histogram', help: 'X.', labels: [], unit: 'seconds' },
})

const make = () => createPart(TABLE, 'd')
const watts = (point: string, value: number) => ({ family: 'x_watts', labels: { point }, value }) as const

describe('a part', () => {
  it('writes the label device first and then the labels of the family in their order', () => {
    const part = make()

    part.update([{ family: 'x_joules_total', labels: { tariff: 'base', direction: 'import' }, value: 3.6e6 }])

    expect([...part.chunks]).toEqual([
      ['x_joules_total', 'x_joules_total{device="d",direction="import",tariff="base"} 3600000\n'],
    ])
  })

  it('writes no label device for hearth itself', () => {
    const part = createPart(TABLE, undefined)
    const durations = { bounds: [1], counts: [1], count: 1, sumSeconds: 0.5 }

    part.update([{ family: 'x_duration_seconds', histogram: durations }])

    expect(part.chunks.get('x_duration_seconds')).toBe(
      [
        'x_duration_seconds_bucket{le="1.0"} 1',
        'x_duration_seconds_bucket{le="+Inf"} 1',
        'x_duration_seconds_sum 0.5',
        'x_duration_seconds_count 1',
        '',
      ].join('\n'),
    )
  })

  it('writes all states of a state set', () => {
    const part = make()

    part.update([{ family: 'x_mode', labels: { circuit: 'hc1' }, state: 'on' }])

    expect(part.chunks.get('x_mode')).toBe(
      [
        'x_mode{device="d",circuit="hc1",x_mode="off"} 0',
        'x_mode{device="d",circuit="hc1",x_mode="on"} 1',
        'x_mode{device="d",circuit="hc1",x_mode="a\\"b"} 0',
        '',
      ].join('\n'),
    )
  })

  it('escapes label values and replaces what no parser should meet', () => {
    const part = make()

    part.update([{ family: 'x_info', labels: { text: 'a\\b"c\nd\0\r\ud800é' }, value: 1 }])

    expect(part.chunks.get('x_info')).toBe('x_info{device="d",text="a\\\\b\\"c\\nd\ufffd\ufffd\ufffdé"} 1\n')
  })

  it('accumulates the buckets of a histogram', () => {
    const part = make()
    const durations = { bounds: [0.05, 0.1, 5], counts: [1, 0, 2], count: 4, sumSeconds: 12.25 }

    part.update([{ family: 'x_duration_seconds', histogram: durations }])

    expect(part.chunks.get('x_duration_seconds')?.match(/\S+$/gm)).toEqual(['1', '1', '3', '4', '12.25', '4'])
  })

  it('says whether anything changed and writes the change', () => {
    const part = make()
    const durations = { bounds: [1], counts: [1], count: 1, sumSeconds: 0.5 }
    const series = (value: number) => [
      watts('flow', value),
      { family: 'x_duration_seconds', histogram: durations } as const,
    ]

    const answers = [part.update(series(1)), part.update(series(1)), part.update(series(2))]
    const longer = part.update([...series(2), watts('return', 3)])

    expect(answers).toEqual([true, false, true])
    expect(longer).toBe(true)
    expect(part.chunks.get('x_watts')).toBe(
      'x_watts{device="d",point="flow"} 2\nx_watts{device="d",point="return"} 3\n',
    )
  })

  it('keeps the lines of a family whose numbers stayed', () => {
    const part = make()
    const durations = { bounds: [1], counts: [1], count: 1, sumSeconds: 0.5 }
    part.update([watts('flow', 1), { family: 'x_duration_seconds', histogram: durations }])

    part.update([
      watts('flow', 1),
      { family: 'x_duration_seconds', histogram: { ...durations, counts: [2], count: 2 } },
    ])

    expect(part.chunks.get('x_duration_seconds')).toContain('_count{device="d"} 2\n')
    expect(part.chunks.get('x_watts')).toBe('x_watts{device="d",point="flow"} 1\n')
  })

  it('forgets families and series that are gone', () => {
    const part = make()
    part.update([watts('flow', 1), watts('return', 2), { family: 'x_info', labels: { text: 'x' }, value: 1 }])

    const hasChanged = part.update([watts('return', 2)])

    expect(hasChanged).toBe(true)
    expect([...part.chunks]).toEqual([['x_watts', 'x_watts{device="d",point="return"} 2\n']])
  })

  it('shows the first of two equal series, and the second once the first is gone', () => {
    const part = make()

    part.update([watts('flow', 1), watts('flow', 2)])
    const both = part.chunks.get('x_watts')
    part.update([watts('other', 1), watts('flow', 2)])

    expect(both).toBe('x_watts{device="d",point="flow"} 1\n')
    expect(part.omitted).toBe(1)
    expect(part.chunks.get('x_watts')).toBe(
      'x_watts{device="d",point="other"} 1\nx_watts{device="d",point="flow"} 2\n',
    )
  })

  it('shows the first of two histograms of one series although their bounds differ', () => {
    const part = make()
    const of = (bound: number) => ({ bounds: [bound], counts: [0], count: 0, sumSeconds: 0 })

    part.update([1, 2].map(bound => ({ family: 'x_duration_seconds', histogram: of(bound) }) as const))

    expect(part.chunks.get('x_duration_seconds')).not.toContain('le="2.0"')
    expect(part.omitted).toBe(1)
  })

  it('follows a change of bounds', () => {
    const part = make()
    part.update([
      { family: 'x_duration_seconds', histogram: { bounds: [1], counts: [0], count: 0, sumSeconds: 0 } },
    ])

    part.update([
      { family: 'x_duration_seconds', histogram: { bounds: [2], counts: [0], count: 0, sumSeconds: 0 } },
    ])

    expect(part.chunks.get('x_duration_seconds')).toContain('le="2.0"')
    expect(part.chunks.get('x_duration_seconds')).not.toContain('le="1.0"')
  })

  // What a driver with a mistake could hand over although the types forbid it.
  it.each<[string, unknown]>([
    ['no number', { family: 'x_watts', labels: { point: 'a' }, value: undefined }],
    ['a text', { family: 'x_watts', labels: { point: 'a' }, value: '1' }],
    ['null', { family: 'x_watts', labels: { point: 'a' }, value: null }],
    ['NaN', { family: 'x_watts', labels: { point: 'a' }, value: Number.NaN }],
    ['infinity', { family: 'x_watts', labels: { point: 'a' }, value: Number.POSITIVE_INFINITY }],
    [
      'a counter below zero',
      { family: 'x_joules_total', labels: { direction: 'a', tariff: 'b' }, value: -1 },
    ],
    ['a label too few', { family: 'x_joules_total', labels: { direction: 'a' }, value: 1 }],
    ['a label too many', { family: 'x_watts', labels: { point: 'a', more: 'b' }, value: 1 }],
    ['an empty label', { family: 'x_watts', labels: { point: '' }, value: 1 }],
    ['a label that is no text', { family: 'x_watts', labels: { point: 1 }, value: 1 }],
    ['no labels', { family: 'x_watts', value: 1 }],
    ['a state out of the vocabulary', { family: 'x_mode', labels: { circuit: 'a' }, state: 'new' }],
    ['a number for a state', { family: 'x_mode', labels: { circuit: 'a' }, value: 1 }],
    ['a state for a number', { family: 'x_watts', labels: { point: 'a' }, state: 'on' }],
    ['a state for an info', { family: 'x_info', labels: { text: 'a' }, state: 'on' }],
    ['a number for a histogram', { family: 'x_duration_seconds', value: 1 }],
    [
      'a histogram without numbers',
      {
        family: 'x_duration_seconds',
        histogram: { bounds: [], counts: [], count: Number.NaN, sumSeconds: 0 },
      },
    ],
    ['a family that is none', { family: 'y', value: 1 }],
  ])('leaves out and counts %s', (_, sample) => {
    const part = make()
    const series: unknown[] = [sample, watts('fine', 1)]

    Reflect.apply(part.update, undefined, [series])
    Reflect.apply(part.update, undefined, [series])

    expect([...part.chunks]).toEqual([['x_watts', 'x_watts{device="d",point="fine"} 1\n']])
    expect(part.omitted).toBe(2)
  })
})
