import type { Clock } from '../../core/clock.ts'
import type { Feed, Report, Use } from '../../core/driver.ts'
import { HearthError } from '../../core/errors.ts'
import type { Connection, LineSettings } from '../../core/line.ts'
import { createIntake, type Intake } from './intake.ts'
import { createDecoder, type Frame, type Mode } from './protocol.ts'

export interface LinkySettings {
  readonly port: string
  readonly mode: Mode | 'auto'
  /** Only where an adapter delivers another speed than the meter's. */
  readonly baudRate: number | undefined
  /** Longest time without a frame before the line counts as silent and is opened anew. */
  readonly frameTimeoutMs: number
}

/** Speed of each mode on the wire. */
const BAUD: Readonly<Record<Mode, number>> = { historique: 1200, standard: 9600 }
const BITS_PER_CHARACTER = 10
/** While the mode is sought: time for the longest frame of a 1200 baud line, joined in its middle, and a whole one after it. */
const SEEK_MS = 6_000

/** Reads a meter for as long as the line holds. The meter talks by itself; nothing is ever sent to it. */
export function linkyFeed(settings: LinkySettings, use: Use): Feed {
  const line = use.line(settings.port)
  const intake = createIntake()
  const speeds = speedsFor(settings)
  let fruitless = 0

  return {
    kind: 'listen',
    async run(report, signal) {
      const baudRate = speeds[fruitless % speeds.length] ?? BAUD.standard
      const connection = await line.open(lineSettings(baudRate), signal)
      const session = createSession({
        settings,
        baudRate,
        connection,
        clock: use.clock,
        intake,
        report,
        signal,
      })
      try {
        report.connected()
        await session.listen()
      } finally {
        if (!session.hasHeard()) fruitless++
        await connection.close()
      }
    },
  }
}

interface SessionUse {
  readonly settings: LinkySettings
  readonly baudRate: number
  readonly connection: Connection
  readonly clock: Clock
  readonly intake: Intake
  readonly report: Report
  readonly signal: AbortSignal
}

/** One connection: bytes into the decoder, frames into the intake, and a watch over the silence between them. */
function createSession({ settings, baudRate, connection, clock, intake, report, signal }: SessionUse) {
  const stop = new AbortController()
  const decoder = createDecoder(settings.mode, onFrame)
  const openedAt = clock.monotonic()
  let mode: Mode | undefined
  let lineMs = 0
  let bytesSinceFrame = 0
  let lastFrameAt: number = openedAt
  let cancelWatch = () => {}
  let silence: HearthError | undefined

  function watch(): void {
    cancelWatch()
    if (!connection.isLive) return
    const patienceMs =
      mode || settings.mode !== 'auto' ? settings.frameTimeoutMs : Math.min(SEEK_MS, settings.frameTimeoutMs)
    cancelWatch = clock.after(patienceMs, () => {
      silence = silenceError(settings, baudRate, bytesSinceFrame, patienceMs)
      stop.abort()
    })
  }

  function onFrame(frame: Frame): void {
    if (frame.groups.length > 0) bytesSinceFrame = 0
    if (frame.mode && frame.groups.length > 0) mode = frame.mode
    lineMs += (frame.lineBytes * BITS_PER_CHARACTER * 1000) / (frame.mode ? BAUD[frame.mode] : baudRate)
    const now = clock.monotonic()
    // A capture is read as fast as it comes: its time is that of its bytes on the line.
    intake.frame(frame, connection.isLive ? now : openedAt + lineMs, now - lastFrameAt, report)
    lastFrameAt = now
    if (frame.groups.length > 0) watch()
  }

  return {
    hasHeard: () => mode !== undefined,
    async listen(): Promise<void> {
      const onAbort = () => stop.abort()
      signal.addEventListener('abort', onAbort)
      if (signal.aborted) stop.abort()
      watch()
      try {
        for await (const bytes of connection.read(stop.signal)) {
          bytesSinceFrame += bytes.length
          decoder.push(bytes)
        }
      } finally {
        cancelWatch()
        signal.removeEventListener('abort', onAbort)
      }
      if (silence && !signal.aborted) throw silence
    },
  }
}

function silenceError(
  settings: LinkySettings,
  baudRate: number,
  bytes: number,
  patienceMs: number,
): HearthError {
  const seconds = Math.round(patienceMs / 1000)
  const speed = settings.port.startsWith('/') ? ` at ${baudRate} baud` : ''
  if (bytes === 0) {
    return new HearthError('HEARTH_LINE_SILENT', `${settings.port}${speed}: no byte in ${seconds} s`, {
      kind: 'timeout',
      hint: 'Check the wires I1 and I2 and the adapter; a meter talks all the time',
    })
  }
  return new HearthError(
    'HEARTH_LINE_NO_FRAME',
    `${settings.port}${speed}: ${bytes} bytes and no frame in ${seconds} s`,
    {
      kind: 'framing',
      hint: `Check mode (now ${settings.mode}) and speed: 1200 baud for historique, 9600 for standard`,
    },
  )
}

function speedsFor({ baudRate, mode }: LinkySettings): readonly number[] {
  if (baudRate !== undefined) return [baudRate]
  if (mode !== 'auto') return [BAUD[mode]]
  return [BAUD.standard, BAUD.historique]
}

/** A frame takes a second or more: half of it late is not late. */
const GATHER_MS = 500

function lineSettings(baudRate: number): LineSettings {
  return { baudRate, dataBits: 7, parity: 'even', stopBits: 1, gatherMs: GATHER_MS }
}
