import fc from 'fast-check'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { families } from '../core/families/family.ts'
import { parseOpenMetrics, parseText } from '../testing/exposition-parser.ts'
import { promtool } from '../testing/promtool.ts'
import { familyPage } from './family-page.ts'
import { openMetricsFormat } from './open-metrics.ts'
import { createPart } from './part.ts'
import type { Shown } from './series-lines.ts'
import { textFormat } from './text.ts'

const STATES = ['off', 'on', 'auto']
const TABLE = families({
  x_starts_total: { type: 'counter', help: 'Back\\slash, "quotes"\nand a line.', labels: ['a', 'b'] },
  x_temperature_celsius: { type: 'gauge', help: 'X.', labels: ['a'], unit: 'celsius' },
  x_mode: { type: 'stateset', help: 'X.', labels: ['a'], states: STATES },
  x_info: { type: 'info', help: 'X.', labels: ['a', 'b'] },
  x_duration_seconds: { type: 'histogram', help: 'X.', labels: ['a'], unit: 'seconds' },
})
type Name = keyof typeof TABLE

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('\\', '"', '\n', '\r', '\0', '\t', '{', '}', ',', ' ', '#', '\ud800', 'é', '🔥'),
  }),
)
const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -0, 1e21, 5e-324, 1e-7, 2 ** 64))
const bounds = fc.uniqueArray(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { maxLength: 5 })
const counts = fc.array(fc.nat(1000), { minLength: 5, maxLength: 5 })
const anyHistogram = fc.tuple(bounds, counts, fc.nat(1000), anyNumber).map(([b, c, above, sumSeconds]) => {
  const within = c.slice(0, b.length)
  const count = within.reduce((sum, n) => sum + n, above)
  return { bounds: b.toSorted((x, y) => x - y), counts: within, count, sumSeconds }
})
const anySeries: fc.Arbitrary<Shown<Name>> = fc
  .record({
    a: anyText,
    b: anyText,
    value: anyNumber,
    state: fc.constantFrom(...STATES),
    histogram: anyHistogram,
  })
  .chain(({ a, b, value, state, histogram }) =>
    fc.constantFrom<Shown<Name>>(
      { family: 'x_starts_total', labels: { a, b }, value },
      { family: 'x_temperature_celsius', labels: { a }, value },
      { family: 'x_mode', labels: { a }, state },
      { family: 'x_info', labels: { a, b }, value },
      { family: 'x_duration_seconds', labels: { a }, histogram },
    ),
  )
const anyDevices = fc.array(fc.array(anySeries, { maxLength: 8 }), { minLength: 1, maxLength: 3 })

function pagesOf(devices: readonly (readonly Shown<Name>[])[]) {
  const parts = devices.map((series, i) => {
    const part = createPart(TABLE, `d${i}`)
    part.update(series)
    return part
  })
  const sections = [{ table: TABLE, parts }]
  return {
    text: familyPage(textFormat, sections),
    openMetrics: familyPage(openMetricsFormat, sections),
    parts,
  }
}

it('any labels and numbers give two readable pages with the same series', () => {
  fc.assert(
    fc.property(anyDevices, devices => {
      const { text, openMetrics } = pagesOf(devices)

      const series = [parseText(text), parseOpenMetrics(openMetrics)].map(page =>
        page.flatMap(family => family.samples.map(s => [s.name, [...s.labels], s.value])),
      )

      expect(series[0]).toEqual(series[1])
    }),
    { numRuns: 300 },
  )
})

it('a device may change in any way: its lines are those of a fresh rendering', () => {
  fc.assert(
    fc.property(anyDevices, steps => {
      const part = createPart(TABLE, 'd0')

      for (const series of steps) {
        const before = [...part.chunks]
        const hasChanged = part.update(series)

        expect([...part.chunks].sort()).toEqual([...(pagesOf([series]).parts[0]?.chunks ?? [])].sort())
        if (!hasChanged) expect([...part.chunks]).toEqual(before)
      }
    }),
    { numRuns: 300 },
  )
})

it('label values come back as they were', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), a => {
      const { openMetrics } = pagesOf([[{ family: 'x_temperature_celsius', labels: { a }, value: 1 }]])

      const read = parseOpenMetrics(openMetrics)[0]?.samples[0]?.labels.get('a')

      expect(read).toBe(a.replace(/[\0\r]/g, '\ufffd'))
    }),
  )
})

it('promtool reads samples of them', () => {
  for (const devices of fc.sample(anyDevices, { numRuns: 12, seed: 7 })) {
    expect(promtool(pagesOf(devices).text)).toMatchObject({ exitCode: 0 })
  }
})

it('says the same as prom-client of the same figures', async () => {
  const registry = new Registry()
  const registers = [registry]
  const temperature = new Gauge({
    name: 'x_temperature_celsius',
    help: 'X.',
    labelNames: ['device', 'a'],
    registers,
  })
  const starts = new Counter({
    name: 'x_starts_total',
    help: TABLE.x_starts_total.help,
    labelNames: ['device', 'a', 'b'],
    registers,
  })
  const duration = new Histogram({
    name: 'x_duration_seconds',
    help: 'X.',
    labelNames: ['device', 'a'],
    buckets: [0.5, 1, 10],
    registers,
  })
  temperature.set({ device: 'd0', a: 'q"\\\n' }, -3.25)
  temperature.set({ device: 'd0', a: 'b' }, 1e-7)
  starts.inc({ device: 'd0', a: 'x', b: 'y' }, 1234567)
  for (const seconds of [0.25, 0.75, 0.5, 20]) duration.observe({ device: 'd0', a: 'z' }, seconds)

  const { text } = pagesOf([
    [
      { family: 'x_temperature_celsius', labels: { a: 'q"\\\n' }, value: -3.25 },
      { family: 'x_temperature_celsius', labels: { a: 'b' }, value: 1e-7 },
      { family: 'x_starts_total', labels: { a: 'x', b: 'y' }, value: 1234567 },
      {
        family: 'x_duration_seconds',
        labels: { a: 'z' },
        histogram: { bounds: [0.5, 1, 10], counts: [2, 1, 0], count: 4, sumSeconds: 21.5 },
      },
    ],
  ])

  expect(meaning(text)).toEqual(meaning(await registry.metrics()))

  /** Without the order of families and labels, and without the spelling of bounds. */
  function meaning(page: string) {
    return parseText(page)
      .map(({ name, type, help, samples }) => ({
        name,
        type,
        help,
        samples: samples.map(s => ({
          name: s.name,
          labels: Object.fromEntries(
            [...s.labels].map(([k, v]) => [k, k === 'le' && v !== '+Inf' ? Number(v) : v]),
          ),
          value: s.value,
        })),
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }
})
