import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { UnixMs } from '../../core/clock.ts'
import { FAMILIES } from '../../core/families/index.ts'
import { testReport } from '../../testing/use.ts'
import { viewOf } from './frames.test-helper.ts'
import { createIntake } from './intake.ts'
import { createDecoder, type Frame, type Group } from './protocol.ts'
import { simulatedBytes } from './simulator/index.ts'
import { unified } from './unified.ts'

/** Mutated streams in the ordinary run: 100,000 and a few. */
const STREAMS = 100_000
const BATCH = 500

const START = Date.UTC(2026, 10, 21, 5, 58, 0) as UnixMs
const SEEDS = ['document', 'hc', 'tempo', 'historique-three-phase', 'standard', 'producer'].map(scenario =>
  simulatedBytes({ scenario, seed: 7, startAt: START, frames: 2 }),
)

/** A small generator of our own: the property library would take minutes for as many streams. */
function randomNumbers(seed: number) {
  let state = seed >>> 0 || 1
  return (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** One to six faults of a line: changed bits, lost and doubled stretches, control characters, noise. */
function mutate(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let mutated: Uint8Array = Uint8Array.from(bytes)
  for (let faults = 1 + random(6); faults > 0; faults--) {
    const at = random(mutated.length)
    const length = 1 + random(12)
    switch (random(6)) {
      case 0:
        mutated[at] = (mutated[at] ?? 0) ^ (1 << random(8))
        break
      case 1:
        mutated[at] = random(256)
        break
      case 2:
        mutated = Buffer.concat([mutated.subarray(0, at), mutated.subarray(at + length)])
        break
      case 3:
        mutated = Buffer.concat([mutated.subarray(0, at + length), mutated.subarray(at)])
        break
      case 4:
        mutated[at] = [2, 3, 4, 9, 10, 13, 32][random(7)] ?? 2
        break
      default:
        for (let i = at; i < Math.min(mutated.length, at + length); i++) mutated[i] = random(256)
    }
    if (mutated.length === 0) return Uint8Array.of(2)
  }
  return mutated
}

function decode(bytes: Uint8Array, split: (rest: number) => number = rest => rest): Frame[] {
  const frames: Frame[] = []
  const decoder = createDecoder('auto', frame => frames.push(frame))
  for (let i = 0; i < bytes.length; ) {
    const step = Math.max(1, split(bytes.length - i))
    decoder.push(bytes.subarray(i, i + step))
    i += step
  }
  return frames
}

/** The group as it stood on the wire, with the checksum that belongs to it; built from the specification, not from the decoder. */
function onTheWire({ label, data, horodate }: Group): readonly string[] {
  const sum = (text: string) => [...text].reduce((total, c) => total + c.charCodeAt(0), 0)
  const check = (text: string) => String.fromCharCode((sum(text) & 0x3f) + 0x20)
  const historique = `${label} ${data}`
  const standard = `${label}\t${horodate === undefined ? '' : `${horodate}\t`}${data}\t`
  return [`${historique} ${check(historique)}\r`, `${standard}${check(standard)}\r`]
}

describe('any bytes', () => {
  it(`gives nothing that did not stand on the line, for ${STREAMS} damaged streams`, () => {
    const random = randomNumbers(20_261_121)
    const problems: string[] = []
    const report = testReport({
      update(update) {
        for (const { key, value } of update.readings) {
          if (typeof value === 'number' && !(Number.isSafeInteger(value) && value >= 0))
            problems.push(`${key} ${value}`)
        }
      },
    })
    for (let done = 0; done < STREAMS; done += BATCH) {
      const intake = createIntake()
      let atMs = 0
      for (let i = 0; i < BATCH; i++) {
        const bytes = mutate(SEEDS[random(SEEDS.length)] ?? Uint8Array.of(), random)
        const line = Buffer.from(bytes.map(byte => byte & 0x7f)).toString('latin1')
        for (const frame of decode(bytes)) {
          if (frame.groups.length > 128) problems.push(`${frame.groups.length} groups`)
          for (const group of frame.groups) {
            if (!onTheWire(group).some(text => line.includes(text))) problems.push(JSON.stringify(group))
          }
          atMs += 1500
          intake.frame(frame, atMs, 1500, report)
        }
      }
      if (problems.length > 0) break
    }
    expect(problems).toEqual([])
  })

  it('gives the same frames however the bytes are split', () => {
    const random = randomNumbers(42)
    for (let i = 0; i < 2_000; i++) {
      const bytes = mutate(SEEDS[i % SEEDS.length] ?? Uint8Array.of(), random)
      const whole = decode(bytes)
      expect(decode(bytes, () => 1)).toEqual(whole)
      expect(decode(bytes, () => 7)).toEqual(whole)
      expect(decode(bytes, () => 1 + random(40))).toEqual(whole)
    }
  })

  it('takes pure noise of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4_000 }), bytes => {
        for (const frame of decode(bytes)) expect(frame.groups.length).toBeLessThanOrEqual(128)
      }),
      { numRuns: 300 },
    )
  })

  it('holds no more than a frame of a stream that never ends one', () => {
    const decoder = createDecoder('auto', () => {})
    const block = Buffer.from('\x02\nIINST 003 Z\r'.repeat(5_000))
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < 200; i++) decoder.push(block)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(30e6)
  })

  it('never lets a counter jump, whatever damage passes the checksum', () => {
    const random = randomNumbers(99)
    const intact = simulatedBytes({ scenario: 'document', seed: 1, startAt: START, frames: 1 })
    const intake = createIntake()
    const seen = new Set<unknown>()
    let atMs = 0
    const report = testReport({
      update: ({ readings }) => {
        for (const { key, value } of readings) if (key === 'BASE') seen.add(value)
      },
    })
    const feed = (bytes: Uint8Array) => {
      for (const frame of decode(bytes)) {
        atMs += 1500
        intake.frame(frame, atMs, 1500, report)
      }
    }
    const digit = () => String(random(10))
    for (let i = 0; i < 20_000; i++) {
      feed(intact)
      // Damage that the checksum cannot see: other digits with the checksum that fits them.
      const data = Array.from({ length: 9 }, digit).join('')
      const group = onTheWire({ label: 'BASE', data, horodate: undefined })[0] ?? ''
      const text = Buffer.from(intact)
        .toString('latin1')
        .replace(/BASE \d{9} .\r/, () => group)
      feed(Buffer.from(text, 'latin1'))
    }
    const values = [...seen].map(Number)
    expect(Math.max(...values) - Math.min(...values)).toBeLessThanOrEqual(100)
  })
})

describe('any readings', () => {
  it('become series with the labels and states of their family, or none', () => {
    const keys = [
      'BASE',
      'PTEC',
      'OPTARIF',
      'NGTF',
      'LTARF',
      'NTARF',
      'EASF01',
      'RELAIS',
      'DEMAIN',
      'ISOUSC',
      'STGE.tempo_today',
      'STGE.tempo_tomorrow',
      'STGE.over_power',
    ]
    const value = fc.oneof(
      fc.string(),
      fc.nat(),
      fc.boolean(),
      fc.constantFrom('TEMPO', 'HC BLEU', 'BASE', 'blue', 'unknown'),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value), readings => {
        for (const each of unified(viewOf(readings))) {
          const family = FAMILIES[each.family]
          expect(Object.keys(each.labels ?? {}).sort()).toEqual([...family.labels].sort())
          if (!('state' in each)) expect(Number.isFinite(each.value)).toBe(true)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
