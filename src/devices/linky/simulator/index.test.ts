import { afterEach, describe, expect, it } from 'vitest'
import type { SimulatedLine } from '../../../core/simulator.ts'
import { type FakeClock, fakeClock } from '../../../testing/fake-clock.ts'
import { dataOf, framesIn } from './frames.test-helper.ts'
import { linkySimulator, simulatedBytes } from './index.ts'

interface TestLine extends SimulatedLine {
  readonly heard: () => Buffer
  readonly sends: () => number
  leave(): void
}

/** A line whose reader takes everything, or, with `room`, only when the test lets it. */
function testLine(room: () => Promise<void> = async () => {}): TestLine {
  const gone = new AbortController()
  const chunks: Uint8Array[] = []
  return {
    gone: gone.signal,
    async send(bytes) {
      chunks.push(Uint8Array.from(bytes))
      await room()
    },
    onReceive: () => undefined,
    hangUp: () => gone.abort(),
    heard: () => Buffer.concat(chunks),
    sends: () => chunks.length,
    leave: () => gone.abort(),
  }
}

const running: { stop(): void }[] = []
afterEach(() => {
  for (const device of running.splice(0)) device.stop()
})

function start(scenario: string, clock: FakeClock, pace = 1) {
  const device = linkySimulator.start({ scenario, seed: 1, clock, pace })
  running.push(device)
  return device
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve))
}

describe('linkySimulator', () => {
  it('lists every scenario once, each with one line of summary', () => {
    const names = linkySimulator.scenarios.map(({ name }) => name)

    expect(new Set(names).size).toBe(names.length)
    for (const { name, summary } of linkySimulator.scenarios) {
      expect(name).toMatch(/^[a-z-]+$/)
      expect(summary).toMatch(/^[A-Z][^\n]+\.$/)
    }
  })

  it.each([
    ['base', 1200],
    ['standard', 9600],
  ])('sends %s at the true speed, in chunks of 50 ms', async (scenario, baudRate) => {
    const clock = fakeClock()
    const line = testLine()
    start(scenario, clock).attach(line)

    await clock.advance(10_000)

    expect(line.heard().length).toBeLessThanOrEqual(baudRate)
    expect(line.heard().length).toBeGreaterThan(0.95 * baudRate)
    expect(line.sends()).toBeLessThan(215)
    expect(line.sends()).toBeGreaterThan(150)
  })

  it('sends ten times as much at pace 10, with meter time following the line', async () => {
    const clock = fakeClock()
    const line = testLine()
    start('standard', clock, 10).attach(line)

    await clock.advance(10_000)

    const frames = framesIn(line.heard())
    expect(line.heard().length).toBeGreaterThan(0.95 * 96_000)
    expect(frames[0]?.groups[2]?.horodate).toBe('H261121110000')
    expect(frames.at(-2)?.groups[2]?.horodate).toMatch(/^H26112111013\d$/)
  })

  it('says the same bytes paced as in a capture', async () => {
    const clock = fakeClock()
    const line = testLine()
    const startAt = clock.now()
    start('cut', clock).attach(line)

    await clock.advance(20_000)

    const capture = simulatedBytes({ scenario: 'cut', seed: 1, startAt, frames: 30 })
    expect(line.heard().length).toBeGreaterThan(2000)
    expect(line.heard().equals(capture.subarray(0, line.heard().length))).toBe(true)
  })

  it('lets a second reader come into the middle of a frame of the same meter', async () => {
    const clock = fakeClock()
    const device = start('base', clock)
    const early = testLine()
    const late = testLine()
    device.attach(early)
    await clock.advance(600)
    const missed = early.heard().length
    device.attach(late)
    await clock.advance(5000)

    expect(late.heard()[0]).not.toBe(2)
    expect(late.heard().equals(early.heard().subarray(missed))).toBe(true)
  })

  it('goes on without a reader', async () => {
    const clock = fakeClock()
    const device = start('standard', clock)
    await clock.advance(60_300)
    const line = testLine()
    device.attach(line)
    await clock.advance(3000)

    expect(framesIn(line.heard())[0]?.groups[2]?.horodate).toBe('H261121110101')
  })

  it('does not repeat what was missed while the machine stood still', async () => {
    const clock = fakeClock()
    const line = testLine()
    let isStill = false
    const device = linkySimulator.start({
      scenario: 'standard',
      seed: 1,
      pace: 1,
      clock: { ...clock, after: (ms, task) => clock.after(isStill ? 3_600_000 : ms, task) },
    })
    running.push(device)
    device.attach(line)
    await clock.advance(2000)
    const before = line.heard().length
    isStill = true
    await clock.advance(100)
    isStill = false
    await clock.advance(3_603_000)

    expect(line.heard().length - before).toBeLessThan(3100)
    expect(framesIn(line.heard()).at(-2)?.groups[2]?.horodate).toMatch(/^H26112112000\d$/)
  })

  it('drops bytes for a reader that does not read, and keeps the others supplied', async () => {
    const clock = fakeClock()
    const device = start('standard', clock, 100)
    const stuck = testLine(() => new Promise(() => undefined))
    const fine = testLine()
    device.attach(stuck)
    device.attach(fine)

    await clock.advance(10_000)

    expect(stuck.sends()).toBe(1)
    expect(fine.heard().length).toBeGreaterThan(900_000)
  })

  it('hangs up in mid-frame and takes readers again', async () => {
    const clock = fakeClock()
    const device = start('unplug', clock)
    const first = testLine()
    device.attach(first)
    await clock.advance(22_000)
    const second = testLine()
    device.attach(second)
    await clock.advance(10_000)

    expect(first.gone.aborted).toBe(true)
    expect(framesIn(first.heard()).at(-1)?.end).toBe('none')
    expect(second.gone.aborted).toBe(false)
    expect(framesIn(second.heard()).length).toBeGreaterThan(5)
  })

  it('leaves a silent line open', async () => {
    const clock = fakeClock()
    const line = testLine()
    start('silent', clock).attach(line)
    await clock.advance(100_000)

    expect(line.sends()).toBe(0)
    expect(line.gone.aborted).toBe(false)
  })

  it('leaves no timer and no line when it is stopped', async () => {
    const clock = fakeClock()
    const device = start('base', clock)
    const line = testLine()
    device.attach(line)
    await clock.advance(1000)
    expect(clock.pending).toBe(1)
    device.stop()
    const heard = line.heard().length
    const late = testLine()
    device.attach(late)
    await clock.advance(5000)

    expect(clock.pending).toBe(0)
    expect(line.gone.aborted).toBe(true)
    expect([line.heard().length, late.sends()]).toEqual([heard, 0])
  })

  it('ignores a reader that is already gone', async () => {
    const clock = fakeClock()
    const line = testLine()
    line.leave()
    start('base', clock).attach(line)
    await clock.advance(1000)

    expect(line.sends()).toBe(0)
  })
})

describe('linkySimulator at the pace of its readers', () => {
  it('sends the next frame when the last one was taken, and no timer runs', async () => {
    const clock = fakeClock()
    let takes = 5
    const line = testLine(() => (takes-- > 1 ? Promise.resolve() : new Promise(() => undefined)))
    start('base', clock, Number.POSITIVE_INFINITY).attach(line)
    await turns(50)

    expect(line.sends()).toBe(5)
    expect(clock.pending).toBe(0)
  })

  it('keeps meter time with the bytes: the index grows as at line speed', async () => {
    const clock = fakeClock()
    const line = testLine()
    start('base', clock, Number.POSITIVE_INFINITY).attach(line)
    await turns(4000)

    const frames = framesIn(line.heard())
    const hours = (frames.length * (152 / 120 + 0.025)) / 3600
    const drawnWh = Number(dataOf(frames.at(-1), 'BASE')) - Number(dataOf(frames[0], 'BASE'))
    expect(hours).toBeGreaterThan(0.3)
    expect(drawnWh / hours).toBeGreaterThan(50)
    expect(drawnWh / hours).toBeLessThan(9000)
  })

  it('stands still without a reader and goes on with the next one', async () => {
    const clock = fakeClock()
    const device = start('base', clock, Number.POSITIVE_INFINITY)
    await turns(20)
    const first = testLine()
    device.attach(first)
    await turns(20)
    first.leave()
    await turns(20)
    const second = testLine()
    device.attach(second)
    await turns(20)
    device.stop()
    await turns(5)

    const together = Buffer.concat([first.heard(), second.heard()])
    const capture = simulatedBytes({ scenario: 'base', seed: 1, startAt: clock.now(), frames: 100 })
    expect(second.sends()).toBeGreaterThan(0)
    expect(together.equals(capture.subarray(0, together.length))).toBe(true)
  })

  it('is not held up by a reader that leaves without taking its bytes', async () => {
    const clock = fakeClock()
    const device = start('base', clock, Number.POSITIVE_INFINITY)
    const stuck = testLine(() => new Promise(() => undefined))
    const fine = testLine()
    device.attach(stuck)
    device.attach(fine)
    await turns(20)
    const before = fine.sends()
    stuck.leave()
    await turns(20)

    expect(before).toBe(1)
    expect(fine.sends()).toBeGreaterThan(5)
  })
})
