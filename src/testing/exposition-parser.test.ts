import { describe, expect, it } from 'vitest'
import { parseOpenMetrics, parseText } from './exposition-parser.ts'

describe('text 0.0.4', () => {
  it('reads metadata, labels, escapes, special values and timestamps', () => {
    const page = [
      '# HELP a_total back\\\\slash "quote" line\\nfeed',
      '# TYPE a_total counter',
      'a_total{l="q\\"b\\\\n\\n",m=""} 1e+06',
      'a_total 2.5 1700000000000',
      '# any comment',
      '',
      'b NaN',
      'c +Inf',
      'd -Inf',
      '',
    ].join('\n')

    const [a, b, c, d] = parseText(page)

    expect(a).toMatchObject({ name: 'a_total', type: 'counter', help: 'back\\slash "quote" line\nfeed' })
    expect(a?.samples[0]?.labels).toEqual(
      new Map([
        ['l', 'q"b\\n\n'],
        ['m', ''],
      ]),
    )
    expect(a?.samples.map(s => [s.value, s.timestamp])).toEqual([
      [1e6, undefined],
      [2.5, 1700000000000],
    ])
    expect([b, c, d].map(f => [f?.type, f?.samples[0]?.value])).toEqual([
      ['untyped', Number.NaN],
      ['untyped', Number.POSITIVE_INFINITY],
      ['untyped', Number.NEGATIVE_INFINITY],
    ])
  })

  it('reads an empty page as no families', () => {
    expect(parseText('')).toEqual([])
  })

  const histogram = '# TYPE h histogram\n'
  it.each([
    ['a missing last line end', 'a 1'],
    ['CRLF', 'a 1\r\n'],
    ['undefined', 'a undefined\n'],
    ['null', 'a null\n'],
    ['a hexadecimal value', 'a 0x10\n'],
    ['an underscore in a number', 'a 1_000\n'],
    ['an empty value', 'a \n'],
    ['no value', 'a\n'],
    ['a dot in a name', 'a.b 1\n'],
    ['a name that begins with a digit', '1a 1\n'],
    ['a dash in a label', 'a{b-c="1"} 1\n'],
    ['a reserved label', 'a{__b="1"} 1\n'],
    ['a label twice', 'a{b="1",b="2"} 1\n'],
    ['a comma at the end', 'a{b="1",} 1\n'],
    ['no comma', 'a{b="1"c="2"} 1\n'],
    ['an open label value', 'a{b="1} 1\n'],
    ['a bare quote', 'a{b="1"2"} 1\n'],
    ['an unknown escape', 'a{b="\\q"} 1\n'],
    ['an unknown escape in HELP', '# HELP a \\q\n'],
    ['a timestamp with a fraction', 'a 1 1.5\n'],
    ['more than a timestamp', 'a 1 1 1\n'],
    ['a series twice', 'a{b="1"} 1\na{b="1"} 2\n'],
    ['a series twice, labels in another order', 'a{b="1",c="2"} 1\na{c="2",b="1"} 2\n'],
    ['interleaved families', 'a{b="1"} 1\nc 1\na{b="2"} 1\n'],
    ['TYPE twice', '# TYPE a gauge\n# TYPE a gauge\na 1\n'],
    ['HELP twice', '# HELP a x\n# HELP a x\na 1\n'],
    ['TYPE after a sample', 'a 1\n# TYPE a gauge\n'],
    ['a type of OpenMetrics', '# TYPE a stateset\na 1\n'],
    ['no type', '# TYPE a\na 1\n'],
    ['metadata of a name that is none', '# TYPE a-b gauge\n'],
    ['le on a gauge', '# TYPE a gauge\na{le="1"} 1\n'],
    ['quantile on a gauge', '# TYPE a gauge\na{quantile="1"} 1\n'],
    ['a histogram without +Inf', `${histogram}h_bucket{le="1"} 1\nh_sum 1\nh_count 1\n`],
    ['a histogram without _sum', `${histogram}h_bucket{le="+Inf"} 1\nh_count 1\n`],
    ['a count that is not the last bucket', `${histogram}h_bucket{le="+Inf"} 1\nh_sum 1\nh_count 2\n`],
    ['buckets that fall', `${histogram}h_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n`],
    [
      'bounds out of order',
      `${histogram}h_bucket{le="2"} 1\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n`,
    ],
  ])('dies of %s', (_, page) => {
    expect(() => parseText(page)).toThrow()
  })
})

describe('OpenMetrics', () => {
  it('reads every type that hearth prints', () => {
    const page = [
      '# TYPE x_joules counter',
      '# UNIT x_joules joules',
      '# HELP x_joules said \\"so\\"',
      'x_joules_total{device="a"} 5',
      'x_joules_total{device="b"} 6 1700000000.5',
      '# TYPE i info',
      'i_info{v="1"} 1',
      '# TYPE s stateset',
      's{device="a",s="on"} 1',
      's{device="a",s="off"} 0',
      's{device="b",s="on"} 0',
      's{device="b",s="off"} 1',
      '# TYPE h histogram',
      'h_bucket{le="0.1"} 1',
      'h_bucket{le="1.0"} 3',
      'h_bucket{le="+Inf"} 4',
      'h_sum 9.5',
      'h_count 4',
      '# EOF',
    ].join('\n')

    const families = parseOpenMetrics(page)

    expect(families.map(({ name, type, samples }) => [name, type, samples.length])).toEqual([
      ['x_joules', 'counter', 2],
      ['i', 'info', 1],
      ['s', 'stateset', 4],
      ['h', 'histogram', 5],
    ])
    expect(families[0]).toMatchObject({ unit: 'joules', help: 'said "so"' })
  })

  it.each([
    ['no end', 'a 1\n'],
    ['data after the end', '# EOF\na 1\n'],
    ['an end in the middle', '# EOF\n# EOF\n'],
    ['a blank line', 'a 1\n\n# EOF\n'],
    ['a stray comment', '# hello\n# EOF\n'],
    ['CRLF', 'a 1\r\n# EOF\n'],
    ['a UNIT that does not end the name', '# TYPE x_joules gauge\n# UNIT x_joules watts\n# EOF\n'],
    ['UNIT twice', '# UNIT x_j j\n# UNIT x_j j\n# EOF\n'],
    ['a unit of an info', '# TYPE i_x info\n# UNIT i_x x\n# EOF\n'],
    ['untyped', '# TYPE a untyped\na 1\n# EOF\n'],
    ['a counter without _total', '# TYPE a counter\na 1\n# EOF\n'],
    ['a counter that is NaN', '# TYPE a counter\na_total NaN\n# EOF\n'],
    ['a counter below zero', '# TYPE a counter\na_total -1\n# EOF\n'],
    ['an info that is 0', '# TYPE i info\ni_info 0\n# EOF\n'],
    ['a state set without its label', '# TYPE s stateset\ns 1\n# EOF\n'],
    ['a state of 2', '# TYPE s stateset\ns{s="a"} 2\n# EOF\n'],
    ['no state', '# TYPE s stateset\ns{s="a"} 0\n# EOF\n'],
    ['two states', '# TYPE s stateset\ns{s="a"} 1\ns{s="b"} 1\n# EOF\n'],
    ['interleaved families', 'a{b="1"} 1\nc 1\na{b="2"} 1\n# EOF\n'],
    [
      'interleaved metrics',
      '# TYPE s stateset\ns{d="1",s="a"} 1\ns{d="2",s="a"} 1\ns{d="1",s="b"} 0\n# EOF\n',
    ],
    ['metadata after a sample', 'a 1\n# HELP a x\n# EOF\n'],
    ['a bare quote in HELP', '# HELP a say "x"\na 1\n# EOF\n'],
    ['two spaces', 'a  1\n# EOF\n'],
    [
      'a bound that is not canonical',
      '# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n# EOF\n',
    ],
  ])('dies of %s', (_, page) => {
    expect(() => parseOpenMetrics(page)).toThrow()
  })
})
