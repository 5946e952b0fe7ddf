import { describe, expect, it } from 'vitest'
import type { Connection } from '../../core/line.ts'
import { createSlot } from '../../store/slot.ts'
import { fakeClock } from '../../testing/fake-clock.ts'
import { testReport } from '../../testing/use.ts'
import { readCapture } from './capture.ts'
import { xorOf } from './commands.ts'
import { MEASURED } from './pairs.test-data.ts'

const POLL = Buffer.from(Object.values(MEASURED[1]?.answers ?? {}).join(''), 'hex')

async function read(bytes: Uint8Array, step: number, dialect: 'plain' | 'xtreme' = 'plain') {
  const clock = fakeClock()
  const slot = createSlot({ clock, staleAfterMs: 30_000, outcome: () => 'mapped', onChange() {} })
  const attempts: boolean[] = []
  const troubles: string[] = []
  let closed = 0
  const connection: Connection = {
    isLive: false,
    async *read() {
      for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step)
    },
    async write() {},
    async close() {
      closed++
    },
  }
  await readCapture(connection, {
    port: 'file:x',
    dialect,
    clock,
    report: testReport({
      ...slot,
      attempt: isComplete => void attempts.push(isComplete),
      trouble: (_kind, message) => void troubles.push(message),
    }),
    signal: new AbortController().signal,
  })
  expect(closed).toBe(1)
  return { attempts, troubles, readings: slot.view().readings }
}

describe('a capture', () => {
  it.each([1, 7, 160, 1000])('is read poll by poll, split every %i bytes', async step => {
    const { attempts, readings, troubles } = await read(Buffer.concat([POLL, POLL, POLL]), step)
    expect([attempts, troubles]).toEqual([[true, true, true], []])
    expect(readings.get('t_flow')?.value).toBe(44.1)
    expect(readings.get('param_F.')?.value).toBe(40)
  })

  it('that breaks off: keeps the whole answers of its last poll', async () => {
    const { attempts, readings, troubles } = await read(POLL.subarray(0, 80), 160)
    expect(attempts).toEqual([false])
    expect(readings.get('tapflow')?.value).toBe(0)
    expect(readings.has('interrupt_time')).toBe(false)
    expect(troubles[0]).toBe('file:x: 80 bytes at the end are no whole poll')
  })

  it('of noise gives nothing: one impossible answer puts the others of its poll in doubt', async () => {
    const noise = Uint8Array.from({ length: 1600 }, (_, i) => (i * 167 + (i >> 3) * 91) & 0xff)
    expect((await read(noise, 64)).readings.size).toBe(0)
    const shifted = Buffer.concat([Uint8Array.of(0x37), POLL.subarray(0, 159)])
    const { attempts, readings } = await read(shifted, 64)
    expect([attempts, readings.size]).toEqual([[false], 0])
  })

  it('of an Xtreme has its check bytes looked at', async () => {
    const answers = Array.from({ length: 5 }, (_, i) => {
      const bytes = POLL.subarray(32 * i, 32 * (i + 1))
      return Buffer.concat([bytes, Uint8Array.of(xorOf(bytes))])
    })
    const whole = Buffer.concat(answers)
    expect((await read(whole, 64, 'xtreme')).attempts).toEqual([true])
    whole[3] = (whole[3] ?? 0) ^ 1
    const damaged = await read(whole, 64, 'xtreme')
    expect(damaged.attempts).toEqual([false])
    expect(damaged.troubles).toEqual(['file:x: answer to S? dropped: wrong XOR byte'])
  })
})
