/** Settings of a serial line. */
export interface LineSettings {
  readonly baudRate: number
  readonly dataBits: 7 | 8
  readonly parity: 'none' | 'even' | 'odd'
  readonly stopBits: 1 | 2
  /**
   * For a device that talks without end: bytes may wait this long in the system, so that the processor wakes a few times
   * a second and not for every one of them. Absent: they are handed on as they come.
   */
  readonly gatherMs?: number
}

/** An open line. Bytes in, bytes out; it knows no device. */
export interface Connection {
  /**
   * True for a real line, whose arrival times mean something; false for a capture, which is read as fast as it comes.
   */
  readonly isLive: boolean
  /**
   * Bytes as they arrive. Ends when a capture is at its end; throws a HearthError when the line is lost
   * (unplugged, reset, closed by the other side); ends quietly when the signal aborts.
   * A chunk is only valid until the next one is asked for.
   */
  read(signal: AbortSignal): AsyncIterable<Uint8Array>
  /** Throws a HearthError when the line is lost or does not take the bytes within the deadline of the transport. */
  write(data: Uint8Array, signal: AbortSignal): Promise<void>
  /** Idempotent; never throws. */
  close(): Promise<void>
}

/** A place where a device listens: `/dev/ttyUSB0`, `tcp://host:port`, `file:capture.bin`. */
export interface LineTransport {
  /** As a person wrote it, for messages. */
  readonly place: string
  /** Opens within its own deadline or throws a HearthError that names the place and the remedy. */
  open(settings: LineSettings, signal: AbortSignal): Promise<Connection>
}
