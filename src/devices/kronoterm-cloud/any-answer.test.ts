import { describe, expect, it } from 'vitest'
import { FAMILIES } from '../../core/families/index.ts'
import { memoryKeep } from '../../core/keep.ts'
import type { Page } from '../../core/page.ts'
import type { Reading } from '../../core/reading.ts'
import { someView } from '../../expose/exposition.test-helper.ts'
import { createRandom, type Random, wholeBetween } from '../../simulation/random.ts'
import { reply } from './cloud.test-helper.ts'
import { countedReadings, readHistogram, todayReadings } from './consumption.ts'
import { dropInPages } from './drop-in.ts'
import { openLedger } from './ledger.ts'
import { PAGES, type PageName } from './pages.ts'
import { documentPlant } from './plant.test-data.ts'
import { judge } from './protocol.ts'
import { readingsOf } from './readings.ts'
import { rowsOf } from './rows.ts'
import { unified } from './unified.ts'

/** Damaged answers in the ordinary run. */
const DAMAGED_BYTES = 60_000
const DAMAGED_FIELDS = 40_000

const PLANT = documentPlant()
const NAMES = Object.keys(PAGES).filter((name): name is PageName => name in PLANT)
const ROWS = rowsOf({ loop_1: 'flow', loop_2: 'room', loop_3: 'room', loop_4: 'room' })

/** Values that a careless service could send. */
const ODD: readonly unknown[] = [
  null,
  '',
  'NaN',
  '-60.0',
  '500.0',
  '9.5 °C',
  '12,5',
  1e308,
  -1e308,
  1e-320,
  -0,
  true,
  false,
  [],
  {},
  [[1]],
  { constructor: 1, __proto__: 2 },
  'x'.repeat(1_000),
  '"\\\n\u0000\u2028',
]

/** Wrong bits, wrong, lost and doubled bytes, a cut, a piece from elsewhere. */
function damage(bytes: Uint8Array, random: Random): Uint8Array {
  const at = wholeBetween(random, 0, bytes.length - 1)
  const until = Math.min(bytes.length, at + wholeBetween(random, 1, 12))
  const around = (...middle: readonly Uint8Array[]) =>
    Buffer.concat([bytes.subarray(0, at), ...middle, bytes.subarray(until)])
  switch (wholeBetween(random, 0, 6)) {
    case 0:
      return bytes.map((byte, i) => (i === at ? byte ^ (1 << wholeBetween(random, 0, 7)) : byte))
    case 1:
      return bytes.map((byte, i) => (i === at ? wholeBetween(random, 0, 255) : byte))
    case 2:
      return around()
    case 3:
      return around(bytes.subarray(at, until), bytes.subarray(at, until))
    case 4:
      return bytes.subarray(0, at)
    case 5:
      return around(Buffer.from(JSON.stringify(ODD[wholeBetween(random, 0, ODD.length - 1)])))
    default:
      // A digit for a digit: still JSON, with another value.
      return bytes.map((byte, i) =>
        i >= at && i < until && byte >= 48 && byte <= 57 ? 48 + wholeBetween(random, 0, 9) : byte,
      )
  }
}

/** Everything that is shown of a page, checked; the readings. */
function show(name: PageName, page: Readonly<Record<string, unknown>>): readonly Reading[] {
  const readings = name === 'consumption' ? histogram(page) : readingsOf(name, page).readings
  const view = someView(readings)
  for (const series of unified(view, ROWS)) {
    const { family, labels = {} } = series
    const { labels: names, states } = FAMILIES[family]
    if (Object.keys(labels).some(label => !names.includes(label))) throw new Error(`labels of ${family}`)
    if (Object.values(labels).some(value => value === '')) throw new Error(`an empty label of ${family}`)
    if ('state' in series && !states?.includes(series.state)) throw new Error(`a state of ${family}`)
    if ('value' in series && !Number.isFinite(series.value)) throw new Error(`a value of ${family}`)
    if ('value' in series && family.endsWith('_celsius') && Math.abs(series.value) > 110)
      throw new Error(`${family} is ${series.value}`)
  }
  for (const value of valuesOf(dropInPages(view).get('metrics')))
    if (!Number.isFinite(value)) throw new Error(`the drop-in shows ${value}`)
  return readings
}

function histogram(page: Readonly<Record<string, unknown>>): readonly Reading[] {
  const found = readHistogram(page)
  if (!found) return []
  const ledger = openLedger(memoryKeep(), 'me')
  ledger.book('2026-11-21', found.lists)
  return [...todayReadings(found.lists), ...countedReadings(ledger.counted())]
}

function valuesOf(page: Page | undefined): readonly number[] {
  if (page?.kind !== 'metrics') throw new Error('there is no page')
  return page.families.flatMap(({ samples }) => samples.map(({ value }) => value))
}

describe('damaged answers', () => {
  it(`are read or refused, and never break anything, of ${DAMAGED_BYTES}`, () => {
    const random = createRandom(4)
    const originals = NAMES.map(name => [name, Buffer.from(JSON.stringify(PLANT[name]))] as const)
    const verdicts = { page: 0, lost: 0, bad: 0 }
    for (let i = 0; i < DAMAGED_BYTES; i++) {
      const [name, bytes] = originals[i % originals.length] ?? ['menu', Buffer.alloc(1)]
      const verdict = judge(reply(200, damage(bytes, random)), 'x', 'https://cloud.test')
      verdicts[verdict.kind]++
      if (verdict.kind === 'page') show(name, verdict.page)
    }
    expect(verdicts.page).toBeGreaterThan(DAMAGED_BYTES / 10)
    expect(verdicts.bad).toBeGreaterThan(DAMAGED_BYTES / 10)
  })

  it(`cost the field that is damaged and no other, of ${DAMAGED_FIELDS}`, () => {
    const random = createRandom(5)
    const pages = NAMES.filter(name => name !== 'consumption' && name !== 'alarms')
    const sound = new Map(pages.map(name => [name, show(name, PLANT[name])]))
    let unlike = 0
    for (let i = 0; i < DAMAGED_FIELDS; i++) {
      const name = pages[i % pages.length] ?? 'menu'
      const page = structuredClone(PLANT[name])
      const leaves = leavesOf(page, name)
      const leaf = leaves[wholeBetween(random, 0, leaves.length - 1)]
      leaf?.put(ODD[wholeBetween(random, 0, ODD.length - 1)])
      const others = (readings: readonly Reading[]) =>
        JSON.stringify(readings.filter(({ key }) => key !== leaf?.path))
      const before = sound.get(name) ?? []
      const after = show(name, page)
      if (others(before) !== others(after)) throw new Error(`${leaf?.path} harms others`)
      if (JSON.stringify(before) !== JSON.stringify(after)) unlike++
    }
    expect(unlike).toBeGreaterThan(DAMAGED_FIELDS / 2)
  })
})

interface Leaf {
  readonly path: string
  put(value: unknown): void
}

/** The single values of a page. A loop's own number is none: it says whose values the others are. */
function leavesOf(node: object, path: string): Leaf[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]): Leaf[] => {
    const inner = Array.isArray(node) ? `${path}[${key}]` : `${path}.${key}`
    if (typeof value === 'object' && value !== null) return leavesOf(value, inner)
    const put = (odd: unknown) => void Object.assign(node, { [key]: odd })
    return key === 'circle_id' ? [] : [{ path: inner, put }]
  })
}
