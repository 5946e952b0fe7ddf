/*
 * Boilers that are sound and yet unlike those of which answers are known: sensors left out on other boards, hours that went
 * round, a fault of long ago. On a good line each of them must simply be read.
 */
import { describe, expect, it } from 'vitest'
import { type Reader, startChangeable, type Table } from './boiler.test-helper.ts'
import type { AnswerName } from './commands.ts'
import { STATES } from './simulator/states.ts'

/** From this byte on, these. */
type Change = readonly [name: AnswerName, at: number, bytes: readonly number[]]

const FIRST_POLL_MS = 9_000
const INTERVAL_MS = 5_000
const ABSENT = [0xff, 0x7f]
const NOT_CONNECTED = [0x14, 0xec]

function withChanges(table: Table, changes: readonly Change[]): Table {
  const changed = { ...table }
  for (const [name, at, bytes] of changes) {
    const answer = Uint8Array.from(changed[name] ?? new Uint8Array(32))
    answer.set(bytes, at)
    changed[name] = answer
  }
  return changed
}

const told = ({ slot }: Reader, key: string) => slot.view().readings.get(key)?.value

const BOILERS: readonly (readonly [name: string, changes: readonly Change[]])[] = [
  ['no flow sensor, 327.67', [['S2', 0, ABSENT]]],
  ['no flow sensor, -51.00', [['S2', 0, NOT_CONNECTED]]],
  ['a flow just below 0', [['S2', 0, [0xff, 0xff]]]],
  ['rooms that read -51.00', [['S2', 4, [...NOT_CONNECTED, ...NOT_CONNECTED, ...NOT_CONNECTED]]]],
  [
    'hours on mains that went round',
    [
      ['HN', 0, [0x10, 0x00]],
      ['HN', 30, [0]],
    ],
  ],
  ['mains counted another way', [['CRC', 6, [100, 0]]]],
  ['set points out of use', [['V?', 2, [0xff, 0xff]]]],
  ['a fault of long ago', [['S?', 29, [4]]]],
  [
    'other bytes where all known boards have 0, 0, 255',
    [
      ['S?', 25, [3]],
      ['S?', 30, [1, 2]],
    ],
  ],
  [
    'answers that begin with 0',
    [
      ['S?', 0, [0]],
      ['S2', 0, [0]],
      ['CRC', 0, [0]],
      ['HN', 0, [0]],
      ['V?', 0, [0]],
    ],
  ],
  ['counters of its first day', [['HN', 0, Array.from({ length: 32 }, () => 0)]]],
  ['a history without faults, 0', [['EN', 0, Array.from({ length: 32 }, () => 0)]]],
  ['a history without faults, 255', [['EN', 0, Array.from({ length: 32 }, () => 255)]]],
]

describe.each(BOILERS)('a boiler with %s', (_name, changes) => {
  it('is up from the first poll on, and shows a change in the next', async () => {
    const reader = startChangeable(withChanges(STATES.a, changes))
    await reader.clock.advance(FIRST_POLL_MS)
    expect(reader.dropIn()).toHaveLength(77)
    expect(told(reader, 't_flow')).toBe(30.12)
    reader.change(withChanges(STATES.b, changes))
    await reader.clock.advance(INTERVAL_MS + 3_000)
    expect([told(reader, 't_flow'), told(reader, 'pump_pwm')]).toEqual([48.22, 55])
    await reader.clock.advance(12 * INTERVAL_MS)
    expect(new Set(reader.attempts)).toEqual(new Set([true]))
    await reader.stop()
  })
})

describe('a sensor that fails while hearth runs', () => {
  it('is believed after ten minutes, the rest of its answer too', async () => {
    const reader = startChangeable(STATES.a)
    await reader.clock.advance(FIRST_POLL_MS)
    reader.change(withChanges(STATES.a, [['S2', 0, NOT_CONNECTED]]))
    await reader.clock.advance(5 * 60_000)
    expect(told(reader, 'room_temp_zone1')).toBeUndefined()
    await reader.clock.advance(6 * 60_000)
    expect([told(reader, 'tapflow'), reader.attempts.at(-1)]).toEqual([-51, true])
    await reader.stop()
  })
})
