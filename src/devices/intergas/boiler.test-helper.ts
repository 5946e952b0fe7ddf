import { runFeed } from '../../collect/run-feed.ts'
import type { Clock } from '../../core/clock.ts'
import type { Device, Feed } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { Connection, LineTransport } from '../../core/line.ts'
import { silentLog } from '../../core/log.ts'
import type { SimulatedLine } from '../../core/simulator.ts'
import { createExposition } from '../../expose/exposition.ts'
import type { Exposition } from '../../expose/types.ts'
import { createSlot, type Slot } from '../../store/slot.ts'
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts'
import { testReport, testUse } from '../../testing/use.ts'
import { COMMANDS } from './commands.ts'
import { intergas } from './index.ts'
import { intergasSimulator, type SimulatedBoiler } from './simulator/index.ts'

/** A line inside the process: `attach` gets its far end each time it is opened. */
export function wire(attach: (line: SimulatedLine) => void, isPlugged = true) {
  const state = { isPlugged, opened: 0, closed: 0 }
  const transport: LineTransport = {
    place: 'wire',
    async open() {
      if (!state.isPlugged)
        throw new HearthError('HEARTH_PORT_MISSING', 'wire does not exist', { kind: 'connect' })
      state.opened++
      return connect(attach, () => state.closed++)
    },
  }
  return { transport, state }
}

function connect(attach: (line: SimulatedLine) => void, onClose: () => void): Connection {
  const gone = new AbortController()
  const waiting: Uint8Array[] = []
  const listeners: ((bytes: Uint8Array) => void)[] = []
  let wake = () => {}
  let isPulled = false
  attach({
    gone: gone.signal,
    async send(bytes) {
      if (gone.signal.aborted) return
      waiting.push(Uint8Array.from(bytes))
      wake()
    },
    onReceive: listener => void listeners.push(listener),
    hangUp() {
      isPulled = true
      gone.abort()
      wake()
    },
  })
  const lost = () => new HearthError('HEARTH_LINE_LOST', 'wire: lost', { kind: 'connect' })
  return {
    isLive: true,
    async *read(signal) {
      const onAbort = () => wake()
      signal.addEventListener('abort', onAbort)
      try {
        while (!signal.aborted) {
          const next = waiting.shift()
          if (next) yield next
          else if (isPulled) throw lost()
          else
            await new Promise<void>(resolve => {
              wake = resolve
            })
        }
      } finally {
        signal.removeEventListener('abort', onAbort)
      }
    },
    async write(bytes) {
      if (isPulled) throw lost()
      for (const listener of listeners) listener(bytes)
    },
    async close() {
      gone.abort()
      onClose()
    },
  }
}

const kit = {
  secret: () => {
    throw new Error('a boiler has no secret')
  },
}

/** The device of these configuration keys. */
export function deviceOf(settings: Readonly<Record<string, unknown>> = {}): Device {
  const configured = intergas.configure({ type: 'intergas', port: 'wire', ...settings }, kit)
  if (!configured.isValid) throw new Error(JSON.stringify(configured.issues))
  return configured.device
}

export interface Reader {
  readonly clock: FakeClock
  readonly slot: Slot
  readonly exposition: Exposition
  readonly state: ReturnType<typeof wire>['state']
  readonly troubles: string[]
  readonly attempts: boolean[]
  /** Lines of samples on the drop-in page. */
  dropIn(path?: string): string[]
  /** Lines of samples of the unified dialect, without health. */
  unified(): string[]
  stop(): Promise<void>
}

/** The device read through its own feed, its store and its exposition, as in a house. */
export function startReader(
  attach: (line: SimulatedLine) => void,
  {
    clock = fakeClock(),
    settings = {},
    isPlugged = true,
  }: { clock?: FakeClock; settings?: Record<string, unknown>; isPlugged?: boolean } = {},
): Reader {
  const device = deviceOf(settings)
  const { transport, state } = wire(attach, isPlugged)
  const exposition = createExposition({ version: '1', revision: 'r', runtime: 'node' })
  const exposed = { name: 'boiler', type: 'intergas', title: '', site: 'x', showSerials: false, device }
  const slot = createSlot({
    clock,
    staleAfterMs: device.staleAfterMs,
    outcome: key => device.outcome(key),
    onChange: view => exposition.put(exposed, view),
  })
  exposition.put(exposed, slot.view())
  const troubles: string[] = []
  const attempts: boolean[] = []
  const stop = new AbortController()
  const feed: Feed = device.feed(testUse({ clock, line: () => transport }))
  const done = runFeed({
    feed,
    clock,
    log: silentLog,
    random: () => 0,
    signal: stop.signal,
    report: testReport({
      ...slot,
      attempt(isComplete, durationMs) {
        attempts.push(isComplete)
        slot.attempt(isComplete, durationMs)
      },
      trouble(kind, message, times) {
        troubles.push(`${kind}: ${message}`)
        slot.trouble(kind, message, times)
      },
    }),
  })
  const ask = (query = '') => ({
    accept: undefined,
    acceptEncoding: undefined,
    query: new URLSearchParams(query),
  })
  const samples = (body: Uint8Array | undefined) =>
    Buffer.from(body ?? new Uint8Array())
      .toString('utf8')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
  return {
    clock,
    slot,
    exposition,
    state,
    troubles,
    attempts,
    dropIn: (path = '/metrics') => samples(exposition.dropIn('boiler', path, ask())?.body),
    unified: () =>
      samples(exposition.unified('boiler', ask())?.body).filter(line => !line.startsWith('hearth_device_')),
    async stop() {
      stop.abort()
      const ended = done
      await clock.advance(0)
      await ended
      slot.close()
    },
  }
}

/** A simulated boiler and a reader of it. */
export function readBoiler(
  scenario: string,
  settings: Record<string, unknown> = {},
): Reader & { boiler: SimulatedBoiler } {
  const clock = fakeClock()
  const boiler = intergasSimulator.start({ scenario, seed: 1, clock, pace: 1 })
  return { boiler, ...startReader(line => boiler.attach(line), { clock, settings }) }
}

/** Answers by command at once, in the bytes of a table. */
export function answering(
  answers: Readonly<Record<string, string>>,
  clock: Clock,
): (line: SimulatedLine) => void {
  return line =>
    line.onReceive(bytes => {
      const hex = answers[Buffer.from(bytes).toString('latin1')]
      if (hex) clock.after(60, () => void line.send(Buffer.from(hex, 'hex')))
    })
}

/** What each command is answered with. */
export type Table = Readonly<Partial<Record<string, Uint8Array>>>

/** Reads a boiler whose answers can be changed, on a line that can be pulled. */
export function startChangeable(first: Table) {
  const clock = fakeClock()
  const lines = new Set<SimulatedLine>()
  let table = first
  const reader = startReader(
    line => {
      lines.add(line)
      line.onReceive(question => {
        const name = COMMANDS.plain.find(({ bytes }) => Buffer.from(bytes).equals(question))?.name
        const answer = name && table[name]
        if (answer) clock.after(60, () => void line.send(answer))
      })
    },
    { clock },
  )
  return {
    ...reader,
    change(to: Table) {
      table = to
    },
    pull() {
      for (const line of lines) line.hangUp()
    },
  }
}
