import type { SimulatedLine } from '../../../core/simulator.ts'
import { type FakeClock, fakeClock } from '../../../testing/fake-clock.ts'
import { intergasSimulator, type SimulatedBoiler } from './index.ts'

/** What came over the line at a moment. */
export interface Lump {
  readonly atMs: number
  readonly bytes: Buffer
}

export interface TestLine extends SimulatedLine {
  readonly lumps: readonly Lump[]
  readonly hex: () => string
  readonly forget: () => void
  say(bytes: Uint8Array | string): void
  leave(): void
}

/** A line that notes what it gets and when. */
export function testLine(clock: FakeClock): TestLine {
  const gone = new AbortController()
  const listeners: ((bytes: Uint8Array) => void)[] = []
  const lumps: Lump[] = []
  return {
    gone: gone.signal,
    lumps,
    async send(bytes) {
      lumps.push({ atMs: clock.monotonic(), bytes: Buffer.from(bytes) })
    },
    onReceive: listener => {
      listeners.push(listener)
    },
    hangUp: () => gone.abort(),
    leave: () => gone.abort(),
    say(bytes) {
      const raw = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes
      for (const listener of listeners) listener(raw)
    },
    hex: () => Buffer.concat(lumps.map(lump => lump.bytes)).toString('hex'),
    forget: () => lumps.splice(0),
  }
}

export interface Conversation {
  readonly clock: FakeClock
  readonly boiler: SimulatedBoiler
  readonly line: TestLine
  /** Sends a command and gives back, as digits, all that came within a second. */
  ask(command: string, withinMs?: number): Promise<string>
}

/** A boiler of this scenario with one reader. */
export function converse(scenario: string, { seed = 1, pace = 1 } = {}): Conversation {
  const clock = fakeClock()
  const boiler = intergasSimulator.start({ scenario, seed, clock, pace })
  const line = testLine(clock)
  boiler.attach(line)
  return {
    clock,
    boiler,
    line,
    async ask(command, withinMs = 1000) {
      line.forget()
      line.say(command)
      await clock.advance(withinMs)
      return line.hex()
    },
  }
}
