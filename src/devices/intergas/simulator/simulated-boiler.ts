import type { SimulatedLine, SimulatorOptions } from '../../../core/simulator.ts'
import { createAudience } from '../../../simulation/audience.ts'
import { createRandom } from '../../../simulation/random.ts'
import { xorOf } from './bytes.ts'
import type { Command } from './commands.ts'
import type { Disturbance, Reply } from './disturbance.ts'
import { disturbanceSet } from './disturbance-set.ts'
import { createReceiver, type Heard } from './receiver.ts'
import { sceneOf } from './scenes.ts'
import { CHARACTER_MS, createTransmitter } from './transmitter.ts'

const MOST_HEARD = 10_000
/** A boiler takes at least this part of its longest time. */
const LEAST_HASTE = 0.6

/** A running boiler, with what a test may do to it and ask of it. */
export interface SimulatedBoiler {
  attach(line: SimulatedLine): void
  stop(): void
  /** From now on it is the boiler of another scenario; what `disturb` switched on stays. */
  show(scenario: string): void
  /** Switches a disturbance on; the function returned switches it off. */
  disturb(disturbance: Disturbance): () => void
  /** Switches every disturbance off, those of the scenario too. */
  calm(): void
  /** Bytes that nobody asked for. */
  say(bytes: Uint8Array): void
  /** Pulls every cable; readers may come back. */
  hangUp(): void
  /** Calls with all that is heard from now on; the function returned ends that. */
  onHeard(listener: (heard: Heard) => void): () => void
  /** The newest ten thousand things that readers sent. */
  readonly heard: readonly Heard[]
  /** Every attempt to change a setting. It must stay empty. */
  readonly writes: readonly Uint8Array[]
}

/** Switches a boiler on. */
export function startBoiler({ scenario, seed, clock, pace }: SimulatorOptions): SimulatedBoiler {
  const audience = createAudience()
  const delays = createRandom(seed)
  const disturbances = disturbanceSet(createRandom(seed + 1))
  const listeners = new Set<(heard: Heard) => void>()
  const heard: Heard[] = []
  const writes: Uint8Array[] = []
  const timers = new Set<() => void>()
  const held: Reply[] = []
  const transmitter = createTransmitter({
    clock,
    pace,
    push: bytes => audience.push(bytes),
    hangUp: () => audience.hangUp(),
  })
  let isStopped = false
  let busyUntilMs = clock.monotonic() as number
  /** What exchanges would have taken on a real line, where the pace is that of the reader. */
  let skippedMs = 0
  let playing = play(scenario)

  function play(name: string) {
    const scene = sceneOf(name)
    disturbances.ofScene(scene.disturbances)
    const originMs = clock.monotonic()
    const skippedBefore = skippedMs
    const boiler = scene.make({ seed, startAt: clock.now() })
    const speed = Number.isFinite(pace) ? pace : 1
    return {
      scene,
      boiler,
      receiver: createReceiver(scene.dialect, clock, take),
      elapsedMs: () => (clock.monotonic() - originMs) * speed + skippedMs - skippedBefore,
    }
  }

  function take(one: Heard): void {
    heard.push(one)
    if (heard.length > MOST_HEARD) heard.shift()
    if (one.kind === 'write') writes.push(one.bytes)
    for (const listener of listeners) listener(one)
    if (one.kind === 'command') answer(one.command)
  }

  function answer(command: Command): void {
    for (const reply of held.splice(0)) later(reply.lateMs, () => transmitter.send(reply.steps))
    const exchangeMs = command.mostMs * (LEAST_HASTE + (1 - LEAST_HASTE) * delays())
    const data = playing.boiler.answer(command.name, playing.elapsedMs())
    if (!data) return
    const isXor = playing.scene.dialect === 'xor'
    const bytes = isXor ? Uint8Array.from([...data, xorOf(data)]) : data
    const reply = disturbances.apply(command.name, {
      lateMs: 0,
      waitsForNext: false,
      steps: [{ kind: 'bytes', bytes }],
    })
    if (reply.steps.length === 0) return
    if (reply.waitsForNext) {
      held.push(reply)
      return
    }
    const thinkingMs = exchangeMs - bytes.length * CHARACTER_MS
    if (!Number.isFinite(pace)) skippedMs += exchangeMs
    // One thing at a time: a boiler that is asked twice at once answers the second after the first.
    busyUntilMs = Math.max(busyUntilMs, clock.monotonic()) + thinkingMs / pace
    later(busyUntilMs - clock.monotonic() + reply.lateMs, () => transmitter.send(reply.steps))
  }

  function later(ms: number, task: () => void): void {
    if (ms <= 0) {
      task()
      return
    }
    const cancel = clock.after(ms, () => {
      timers.delete(cancel)
      if (!isStopped) task()
    })
    timers.add(cancel)
  }

  function hear(bytes: Uint8Array): void {
    if (isStopped) return
    if (disturbances.isEchoing) audience.push(bytes)
    playing.receiver.take(bytes)
  }

  return {
    heard,
    writes,
    attach(line) {
      if (!isStopped) audience.attach(line, hear)
    },
    stop() {
      isStopped = true
      for (const cancel of timers) cancel()
      timers.clear()
      playing.receiver.stop()
      transmitter.stop()
      audience.hangUp()
    },
    show(name) {
      playing.receiver.stop()
      playing = play(name)
    },
    disturb: disturbances.add,
    calm: disturbances.clear,
    say: bytes => transmitter.send([{ kind: 'bytes', bytes }]),
    hangUp: () => audience.hangUp(),
    onHeard(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
