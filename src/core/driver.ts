import { z } from 'zod'
import type { Clock } from './clock.ts'
import type { ErrorKind } from './errors.ts'
import type { HttpClient, HttpOptions } from './http.ts'
import type { Keep } from './keep.ts'
import type { LineTransport } from './line.ts'
import type { Log, LogLevel } from './log.ts'
import type { Page, Site } from './page.ts'
import type { Identity, Outcome, Update } from './reading.ts'
import type { Series } from './series.ts'
import {
  type CommonSettings,
  duration,
  type ListenAddress,
  listenAddress,
  type SettingsKit,
} from './settings.ts'
import type { Simulator } from './simulator.ts'
import type { View } from './view.ts'

/** What a device may use of the world. Nothing below reads the environment, the arguments or the wall clock. */
export interface Use {
  readonly clock: Clock
  readonly log: Log
  /** A serial port, `tcp://host:port` or `file:PATH`. Throws a HearthError on an address it does not understand. */
  line(address: string): LineTransport
  /** A client for this device alone. */
  http(options: HttpOptions): HttpClient
  /** What this device remembers over restarts. */
  readonly keep: Keep
}

/** Where a feed tells what it learned. Calls never throw and never wait. */
export interface Report {
  update(update: Update): void
  /** One attempt (a frame, a poll) has ended; `isComplete` when it gave a complete valid reading. */
  attempt(isComplete: boolean, durationMs: number): void
  /** Expected trouble: counted, and said in the log when it is new. The message says what, where and what to do. */
  trouble(kind: ErrorKind, message: string, times?: number): void
  /** The connection is open (again). */
  connected(): void
  /**
   * A machine behind this device, as a device of its own: it is shown as `NAME-word` from its first report on, described
   * by `Device.member(word)`. The same word gives the same machine. Its attempts are the feed's to report, also when the
   * gateway itself is gone.
   */
  member(word: string): MemberReport
}

/** Where a feed tells of one machine behind its device. */
export type MemberReport = Omit<Report, 'member'>

/**
 * How a device is read. hearth runs it, waits with backoff and jitter when it throws or ends, and runs it again.
 * - `listen`: the device talks by itself; `run` lasts as long as the connection.
 * - `poll`: `run` asks once and returns; hearth calls it every interval. A poll of which only a part succeeded updates
 *   what it got, reports an attempt that is not complete, and returns.
 * Both tell what they learn through `report`, and throw a HearthError when they cannot go on.
 */
export type Feed =
  | { readonly kind: 'listen'; run(report: Report, signal: AbortSignal): Promise<void> }
  | {
      readonly kind: 'poll'
      readonly intervalMs: number
      /** How soon a poll that threw is tried again: a line within 10 s, a network service within two intervals or 30 s. */
      readonly reach: 'line' | 'network'
      run(report: Report, signal: AbortSignal): Promise<void>
      /** Ends what stays open between polls. Called once, after the last `run`; never throws. */
      close?(): Promise<void>
    }

/** What is shown of a device: pure functions from readings to series and pages. */
export interface Described {
  /** The port or address it is reached at, for messages and to find two devices on one place. */
  readonly place: string
  /** Tells apart devices that share a place, such as the accounts of a cloud. Compared only, never shown. */
  readonly account?: string
  /** Pause between readings; 0 for a device that talks by itself. */
  readonly intervalMs: number
  readonly staleAfterMs: number
  /** Called with each view, for what depends on those before: the functions below see only the views that somebody wants. */
  observe?(view: View): void
  identity(view: View): Identity
  /** What becomes of a native value. */
  outcome(key: string): Exclude<Outcome, 'rejected'>
  unified(view: View): readonly Series[]
  readonly site: Site
  /** The pages of the drop-in by name, from the same readings. */
  pages(view: View): ReadonlyMap<string, Page>
}

/** One configured device, and the way it is read. */
export interface Device extends Described {
  feed(use: Use): Feed
  /** A gateway describes the machine that its feed reports as `word`. */
  member?(word: string): Described
}

/** An option of a drop-in command: the original's flag or environment variable, or one that hearth adds. */
export interface DropInOption {
  /** Name under which `resolve` gets its text. */
  readonly name: string
  /**
   * Long flag with its value, as commander writes it (`--interface <port>`); without a value it is a switch, whose text is
   * `true` when it is given. Absent: environment only.
   */
  readonly flag?: string
  readonly env?: string
  readonly default?: string
  readonly help: string
}

/** What the texts of a drop-in command's options mean. */
export interface DropInPlan {
  /** The device's configuration entry, without `type`. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly logLevel?: LogLevel
  /** Writes a log line as the original does. */
  readonly logLine?: (level: LogLevel, message: string, at: Date) => string
}

/** The command that takes the place of an original program. */
export interface DropInCommand {
  readonly name: string
  readonly summary: string
  readonly defaultPort: number
  readonly portEnv?: string
  readonly options: readonly DropInOption[]
  /** What `--help` prints, where the original's own text is wanted; absent: a text made of the options. */
  readonly helpText?: string
  /** Exit code of the original on wrong usage. Default 2. */
  readonly usageExitCode?: number
  /**
   * Turns texts (flag, else variable, else default) into settings.
   * Throws a HearthError where the original refuses to start.
   */
  resolve(texts: Readonly<Record<string, string | undefined>>): DropInPlan
}

/** A native value in the documentation: what the device calls it and what it becomes. */
export interface FieldDoc {
  readonly key: string
  readonly help: string
  readonly unit?: string
  readonly family?: string
  readonly note?: string
  /** What the numbers of an enumeration mean. */
  readonly values?: Readonly<Record<string, string>>
}

/** What a device folder exports, made by `defineDriver`. */
export interface Driver {
  /** The word after `type:` in the configuration. */
  readonly type: string
  readonly title: string
  /** The key that TARGET of `hearth read TYPE TARGET` sets. */
  readonly targetKey: 'port' | 'url' | 'base_url'
  readonly fields: readonly FieldDoc[]
  /** Words of machines that this gateway may show as `NAME-word`: no other device can have such a name. */
  readonly memberNames?: readonly string[]
  readonly dropIn: DropInCommand
  /** Loads the simulated device: no service needs it in memory, so nothing else of the folder may import it. */
  simulator(): Promise<Simulator>
  readonly demo: Demo
  /** The schema of the device's entry in the configuration, common keys included. */
  schema(kit: SettingsKit): z.ZodType
  /** Validates an entry of the configuration and makes the device of it. */
  configure(entry: unknown, kit: SettingsKit): Configured
}

/** How the simulated house shows the device. */
export interface Demo {
  /** Name of the device in the demo's configuration. */
  readonly name: string
  readonly scenario: string
  readonly settings?: Readonly<Record<string, unknown>>
}

/** A configuration entry after validation: the device and where its drop-in listens, if it does, or all that is wrong. */
export type Configured =
  | { readonly isValid: true; readonly device: Device; readonly dropIn: ListenAddress | undefined }
  | { readonly isValid: false; readonly issues: readonly z.core.$ZodIssue[] }

interface Definition<S extends z.ZodRawShape> extends Omit<Driver, 'schema' | 'configure'> {
  /** The device's own configuration keys, each with a description. */
  settings(kit: SettingsKit): S
  /** 0 for a device that talks by itself: it has no `interval`. */
  readonly defaultIntervalMs: number
  /** Default: three intervals, at least 30 s. */
  readonly defaultStaleAfterMs?: number
  create(settings: z.output<z.ZodObject<S, z.core.$strict>> & CommonSettings): Device
}

const SHORTEST_STALE_AFTER_MS = 30_000

/** Makes a driver of a device's definition: adds the common configuration keys and hides the type of its settings. */
export function defineDriver<S extends z.ZodRawShape>(definition: Definition<S>): Driver {
  const { settings: ownSettings, create, defaultIntervalMs, defaultStaleAfterMs, ...shown } = definition
  const common = z.object({
    type: z.literal(definition.type).describe(definition.title),
    drop_in: listenAddress("Also serve the original exporter's endpoint on this address.").optional(),
    stale_after: duration('Age at which readings are withdrawn.').optional(),
    interval: duration('Time between readings.').optional(),
  })
  const shared = defaultIntervalMs > 0 ? common : common.omit({ interval: true })
  const isShared = (key: string) => key in shared.shape
  return {
    ...shown,
    schema: kit => z.strictObject({ ...shared.shape, ...ownSettings(kit) }),
    configure(entry, kit) {
      const base = common.safeParse(pick(entry, isShared))
      const mine = z.strictObject(ownSettings(kit)).safeParse(pick(entry, key => !isShared(key)))
      if (!base.success || !mine.success) {
        return { isValid: false, issues: [...(base.error?.issues ?? []), ...(mine.error?.issues ?? [])] }
      }
      const intervalMs = base.data.interval ?? defaultIntervalMs
      const staleAfterMs =
        base.data.stale_after ?? defaultStaleAfterMs ?? Math.max(3 * intervalMs, SHORTEST_STALE_AFTER_MS)
      const device = create({ ...mine.data, intervalMs, staleAfterMs })
      return { isValid: true, device, dropIn: base.data.drop_in }
    },
  }
}

function pick(entry: unknown, wanted: (key: string) => boolean): Record<string, unknown> {
  if (typeof entry !== 'object' || entry === null) return {}
  return Object.fromEntries(Object.entries(entry).filter(([key]) => wanted(key)))
}
