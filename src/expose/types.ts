import type { Described } from '../core/driver.ts'
import type { ProcessSample } from '../core/process-sample.ts'
import type { View } from '../core/view.ts'

export type { ProcessSample } from '../core/process-sample.ts'

/** What a request asks for, as far as an answer depends on it. */
export interface Ask {
  readonly accept: string | undefined
  readonly acceptEncoding: string | undefined
  readonly query: URLSearchParams
}

/** A ready answer: `web` writes it as it is. HEAD sends the headers alone. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** A device as the exposition knows it. */
export interface ExposedDevice {
  /** The label `device`. */
  readonly name: string
  /** The driver's type, label `driver`. */
  readonly type: string
  readonly title: string
  readonly site: string
  /** Whether personal values (serials) are shown whole. */
  readonly showSerials: boolean
  readonly device: Described
}

/** Something, or where the newest of it is had at the moment when it is wanted. */
export type Newest<T extends object> = T | (() => T)

export function newestOf<T extends object>(newest: Newest<T>): T {
  return typeof newest === 'function' ? newest() : newest
}

/** All that hearth shows: rendered at most once per change, and kept until it changes again. */
export interface Exposition {
  /**
   * Poll path: a device has changed. Where somebody asked in the last minutes its part of every page is rendered now, otherwise by who
   * wants it next.
   */
  put(device: ExposedDevice, view: Newest<View>): void
  remove(name: string): void
  /** Poll path: a sample of hearth's own process is due. */
  putProcess(process: Newest<ProcessSample>): void
  /** Poll path: renders what has changed, so that little is left to do for the next request. */
  refresh(): void
  /** All devices in the unified dialect, hearth's health and process families. */
  metrics(ask: Ask): Answer
  /** One device in the unified dialect; undefined when there is no such device. */
  unified(name: string, ask: Ask): Answer | undefined
  /** One device's readings as JSON, in the shape of `hearth read --format json`. */
  status(name: string): Answer | undefined
  /** What the device's drop-in listener answers for a path; undefined when there is no such device. */
  dropIn(name: string, path: string, ask: Ask): Answer | undefined
  /** For the page and service discovery, in the order of the configuration. */
  devices(): readonly { readonly exposed: ExposedDevice; readonly view: View }[]
}
