/** A metric family of a drop-in page, exactly as its original names it. */
export interface PageFamily {
  /** Name on HELP and TYPE, without the `_total` that a library may add there for counters or the `_info` of an `info`. */
  readonly name: string
  readonly help: string
  /** `info`: the Python library prints it as a gauge in the text format. */
  readonly type: 'gauge' | 'counter' | 'summary' | 'info' | 'untyped'
  readonly samples: readonly PageSample[]
}

/** One line of a drop-in page; labels in the order in which the original prints them. */
export interface PageSample {
  /** Sample name where it differs from the family's. */
  readonly name?: string
  readonly labels: readonly (readonly [name: string, value: string])[]
  readonly value: number
}

/** What a drop-in path holds at this moment. */
export type Page =
  | { readonly kind: 'metrics'; readonly families: readonly PageFamily[] }
  | TextPage
  | { readonly kind: 'unavailable'; readonly message: string }

export interface TextPage {
  readonly kind: 'text'
  /** A function of the page that was asked for, where this one is shown in its place (`Route.otherwise`). */
  readonly body: string | ((page: string) => string)
  readonly contentType: string
  /** 200 where it is not given. */
  readonly status?: number
}

/** Where a request for a path of a drop-in listener goes. */
export type Route =
  /** Where the page is not there, the first of `otherwise` that is: for paths that are too many to have a page each. */
  | { readonly page: string; readonly otherwise?: readonly string[] }
  | { readonly redirect: string; readonly status: 301 | 302 | 307 }
  | { readonly empty: true }
  | 'not-found'

/**
 * The original's way of answering: which client library's spelling and negotiation, which methods.
 * - `python`: Python's prometheus_client (OpenMetrics 0.0.1 on request, gzip, `name[]`, any method)
 * - `go`: client_golang without OpenMetrics (text 0.0.4, gzip)
 * - `plain`: text passed through as it is
 */
export type Flavour = 'python' | 'go' | 'plain'

/** A drop-in listener as data: what its paths are and what they hold. It knows nothing of sockets. */
export interface Site {
  readonly flavour: Flavour
  /** Headers on every answer, as the original sends them. */
  readonly headers: Readonly<Record<string, string>>
  /** The original's library shows the figures of its process before the page: the six `process_*` families of hearth's own. */
  readonly hasProcessFamilies?: boolean
  /** The original has a status page of its own: the path under which `route` knows it, for `/devices/NAME/status`. */
  readonly statusPath?: string
  /** Summaries that the original keeps of requests to it. */
  readonly requestSummaries?: readonly RequestSummary[]
  route(path: string): Route
}

/** A summary family on one page that counts the requests for another, and the time they took. */
export interface RequestSummary {
  readonly name: string
  readonly help: string
  /** The page whose requests are counted. */
  readonly page: string
  /** The page of metrics on which the family is. */
  readonly shownOn: string
}
