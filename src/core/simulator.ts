import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from './clock.ts'

/** One named behaviour of a simulated device. */
export interface Scenario {
  readonly name: string
  readonly summary: string
}

export interface SimulatorOptions {
  readonly scenario: string
  readonly seed: number
  readonly clock: Clock
  /** 1 is the true pace of the wire, 10 ten times as fast, Infinity as fast as the reader takes it. */
  readonly pace: number
}

/** The far end of a serial line, as the simulated device sees it. */
export interface SimulatedLine {
  /** Sends bytes; resolves when the line has room again. */
  send(bytes: Uint8Array): Promise<void>
  /** Called with what the reader sends. */
  onReceive(listener: (bytes: Uint8Array) => void): void
  /** The cable is pulled: this line ends. */
  hangUp(): void
  /** Aborts when the reader is gone. */
  readonly gone: AbortSignal
}

/** A simulated device that speaks its real wire protocol, independent of the decoder under test. */
export interface SerialSimulator {
  readonly kind: 'serial'
  readonly scenarios: readonly Scenario[]
  /** Makes one device; every line attached to it sees the same device. */
  start(options: SimulatorOptions): { attach(line: SimulatedLine): void; stop(): void }
}

/** A simulated device or cloud that is asked over HTTP, independent of the decoder under test. */
export interface HttpSimulator {
  readonly kind: 'http'
  readonly scenarios: readonly Scenario[]
  start(options: SimulatorOptions): HttpSimulation
}

/** One simulated device while it is served. */
export interface HttpSimulation {
  /**
   * Answers one request as the real thing would, faults included: it may leave the answer open, cut it, or destroy the
   * socket. It reads the request's body itself, with a limit.
   */
  handle(request: IncomingMessage, response: ServerResponse): void
  /** Goes on as another scenario from now on; the name is one of `scenarios`. State such as sessions and time goes on. */
  change(scenario: string): void
  /** Ends its timers; open answers are ended by whoever serves it. */
  stop(): void
}

export type Simulator = SerialSimulator | HttpSimulator
