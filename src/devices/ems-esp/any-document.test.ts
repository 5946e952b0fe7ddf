import { describe, expect, it } from 'vitest'
import { systemClock, type UnixMs } from '../../core/clock.ts'
import { HearthError } from '../../core/errors.ts'
import { FAMILIES } from '../../core/families/index.ts'
import type { Reading } from '../../core/reading.ts'
import type { Series } from '../../core/series.ts'
import { readEntities } from './entities.ts'
import { readLines } from './exposition-lines.ts'
import { gatewayUnified } from './gateway.ts'
import { objectOf } from './json.ts'
import { machineText } from './machine-text.ts'
import { believable, readMachineText } from './machine-text-reader.ts'
import { essence, joinOld, readOldList } from './old-machine.ts'
import { ownText, readOwn } from './own-text.ts'
import { bareReadings, ownReadings, readingsOf, systemReadings } from './readings.ts'
import { emsEspSimulator } from './simulator/index.ts'
import { readSystem } from './system-document.ts'
import { systemText } from './system-text.ts'
import { unified } from './unified.ts'
import { readValues } from './values.ts'
import { isPossible } from './windows.ts'

/** Mutated documents in the ordinary run. */
const MUTATED = 100_000

function randomNumbers(seed: number) {
  let state = seed >>> 0 || 1
  return (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const BITS = [
  '"',
  '{',
  '}',
  ',',
  ':',
  'null',
  '-',
  '9',
  '\\',
  '\n',
  '# HELP emsesp_x x',
  '°',
  '\u0000',
  'NaN',
  '1e99',
  '[]',
]

/** A cut, a lost or doubled part, a wrong character, something foreign in its middle, two documents in one. */
function mutated(text: string, other: string, random: (below: number) => number): string {
  const [at, length] = [random(text.length + 1), 1 + random(40)]
  switch (random(7)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + text.slice(at + length)
    case 2:
      return text.slice(0, at + length) + text.slice(at)
    case 3:
      return text.slice(0, at) + String.fromCharCode(32 + random(96)) + text.slice(at + 1)
    case 4:
      return text.slice(0, at) + BITS[random(BITS.length)] + text.slice(at)
    case 5:
      return text.slice(0, at) + other.slice(random(other.length))
    default:
      return text.slice(0, at) + BITS[random(BITS.length)] + text.slice(at + length)
  }
}

/** A line of the gateway's text; what is more than this would end a scrape. */
const LINE =
  /^(?:# HELP emsesp_[a-z0-9_]* (?:[^\\\n\r]|\\[\\n])*|# TYPE emsesp_[a-z0-9_]* gauge|emsesp_[a-z0-9_]*(?:\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n\r]|\\["\\n])*"(?:, )?)+\})? -?\d+(?:\.\d+)?)$/

function checkText(text: string): void {
  if (text === '') return
  for (const line of text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined)) {
    if (!LINE.test(line)) throw new Error(`a line that no scrape takes: ${line}`)
  }
  if (!text.endsWith('\n')) throw new Error('no line end')
}

function checkSeries(series: readonly Series[]): void {
  for (const each of series) {
    const family = FAMILIES[each.family]
    if (!family.labels.every(label => (each.labels?.[label] ?? '') !== ''))
      throw new Error(`labels of ${each.family}`)
    if ('state' in each) {
      if (!family.states?.includes(each.state)) throw new Error(`state ${each.state}`)
    } else if (!Number.isFinite(each.value) || !isPossible(each.family, each.labels ?? {}, each.value)) {
      throw new Error(`${each.family} ${each.value}`)
    }
  }
}

function checkReadings(word: string, readings: readonly Reading[]): void {
  for (const { value } of readings)
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('a number that is none')
  const stored = new Map(
    readings.map(reading => [reading.key, { ...reading, group: 'x', receivedAt: 0 as UnixMs }]),
  )
  checkSeries(unified(word, stored))
}

interface Source {
  readonly text: string
  /** Reads a document and throws where something was made of it that cannot be. */
  read(text: string): void
}

/** What each kind of answer becomes. */
function sources(): readonly Source[] {
  const small = emsEspSimulator.start({ scenario: 'small-3.7', seed: 1, clock: systemClock, pace: 1 })
  const old = emsEspSimulator.start({ scenario: 'small-3.6', seed: 1, clock: systemClock, pace: 1 })
  const newest = emsEspSimulator.start({ scenario: 'firmware-3.9', seed: 1, clock: systemClock, pace: 1 })
  const body = (gateway: typeof small, path: string) => gateway.answer(`/api/${path}`).body
  const entities = (text: string) => objectOf(text, 'x')
  const reader = { word: 'boiler', locale: 'en' }
  const derived = machineText(readEntities(entities(body(small, 'boiler/entities')), reader).entities)
  return [
    {
      text: derived,
      read(text) {
        const read = readMachineText(text, 'x')
        checkText(text.endsWith('\n') ? text : `${text}\n`)
        checkText(machineText(read))
        checkReadings('boiler', readingsOf(believable(read)))
      },
    },
    {
      text: body(small, 'boiler/entities')
        .slice(0, 6_000)
        .replace(/,"[^"]+":\{[^}]*$/, '}'),
      read(text) {
        const { entities: read } = readEntities(entities(text), reader)
        checkText(machineText(read))
        checkReadings('boiler', readingsOf(read))
      },
    },
    {
      text: body(small, 'thermostat/values'),
      read(text) {
        const values = readValues(entities(text), false)
        checkReadings(
          'thermostat',
          bareReadings(values, new Set(), { word: 'thermostat', isFahrenheit: true }),
        )
      },
    },
    {
      text: body(newest, 'system').slice(0, 200_000),
      read(text) {
        const document = readSystem(entities(text), 'x')
        checkText(systemText(document))
        const readings = systemReadings(document)
        const stored = readings.map(
          reading => [reading.key, { ...reading, group: 'x', receivedAt: 0 as UnixMs }] as const,
        )
        checkSeries(gatewayUnified({ readings: new Map(stored), documents: new Map(), health: neverLooked }))
      },
    },
    {
      text: body(newest, 'system/metrics')
        .slice(0, 3_000)
        .replace(/[^\n]*$/, ''),
      read(text) {
        readLines(text, 'x')
        checkText(text.endsWith('\n') ? text : `${text}\n`)
      },
    },
    {
      text: body(newest, 'temperaturesensor/entities'),
      read(text) {
        const { values } = readOwn(entities(text), 'temperaturesensor')
        checkText(ownText(values, 'temperaturesensor'))
        checkReadings('temperaturesensor', ownReadings('temperaturesensor', values))
      },
    },
    {
      text: body(old, 'boiler/curflowtemp'),
      read(text) {
        const described = essence(entities(text))
        const list = readOldList(entities('{"curflowtemp":["x","°C"]}'))
        const values = [{ name: 'curflowtemp', circuit: '', value: 55.1 }]
        const read = joinOld(
          list,
          new Map(described ? [['curflowtemp', described]] : []),
          values,
          reader,
          false,
        )
        checkText(machineText(read))
        checkReadings('boiler', readingsOf(read))
      },
    },
  ]
}

const neverLooked = {
  isUp: false,
  succeeded: 0,
  failed: 0,
  reconnects: 0,
  errors: {
    ...{ connect: 0, timeout: 0, auth: 0, http_status: 0, rate_limited: 0, framing: 0, checksum: 0 },
    ...{ parse: 0, schema: 0, implausible: 0, sensor: 0, other: 0 },
  },
  durations: { bounds: [], counts: [], count: 0, sumSeconds: 0 },
  outcomes: { mapped: 0, native_only: 0, unknown: 0, rejected: 0 },
} as const

describe('any document', () => {
  const all = sources()

  it.each(all.map((source, i) => ({ source, i })))('of kind $i is read when it is whole', ({ source }) => {
    expect(() => source.read(source.text)).not.toThrow()
  })

  it(`is refused or gives nothing that cannot be, of ${MUTATED} mutated ones`, () => {
    const random = randomNumbers(20_261_121)
    let refused = 0
    for (let i = 0; i < MUTATED; i++) {
      const source = all[i % all.length]
      const other = all[random(all.length)]
      if (!source || !other) continue
      let text = mutated(source.text, other.text, random)
      if (random(4) === 0) text = mutated(text, other.text, random)
      try {
        source.read(text)
      } catch (error) {
        const isExpected = error instanceof HearthError && (error.kind === 'parse' || error.kind === 'schema')
        if (!isExpected) throw new Error(`document ${i}: ${String(error)}\n${text.slice(0, 3_000)}`)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(MUTATED / 10)
    expect(refused).toBeLessThan(MUTATED)
  }, 60_000)
})
